import { describe, expect, test } from "vitest";
import { formatCall } from "../../src/model/permission.ts";
import { compilePermissions, mcpProbes, PROBES, parseCall } from "../../src/permissions/index.ts";
import { setOf } from "./inclusion/rule-sets.ts";

describe("the catalogue of probes", () => {
  test("names every call once", () => {
    const calls = PROBES.map(({ call }) => formatCall(call));
    expect(new Set(calls).size).toBe(calls.length);
    expect(PROBES.length).toBeGreaterThanOrEqual(110);
  });

  test("knows every severity, and says why", () => {
    expect(new Set(PROBES.map(({ severity }) => severity))).toEqual(
      new Set(["critical", "high", "medium", "low"]),
    );
    for (const { why } of PROBES) expect(why).not.toBe("");
  });

  test.each(PROBES.map((probe) => [formatCall(probe.call), probe.call] as const))(
    "%s is written as a person would write it, and read back",
    (text, call) => {
      expect(parseCall(text)).toEqual(call);
    },
  );

  test("the matcher knows what becomes of each call under a bypass, and refuses each under a total deny", () => {
    const bypass = compilePermissions(setOf({ mode: "bypassPermissions" }), { client: "2.1.330" });
    const refused = compilePermissions(setOf({ deny: ["*"], mode: "bypassPermissions" }), {
      client: "2.1.330",
    });
    for (const { call } of PROBES) {
      expect([formatCall(call), bypass.decide(call).decision]).not.toContain("default");
      expect([formatCall(call), refused.decide(call).decision]).toEqual([formatCall(call), "deny"]);
    }
  });

  test("each MCP server has one: for a new server any tool, for a known one a tool nobody had in mind", () => {
    expect(
      mcpProbes([
        { name: "git", isNew: false },
        { name: "jira", isNew: true },
      ]).map(({ call, severity }) => [call.tool, severity]),
    ).toEqual([
      ["mcp__git__unlisted_tool", "high"],
      ["mcp__jira__x", "high"],
    ]);
  });
});
