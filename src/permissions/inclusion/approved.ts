import { approvedByGrant, approvedByRules, heldBack, holding, preludesOf } from "./approvals.ts";
import type { Piece } from "./automaton.ts";
import { isIrregular } from "./commands.ts";
import { FAMILIES, type Family } from "./families.ts";
import { findGap } from "./gap.ts";
import { type Gaps, surelyMatching } from "./newly-approved.ts";
import { automatonOf, type ListedRule, listRules } from "./rule-language.ts";
import type { Budget } from "./search.ts";
import type { Side } from "./side.ts";

/** Approved calls that the rules cover. */
export function approvedWithin(side: Side, rules: readonly string[], budget: Budget): Gaps {
  const found: Gaps = { gaps: [], extra: [], reasons: [] };
  const covering = listRules("allow", rules, side.context);
  unknowns(side, covering, found);
  for (const family of FAMILIES) {
    const { approved, outside } = effective(family, side, found);
    const covered = approvedByRules(family, covering, { ...side, set: { ...side.set, mode: null } });
    if (approved.length === 0 || covered.patterns.length + covered.reasons.length === 0) continue;
    found.reasons.push(...covered.reasons);
    const { stripped } = preludesOf(family);
    gapOf(
      family,
      [automatonOf({ patterns: approved, ...stripped }), automatonOf({ patterns: covered.patterns })],
      outside,
      budget,
      found,
    );
    if (family.shell) {
      gapOf(
        family,
        [automatonOf({ patterns: approved }), automatonOf({ patterns: covered.patterns, ...stripped })],
        outside,
        budget,
        found,
      );
    }
    exactTexts(family, [...side.allow, ...covering], found);
  }
  return found;
}

/** Approved calls that the rules do not cover. */
export function approvedOutside(side: Side, rules: readonly string[], budget: Budget): Gaps {
  const found: Gaps = { gaps: [], extra: [], reasons: [] };
  const covering = listRules("allow", rules, side.context);
  unknowns(
    side,
    side.allow.filter(({ key }) => !covering.some((other) => other.key === key)),
    found,
  );
  const keys = new Set(covering.map((rule) => rule.key));
  const rest: Side = { ...side, allow: side.allow.filter((rule) => !keys.has(rule.key)) };
  for (const family of FAMILIES) {
    const { approved, held } = effective(family, rest, found);
    if (approved.length === 0) continue;
    const covered = approvedByRules(family, covering, { ...side, set: { ...side.set, mode: null } }).patterns;
    const { surely } = preludesOf(family);
    const inside = automatonOf({ patterns: approved });
    const outside = automatonOf({ patterns: covered }, { patterns: held, ...surely });
    const result = gapOf(family, [inside], outside, budget, found);
    const blanket = approved.includes(family.everything) && !covered.includes(family.everything);
    if (result === "none" && family.shell && blanket) {
      gapOf(family, [inside], automatonOf({ patterns: held, ...surely }), budget, found);
      found.extra.push(family.call("echo $(whoami)"), family.call("sleep 1 &"));
    }
    exactTexts(family, rest.allow, found);
  }
  return found;
}

interface Effective {
  approved: Piece[][];
  held: Piece[][];
  outside: ReturnType<typeof automatonOf>;
}

function effective(family: Family, side: Side, found: Gaps): Effective {
  const rules = approvedByRules(family, side.allow, side);
  found.reasons.push(...rules.reasons);
  const grants = [...side.grants].flatMap((grant) => approvedByGrant(family, grant, side));
  const held = heldBack(family, surelyMatching(holding(family, side)), side).patterns;
  const { surely } = preludesOf(family);
  return {
    approved: [...rules.patterns, ...grants],
    held,
    outside: automatonOf({ patterns: held, ...surely }),
  };
}

function gapOf(
  family: Family,
  inside: Parameters<typeof findGap>[1],
  outside: Parameters<typeof findGap>[2],
  budget: Budget,
  found: Gaps,
): string {
  const result = findGap(family, inside, outside, budget);
  if (result.kind === "gap") found.gaps.push(result.gap);
  if (result.kind === "open")
    found.reasons.push(`the search for calls of ${family.name} reached its limit of steps`);
  return result.kind;
}

function unknowns(side: Side, rules: readonly ListedRule[], found: Gaps): void {
  for (const { text, parsed } of rules) {
    if (parsed.kind === "unknown")
      found.reasons.push(`it is not known what ${text} covers: ${parsed.reason}`);
  }
  if (side.grants.has("classifier")) found.reasons.push("in mode auto a classifier decides what runs");
}

/** Texts with shell syntax or held programs are for the matcher alone to judge. */
function exactTexts(family: Family, rules: readonly ListedRule[], found: Gaps): void {
  if (!family.shell) return;
  for (const { parsed } of rules) {
    if (parsed.kind !== "command" || parsed.pattern.kind !== "exact" || !isIrregular(parsed.pattern))
      continue;
    found.extra.push(family.call(parsed.pattern.text));
  }
}
