import { type RenderedFiles, type RenderOptions, renderClientFiles } from "../../src/artifacts/index.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { contextOf, directoryOf, fileOf, packageOf, type WritableSet } from "../support/context.ts";

/** What a flake's context becomes. */
export function rendered(context: WritableSet, options: Partial<RenderOptions> = {}): RenderedFiles {
  return renderClientFiles(contextOf(context), { from: "flake", ...options });
}

/** The text of one of the files; throws when there is none. */
export function textOf({ files }: RenderedFiles, path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path} among ${files.map((one) => one.path).join(", ")}`);
  return file.text;
}

export function settingsOf(context: WritableSet, options: Partial<RenderOptions> = {}): JsonObject {
  return JSON.parse(textOf(rendered(context, options), ".claude/settings.json")) as JsonObject;
}

/** A context that says something on every surface. */
export const EVERYTHING: WritableSet = {
  system: { type: "NixOS", version: "24.11", desktop: "GNOME", shell: "zsh" },
  persona: "You maintain the payment service of Example Ltd. You make small changes with tests.\n",
  policies: {
    commits: "Never use `--no-verify` without asking.",
    tests: "Run the tests before you say that something works:\n\n```sh\nnpm test\n```\n",
    contact: "Ask @platform before you touch `@example/billing`.",
  },
  tools: {
    rg: {
      pkg: packageOf("ripgrep-14.1.0", { pname: "ripgrep", mainProgram: "rg" }),
      description: "Searches file contents",
      preferOver: ["grep", "ack"],
      examples: ["rg --files-with-matches TODO src", "rg -n 'a b' | head"],
      alwaysApprove: true,
    },
    deploy: { command: "deploy-tool --safe", description: "Deploys to staging" },
  },
  autoApprove: ["Bash(git status)", "Bash(npm test)"],
  permissions: {
    allow: ["Bash(npm test)", "Bash(npm run build)"],
    ask: ["Bash(git push *)"],
    deny: ["Read(.env)", "Bash(curl *)"],
    defaultMode: "acceptEdits",
    additionalDirectories: ["../shared"],
    disableBypassPermissionsMode: "disable",
    disableAutoMode: "disable",
    blockReadsOutsideWorkingDirectories: true,
  },
  mcpServers: {
    tickets: {
      command: "npx",
      args: ["-y", "@example/tickets-mcp@2.3.1"],
      env: { LOG_LEVEL: "warn" },
      timeout: 30000,
    },
    nix: packageOf("mcp-nixos-1.0.0", { mainProgram: "mcp-nixos" }),
    docs: { type: "http", url: "https://mcp.example.com/", headers: { "X-Team": "platform" } },
    events: { type: "sse", url: "https://events.example.com/sse", alwaysLoad: true },
  },
  skills: {
    review: {
      description: "Reviews a change",
      "allowed-tools": ["Bash(git diff *)"],
      text: "Read the diff.",
    },
    "release-notes": directoryOf("./skills/release-notes", {
      "SKILL.md": "---\nname: release-notes\ndescription: Writes release notes\n---\n\nList what changed.\n",
    }),
  },
  agents: {
    reviewer: { description: "Reviews code", tools: ["Read", "Grep"], text: "You review code." },
    assistant: "You help with small things.",
  },
  commands: { explain: "Explain $1.", "git/undo": { description: "Undoes", text: "Undo the last commit." } },
  outputStyles: { terse: { name: "terse", description: "Short answers", text: "Answer in one sentence." } },
  hooks: {
    PreToolUse: [
      {
        matcher: "Bash",
        hooks: [
          { type: "command", command: fileOf("./hooks/guard.sh", "exit 2\n"), timeout: 5 },
          { type: "http", url: "https://hooks.example.com/" },
        ],
      },
      { matcher: "Edit|Write", hooks: [{ type: "command", command: "date" }] },
    ],
    Stop: [{ hooks: [{ type: "prompt", prompt: "Is it done?" }] }],
  },
  env: { DISABLE_TELEMETRY: true, PORT: 8080, GREETING: "hello world" },
  model: "claude-sonnet-4-5",
  sandbox: { enabled: true, excludedCommands: ["docker *"], network: { allowedDomains: ["example.com"] } },
  settings: {
    outputStyle: "terse",
    includeGitInstructions: false,
    statusLine: { type: "command", command: packageOf("status-line-1.0", { mainProgram: "status" }) },
    enabledPlugins: { "lint@example": true },
  },
};
