import type { ChangeFact } from "../model/change.ts";
import type { Call } from "../model/permission.ts";
import { findNewlyApproved, matchesRule } from "../permissions/index.ts";
import { type Effect, undecided, WIDENS } from "./effect.ts";
import { proof, type RuleSets } from "./rule-effects.ts";
import type { RuleDifference } from "./rule-lists.ts";

/**
 * Rules act together, so looking at each alone could miss something: the whole sets are compared as well, and a
 * call that is newly approved, and that no widening change above accounts for, is a change of its own.
 */
export function diffWholeSets(
  facts: readonly ChangeFact[],
  differences: readonly RuleDifference[],
  sets: RuleSets,
): ChangeFact[] {
  const whole = findNewlyApproved(sets.before, sets.after, sets.search);
  switch (whole.kind) {
    case "none":
      return [];
    case "found":
      if (isExplained(whole.call, facts, differences, sets)) return [];
      return [
        wholeFact(WIDENS, "the rules together approve more than before", proof(whole.call, sets).witness),
      ];
    case "undecided":
      if (facts.some(({ direction }) => direction === "undecided" || direction === "widens")) return [];
      return [
        wholeFact(undecided(whole.reason), "whether the rules together approve more could not be decided"),
      ];
  }
}

function isExplained(
  call: Call,
  facts: readonly ChangeFact[],
  differences: readonly RuleDifference[],
  { search: { client } }: RuleSets,
): boolean {
  const byRule = differences.some(({ list, before, after, effect }) => {
    if (effect.direction !== "widens") return false;
    const rule = list === "allow" ? after : before;
    return rule !== null && matchesRule({ list, text: rule.text }, call, { client }) === true;
  });
  const rulePaths = new Set(differences.map(({ before, after }) => (after ?? before)!.path));
  return byRule || facts.some(({ direction, path }) => direction === "widens" && !rulePaths.has(path));
}

function wholeFact(effect: Effect, summary: string, witness?: ChangeFact["witness"]): ChangeFact {
  return {
    surface: "permissions",
    path: "permissions",
    kind: "changed",
    ...effect,
    before: null,
    after: null,
    summary,
    ...(witness && { witness }),
  };
}
