import { findChanges, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const policyChanged: Rule = {
  id: "policy-changed",
  severity: "warning",
  docs: {
    what: "Reports a policy whose text is another one.",
    why: "Nobody can compute whether an instruction became weaker. A person has to read the difference, above all when it arrived with an input.",
    example: 'policies.commits = "Commit when you are done.";  # was "Ask before you commit."',
    instead:
      "Read the difference. To make sure that a policy keeps its words, let the organisation's flake demand them with `require.policies`.",
  },
  examples: {
    fires: [
      {
        before: { policies: { commits: "Ask before you commit." } },
        after: { policies: { commits: "Commit when you are done." } },
      },
    ],
    silent: [
      {
        before: { policies: { commits: "Ask before you commit." } },
        after: { policies: { commits: "Ask before you commit." } },
      },
      { before: {}, after: { policies: { commits: "Ask before you commit." } } },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "policies",
      ({ kind }) => kind === "changed",
      (change) => ({
        message: sentence(change.summary),
        help: "Read the difference, and accept the change if the policy is as strict as it was.",
      }),
    ),
};
