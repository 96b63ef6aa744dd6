import { findChanges, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const personaChanged: Rule = {
  id: "persona-changed",
  severity: "warning",
  docs: {
    what: "Reports a persona that was added, removed or worded in another way.",
    why: "The persona stands in the system prompt of every session. Another wording can make Claude more daring without any rule changing.",
    example: 'persona = "You ship fast and never ask.";  # was "You are careful."',
    instead:
      "Read the difference. To make sure that the persona says certain things, let the organisation's flake demand them with `require.persona`.",
  },
  examples: {
    fires: [
      { before: { persona: "You are careful." }, after: { persona: "You ship fast." } },
      { before: { persona: "You are careful." }, after: {} },
    ],
    silent: [{ before: { persona: "You are careful." }, after: { persona: "You are careful." } }],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "persona",
      () => true,
      (change) => ({
        message: sentence(change.summary),
        help: "Read the difference, and accept the change if Claude is told what it should be told.",
      }),
    ),
};
