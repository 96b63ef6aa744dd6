import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call, RuleList } from "../../src/model/permission.ts";
import { CLIENT_VERSIONS, type ClientVersion } from "../../src/model/semantics.ts";
import { canonicalRule, compilePermissions, type PermissionSet } from "../../src/permissions/index.ts";
import { anyCall, anyRule } from "./arbitrary.ts";

const LISTS: readonly RuleList[] = ["allow", "ask", "deny"];

describe("canonicalRule", () => {
  test.each([
    ["Bash(git:*)", "Bash(git *)"],
    ["Bash( git * )", "Bash(git *)"],
    ["Bash(git  push *)", "Bash(git push *)"],
    ["Bash(a***b)", "Bash(a*b)"],
    ["Bash(*)", "Bash"],
    ["WebSearch(*)", "WebSearch"],
    ["Task(Explore)", "Agent(Explore)"],
    ["Skill(deploy:*)", "Skill(deploy *)"],
    ["Skill(/deploy)", "Skill(deploy)"],
    ["mcp__gh", "mcp__gh__*"],
    ["Read(./.env)", "Read(.env)"],
    ["Read(**/.env)", "Read(.env)"],
    ["WebFetch(domain:Example.COM.)", "WebFetch(domain:example.com)"],
  ])("%s is another spelling of %s", (one, other) => {
    const of = (text: string): string => canonicalRule(text, "deny", { client: "2.1.330" });
    expect(of(one)).toBe(of(other));
  });

  test.each([
    ["Bash(npm run **)", "Bash(npm run *)"],
    ["Bash(git *)", "Bash(git*)"],
    ["Bash(**)", "Bash(*)"],
    ["Bash(npm  test)", "Bash(npm test)"],
    ["Read(/.env)", "Read(.env)"],
    ["Read(//x)", "Read(/x)"],
    ["Read(src/**)", "Read(/src/**)"],
    ["Read(src)", "Read(src/)"],
    ["WebFetch(domain:*)", "WebFetch"],
    ["Write(src/**)", "Edit(src/**)"],
    ["mcp__gh__get_*", "mcp__gh__*"],
  ])("%s is not %s", (one, other) => {
    const of = (text: string): string => canonicalRule(text, "allow", { client: "2.1.330" });
    expect(of(one)).not.toBe(of(other));
  });

  test("is its own canonical text", () => {
    fc.assert(
      fc.property(
        anyRule,
        fc.constantFrom(...LISTS),
        fc.constantFrom(...CLIENT_VERSIONS),
        (text, list, client) => {
          const once = canonicalRule(text, list, { client });
          expect(canonicalRule(once, list, { client })).toBe(once);
        },
      ),
      { numRuns: 2000, seed: 20_261_1230 },
    );
  });

  test("rules with equal canonical texts decide equally", () => {
    fc.assert(
      fc.property(
        anyRule,
        fc.constantFrom(...LISTS),
        anyCall,
        fc.constantFrom(...CLIENT_VERSIONS),
        (text, list, call, client) => {
          const canonical = canonicalRule(text, list, { client });
          expect(decisionUnder(list, canonical, call, client)).toEqual(
            decisionUnder(list, text, call, client),
          );
        },
      ),
      { numRuns: 2000, seed: 20_261_123 },
    );
  });
});

function decisionUnder(list: RuleList, text: string, call: Call, client: ClientVersion): unknown {
  const set: PermissionSet = {
    allow: list === "allow" ? [text] : ["Bash", "Read", "Write", "WebFetch", "mcp__gh"],
    ask: list === "ask" ? [text] : [],
    deny: list === "deny" ? [text] : [],
    mode: null,
    additionalDirectories: [],
    bypassDisabled: false,
    sandboxApprovesBash: false,
    other: {},
  };
  const { decision, runs } = compilePermissions(set, { client }).decide(call);
  return { decision, runs };
}
