import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const hookChanged: Rule = {
  id: "hook-changed",
  severity: "warning",
  docs: {
    what: "Reports a hook that runs something else, and a hook that went away from an event where it could hold calls back.",
    why: "A changed hook is new code that runs unasked. A hook that is gone from `PreToolUse` or `PermissionRequest` may have been the guard that refused something.",
    example: "hooks.PreToolUse = [ ];  # the guard is gone",
    instead:
      "Read both versions. If a guard is no longer needed, put what it refused into `permissions.deny`, where it can be compared.",
  },
  examples: {
    fires: [
      {
        before: { hooks: { SessionStart: [{ hooks: [{ type: "command", command: "./setup.sh" }] }] } },
        after: { hooks: { SessionStart: [{ hooks: [{ type: "command", command: "./other.sh" }] }] } },
      },
      {
        before: {
          hooks: { PreToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: "./guard.sh" }] }] },
        },
        after: {},
      },
    ],
    silent: [
      {
        before: { hooks: { SessionStart: [{ hooks: [{ type: "command", command: "./setup.sh" }] }] } },
        after: {},
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "hooks",
      (change) => change.kind === "changed" || (change.kind === "removed" && mayWiden(change)),
      (change) => ({
        message: sentence(change.summary),
        help: "Read what runs now, and whether what the hook refused is still refused.",
      }),
    ),
};
