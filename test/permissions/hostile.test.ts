import { describe, expect, test } from "vitest";
import { compilePermissions, type PermissionSet } from "../../src/permissions/index.ts";

const NO_RULES: PermissionSet = {
  allow: [],
  ask: [],
  deny: [],
  mode: null,
  additionalDirectories: [],
  bypassDisabled: false,
  sandboxApprovesBash: false,
  other: {},
};

/** Patterns and calls that make backtracking matchers run for minutes; the limit is far above what it takes. */
const LIMIT_MS = 5000;

describe("hostile rules and calls are decided in no time", () => {
  test.each([
    ["Read(%s)", `${"**/a/".repeat(200)}b`, { tool: "Read", argument: `/home/u/proj/${"a/".repeat(400)}c` }],
    ["Read(%s)", `${"*a".repeat(500)}b`, { tool: "Read", argument: `/home/u/proj/${"a".repeat(2000)}` }],
    ["Read(%s)", `${"[a-z]*".repeat(300)}9`, { tool: "Read", argument: `/home/u/proj/${"a".repeat(2000)}` }],
    [
      "WebFetch(domain:%s)",
      `${"*a".repeat(500)}b`,
      { tool: "WebFetch", argument: `https://${"a".repeat(2000)}/` },
    ],
    [
      "WebFetch(domain:%s)",
      `*.${"*a.".repeat(50)}b`,
      { tool: "WebFetch", argument: `https://${"a.".repeat(500)}c/` },
    ],
    ["Bash(%s)", `${"*a".repeat(2000)}b`, { tool: "Bash", argument: "a".repeat(9000) }],
    ["Bash(%s)", "find *", { tool: "Bash", argument: `find . '${"*".repeat(5000)}x'` }],
    ["Bash(%s)", "sed *", { tool: "Bash", argument: `sed 's${"/".repeat(5000)}'` }],
    ["Bash(%s)", "x *", { tool: "Bash", argument: `${"( ".repeat(3000)}x${" )".repeat(3000)}` }],
    ["Bash(%s)", "x *", { tool: "Bash", argument: `echo ${"$(".repeat(2000)}x${")".repeat(2000)}` }],
    ["Bash(%s)", "x *", { tool: "Bash", argument: `sudo --what ${"a ".repeat(4000)}` }],
    ["Bash(%s)", "x *", { tool: "Bash", argument: `${"nice ".repeat(1900)}x` }],
    ["Bash(%s)", "x *", { tool: "Bash", argument: `${"A=1 ".repeat(2400)}x` }],
    ["Bash(%s)", "x *", { tool: "Bash", argument: `${"x;".repeat(4900)}` }],
  ])("%s with %.20s…", (shape, pattern, call) => {
    const rule = shape.replace("%s", pattern);
    const started = performance.now();
    for (const list of ["allow", "deny"] as const) {
      compilePermissions({ ...NO_RULES, [list]: [rule] }, { client: "2.1.330" }).decide(call);
    }
    expect(performance.now() - started).toBeLessThan(LIMIT_MS);
  });

  test("a thousand calls against a thousand rules take a few seconds at most", () => {
    const allow = Array.from({ length: 1000 }, (_, index) => `Bash(tool${index} * --flag *)`);
    const compiled = compilePermissions({ ...NO_RULES, allow }, { client: "2.1.330" });
    const started = performance.now();
    for (let i = 0; i < 1000; i++) compiled.decide({ tool: "Bash", argument: `tool${i} a --flag b && ls` });
    expect(performance.now() - started).toBeLessThan(LIMIT_MS);
  });
});

describe("names of JavaScript's own are names like any other", () => {
  test.each(["constructor", "toString", "hasOwnProperty"])("%s", (name) => {
    const set = { ...NO_RULES, allow: [name, `${name}(x)`, `Bash(${name} *)`], deny: [`Bash(x ${name})`] };
    const compiled = compilePermissions(set, { client: "2.1.330" });
    expect(compiled.decide({ tool: "Bash", argument: `${name} x` }).decision).toBe("allow");
    expect(compiled.decide({ tool: "Bash", argument: `git ${name}` }).runs).toBe(false);
    expect(compiled.decide({ tool: name, argument: "" }).decision).toBe("allow");
  });
});
