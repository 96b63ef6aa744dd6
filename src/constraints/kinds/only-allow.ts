import { assertNever } from "../../model/assert-never.ts";
import { findApprovedOutside, findDifference } from "../../permissions/index.ts";
import { approvalFact } from "../approval-fact.ts";
import { approvalsOf } from "../approving-rules.ts";
import { inWords, unreadableRule } from "../rule-lists.ts";
import { type DemandKind, type Loosening, ofKind, type Semantics } from "./kind.ts";

/** `only.allow`: everything that is effectively auto-approved is covered by these rules. */
export const onlyAllow: DemandKind<"only-allow"> = {
  kind: "only-allow",
  describe: ({ rules }) =>
    rules.length === 0
      ? "Nothing runs without asking."
      : `Only what ${inWords(rules)} covers runs without asking.`,
  unreadable: ({ rules }, semantics) => unreadableRule(rules, "allow", semantics),
  check({ rules }, input) {
    const options = { client: input.client, steps: input.limits.inclusionSteps };
    return approvalsOf(input.after.context, input, (set) => findApprovedOutside(set, rules, options)).map(
      (approval) => approvalFact(approval, input, words(input.constraint.id)),
    );
  },
  loosened({ rules }, now, semantics) {
    const gained = ofKind(now, "only-allow").map((demand) => newlyPermitted(rules, demand.rules, semantics));
    if (gained.length === 0) return { what: "it no longer limits what may run without asking" };
    return gained.includes(null) ? null : gained[0]!;
  },
};

function newlyPermitted(before: string[], now: string[], { client, limits }: Semantics): Loosening | null {
  const found = findDifference({ list: "allow", rules: now }, [{ list: "allow", rules: before }], {
    client,
    steps: limits.inclusionSteps,
  });
  switch (found.kind) {
    case "none":
      return null;
    case "found":
      return { what: "it now permits", call: found.call };
    case "undecided":
      return { what: `it cannot be shown that it permits nothing new (${found.reason})` };
    default:
      return assertNever(found);
  }
}

function words(id: string) {
  return {
    unshown: `stays within what ${id} permits`,
    objection: `which is outside what ${id} permits`,
    help: "Narrow the rule to what the constraint lists, or take it out.",
  };
}
