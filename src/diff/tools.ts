import type { ChangeFact } from "../model/change.ts";
import type { Tool } from "../model/context.ts";
import { canonicalJson } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import { type Effect, gravest, INCOMPARABLE, NARROWS, NEUTRAL, WIDENS } from "./effect.ts";
import { asJson, compareNamed } from "./named.ts";
import { quote } from "./quote.ts";
import type { Side } from "./side.ts";

/**
 * Tools are programs that Claude is pointed at: naming one grants nothing, serving it as a command does. The allow rule
 * that `alwaysApprove` stands for is a rule like any other, and the surface `permissions` says what it does.
 */
export function diffTools(before: Side, after: Side): ChangeFact[] {
  return compareNamed(before.context.tools, after.context.tools, asJson).map(
    ({ kind, name, before: old, after: now }): ChangeFact => ({
      surface: "tools",
      path: attributePath("tools", name),
      kind,
      ...gravest([commandEffect(old, now), textEffect(old, now)]),
      before: asJson(old),
      after: asJson(now),
      summary: summaryOf(name, old, now),
    }),
  );
}

/** A tool with a command is served to Claude as an MCP tool; without one it is a name in the prompt. */
function commandEffect(before: Tool | null, after: Tool | null): Effect {
  const old = canonicalJson(before?.command ?? null);
  const now = canonicalJson(after?.command ?? null);
  const moved = after?.command != null && before !== null && before.package !== after.package;
  if (old === now) return moved || isOtherApproved(before, after) ? WIDENS : NEUTRAL;
  return now === "null" ? NARROWS : WIDENS;
}

/** The approval stays with the program's name when another package provides it; a new version is what it was. */
function isOtherApproved(before: Tool | null, after: Tool | null): boolean {
  if (before?.alwaysApprove !== true || after?.alwaysApprove !== true) return false;
  const [old, now] = [before, after].map(({ package: name }) => name?.replace(/-\d[^-]*$/, ""));
  return old !== now;
}

/** Everything else of a tool is what Claude reads about it. */
function textEffect(before: Tool | null, after: Tool | null): Effect {
  const [old, now] = [before, after].map((tool) =>
    tool === null ? "" : canonicalJson({ ...(asJson(tool) as object), alwaysApprove: false, command: null }),
  );
  return old === now ? NEUTRAL : INCOMPARABLE;
}

function summaryOf(name: string, before: Tool | null, after: Tool | null): string {
  if (before === null) {
    return `tool \`${name}\` added${after!.alwaysApprove ? ", always approved" : ""}${served(after!)}`;
  }
  if (after === null) return `tool \`${name}\` removed`;
  const keys = (Object.keys(after) as (keyof Tool)[]).filter(
    (key) => canonicalJson(asJson(before[key])) !== canonicalJson(asJson(after[key])),
  );
  return `tool \`${name}\` changed: ${keys.sort().join(", ")}`;
}

function served(tool: Tool): string {
  return tool.command === null ? "" : `, runs ${quote(tool.command.join(" "))}`;
}
