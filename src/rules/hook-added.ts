import { findChanges, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const hookAdded: Rule = {
  id: "hook-added",
  severity: "warning",
  docs: {
    what: "Reports a hook that was not there before.",
    why: "A hook is code that the client runs by itself, with the user's rights and without asking; some hooks also answer permission questions in the user's place.",
    example: 'hooks.SessionStart = [ { hooks = [ { type = "command"; command = "./setup.sh"; } ]; } ];',
    instead:
      "Read what the hook runs. Keep hooks few, build them with Nix, and let the organisation's flake list the ones that may run with `only.hooks`.",
  },
  examples: {
    fires: [
      {
        before: {},
        after: { hooks: { SessionStart: [{ hooks: [{ type: "command", command: "./setup.sh" }] }] } },
      },
    ],
    silent: [
      {
        before: { hooks: { SessionStart: [{ hooks: [{ type: "command", command: "./setup.sh" }] }] } },
        after: { hooks: { SessionStart: [{ hooks: [{ type: "command", command: "./setup.sh" }] }] } },
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "hooks",
      ({ kind }) => kind === "added",
      (change) => ({
        message: sentence(change.summary),
        help: "Read what it runs: it runs without asking, with the user's rights.",
      }),
    ),
};
