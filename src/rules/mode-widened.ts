import { concernsBypass } from "./bypass-enabled.ts";
import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const modeWidened: Rule = {
  id: "mode-widened",
  severity: "warning",
  docs: {
    what: "Reports a change after which Claude starts in a mode that asks less, or in none that is pinned.",
    why: "The mode decides about every call that no rule settles. `acceptEdits` writes files unasked and `auto` leaves the decision to a classifier. Where no mode is pinned the client chooses, and its choice has changed from version to version.",
    example: 'permissions.defaultMode = "acceptEdits";  # was "default"',
    instead: "Pin `permissions.defaultMode` to `default`, and allow what has to run unasked by rules.",
  },
  examples: {
    fires: [
      {
        before: { permissions: { defaultMode: "default" } },
        after: { permissions: { defaultMode: "acceptEdits" } },
      },
      { before: { permissions: { defaultMode: "default" } }, after: {} },
    ],
    silent: [
      {
        before: { permissions: { defaultMode: "acceptEdits" } },
        after: { permissions: { defaultMode: "default" } },
      },
      {
        before: { permissions: { defaultMode: "default" } },
        after: { permissions: { defaultMode: "default" } },
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "mode",
      (change) => mayWiden(change) && !concernsBypass(change),
      (change) => ({
        message: sentence(change.summary),
        help: 'Pin `permissions.defaultMode = "default"` and allow by rules what has to run unasked.',
      }),
    ),
};
