import { findChanges, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const mcpServerAdded: Rule = {
  id: "mcp-server-added",
  severity: "warning",
  docs: {
    what: "Reports an MCP server that was not there before.",
    why: "A server is a process with the user's rights that starts with every session, or a peer that sees what Claude sends it. Sessions that nobody watches connect to it without asking.",
    example: 'mcpServers.notes = { command = "npx"; args = [ "-y" "notes-mcp@1.4.2" ]; };',
    instead:
      "Add servers that Nix builds (`mcpServers.notes = pkgs.notes-mcp;`), and let the organisation's flake list the ones that may be used with `only.mcpServers`.",
  },
  examples: {
    fires: [{ before: {}, after: { mcpServers: { notes: { command: "notes-mcp" } } } }],
    silent: [
      { before: { mcpServers: { notes: { command: "notes-mcp" } } }, after: {} },
      {
        before: { mcpServers: { notes: { command: "notes-mcp" } } },
        after: { mcpServers: { notes: { command: "notes-mcp" } } },
      },
    ],
  },
  check: ({ changes }) =>
    findChanges(
      changes,
      "mcp-servers",
      ({ kind }) => kind === "added",
      (change) => ({
        message: sentence(change.summary),
        help: "Check who wrote the server, what it can reach, and which of its tools the rules approve.",
      }),
    ),
};
