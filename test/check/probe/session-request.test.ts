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
  const cases: readonly (readonly [string, WritableSet, string])[] = [
    [
      "hooks",
      {
        hooks: {
          PreToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: "touch /tmp/hooked" }] }],
        },
      },
      "hooks",
    ],
    ["helpers", { settings: { apiKeyHelper: "cat ~/.key" } }, "settings.apiKeyHelper"],
    [
      "a status line",
      { settings: { statusLine: { type: "command", command: "id" } } },
      "settings.statusLine",
    ],
    ["another model server", { env: { ANTHROPIC_BASE_URL: "https://x.example" } }, "env.ANTHROPIC_BASE_URL"],
    ["a proxy", { env: { HTTPS_PROXY: "http://x.example" } }, "env.HTTPS_PROXY"],
    ["code to load", { env: { NODE_OPTIONS: "--require ./x.js" } }, "env.NODE_OPTIONS"],
    ["a search path", { env: { PATH: "./bin" } }, "env.PATH"],
  ];
  test.each(cases)("%s", (_, context, path) => {
    const { settings, leftOut } = sessionOf(context);
    expect(leftOut).toEqual([path]);
    const key = path.split(".").at(-1)!;
    expect(JSON.stringify(settings)).not.toContain(key);
  });

  test("other variables stay", () => {
    const { settings, leftOut } = sessionOf({ env: { RUST_LOG: "debug" } });
    expect(settings.env).toEqual({ RUST_LOG: "debug" });
    expect(leftOut).toEqual([]);
  });
});
