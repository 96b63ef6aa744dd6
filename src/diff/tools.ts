import type { ChangeFact } from "../model/change.ts";
import type { Tool } from "../model/context.ts";
import { canonicalJson } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import { canonicalRule } from "../permissions/index.ts";
import { type Effect, gravest, INCOMPARABLE, NARROWS, NEUTRAL, WIDENS } from "./effect.ts";
import { asJson, compareNamed } from "./named.ts";
import { quote } from "./quote.ts";
import type { Side, SurfaceOptions } from "./side.ts";

/**
 * Tools are programs that Claude is pointed at. Naming one grants nothing; serving it as a command does, and so does
 * `alwaysApprove`, unless its rule was there already (the surface `permissions` proves what the rule itself does).
 */
export function diffTools(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  const [had, has] = [allowedTexts(before, options), allowedTexts(after, options)];
  return compareNamed(before.context.tools, after.context.tools, asJson).map(
    ({ kind, name, before: old, after: now }): ChangeFact => ({
      surface: "tools",
      path: attributePath("tools", name),
      kind,
      ...gravest([
        approvalEffect(old, now, had, has, options),
        commandEffect(old, now),
        textEffect(old, now),
      ]),
      before: asJson(old),
      after: asJson(now),
      summary: summaryOf(name, old, now),
    }),
  );
}

/** The rule that an always-approved tool adds to the allow list. */
export function toolRule(tool: Tool): string {
  return `Bash(${tool.program} *)`;
}

function approvalEffect(
  before: Tool | null,
  after: Tool | null,
  had: ReadonlySet<string>,
  has: ReadonlySet<string>,
  { client }: SurfaceOptions,
): Effect {
  const [old, now] = [before, after].map((tool) =>
    tool?.alwaysApprove ? canonicalRule(toolRule(tool), "allow", { client }) : null,
  ) as [string | null, string | null];
  if (old === now) return NEUTRAL;
  if (now !== null && !had.has(now)) return WIDENS;
  return old !== null && !has.has(old) ? NARROWS : NEUTRAL;
}

/** A tool with a command is served to Claude as an MCP tool; without one it is a name in the prompt. */
function commandEffect(before: Tool | null, after: Tool | null): Effect {
  const old = canonicalJson(before?.command ?? null);
  const now = canonicalJson(after?.command ?? null);
  const moved = after?.command != null && before !== null && before.package !== after.package;
  if (old === now) return moved ? WIDENS : NEUTRAL;
  return now === "null" ? NARROWS : WIDENS;
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

function allowedTexts(side: Side, { client }: SurfaceOptions): Set<string> {
  const allow = side.context.permissions.rules.filter((rule) => rule.list === "allow");
  return new Set(allow.map((rule) => canonicalRule(rule.text, "allow", { client })));
}
