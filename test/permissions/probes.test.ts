import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatCall } from "../../src/model/permission.ts";
import {
  compilePermissions,
  mcpProbes,
  PROBE_CATEGORIES,
  PROBES,
  parseCall,
} from "../../src/permissions/index.ts";
import { probesPage } from "../../src/permissions/probes/page.ts";
import { setOf } from "./inclusion/rule-sets.ts";

const CATEGORIES = [
  "destroys-work",
  "leaks-secrets",
  "runs-foreign-code",
  "changes-the-gate",
  "reaches-the-network",
  "escalates",
  "persists",
];

describe("the catalogue of probes", () => {
  test("names at least 200 calls, each once", () => {
    const calls = PROBES.map(({ call }) => formatCall(call));
    expect(calls).toEqual([...new Set(calls)]);
    expect(calls.length).toBeGreaterThanOrEqual(200);
  });

  test("gives each an id that says its category and is its own", () => {
    const ids = PROBES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const { id, category } of PROBES) {
      expect(id).toMatch(/^[a-z-]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(id.startsWith(`${category}/`)).toBe(true);
    }
  });

  test("knows exactly the seven categories, with a file and a sentence each, and none without a critical call", () => {
    const files = readdirSync("src/permissions/probes").map((file) => file.replace(/\.ts$/, ""));
    expect(Object.keys(PROBE_CATEGORIES).sort()).toEqual([...CATEGORIES].sort());
    for (const [category, sentence] of Object.entries(PROBE_CATEGORIES)) {
      expect(files).toContain(category);
      expect(sentence).toMatch(/\.$/);
      expect(PROBES.some((probe) => probe.category === category && probe.severity === "critical")).toBe(true);
    }
  });

  test("says in a few words what each would mean, without pointing at another", () => {
    for (const { id, reason } of PROBES) {
      expect([id, reason.length > 3 && reason.length <= 80]).toEqual([id, true]);
      expect([id, /^(?:same|as above)$/.test(reason)]).toEqual([id, false]);
    }
  });

  test("asks about every family of tools that rules can tell apart", () => {
    const tools = new Set(PROBES.map(({ call }) => call.tool));
    const expected =
      "Bash PowerShell Monitor Read Grep Glob Edit Write NotebookEdit WebFetch WebSearch Skill Agent CronCreate Workflow";
    expect(expected.split(" ").filter((tool) => !tools.has(tool))).toEqual([]);
    const parameters = PROBES.flatMap(({ call }) => Object.keys(call.parameters ?? {}));
    expect([...new Set(parameters)].sort()).toEqual([
      "dangerouslyDisableSandbox",
      "model",
      "run_in_background",
    ]);
  });

  test("is printed in docs/probes.md as it is", () => {
    expect(readFileSync("docs/probes.md", "utf8"), "run: node scripts/generate-probe-docs.mjs").toBe(
      probesPage(),
    );
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
      ]).map(({ id, call, severity }) => [id, call.tool, severity]),
    ).toEqual([
      ["escalates/mcp-git-unlisted", "mcp__git__unlisted_tool", "high"],
      ["escalates/mcp-jira-new", "mcp__jira__x", "high"],
    ]);
  });
});
