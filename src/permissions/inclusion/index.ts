import type { Call, RuleList } from "../../model/permission.ts";
import { mcpProbes, type Probe } from "../probes/index.ts";
import type { PermissionSet, RuleGroup, Search, SearchOptions } from "../types.ts";
import { widelyHeld, widelyStripped } from "./approvals.ts";
import { approvedOutside, approvedWithin } from "./approved.ts";
import { beyondPatterns } from "./beyond-patterns.ts";
import { difference } from "./difference.ts";
import { witnessOf } from "./gap.ts";
import { newlyApproved } from "./newly-approved.ts";
import { automatonOf, languageOf, listRules } from "./rule-language.ts";
import { type Gaps, Searches, shelfOf, type Within } from "./searches.ts";
import { contextOf, type Side, sideOf } from "./side.ts";
import { decider, groupMatcher } from "./verify.ts";

/**
 * A call that runs without a person under `after` and did not under `before`: by allow rules, by the mode or the
 * sandbox, or by the product's own default that an ask or deny rule held back. With `within` only calls that this rule
 * covers. `none` is a proof within what is modelled; whatever could not be decided in `options.steps` is undecided.
 */
export function findNewlyApproved(
  before: PermissionSet,
  after: PermissionSet,
  options: SearchOptions,
  within?: { list: RuleList; text: string },
): Search {
  const [b, a] = [sideOf(before, options.client), sideOf(after, options.client)];
  const searches = new Searches({ left: options.steps }, within && limitsOf(within, options), shelfOf(b, a));
  const runsBefore = decider(before, options.client);
  const runsAfter = decider(after, options.client);
  newlyApproved(b, a, (call) => runsBefore.decide(call).runs === true, searches);
  beyondPatterns(b, a, searches);
  const covered = within === undefined ? () => true : matcherOf(within, options);
  const verify = (call: Call): boolean => {
    if (runsAfter.decide(call).runs !== true || !covered(call)) return false;
    const { runs, decision } = runsBefore.decide(call);
    // A skill may run by default, depending on what it declares; with a rule it surely does.
    return runs === false || (runs === "undecided" && decision === "default");
  };
  return answer(searches, verify, mcpProbes(serversOf(b, a)));
}

function serversOf(before: Side, after: Side): { name: string; isNew: boolean }[] {
  const named = (side: Side) =>
    new Set(side.allow.flatMap(({ parsed }) => (parsed.kind === "mcp" ? [parsed.server] : [])));
  const known = named(before);
  return [...named(after)].map((name) => ({ name, isNew: !known.has(name) }));
}

/** A call that the first group matches, with the matcher of its list, and none of the others does. */
export function findDifference(covered: RuleGroup, by: readonly RuleGroup[], options: SearchOptions): Search {
  const shelf = by[0] === undefined ? undefined : shelfOf(by[0].rules, by.at(-1)!.rules);
  const searches = new Searches({ left: options.steps }, undefined, shelf);
  difference(covered, by, options.client, searches);
  const matches = groupMatcher(covered, options.client);
  const others = by.map((group) => groupMatcher(group, options.client));
  return answer(searches, (call) => matches(call) === true && others.every((other) => other(call) === false));
}

/** A call that allow rules, mode or sandbox approve and that these rules, read as allow rules, cover. */
export function findApprovedWithin(
  set: PermissionSet,
  rules: readonly string[],
  options: SearchOptions,
): Search {
  const searches = new Searches({ left: options.steps }, undefined, shelfOf(set, rules));
  approvedWithin(sideOf(set, options.client), rules, searches);
  const { decide } = decider(set, options.client);
  const covered = groupMatcher({ list: "allow", rules }, options.client, set.additionalDirectories);
  return answer(searches, (call) => decide(call).decision === "allow" && covered(call) === true);
}

/** A call that allow rules, mode or sandbox approve and that these rules, read as allow rules, do not cover. */
export function findApprovedOutside(
  set: PermissionSet,
  rules: readonly string[],
  options: SearchOptions,
): Search {
  const searches = new Searches({ left: options.steps }, undefined, shelfOf(set, rules));
  approvedOutside(sideOf(set, options.client), rules, searches);
  const { decide } = decider(set, options.client);
  const covered = groupMatcher({ list: "allow", rules }, options.client, set.additionalDirectories);
  return answer(searches, (call) => decide(call).decision === "allow" && covered(call) === false);
}

/** Found when a call was verified; none when nothing sticks out; undecided for all that lies between. */
function answer(gaps: Gaps, verify: (call: Call) => boolean, probes: readonly Probe[] = []): Search {
  if (gaps.gaps.length + gaps.extra.length + gaps.samples.length > 0) {
    const witness = witnessOf(gaps, probes, verify);
    if (witness !== null) return witness;
  }
  const unproved = gaps.gaps.filter((gap) => gap.hint !== true);
  const reasons = [
    ...gaps.reasons,
    ...unproved.map(
      (gap) =>
        `the rules differ for ${gap.family.name}, and no call could be shown to run (${shown(gap.words[0]!)} does not)`,
    ),
  ];
  return reasons.length === 0
    ? { kind: "none" }
    : { kind: "undecided", reason: [...new Set(reasons)].join("; ") };
}

function shown(word: string): string {
  return word === "" ? "the empty text" : JSON.stringify(word);
}

function limitsOf(within: { list: RuleList; text: string }, options: SearchOptions): Within {
  const context = contextOf(options.client, []);
  const rules = listRules(within.list, [within.text], context);
  return (family) => {
    const { patterns, unmodelled } = languageOf(family, rules);
    // What is not modelled limits nothing; the matcher still looks at every call.
    const open = rules.some(({ parsed }) => parsed.kind === "unknown" || parsed.kind === "parameter");
    if (open || unmodelled.length > 0) return null;
    return automatonOf(
      within.list === "allow" ? widelyStripped(family, patterns) : widelyHeld(family, patterns),
    );
  };
}

function matcherOf(
  within: { list: RuleList; text: string },
  options: SearchOptions,
): (call: Call) => boolean {
  const matches = groupMatcher({ list: within.list, rules: [within.text] }, options.client);
  return (call) => matches(call) === true;
}
