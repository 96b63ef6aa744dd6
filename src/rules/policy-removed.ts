import { findChanges, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const policyRemoved: Rule = {
  id: "policy-removed",
  severity: "error",
  docs: {
    what: "Reports a policy that went away.",
    why: "A policy is an instruction that holds Claude back where no rule can. When an input drops it, or an edit loses it, nobody sees anything: Claude just stops keeping to it.",
    example: 'policies = { };  # "commits" is gone',
    instead:
      "Restore the policy under the same id. If it is no longer wanted, remove it in a change of its own, with a waiver that says who decided so.",
  },
  examples: {
    fires: [{ before: { policies: { commits: "Ask before you commit." } }, after: {} }],
    silent: [
      {
        before: { policies: { commits: "Ask before you commit." } },
        after: { policies: { commits: "Ask before you commit or push." } },
      },
      { before: {}, after: { policies: { commits: "Ask before you commit." } } },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "policies",
      ({ kind }) => kind === "removed",
      (change) => ({
        message: sentence(change.summary),
        help: "Restore the policy, or waive this finding with the name of who decided to drop it.",
      }),
    ),
};
