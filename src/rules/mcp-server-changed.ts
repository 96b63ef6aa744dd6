import { findChanges, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const mcpServerChanged: Rule = {
  id: "mcp-server-changed",
  severity: "warning",
  docs: {
    what: "Reports an MCP server that runs another program, asks another peer, or is started in another way.",
    why: "Approvals are given to the server's name. Whatever answers under that name tomorrow inherits them.",
    example: 'mcpServers.notes.url = "https://notes.example.org";  # was "https://notes.acme.example"',
    instead:
      "Give another server another name, so that it is approved anew. Pin what a server runs, so that it changes only when you say so.",
  },
  examples: {
    fires: [
      {
        before: { mcpServers: { notes: { command: "notes-mcp" } } },
        after: { mcpServers: { notes: { command: "other-mcp" } } },
      },
    ],
    silent: [
      {
        before: { mcpServers: { notes: { command: "notes-mcp", timeout: 1000 } } },
        after: { mcpServers: { notes: { command: "notes-mcp", timeout: 2000 } } },
      },
      { before: { mcpServers: { notes: { command: "notes-mcp" } } }, after: {} },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "mcp-servers",
      ({ kind, direction }) => kind === "changed" && direction !== "neutral",
      (change) => ({
        message: sentence(change.summary),
        help: "Check what answers under this name now; existing approvals carry over to it.",
      }),
    ),
};
