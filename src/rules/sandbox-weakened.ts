import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const sandboxWeakened: Rule = {
  id: "sandbox-weakened",
  severity: "warning",
  docs: {
    what: "Reports a change after which the sandbox confines less, or approves what runs in it.",
    why: "The sandbox is what limits a command that was approved by mistake. With `autoAllowBashIfSandboxed` it also approves every command that can run inside it, network included where hosts are open.",
    example: "sandbox = { enabled = true; autoAllowBashIfSandboxed = true; };",
    instead: "Keep the sandbox on and auto-approval off; open single hosts and paths, and name why.",
  },
  examples: {
    fires: [
      {
        before: { sandbox: { enabled: true } },
        after: { sandbox: { enabled: true, autoAllowBashIfSandboxed: true } },
      },
      { before: { sandbox: { enabled: true } }, after: {} },
      { before: {}, after: { sandbox: { network: { allowedDomains: ["example.com"] } } } },
    ],
    silent: [
      { before: {}, after: { sandbox: { enabled: true } } },
      {
        before: { sandbox: { network: { allowedDomains: ["example.com"] } } },
        after: {},
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "sandbox",
      (change) => mayWiden(change) || change.direction === "incomparable",
      (change) => ({
        message: sentence(change.summary),
        help: "Keep commands confined; open only the hosts and paths that are needed.",
      }),
    ),
};
