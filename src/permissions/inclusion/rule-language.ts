import type { RuleList } from "../../model/permission.ts";
import { parseRule } from "../rule.ts";
import type { ParsedRule } from "../types.ts";
import { type Automaton, AutomatonBuilder, type Piece } from "./automaton.ts";
import type { Family, Patterns, RuleContext } from "./families.ts";

/** One rule in one list, with a key that equal spellings share (`Bash(git:*)` and `Bash(git *)`). */
export interface ListedRule {
  list: RuleList;
  text: string;
  parsed: ParsedRule;
  key: string;
}

export function listRules(
  list: RuleList,
  texts: readonly string[],
  context: Omit<RuleContext, "list">,
): ListedRule[] {
  const byKey = new Map<string, ListedRule>();
  for (const text of texts) {
    const parsed = parseRule(text, list, { client: context.client });
    if (parsed.kind === "ignored") continue;
    // Nothing is known about an unknown form, also not that another spelling means the same.
    const key = parsed.kind === "unknown" ? `unknown ${text}` : keyOf(parsed);
    if (!byKey.has(key)) byKey.set(key, { list, text, parsed, key });
  }
  return [...byKey.values()];
}

function keyOf(parsed: ParsedRule): string {
  if (parsed.kind === "command") return `${parsed.tool} ${JSON.stringify(parsed.pattern)}`;
  return JSON.stringify(parsed);
}

/** Parts of a language in one family; `null` when nothing of it lies there. */
export function patternsOf(
  family: Family,
  rules: readonly ListedRule[],
  context: Omit<RuleContext, "list">,
): Patterns {
  const all: Piece[][] = [];
  for (const rule of rules) {
    const patterns = family.patterns(rule.parsed, { ...context, list: rule.list });
    if (patterns === "unmodelled") return patterns;
    all.push(...patterns);
  }
  return all;
}

/** Connects the beginning of an automaton with the beginning of its patterns: what may stand in front of them. */
export type Prelude = (builder: AutomatonBuilder, from: number, to: number) => void;

export function automatonOf(
  ...parts: readonly { patterns: readonly (readonly Piece[])[]; prelude?: Prelude }[]
): Automaton {
  const builder = new AutomatonBuilder();
  for (const { patterns, prelude } of parts) {
    if (patterns.length === 0) continue;
    let from = builder.start;
    if (prelude !== undefined) {
      const entry = builder.state();
      from = builder.state();
      builder.silently(builder.start, entry);
      prelude(builder, entry, from);
    }
    for (const pieces of patterns) builder.pattern(pieces, from);
  }
  return builder.build();
}
