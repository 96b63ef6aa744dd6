import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import { guardListOf, ruleOf } from "./permission-change.ts";
import type { Rule } from "./rule.ts";

export const denyNarrowed: Rule = {
  id: "deny-narrowed",
  severity: "warning",
  docs: {
    what: "Reports a deny rule that went away, or was replaced by a narrower one, so that a call is let go that it held.",
    why: "A deny rule is the one thing that no allow rule, no mode and no other settings file can lift. Where it goes or becomes narrower, calls that were refused everywhere are open to all of them.",
    example: 'permissions.deny = [ "Bash(git push --force *)" ];  # was "Bash(git push *)"',
    instead:
      "Keep the rule. If a part of it is in the way, replace it by rules for the rest, and say in the commit why that part is safe. Moving it to `permissions.ask` still keeps a person in the loop.",
  },
  examples: {
    fires: [
      {
        before: { permissions: { deny: ["Bash(git push *)"] } },
        after: { permissions: { deny: ["Bash(git push --force *)"] } },
      },
      { before: { permissions: { deny: ["WebFetch"] } }, after: {} },
      {
        before: { permissions: { deny: ["Bash(git push *)"] } },
        after: { permissions: { ask: ["Bash(git push *)"] } },
      },
    ],
    silent: [
      {
        before: { permissions: { deny: ["Bash(git push --force *)"] } },
        after: { permissions: { deny: ["Bash(git push *)"] } },
      },
      {
        before: { permissions: { deny: ["Bash(git push *)", "Bash(git push --force *)"] } },
        after: { permissions: { deny: ["Bash(git push:*)"] } },
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "permissions",
      (change) => mayWiden(change) && guardListOf(change) === "deny",
      (change) => ({
        message: sentence(change.summary),
        help: "Restore the rule, or replace it by rules that hold the same calls back.",
        ...ruleOf(change),
      }),
    ),
};
