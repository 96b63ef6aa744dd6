import { describe, expect, test } from "vitest";
import type { RuleList } from "../../src/model/permission.ts";
import { misreadParameter, parseRule } from "../../src/permissions/index.ts";

const CLIENT = { client: "2.1.330" } as const;
const ALL: RuleList[] = ["allow", "ask", "deny"];

describe("parseRule", () => {
  test.each([
    ["Bash", { kind: "whole-tool", tool: "Bash" }],
    ["Bash(*)", { kind: "whole-tool", tool: "Bash" }],
    [
      "Bash( *)",
      { kind: "command", tool: "Bash", pattern: { kind: "glob", parts: ["", ""], bareForm: false } },
    ],
    ["WebSearch", { kind: "whole-tool", tool: "WebSearch" }],
    ["SomeNewTool", { kind: "whole-tool", tool: "SomeNewTool" }],
    ["Task", { kind: "whole-tool", tool: "Agent" }],
    ["Bash(git push)", { kind: "command", tool: "Bash", pattern: { kind: "exact", text: "git push" } }],
    [
      "Bash( git * )",
      { kind: "command", tool: "Bash", pattern: { kind: "glob", parts: ["git ", ""], bareForm: true } },
    ],
    [
      "Bash(git:*)",
      { kind: "command", tool: "Bash", pattern: { kind: "glob", parts: ["git ", ""], bareForm: true } },
    ],
    [
      "Bash(git*)",
      { kind: "command", tool: "Bash", pattern: { kind: "glob", parts: ["git", ""], bareForm: false } },
    ],
    [
      "Bash(git * *)",
      { kind: "command", tool: "Bash", pattern: { kind: "glob", parts: ["git ", " ", ""], bareForm: false } },
    ],
    [
      "Bash(npm run **)",
      {
        kind: "command",
        tool: "Bash",
        pattern: { kind: "glob", parts: ["npm run ", "", ""], bareForm: false },
      },
    ],
    ["Bash(echo \\*)", { kind: "command", tool: "Bash", pattern: { kind: "exact", text: "echo \\*" } }],
    ["Read(.env)", { kind: "path", action: "read", tool: "Read", pattern: ".env" }],
    ["Edit(/src/**)", { kind: "path", action: "edit", tool: "Edit", pattern: "/src/**" }],
    ["WebFetch(domain:EXAMPLE.com.)", { kind: "domain", pattern: "example.com" }],
    ["mcp__gh", { kind: "mcp", server: "gh", toolPattern: "*" }],
    ["mcp__gh__get_*", { kind: "mcp", server: "gh", toolPattern: "get_*" }],
  ])("%s means the same in every list", (text, parsed) => {
    for (const list of ALL) expect(parseRule(text, list, CLIENT)).toEqual(parsed);
  });

  test.each([
    " Bash(npm *)",
    "Bash (npm *)",
    "bash(npm *)",
    "Bash()",
    "Read()",
    "Bash(npm *",
    "Bash(:*)",
    "Bash(*:*)",
    "Bash(npm :*)",
    "Bash(npm*:*)",
    "Bash(npm test )",
    "Bash( npm test)",
    "Bash(npm test\n)",
    "Bash(npm:* )",
    "Write(src/**)",
    "NotebookEdit(a)",
    "MultiEdit(a)",
    "Glob(a)",
    "Grep(a)",
    "WebFetch(example.com)",
    "WebFetch(https://example.com)",
    "WebFetch(domain:example.com/docs)",
    "WebFetch(domain:example.com:8443)",
    "WebFetch(domain: example.com)",
    "WebSearch(nix *)",
    "Monitor(npm *)",
    "SlashCommand(/x)",
    "Skill(rev*)",
    "Agent(re*)",
    "mcp__gh__search(a:1)",
    "",
    "(x)",
  ])("%j is accepted by the client and never consulted", (text) => {
    for (const list of ALL) expect(parseRule(text, list, CLIENT).kind).toBe("ignored");
  });

  test.each([
    ["Write(src/**)", "Edit(src/**)"],
    ["Glob(src/**)", "Read(src/**)"],
    ["bash(npm *)", "Bash(npm *)"],
    ["Bash(npm test )", "Bash(npm test)"],
    [" Bash(npm *)", "Bash(npm *)"],
    ["WebFetch(https://Example.com/x)", "WebFetch(domain:Example.com)"],
    ["mcp__gh__search(a:1)", "mcp__gh__search"],
    ["Bash(npm :*)", "Bash(npm *)"],
  ])("names what works instead of %s", (text, instead) => {
    expect(parseRule(text, "deny", CLIENT)).toMatchObject({ kind: "ignored", instead });
  });

  test.each(["*", "B*", "mcp__*", "mcp__git*", "mcp__*__get_x"])(
    "the glob %s counts in deny and ask only",
    (text) => {
      expect(parseRule(text, "allow", CLIENT).kind).toBe("ignored");
      for (const list of ["ask", "deny"] as const) {
        expect(parseRule(text, list, CLIENT)).toEqual({ kind: "tool-glob", pattern: text });
      }
    },
  );

  test.each([
    ["Agent(model:opus)", "Agent", "model", "opus"],
    ["Skill(skill:deploy)", "Skill", "skill", "deploy"],
    ["CronCreate(recurring:true)", "CronCreate", "recurring", "true"],
  ])(
    "%s is a parameter rule in deny and ask, and approves nothing",
    (text, tool, parameter, valuePattern) => {
      for (const list of ["ask", "deny"] as const) {
        expect(parseRule(text, list, CLIENT)).toEqual({ kind: "parameter", tool, parameter, valuePattern });
      }
      expect(parseRule(text, "allow", CLIENT).kind).toBe("ignored");
    },
  );

  test.each([
    ["Bash(run_in_background:true)", "run_in_background", "true"],
    ["Bash(dangerouslyDisableSandbox:*)", "dangerouslyDisableSandbox", "*"],
    ["Bash(timeout: 5)", "timeout", "5"],
  ])(
    "%s is a parameter rule in deny and ask, and in allow the text of a command",
    (text, parameter, value) => {
      for (const list of ["ask", "deny"] as const) {
        const parsed = { kind: "parameter", tool: "Bash", parameter, valuePattern: value };
        expect(parseRule(text, list, CLIENT)).toEqual(parsed);
      }
      expect(parseRule(text, "allow", CLIENT).kind).toBe("command");
    },
  );

  test.each(ALL)("the parameter that a rule is about is text in %s", (list) => {
    expect(parseRule("Bash(command:rm *)", list, CLIENT).kind).toBe("command");
  });

  test.each([
    ["Bash(command:rm *)", "deny", "Bash(rm *)"],
    ["Bash(command: rm *)", "allow", "Bash(rm *)"],
    ["Bash(run_in_background:true)", "allow", undefined],
    ["Bash(run_in_background:true)", "deny", null],
    ["Bash(timeout:*)", "allow", null],
    ["Bash(git commit -m a:b)", "allow", null],
  ] as const)("%s in %s is told apart from what it seems to mean", (text, list, instead) => {
    const misread = misreadParameter(text, list);
    if (instead === null) expect(misread).toBeNull();
    else expect(misread?.instead).toBe(instead);
  });

  test.each(["allow", "ask", "deny"] as const)("in %s a wildcard makes a path of a parameter", (list) => {
    expect(parseRule("Read(limit:*)", list, CLIENT).kind).toBe("path");
  });

  test("a name rule for a skill or an agent counts in allow and deny; ask is not consulted", () => {
    expect(parseRule("Skill(deploy *)", "deny", CLIENT)).toEqual({
      kind: "name",
      tool: "Skill",
      name: "deploy",
      prefix: true,
    });
    expect(parseRule("Task(Explore)", "deny", CLIENT)).toEqual({
      kind: "name",
      tool: "Agent",
      name: "Explore",
    });
    expect(parseRule("Skill(deploy)", "ask", CLIENT)).toMatchObject({
      kind: "ignored",
      instead: "Skill(skill:deploy)",
    });
    expect(parseRule("Agent(Explore)", "ask", CLIENT)).toMatchObject({
      kind: "ignored",
      instead: "Agent(subagent_type:Explore)",
    });
  });

  test("a star for a path tool is the whole tool, and in newer clients' allow rules its inside only", () => {
    expect(parseRule("Read(*)", "deny", CLIENT)).toEqual({ kind: "whole-tool", tool: "Read" });
    expect(parseRule("Read(*)", "allow", CLIENT)).toEqual({ kind: "whole-tool", tool: "Read", inside: true });
    expect(parseRule("Read(*)", "allow", { client: "2.1.197" })).toEqual({
      kind: "whole-tool",
      tool: "Read",
    });
  });

  test("what nothing is known about is unknown, not ignored", () => {
    expect(parseRule("SomeNewTool(x y)", "allow", CLIENT).kind).toBe("unknown");
    expect(parseRule("B*(npm *)", "deny", CLIENT).kind).toBe("unknown");
  });
});
