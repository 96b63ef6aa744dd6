import {
  approvedByGrant,
  approvedByRules,
  beyondWildcards,
  holding,
  irregularSamples,
  surelyHeld,
  widelyStripped,
  withoutQuotes,
} from "./approvals.ts";
import type { Piece } from "./automaton.ts";
import { BEYOND_PREFIX_RULES } from "./blanket-approval.ts";
import { FAMILIES, type Family } from "./families.ts";
import { type LanguagePart, type ListedRule, listRules, surelyMatching } from "./rule-language.ts";
import type { Searches } from "./searches.ts";
import type { Side } from "./side.ts";

/** Approved calls that the rules cover. */
export function approvedWithin(side: Side, rules: readonly string[], searches: Searches): void {
  const covering = listRules("allow", rules, side.context);
  unknownForms(side, [...side.allow, ...covering], searches);
  for (const family of FAMILIES) {
    const covered = covers(family, covering, side);
    if (covered.patterns.length + covered.unmodelled.length === 0) continue;
    const { approved, outside } = effective(family, side, searches);
    if (approved.length === 0) continue;
    searches.unmodelled(covered);
    const patterns = [...covered.patterns, ...withoutQuotes(family, covering)];
    approved.push(...withoutQuotes(family, side.allow));
    const what = "covered calls";
    searches.search({
      family,
      what,
      inside: [[widelyStripped(family, approved)], [{ patterns }]],
      outside,
    });
    if (!family.shell) continue;
    searches.search({
      family,
      what,
      inside: [[{ patterns: approved }], [widelyStripped(family, patterns)]],
      outside,
    });
    searches.extra.push(...irregularSamples(family, [...side.allow, ...covering]));
  }
}

/** Approved calls that the rules do not cover. */
export function approvedOutside(side: Side, rules: readonly string[], searches: Searches): void {
  const covering = surelyMatching(listRules("allow", rules, side.context));
  const keys = new Set(covering.map((rule) => rule.key));
  const rest: Side = { ...side, allow: side.allow.filter((rule) => !keys.has(rule.key)) };
  unknownForms(rest, rest.allow, searches);
  for (const family of FAMILIES) {
    const { approved, outside } = effective(family, rest, searches);
    if (approved.length === 0) continue;
    const { patterns } = covers(family, covering, side);
    const inside = [[{ patterns: approved }]];
    const what = "calls that are not covered";
    const result = searches.search({ family, what, inside, outside: [{ patterns }, ...outside] });
    if (!family.shell) continue;
    const blanket = approved.includes(family.everything) && !patterns.includes(family.everything);
    if (result === "none" && blanket && searches.search({ family, what, inside, outside }) !== "none") {
      searches.extra.push(...BEYOND_PREFIX_RULES.map(family.call));
    }
    searches.extra.push(...irregularSamples(family, rest.allow), ...beyondWildcards(family, rest.allow));
  }
}

/** What the rules of the question cover, whatever the mode of the set. */
function covers(family: Family, rules: readonly ListedRule[], side: Side) {
  return approvedByRules(family, rules, { ...side, set: { ...side.set, mode: null } });
}

function effective(
  family: Family,
  side: Side,
  searches: Searches,
): { approved: Piece[][]; outside: LanguagePart[] } {
  const rules = approvedByRules(family, side.allow, side);
  searches.unmodelled(rules);
  const grants = [...side.grants].flatMap((grant) => approvedByGrant(family, grant, side));
  return {
    approved: [...rules.patterns, ...grants],
    outside: surelyHeld(family, holding(family, side), side.context.client),
  };
}

function unknownForms(side: Side, rules: readonly ListedRule[], searches: Searches): void {
  for (const { text, parsed } of rules) {
    if (parsed.kind !== "unknown") continue;
    searches.reasons.push(`it is not known what ${text} covers: ${parsed.reason}`);
  }
  if (side.grants.has("classifier")) searches.reasons.push("in mode auto a classifier decides what runs");
}
