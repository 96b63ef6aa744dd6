import { findApprovedWithin } from "../../permissions/index.ts";
import { approvalFact } from "../approval-fact.ts";
import { approvalsOf } from "../approving-rules.ts";
import { inWords, lostRules, unreadableRule } from "../rule-lists.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `forbid.allow`: nothing that is effectively auto-approved is covered by these rules. */
export const forbidAllow: DemandKind<"forbid-allow"> = {
  kind: "forbid-allow",
  describe: ({ rules }) => `Nothing that ${inWords(rules)} covers runs without asking.`,
  unreadable: ({ rules }, semantics) => unreadableRule(rules, "allow", semantics),
  check({ rules }, input) {
    if (rules.length === 0) return [];
    const options = { client: input.client, steps: input.limits.inclusionSteps };
    return approvalsOf(input.after.context, input, (set) => findApprovedWithin(set, rules, options)).map(
      (approval) => approvalFact(approval, input, words(input.constraint.id)),
    );
  },
  loosened: ({ rules }, now, semantics) =>
    lostRules(
      { list: "allow", rules },
      ofKind(now, "forbid-allow").map((demand) => ({ list: "allow", rules: demand.rules })),
      "forbids",
      semantics,
    ),
};

function words(id: string) {
  return {
    unshown: `allows nothing that ${id} forbids`,
    objection: `which ${id} forbids`,
    help: "Narrow the rule, or add an ask or deny rule that covers the call.",
  };
}
