import { approvedByRules, holding, surelyHeld } from "./approvals.ts";
import type { Piece } from "./automaton.ts";
import { commandPieces } from "./commands.ts";
import { FAMILIES, type Family } from "./families.ts";
import { callWithParameter, coversParameter, type ParameterRule } from "./parameters.ts";
import type { LanguagePart, ListedRule } from "./rule-language.ts";
import type { Searches } from "./searches.ts";
import type { Side } from "./side.ts";

/** What only a blanket rule vouches for: substitutions, background jobs, redirects (reference, section 1.5). */
export const BEYOND_PREFIX_RULES: readonly string[] = [
  "echo $(whoami)",
  "sleep 1 &",
  "(whoami)",
  "eval whoami",
  "whoami > /tmp/x",
];

/** A blanket rule approves more than any union of prefix rules, even one whose letters cover everything. */
export function blanketAnew(
  family: Family,
  patterns: Piece[][],
  held: readonly LanguagePart[],
  searches: Searches,
): void {
  const request = { family, what: "blanket approval", inside: [[{ patterns }]], outside: held };
  if (searches.search(request) !== "none") searches.extra.push(...BEYOND_PREFIX_RULES.map(family.call));
}

/**
 * The sandbox approves neither `eval` nor what asks to run outside it; a blanket rule approves the first, and rules
 * with a specifier the second (reference, section 2.5).
 */
export function beyondSandbox(
  before: Side,
  after: Side,
  added: readonly ListedRule[],
  searches: Searches,
): void {
  const family = FAMILIES.find(({ name }) => name === "Bash")!;
  const outside = surelyHeld(family, holding(family, after), after.context.client);
  const blanket = added.some(isBareBash) || (after.grants.has("bypass") && !before.grants.has("bypass"));
  const evaluated = [
    { patterns: commandPieces({ kind: "glob", parts: ["eval ", ""], bareForm: true }, false) },
  ];
  if (blanket && !before.allow.some(isBareBash)) {
    searches.search({ family, what: "evaluated text", inside: [evaluated], outside });
  }
  if (after.held.some((rule) => coversParameter(rule, UNSANDBOXED))) return;
  const specific = (rules: readonly ListedRule[]) => rules.filter(({ parsed }) => parsed.kind === "command");
  const known = { patterns: approvedByRules(family, specific(before.allow), before).patterns };
  const patterns = approvedByRules(family, specific(added), after).patterns;
  const gap = searches.find({
    family,
    what: "unsandboxed calls",
    inside: [[{ patterns }]],
    outside: [known, ...outside],
  });
  if (gap.kind === "none") return;
  const words = gap.kind === "gap" ? gap.gap.words.flatMap((word) => [`${word.trim()} x`, word.trim()]) : [];
  searches.extra.push(...words.map((word) => callWithParameter(UNSANDBOXED, family.call(word))));
  searches.reasons.push("commands may run outside the sandbox by rules that are new");
}

const UNSANDBOXED: ParameterRule = {
  kind: "parameter",
  tool: "Bash",
  parameter: "dangerouslyDisableSandbox",
  valuePattern: "true",
};

export function isBareBash({ parsed }: ListedRule): boolean {
  return parsed.kind === "whole-tool" && parsed.tool === "Bash";
}
