import { textDiffer } from "../../diff/index.ts";
import type { CapturedRequest, SessionResult } from "../../model/client-session.ts";
import { canonicalJson, type Json } from "../../model/json.ts";
import type { Limits } from "../../model/limits.ts";
import { compareText } from "../../model/order.ts";
import type { ToldDifference } from "../../model/probe.ts";

/** What the model is told differently: its tools, the system prompt, and the memory files in the first message. */
export function toldDifferences(
  before: SessionResult,
  after: SessionResult,
  limits: Limits,
): ToldDifference[] {
  const differ = textDiffer(limits);
  return [...toolDifferences(before, after), ...textDifferences(before.request, after.request, differ)];
}

function toolDifferences(before: SessionResult, after: SessionResult): ToldDifference[] {
  const [old, now] = [toolsOf(before), toolsOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return names.flatMap((name): ToldDifference[] => {
    if (!old.has(name)) return [{ kind: "tool-added", name }];
    if (!now.has(name)) return [{ kind: "tool-removed", name }];
    return old.get(name) === now.get(name) ? [] : [{ kind: "tool-changed", name }];
  });
}

/** Tools by name with their description; of tools that are announced by name only, the name. */
function toolsOf({ tools, request }: SessionResult): Map<string, string> {
  const described = request.tools.map(({ name, description, inputSchema }): [string, string] => [
    name,
    canonicalJson([description, inputSchema] as Json),
  ]);
  return new Map([...tools.map((name): [string, string] => [name, ""]), ...described]);
}

function textDifferences(
  before: CapturedRequest,
  after: CapturedRequest,
  differ: ReturnType<typeof textDiffer>,
): ToldDifference[] {
  const texts = [
    { where: "system prompt", before: systemText(before), after: systemText(after) },
    { where: "messages", before: before.messages.join("\n\n"), after: after.messages.join("\n\n") },
  ] as const;
  return texts.flatMap(({ where, before: old, after: now }): ToldDifference[] => {
    if (old === now) return [];
    const diff = differ(old, now);
    return [diff === undefined ? { kind: "long-text", where } : { kind: "text", where, diff }];
  });
}

/** The first block is the client's accounting of itself: a fingerprint of the request, told to nobody. */
function systemText({ system }: CapturedRequest): string {
  return system.filter((block) => !block.startsWith("x-anthropic-billing-header:")).join("\n\n");
}
