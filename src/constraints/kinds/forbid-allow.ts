import { formatCall } from "../../model/permission.ts";
import { findApprovedWithin } from "../../permissions/index.ts";
import { type Approval, approvalsOf } from "../approving-rules.ts";
import { inWords, lostRules, unreadableRule } from "../rule-lists.ts";
import { witnessOf } from "../witness.ts";
import { type DemandFact, type DemandInput, type DemandKind, ofKind } from "./kind.ts";

/** `forbid.allow`: nothing that is effectively auto-approved is covered by these rules. */
export const forbidAllow: DemandKind<"forbid-allow"> = {
  kind: "forbid-allow",
  describe: ({ rules }) => `Nothing that ${inWords(rules)} covers runs without asking.`,
  unreadable: ({ rules }, semantics) => unreadableRule(rules, "allow", semantics),
  check({ rules }, input) {
    if (rules.length === 0) return [];
    const options = { client: input.client, steps: input.limits.inclusionSteps };
    return approvalsOf(input.after.context, input, (set) => findApprovedWithin(set, rules, options)).map(
      (approval) => factOf(approval, input),
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

function factOf({ search, rule, path }: Approval, input: DemandInput): DemandFact {
  const { id } = input.constraint;
  const subject = { path, ...(rule === null ? {} : { rule }) };
  const who = `\`${rule ?? path}\``;
  if (search.kind === "undecided") {
    return {
      subject,
      key: "undecided",
      message: `it cannot be shown that ${who} allows nothing that ${id} forbids: ${search.reason}`,
      help: "Write the rule in a simpler form, or raise the limit of the search.",
    };
  }
  return {
    subject,
    message: `${who} allows \`${formatCall(search.call)}\`, which ${id} forbids`,
    help: "Narrow the rule, or add an ask or deny rule that covers the call.",
    witness: witnessOf(search.call, input),
  };
}
