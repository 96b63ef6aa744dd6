import { findChanges, sentence, warnsWhenWider } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const toolAdded: Rule = {
  id: "tool-added",
  severity: "note",
  docs: {
    what: "Reports a tool that was not there before; a warning when it is served as a command.",
    why: "A tool points Claude at a program. One with a `command` becomes a tool of an MCP server, which runs it.",
    example: 'tools.deploy = { command = [ "./deploy.sh" ]; };',
    instead:
      "Give the tool an `inputSchema` that lets through what is needed, and leave out `alwaysApprove`.",
  },
  examples: {
    fires: [{ before: {}, after: { tools: { ripgrep: { description: "Searches." } } } }],
    silent: [
      {
        before: { tools: { ripgrep: { description: "Searches." } } },
        after: { tools: { ripgrep: { description: "Searches." } } },
      },
      { before: { tools: { ripgrep: {} } }, after: {} },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "tools",
      ({ kind }) => kind === "added",
      (change) => ({
        message: sentence(change.summary),
        help: "Check that Claude should use this program here.",
        severity: warnsWhenWider(change),
      }),
    ),
};
