import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const envChanged: Rule = {
  id: "env-changed",
  severity: "note",
  docs: {
    what: "Reports an environment variable that was set, changed or removed; a warning for those that choose which code runs or whom Claude talks to.",
    why: "The variables reach everything that Claude starts. `PATH`, `LD_PRELOAD`, `NODE_OPTIONS`, `BASH_ENV` or `GIT_SSH_COMMAND` turn an approved command into another program, and `ANTHROPIC_BASE_URL` sends the conversation elsewhere.",
    example: 'env.NODE_OPTIONS = "--require ./trace.js";',
    instead: "Set variables for the one program that needs them, in a wrapper that Nix builds.",
  },
  examples: {
    fires: [
      { before: {}, after: { env: { NODE_OPTIONS: "--require ./trace.js" } } },
      { before: {}, after: { env: { EDITION: "2" } } },
    ],
    silent: [{ before: { env: { EDITION: "2" } }, after: { env: { EDITION: "2" } } }],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "env",
      () => true,
      (change) => ({
        message: sentence(change.summary),
        help: "Check what reads the variable; set it for one program only, where that is enough.",
        severity: warnsWhenWider(change),
      }),
    ),
};
