import type { RuleList } from "../../model/permission.ts";
import { parsedRules } from "../rules/parsed-rules.ts";
import type { CommandPattern, ParsedRule } from "../types.ts";
import type { Automaton, Piece } from "./automaton.ts";
import { AutomatonBuilder } from "./automaton-builder.ts";
import type { Family, Patterns, RuleContext } from "./families.ts";

/** One rule in one list, with a key that equal spellings share (`Bash(git:*)` and `Bash(git *)`). */
export interface ListedRule {
  list: RuleList;
  text: string;
  parsed: ParsedRule;
  key: string;
  context: RuleContext;
  /** By family; filled in when asked for. */
  patterns: Partial<Record<string, Patterns>>;
}

const listed = new WeakMap<readonly string[], Map<string, ListedRule[]>>();

/** The rules of a list that is asked about again and again, parsed once. Only for the usual directories. */
export function listRulesOnce(
  list: RuleList,
  texts: readonly string[],
  context: Omit<RuleContext, "list">,
): readonly ListedRule[] {
  const known = listed.get(texts) ?? new Map<string, ListedRule[]>();
  listed.set(texts, known);
  const key = `${list} ${context.client}`;
  const rules = known.get(key) ?? listRules(list, texts, context);
  known.set(key, rules);
  return rules;
}

export function listRules(
  list: RuleList,
  texts: readonly string[],
  shared: Omit<RuleContext, "list">,
): ListedRule[] {
  const context: RuleContext = { ...shared, list };
  const byKey = new Map<string, ListedRule>();
  for (const [text, parsed] of parsedRules(texts, list, context.client)) {
    if (parsed.kind === "ignored") continue;
    // Nothing is known about an unknown form, also not that another spelling means the same.
    const key = parsed.kind === "unknown" ? `unknown ${text}` : keyOf(parsed);
    if (!byKey.has(key)) byKey.set(key, { list, text, parsed, key, context, patterns: {} });
  }
  return [...byKey.values()];
}

/**
 * The rules that match all they seem to: a negated pattern takes paths back from the other rules for the same tool in
 * its list (reference, section 1.7), and which ones is not modelled.
 */
export function surelyMatching(rules: readonly ListedRule[]): readonly ListedRule[] {
  const takenBack = new Set(
    rules.flatMap((rule) =>
      rule.parsed.kind === "path" && NEGATED.test(rule.parsed.pattern) ? [pathsOf(rule)] : [],
    ),
  );
  return takenBack.size === 0 ? rules : rules.filter((rule) => !takenBack.has(pathsOf(rule)));
}

const NEGATED = /^\s*(?:~?\/{1,2}|\.\/)?!/;

function pathsOf({ list, parsed }: ListedRule): string {
  return parsed.kind === "path" ? `${list} ${parsed.action}` : "";
}

function keyOf(parsed: ParsedRule): string {
  if (parsed.kind === "command") return commandKey(parsed.tool, parsed.pattern);
  return JSON.stringify(parsed);
}

/** No pattern holds a NUL, so that two patterns never share a text. */
function commandKey(tool: string, pattern: CommandPattern): string {
  if (pattern.kind === "exact") return `${tool} = ${pattern.text}`;
  return `${tool} ${pattern.bareForm ? "+" : "-"} ${pattern.parts.join("\0")}`;
}

/** What rules are about in one family. What cannot be expressed is left out and named. */
export interface Language {
  patterns: Piece[][];
  unmodelled: ListedRule[];
}

export function languageOf(family: Family, rules: readonly ListedRule[]): Language {
  const language: Language = { patterns: [], unmodelled: [] };
  for (const rule of rules) {
    if (!family.kinds.has(rule.parsed.kind)) continue;
    const patterns = rule.patterns[family.name] ?? family.patterns(rule.parsed, rule.context);
    rule.patterns[family.name] = patterns;
    if (patterns === "unmodelled") language.unmodelled.push(rule);
    else for (const pieces of patterns) language.patterns.push(pieces);
  }
  return language;
}

/** Connects the beginning of an automaton with the beginning of its patterns: what may stand in front of them. */
export type Prelude = (builder: AutomatonBuilder, from: number, to: number) => void;

/** Patterns, and what may stand in front of them. */
export interface LanguagePart {
  patterns: Piece[][];
  prelude?: Prelude;
}

export function automatonOf(...parts: readonly LanguagePart[]): Automaton {
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
