import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import { guardListOf, isToolApproval, ruleOf } from "./permission-change.ts";
import type { Rule } from "./rule.ts";

export const approvalWidened: Rule = {
  id: "approval-widened",
  severity: "warning",
  docs: {
    what: "Reports a change to the allow rules, working directories or permission settings after which Claude does something without asking that it did not do before.",
    why: "Every rule that is added to the allow list, and every wildcard that grows, takes a person out of the loop for all calls that it covers, also for those that nobody thought of. The finding names one of them.",
    example: 'permissions.allow = [ "Bash(git *)" ];  # was "Bash(git status)"',
    instead:
      "Allow the commands that are needed, one by one, and put what must stay with a person into `permissions.ask` or `permissions.deny`: both beat allow.",
  },
  examples: {
    fires: [
      {
        before: { permissions: { allow: ["Bash(git status)"] } },
        after: { permissions: { allow: ["Bash(git *)"] } },
      },
      { before: {}, after: { autoApprove: ["WebFetch"] } },
      { before: {}, after: { permissions: { additionalDirectories: ["/etc"] } } },
    ],
    silent: [
      {
        before: { permissions: { allow: ["Bash(git:*)"] } },
        after: { permissions: { allow: ["Bash(git *)"] } },
      },
      {
        before: { permissions: { allow: ["Bash(git *)"] } },
        after: { permissions: { allow: ["Bash(git status)"] } },
      },
      { before: {}, after: { permissions: { deny: ["Bash(git push *)"] } } },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "permissions",
      (change) => mayWiden(change) && guardListOf(change) === null && !isToolApproval(change),
      (change) => ({
        message: sentence(change.summary),
        help: "Allow only the calls that are needed, or hold the rest back with an ask or deny rule.",
        ...ruleOf(change),
      }),
    ),
};
