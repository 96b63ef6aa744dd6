import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { type Call, formatCall } from "../../src/model/permission.ts";
import { compareModes, parseCall, permissionSetOf } from "../../src/permissions/index.ts";

describe("parseCall", () => {
  test.each<[string, Call]>([
    ["Bash(git push)", { tool: "Bash", argument: "git push" }],
    ["Bash(echo (a) $(b))", { tool: "Bash", argument: "echo (a) $(b)" }],
    ["WebSearch", { tool: "WebSearch", argument: "" }],
    ["mcp__gh__search", { tool: "mcp__gh__search", argument: "" }],
    ["Read(~/.ssh/id)", { tool: "Read", argument: "~/.ssh/id" }],
    ["Bash(echo a, b: c)", { tool: "Bash", argument: "echo a, b: c" }],
    [
      "Bash(npm test, run_in_background: true, timeout: 5000)",
      { tool: "Bash", argument: "npm test", parameters: { run_in_background: true, timeout: 5000 } },
    ],
  ])("%s", (text, call) => {
    expect(parseCall(text)).toEqual(call);
    expect(formatCall(parseCall(text))).toBe(text);
  });

  test.each(["", "git push", "Bash(git push", "(x)", "Ba sh(x)", "-x"])("%j is no call", (text) => {
    expect(() => parseCall(text)).toThrow(UsageError);
    expect(() => parseCall(text)).toThrow(expect.objectContaining({ code: "call-malformed", exitCode: 2 }));
  });
});

describe("compareModes", () => {
  test.each([
    ["default", "default", "neutral"],
    ["dontAsk", "default", "widens"],
    ["plan", "default", "widens"],
    ["default", "acceptEdits", "widens"],
    ["acceptEdits", "auto", "widens"],
    ["auto", "bypassPermissions", "widens"],
    ["bypassPermissions", "default", "narrows"],
    ["plan", "dontAsk", "incomparable"],
    [null, null, "neutral"],
    [null, "default", "narrows"],
    [null, "acceptEdits", "widens"],
    [null, "bypassPermissions", "widens"],
    ["default", null, "widens"],
    ["acceptEdits", null, "widens"],
    ["bypassPermissions", null, "narrows"],
  ] as const)("from %s to %s: %s", (before, after, direction) => {
    expect(compareModes(before, after)).toBe(direction);
  });
});

describe("permissionSetOf", () => {
  const permissions = {
    rules: [
      { list: "allow", text: "Bash(ls)", path: "autoApprove[0]" },
      { list: "deny", text: "Read(.env)", path: "permissions.deny[0]" },
      { list: "allow", text: "WebSearch", path: "permissions.allow[0]" },
    ] as const,
    defaultMode: "plan" as const,
    additionalDirectories: ["../x"],
    bypassDisabled: true,
    other: { a: 1 },
  };

  test("takes the lists apart in order", () => {
    const context = { permissions: { ...permissions, rules: [...permissions.rules] }, sandbox: {} };
    expect(permissionSetOf(context)).toEqual({
      allow: ["Bash(ls)", "WebSearch"],
      ask: [],
      deny: ["Read(.env)"],
      mode: "plan",
      additionalDirectories: ["../x"],
      bypassDisabled: true,
      sandboxEnabled: false,
      sandboxApprovesBash: false,
      other: { a: 1 },
    });
  });

  test.each([
    [{}, "2.1.330", false],
    [{ enabled: true }, "2.1.330", false],
    [{ enabled: true }, "2.1.197", true],
    [{ enabled: true, autoAllowBashIfSandboxed: true }, "2.1.330", true],
    [{ enabled: true, autoAllowBashIfSandboxed: false }, "2.1.197", false],
    [{ autoAllowBashIfSandboxed: true }, "2.1.330", false],
  ] as const)("sandbox %j on %s approves Bash: %s", (sandbox, client, expected) => {
    const context = { permissions: { ...permissions, rules: [] }, sandbox };
    expect(permissionSetOf(context, { client }).sandboxApprovesBash).toBe(expected);
  });
});
