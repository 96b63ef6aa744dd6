import type { Witness } from "../model/change.ts";
import { type Call, formatCall, type RuleList } from "../model/permission.ts";
import {
  compilePermissions,
  type DecisionResult,
  findDifference,
  findNewlyApproved,
  type PermissionSet,
  parseRule,
  type RuleGroup,
  type SearchOptions,
} from "../permissions/index.ts";
import { type Effect, NARROWS, NEUTRAL, undecided, WIDENS } from "./effect.ts";
import { sampleCall } from "./sample-call.ts";

/** What one rule's coming or going does, with the call that proves it. */
export type RuleEffect = Effect & { witness?: Witness; call?: Call };

/** Both rule sets, alike in everything but the three lists, so that what differs is what the lists do. */
export interface RuleSets {
  before: PermissionSet;
  after: PermissionSet;
  search: SearchOptions;
  wasDecided: (call: Call) => DecisionResult;
  isDecided: (call: Call) => DecisionResult;
}

export function compareSets(before: PermissionSet, after: PermissionSet, search: SearchOptions): RuleSets {
  const { client } = search;
  return {
    before,
    after,
    search,
    wasDecided: compilePermissions(before, { client }).decide,
    isDecided: compilePermissions(after, { client }).decide,
  };
}

/** Is anything approved now, within these allow rules, that was not approved before? */
export function effectOfAddedAllow(rules: readonly string[], sets: RuleSets): RuleEffect {
  const search = findNewlyApproved(sets.before, sets.after, sets.search, onlyAllow(rules));
  switch (search.kind) {
    case "found":
      return { ...WIDENS, ...proof(search.call, sets) };
    case "none":
      return NEUTRAL;
    case "undecided":
      return undecided(search.reason);
  }
}

/** An allow rule that goes takes approval away, or did nothing; it never grants. */
export function effectOfRemovedAllow(rules: readonly string[], sets: RuleSets): RuleEffect {
  const search = findNewlyApproved(sets.after, sets.before, sets.search, onlyAllow(rules));
  switch (search.kind) {
    case "found":
      return { ...NARROWS, ...proof(search.call, sets) };
    case "none":
      return NEUTRAL;
    case "undecided":
      return NARROWS;
  }
}

/** Within one rule, or anywhere: what several rules newly approve is part of what all of them do. */
function onlyAllow([text, ...others]: readonly string[]): { list: "allow"; text: string } | undefined {
  return text === undefined || others.length > 0 ? undefined : { list: "allow", text };
}

/**
 * Is a call let go that was held? First one that nothing holds any more is looked for, then, for a deny rule, one
 * that is merely asked about now.
 */
export function effectOfRemovedGuard(
  list: "ask" | "deny",
  rules: readonly string[],
  sets: RuleSets,
): RuleEffect {
  const gone: RuleGroup = { list, rules };
  const deny: RuleGroup = { list: "deny", rules: sets.after.deny };
  const ask: RuleGroup = { list: "ask", rules: sets.after.ask };
  const free = findDifference(gone, [deny, ask], sets.search);
  if (free.kind === "found") return { ...WIDENS, ...proof(free.call, sets) };
  const asked = list === "deny" ? findDifference(gone, [deny], sets.search) : free;
  if (asked.kind === "found") return { ...WIDENS, ...proof(asked.call, sets) };
  const open = [free, asked].find((search) => search.kind === "undecided");
  return open === undefined ? NEUTRAL : undecided(open.reason);
}

/** A deny or ask rule that comes holds calls back, unless they were held already; it never lets go. */
export function effectOfAddedGuard(
  list: "ask" | "deny",
  rules: readonly string[],
  sets: RuleSets,
): RuleEffect {
  const held: RuleGroup[] = [{ list: "deny", rules: sets.before.deny }];
  if (list === "ask") held.push({ list: "ask", rules: sets.before.ask });
  return findDifference({ list, rules }, held, sets.search).kind === "none" ? NEUTRAL : NARROWS;
}

/** Is every call that the one rule matches also matched by the other, in the same list? */
export function isIncluded(list: RuleList, inner: string, outer: string, search: SearchOptions): boolean {
  return findDifference({ list, rules: [inner] }, [{ list, rules: [outer] }], search).kind === "none";
}

/**
 * What the first call that comes to mind for a rule shows, without a search; null when it shows nothing. It proves a
 * direction as well as any other call, but is not the gravest one.
 */
export function effectBySample(
  list: RuleList,
  kind: "added" | "removed",
  text: string,
  sets: RuleSets,
): RuleEffect | null {
  const call = sampleCall(parseRule(text, list, { client: sets.search.client }));
  if (call === null) return null;
  const [was, is] = [sets.wasDecided(call), sets.isDecided(call)];
  if (was.decision === "undecided" || is.decision === "undecided") return null;
  const [loose, strict] = kind === "added" ? [is, was] : [was, is];
  if (list === "allow") {
    if (loose.decision !== "allow" || strict.decision === "allow" || strict.runs !== false) return null;
    return { ...(kind === "added" ? WIDENS : NARROWS), ...proof(call, sets) };
  }
  // A guard that is added holds now what it did not hold before, and the other way round.
  if (loose.decision !== list || HOLDS[strict.decision] >= HOLDS[list]) return null;
  return { ...(kind === "added" ? NARROWS : WIDENS), ...proof(call, sets) };
}

const HOLDS: Readonly<Record<DecisionResult["decision"], number>> = {
  allow: 0,
  default: 0,
  ask: 1,
  deny: 2,
  // Not known to hold less.
  undecided: 2,
};

/**
 * The witness as both sets decide it. A call that either cannot decide, or that both decide alike (it runs by the
 * client's default in both words), proves nothing to a reader and is not shown.
 */
export function proof(call: Call, { wasDecided, isDecided }: RuleSets): { witness?: Witness; call: Call } {
  const [before, after] = [wasDecided(call).decision, isDecided(call).decision];
  if (before === "undecided" || after === "undecided" || before === after) return { call };
  return { call, witness: { call: formatCall(call), before, after } };
}
