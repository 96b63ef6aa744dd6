import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import { isToolApproval, ruleOf } from "./permission-change.ts";
import type { Rule } from "./rule.ts";

export const toolAlwaysApproved: Rule = {
  id: "tool-always-approved",
  severity: "warning",
  docs: {
    what: "Reports a tool whose program runs without asking from now on.",
    why: "`alwaysApprove = true` adds `Bash(<program> *)` to the allow rules: every option and every argument of the program, not just the use that the tool was added for.",
    example: "tools.git = { pkg = pkgs.git; alwaysApprove = true; };",
    instead:
      'Leave `alwaysApprove` out and allow the uses that are needed: `permissions.allow = [ "Bash(git status)" "Bash(git diff *)" ];`.',
  },
  examples: {
    fires: [{ before: { tools: { git: {} } }, after: { tools: { git: { alwaysApprove: true } } } }],
    silent: [
      {
        before: { tools: { git: {} }, permissions: { allow: ["Bash(git *)"] } },
        after: { tools: { git: { alwaysApprove: true } } },
      },
      { before: { tools: { git: { alwaysApprove: true } } }, after: { tools: { git: {} } } },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "permissions",
      (change) => mayWiden(change) && isToolApproval(change),
      (change) => ({
        message: `${sentence(change.summary)} by a tool that is always approved`,
        help: "Leave `alwaysApprove` out and allow the uses that are needed, one by one.",
        ...ruleOf(change),
      }),
    ),
};
