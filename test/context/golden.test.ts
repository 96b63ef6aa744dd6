import { expect, test } from "vitest";
import { contextOf, directoryOf, fileOf, packageOf, type WritableSet } from "../support/context.ts";

const SKILL =
  "---\nname: release-notes\ndescription: Writes release notes\nallowed-tools: Bash(git log *)\n---\n\nList the commits.\n";

/** One example of each form that a user may write, and the one normal form of it. */
const forms: Record<string, WritableSet> = {
  minimal: {},
  permissions: {
    autoApprove: ["Bash(git status)"],
    permissions: {
      allow: ["Bash(npm test)"],
      ask: ["Bash(git push *)"],
      deny: ["Read(.env)"],
      defaultMode: "manual",
      additionalDirectories: ["../shared"],
      disableBypassPermissionsMode: "disable",
      blockReadsOutsideWorkingDirectories: true,
    },
    tools: { rg: { pkg: packageOf("ripgrep-14.1", { mainProgram: "rg" }), alwaysApprove: true } },
  },
  "tools-attrset": {
    tools: {
      rg: {
        pkg: packageOf("ripgrep-14.1", { pname: "ripgrep", version: "14.1", mainProgram: "rg" }),
        preferOver: ["grep"],
      },
      fd: { pkg: packageOf("fd-10.2", { pname: "fd" }), description: fileOf("./fd.md", "Finds files.\n") },
      deploy: { command: "./bin/deploy --staging", examples: ["./bin/deploy --staging web"] },
      search: { command: [fileOf("./search.sh", "#!/bin/sh\n"), "--json"], inputSchema: { type: "object" } },
      plain: {},
    },
  },
  "tools-list": {
    tools: [
      { name: "rg", pkg: packageOf("ripgrep-14.1", { mainProgram: "rg" }), alwaysApprove: true },
      { name: "jq", description: "Queries JSON" },
    ],
  },
  "mcp-servers-attrset": {
    mcpServers: {
      local: {
        command: "gh-mcp",
        args: ["stdio", fileOf("./config.json", "{}")],
        env: { PORT: 8080, DEBUG: true },
        timeout: 5000,
      },
      packaged: { command: packageOf("gh-mcp-1.2", { mainProgram: "gh-mcp" }), args: ["stdio"] },
      script: { type: "stdio", command: fileOf("./server.sh", "#!/bin/sh\n") },
      package: packageOf("tickets-mcp-2.0", { pname: "tickets-mcp" }),
      remote: {
        type: "http",
        url: "https://mcp.example.com/",
        headers: { "X-Team": "a" },
        oauth: { scopes: "read" },
      },
    },
  },
  "mcp-servers-list": {
    mcpServers: [
      packageOf("gh-mcp-1.2", { mainProgram: "gh-mcp-server" }),
      { name: "docs", type: "sse", url: "https://docs.example.com/" },
    ],
  },
  "skills-attrset": {
    skills: {
      notes: directoryOf("./skills/release-notes", { "SKILL.md": SKILL, "lib/group.sh": "#!/bin/sh\n" }),
      file: fileOf("./skills/notes.md", SKILL),
      nix: fileOf("./skills/review.nix", '{ system, ... }: { name = "review"; }\n'),
      packaged: packageOf("review-skill-1.0"),
      written: {
        description: "Reviews a change",
        text: "Read the diff.\n",
        "allowed-tools": ["Bash(git diff)"],
      },
    },
  },
  "skills-list": {
    skills: [
      directoryOf("<company-standards>/skills/release-notes", { "SKILL.md": SKILL }),
      directoryOf("./skills/plain", { "SKILL.md": "No front matter.\n" }),
      fileOf("./skills/review.nix", "{ }\n"),
      packageOf("review-skill-1.0"),
      { name: "written", description: "Reviews a change", text: "Read the diff.\n" },
    ],
  },
  "agents-commands-styles": {
    agents: {
      path: fileOf(
        "./agents/reviewer.md",
        "---\nname: reviewer\ntools: Read, Grep\npermissionMode: plan\n---\nYou review.\n",
      ),
      text: "You review.\n",
      attrset: { description: "Reviews", tools: ["Read"], prompt: fileOf("./prompt.md", "You review.\n") },
    },
    commands: { explain: "Explain $1.\n", fix: { description: "Fixes", text: "Fix it.\n" } },
    outputStyles: {
      terse: { description: "Short", text: "One sentence.\n", "keep-coding-instructions": true },
    },
  },
  hooks: {
    hooks: {
      PreToolUse: [
        {
          matcher: "Bash",
          hooks: [
            { type: "command", command: "./guard.sh", timeout: 10 },
            { type: "command", command: fileOf("./guard.sh", "#!/bin/sh\n") },
            { type: "command", command: packageOf("guard-1.0", { mainProgram: "guard" }) },
          ],
        },
      ],
      SessionStart: [
        {
          hooks: [
            { type: "http", url: "https://hooks.example.com/" },
            { type: "prompt", prompt: "Ready?" },
          ],
        },
      ],
    },
  },
  "settings-and-others": {
    system: { type: "NixOS", version: "24.11", shell: "zsh" },
    persona: fileOf("./persona.md", "You maintain the service.\n"),
    policies: { commits: "Never use --no-verify without asking", tests: fileOf("./tests.md", "Run them.\n") },
    env: { DISABLE_TELEMETRY: 1, CI: false, NAME: "x" },
    model: "sonnet",
    sandbox: { enabled: true, network: { allowedDomains: ["example.com"] }, somethingNew: 1 },
    settings: {
      includeGitInstructions: false,
      statusLine: { type: "command", command: packageOf("status-1.0") },
      apiKeyHelper: fileOf("./key.sh", "#!/bin/sh\n"),
      brandNewKey: { deep: [1, null] },
    },
  },
  "constraints-and-waivers": {
    constraints: {
      everything: {
        description: "All kinds at once.",
        severity: "warning",
        docs: "https://example.com/",
        waivable: false,
        forbid: {
          allow: ["Bash(curl *)"],
          modes: ["bypassPermissions", "manual"],
          hooks: ["*curl*"],
          env: ["LD_*"],
          inputs: ["path:*"],
        },
        only: { allow: [], mcpServers: ["acme-*"], inputs: ["github:acme/*"] },
        require: {
          deny: ["Read(.env)"],
          ask: ["Bash(git push *)"],
          policies: { commits: null, tests: "Run them." },
          persona: ["Example Ltd"],
          skills: ["review"],
          pinned: true,
          inputs: ["github:acme/standards"],
        },
        maxAgeDays: 90,
        schema: { properties: { model: { const: "sonnet" } } },
        changes: { widens: "approve", "mcp-servers": "forbid" },
      },
      short: { forbid: { allow: ["Bash(git push --force *)"] } },
    },
    waivers: {
      short: {
        reason: "Migration",
        owner: "ada",
        expires: "2027-01-31",
        only: { rule: "Bash(git push --force *)" },
      },
      "mcp-server-unpinned": { reason: "Trial", owner: "ada", expires: "2028-02-29" },
    },
  },
};

test.each(Object.keys(forms))("the normal form of %s", async (name) => {
  const context = contextOf(forms[name]!);
  await expect(`${JSON.stringify(context, null, 2)}\n`).toMatchFileSnapshot(`golden/${name}.json`);
});
