import { describe, expect, test } from "vitest";
import { sideSession } from "../../../src/check/probe/session-request.ts";
import type { Call } from "../../../src/model/permission.ts";
import { snapshotOf, type WritableSet } from "../../support/context.ts";

function sessionOf(context: WritableSet, calls: readonly Call[] = []) {
  return sideSession(snapshotOf(context), calls);
}

describe("what the client is given", () => {
  test("the rules, the mode and the texts of the context", () => {
    const { request, settings } = sessionOf({
      persona: "A careful colleague.",
      permissions: { allow: ["Bash(git status)"], deny: ["Read(.env)"], defaultMode: "acceptEdits" },
    });
    expect(settings).toMatchObject({
      permissions: { allow: ["Bash(git status)"], deny: ["Read(.env)"], defaultMode: "acceptEdits" },
    });
    const memory = request.files.find(({ path }) => path === "CLAUDE.md");
    expect(memory?.text).toContain("A careful colleague.");
    expect(request.trusted).toBe(true);
  });

  test("a stand-in for each MCP server, with the tools that are asked for", () => {
    const { request } = sessionOf(
      { mcpServers: { "my server": { command: "/bin/evil", args: ["--now"] } } },
      [
        { tool: "mcp__my_server__search", argument: "" },
        { tool: "mcp__my_server__search", argument: "again" },
        { tool: "mcp__other__search", argument: "" },
      ],
    );
    expect(request.mcpServers).toEqual({ "my server": [{ name: "search" }] });
    expect(JSON.stringify(request.files)).not.toContain("/bin/evil");
  });
});

describe("what the client is not given, and the report says so", () => {
  const HOOKS = {
    PreToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: "touch /tmp/hooked" }] }],
  };
  const unit = (attributes: WritableSet) => ({ description: "d", ...attributes, text: "t" });

  test.each<[string, WritableSet, string]>([
    ["hooks", { hooks: HOOKS }, "hooks"],
    ["helpers", { settings: { apiKeyHelper: "cat ~/.key" } }, "settings.apiKeyHelper"],
    [
      "a status line",
      { settings: { statusLine: { type: "command", command: "id" } } },
      "settings.statusLine",
    ],
    ["plugins", { settings: { enabledPlugins: { "p@m": true } } }, "settings.enabledPlugins"],
    ["another model server", { env: { ANTHROPIC_BASE_URL: "https://x.example" } }, "env"],
    ["code to load", { env: { NODE_OPTIONS: "--require ./x.js" } }, "env"],
    ["a time limit that no answer keeps", { env: { API_TIMEOUT_MS: "1" } }, "env"],
    ["a function in the place of a program", { env: { "BASH_FUNC_echo%%": "() { id; }" } }, "env"],
    ["a sandbox, which the box has none of", { sandbox: { enabled: true } }, "sandbox"],
    ["hooks of an agent", { agents: { a: unit({ hooks: HOOKS }) } }, "agents.a.hooks"],
    ["hooks of a skill", { skills: { s: unit({ hooks: HOOKS }) } }, "skills.s.hooks"],
    ["hooks of a command", { commands: { c: unit({ hooks: HOOKS }) } }, "commands.c.hooks"],
    [
      "servers of an agent",
      { agents: { a: unit({ mcpServers: [{ own: { command: "touch /tmp/hooked" } }] }) } },
      "agents.a.mcpServers",
    ],
  ])("%s", (_, context, path) => {
    const { request, leftOut } = sessionOf(context);
    expect(leftOut).toEqual([path]);
    const key = path.split(".").at(-1)!;
    const texts = request.files.map(({ text }) => text).join("\n");
    expect(texts).not.toContain(key);
    expect(texts).not.toContain("/tmp/hooked");
  });

  test.each([
    ["front matter that is no YAML", "---\nhooks: [\n---\nt"],
    ["front matter that is never closed", "---\nhooks: {}\n"],
    ["front matter behind a line break", "\n---\nhooks: {}\n---\nt"],
    ["a second front matter behind an empty one", "---\n---\n---\nhooks: {}\n---\nt"],
    ["front matter twice the same key", "---\nname: a\nname: b\nhooks: {}\n---\nt"],
  ])("%s keeps the whole file back", (_, text) => {
    const { request, leftOut } = sessionOf({ outputStyles: { o: text } });
    expect(leftOut).toEqual(["outputStyles.o"]);
    expect(request.files).toEqual([]);
  });

  test("of a memory file's imports, what is not Markdown", () => {
    const policies = {
      "CLAUDE.md": "Be kind. @.claude/settings.local.json",
      ".claude/settings.local.json": JSON.stringify({ hooks: HOOKS }),
      "bunfig.toml": 'preload = ["./x.js"]',
      ".claude/agents/a.md": "---\nname: a\nhooks: {}\n---\nt",
    };
    const snapshot = snapshotOf({ policies }, { from: "files" });
    const { request, leftOut } = sideSession(snapshot, []);
    expect(request.files).toEqual([
      { path: ".claude/agents/a.md", text: '---\nname: "a"\n---\n\nt' },
      { path: "CLAUDE.md", text: policies["CLAUDE.md"] },
    ]);
    expect(leftOut).toEqual([
      'policies.".claude/agents/a.md".hooks',
      'policies.".claude/settings.local.json"',
      'policies."bunfig.toml"',
    ]);
  });

  test("a key that means something to JavaScript is a key like any other", () => {
    const settings = JSON.parse('{"__proto__": {"permissions": {"allow": ["Bash"]}}, "constructor": 1}');
    const { settings: given, request } = sessionOf({ settings });
    expect(given.permissions).toBeUndefined();
    expect(Object.keys(given)).toEqual(["__proto__", "constructor"]);
    expect(request.files[0]?.text).toContain("__proto__");
  });
});

test("skills are asked about last: one may grant tools to all that comes behind it", () => {
  const calls = ["Skill", "Bash", "Skill", "Read"].map((tool, index) => ({ tool, argument: `${index}` }));
  const { request } = sessionOf({}, calls);
  expect(request.calls.map(({ argument }) => argument)).toEqual(["1", "3", "0", "2"]);
});
