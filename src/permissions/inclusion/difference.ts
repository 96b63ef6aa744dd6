import type { ClientVersion } from "../../model/semantics.ts";
import type { RuleGroup } from "../types.ts";
import { beyondWildcards, surelyHeld, widelyHeld } from "./approvals.ts";
import type { Piece } from "./automaton.ts";
import { BEYOND_PREFIX_RULES } from "./blanket-approval.ts";
import { approvesNothing } from "./commands.ts";
import { FAMILIES, type Family } from "./families.ts";
import { deniedPaths } from "./file-access.ts";
import { withExpansions } from "./held-no-longer.ts";
import { callWithParameter, coversParameter } from "./parameters.ts";
import {
  type Language,
  type LanguagePart,
  type ListedRule,
  languageOf,
  listRules,
  listRulesOnce,
  surelyMatching,
} from "./rule-language.ts";
import type { Searches } from "./searches.ts";
import { contextOf } from "./side.ts";

/** Calls that one group matches and none of the others does. */
export function difference(
  covered: RuleGroup,
  by: readonly RuleGroup[],
  client: ClientVersion,
  searches: Searches,
): void {
  const context = contextOf(client, []);
  const others = surelyMatching(by.flatMap((group) => listRulesOnce(group.list, group.rules, context)));
  const known = new Set(others.filter(({ list }) => list === covered.list).map(({ key }) => key));
  const rules = listRules(covered.list, covered.rules, context).filter(({ key }) => !known.has(key));
  if (rules.length === 0) return;
  for (const rule of rules) beyondText(rule, others, searches);
  for (const family of FAMILIES) inFamily(family, covered, rules, others, client, searches);
  // A deny on reads refuses writes too; the witness should still be a call of the tool that the rule names.
  const named = new Set(rules.map(({ parsed }) => ("tool" in parsed ? parsed.tool : "")));
  searches.gaps.sort((a, b) => Number(named.has(b.family.name)) - Number(named.has(a.family.name)));
  // A deny rule on a path also reaches Bash, and an ask rule does not.
  const denied = deniedPaths(rules, others, searches);
  searches.extra.push(...denied);
  if (denied.length > 0) searches.reasons.push("a deny rule on a path also reaches Bash commands");
}

function inFamily(
  family: Family,
  { list }: RuleGroup,
  rules: readonly ListedRule[],
  others: readonly ListedRule[],
  client: ClientVersion,
  searches: Searches,
): void {
  const language: Language = languageOf(family, rules.filter(mayMatch));
  searches.unmodelled(language);
  if (language.patterns.length === 0) return;
  const allowing = others.filter((rule) => rule.list === "allow");
  const held = surelyHeld(
    family,
    others.filter((rule) => rule.list !== "allow"),
    client,
  );
  const allowed = { patterns: languageOf(family, allowing.filter(mayMatch)).patterns };
  // Where both sides look through the same prefixes, it is enough to compare what stands behind them.
  const patterns = [...language.patterns, ...withExpansions(family, rules)];
  const inside = [[list === "allow" || allowing.length === 0 ? { patterns } : widelyHeld(family, patterns)]];
  const what = "a difference";
  const result = searches.search({ family, what, inside, outside: [allowed, ...held] });
  if (!family.shell) return;
  if (list !== "allow" && result === "none" && allowing.length > 0)
    beyondAllowed(family, patterns, held, searches);
  searches.extra.push(...beyondWildcards(family, rules));
  const blanket = patterns.includes(family.everything) && !allowed.patterns.includes(family.everything);
  if (list !== "allow" || result !== "none" || !blanket) return;
  // A blanket rule vouches for more than any union of others.
  if (searches.search({ family, what, inside, outside: held }) !== "none") {
    searches.extra.push(...BEYOND_PREFIX_RULES.map(family.call));
  }
}

/** Deny and ask rules see commands in places where no allow rule with a wildcard vouches for them. */
function beyondAllowed(
  family: Family,
  patterns: Piece[][],
  held: readonly LanguagePart[],
  searches: Searches,
): void {
  const gap = searches.find({ family, what: "a difference", inside: [[{ patterns }]], outside: held });
  if (gap.kind === "none") return;
  const words = gap.kind === "gap" ? gap.gap.words.slice(0, 4).map((word) => word.trim()) : [];
  const lines = words.flatMap((word) => [`watch ${word}`, `${word} &`, `(${word})`]);
  searches.extra.push(...lines.map(family.call));
  searches.reasons.push("a deny or ask rule sees commands that no allow rule vouches for");
}

function mayMatch({ list, parsed }: ListedRule): boolean {
  return list !== "allow" || parsed.kind !== "command" || !approvesNothing(parsed.pattern);
}

/** Rules whose calls are not told apart by a text: unknown forms and parameters. */
function beyondText({ parsed, text }: ListedRule, others: readonly ListedRule[], searches: Searches): void {
  if (parsed.kind === "unknown") {
    searches.reasons.push(`it is not known what ${text} matches: ${parsed.reason}`);
  }
  if (parsed.kind !== "parameter") return;
  if (others.some((other) => other.list !== "allow" && coversParameter(other, parsed))) return;
  searches.extra.push(callWithParameter(parsed, { tool: parsed.tool, argument: "x" }));
  searches.reasons.push(`calls that ${text} matches could not be compared`);
}
