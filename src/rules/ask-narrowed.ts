import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import { guardListOf, ruleOf } from "./permission-change.ts";
import type { Rule } from "./rule.ts";

export const askNarrowed: Rule = {
  id: "ask-narrowed",
  severity: "warning",
  docs: {
    what: "Reports an ask rule that went away, or was replaced by a narrower one, so that a call is let go that it held.",
    why: "An ask rule puts a person in front of a call in every mode, whatever is allowed. Where it goes or becomes narrower, the allow rules and the mode decide alone.",
    example: 'permissions.ask = [ "Bash(git push --force *)" ];  # was "Bash(git push *)"',
    instead:
      "Keep the rule. If a part of it is in the way, replace it by rules for the rest, and say in the commit why that part is safe.",
  },
  examples: {
    fires: [
      {
        before: { permissions: { ask: ["Bash(git push *)"] } },
        after: { permissions: { ask: ["Bash(git push --force *)"] } },
      },
      { before: { permissions: { ask: ["WebFetch"] } }, after: {} },
    ],
    silent: [
      {
        before: { permissions: { ask: ["Bash(git push --force *)"] } },
        after: { permissions: { ask: ["Bash(git push *)"] } },
      },
      {
        before: { permissions: { ask: ["Bash(git push *)", "Bash(git push --force *)"] } },
        after: { permissions: { ask: ["Bash(git push:*)"] } },
      },
      {
        before: { permissions: { ask: ["Bash(git push *)"] } },
        after: { permissions: { deny: ["Bash(git push *)"] } },
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "permissions",
      (change) => mayWiden(change) && guardListOf(change) === "ask",
      (change) => ({
        message: sentence(change.summary),
        help: "Restore the rule, or replace it by rules that hold the same calls back.",
        ...ruleOf(change),
      }),
    ),
};
