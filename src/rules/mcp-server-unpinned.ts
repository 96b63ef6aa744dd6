import type { FindingFact } from "../model/finding.ts";
import { attributePath } from "../model/position.ts";
import { type Pinning, pinningOf } from "./mcp-pinning.ts";
import type { Rule } from "./rule.ts";
import { standing } from "./snapshot-finding.ts";

export const mcpServerUnpinned: Rule = {
  id: "mcp-server-unpinned",
  severity: "warning",
  docs: {
    what: "Reports an MCP server whose program can change without a change in this repository; a note for servers on other machines.",
    why: "`npx -y notes-mcp` runs whatever was published last, with the user's rights, at the start of every session. No review sees the change, and the lock file knows nothing of it.",
    example: 'mcpServers.notes = { command = "npx"; args = [ "-y" "notes-mcp" ]; };',
    instead:
      "Let Nix build the server (`mcpServers.notes = pkgs.notes-mcp;`), or name an exact version: `notes-mcp@1.4.2`.",
  },
  examples: {
    fires: [
      { after: { mcpServers: { notes: { command: "npx", args: ["-y", "notes-mcp"] } } } },
      { after: { mcpServers: { notes: { command: "nix", args: ["run", "github:acme/notes"] } } } },
      { after: { mcpServers: { notes: { type: "http", url: "https://notes.example" } } } },
    ],
    silent: [
      { after: { mcpServers: { notes: { command: "npx", args: ["-y", "notes-mcp@1.4.2"] } } } },
      { after: { mcpServers: { notes: { command: "./scripts/notes.sh" } } } },
    ],
  },
  check: ({ after }) => {
    if (after.kind !== "present") return [];
    return Object.entries(after.context.mcpServers).flatMap(([name, server]) => {
      const words = wordsFor(name, pinningOf(server));
      return words === null ? [] : [standing(after, attributePath("mcpServers", name), words)];
    });
  },
};

function wordsFor(name: string, pinning: Pinning): Pick<FindingFact, "message" | "help" | "severity"> | null {
  switch (pinning.kind) {
    case "pinned":
      return null;
    case "remote":
      return {
        message: `MCP server \`${name}\` runs on another machine, whose owner can change it at any time.`,
        help: "Make sure that you trust its owner; approve its tools one by one.",
        severity: "note",
      };
    case "moves":
      return {
        message: `MCP server \`${name}\` is not pinned: ${pinning.because}.`,
        help: "Let Nix build the server, or name a version that cannot move.",
      };
  }
}
