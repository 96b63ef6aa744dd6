import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Call, PERMISSION_MODES, type PermissionMode } from "../../src/model/permission.ts";
import { CLIENT_VERSIONS, type ClientVersion } from "../../src/model/semantics.ts";
import { type DecisionResult, decide, type PermissionSet } from "../../src/permissions/index.ts";
import { anyCall, anyRule } from "./arbitrary.ts";

const rules = fc.array(anyRule, { maxLength: 3 });
const client = fc.constantFrom(...CLIENT_VERSIONS);
const lists = fc.record({ allow: rules, ask: rules, deny: rules });
const mode: fc.Arbitrary<PermissionMode | null> = fc.constantFrom(null, ...PERMISSION_MODES);
const RUNS = { numRuns: 800, seed: 20_261_123 };

describe("whatever the rules and the call are", () => {
  test("adding a deny or ask rule never makes a call run that did not", () => {
    fc.assert(
      fc.property(
        lists,
        mode,
        anyRule,
        anyCall,
        client,
        fc.boolean(),
        (set, at, extra, call, version, deny) => {
          const before = result(set, at, call, version);
          const added = deny ? { ...set, deny: [...set.deny, extra] } : { ...set, ask: [...set.ask, extra] };
          if (before.runs === false) expect(result(added, at, call, version).runs).not.toBe(true);
        },
      ),
      RUNS,
    );
  });

  test("adding an allow rule never stops a call that ran", () => {
    fc.assert(
      fc.property(lists, mode, anyRule, anyCall, client, (set, at, extra, call, version) => {
        const before = result(set, at, call, version);
        const after = result({ ...set, allow: [...set.allow, extra] }, at, call, version);
        if (before.runs === true) expect(after.runs).not.toBe(false);
      }),
      RUNS,
    );
  });

  test("deny beats ask beats allow, the order within a list and repetitions change nothing", () => {
    fc.assert(
      fc.property(lists, anyCall, client, (set, call, version) => {
        const plain = result(set, null, call, version);
        const denied = result({ allow: [], ask: [], deny: set.deny }, null, call, version);
        if (denied.decision === "deny") expect(plain.decision).toBe("deny");
        const turned = {
          allow: [...set.allow, ...set.allow].reverse(),
          ask: [...set.ask].reverse(),
          deny: [...set.deny, ...set.deny].reverse(),
        };
        const after = result(turned, null, call, version);
        expect({ decision: after.decision, runs: after.runs }).toEqual({
          decision: plain.decision,
          runs: plain.runs,
        });
      }),
      RUNS,
    );
  });

  test("dontAsk runs nothing that default does not, and bypassPermissions everything that default does", () => {
    fc.assert(
      fc.property(lists, anyCall, client, (set, call, version) => {
        const usual = result(set, "default", call, version);
        if (result(set, "dontAsk", call, version).runs === true) expect(usual.runs).toBe(true);
        if (usual.runs === true) expect(result(set, "bypassPermissions", call, version).runs).toBe(true);
      }),
      RUNS,
    );
  });

  test("decision and effect agree, and a rule is named where one settled it", () => {
    fc.assert(
      fc.property(lists, mode, anyCall, client, (set, at, call, version) => {
        const { decision, runs, rule } = result(set, at, call, version);
        if (decision === "allow") expect(runs).toBe(true);
        if (decision === "ask" || decision === "deny") expect(runs).toBe(false);
        if (decision === "undecided") expect(runs).toBe("undecided");
        if (rule !== undefined) expect(set[rule.list]).toContain(rule.text);
      }),
      RUNS,
    );
  });

  test("any text at all is decided without an exception", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.string({ maxLength: 30 }),
        client,
        (text, rule, version) => {
          const tools = ["Bash", "Read", "Write", "WebFetch", "PowerShell", "Skill", "Agent", text];
          for (const tool of tools) {
            const set = { allow: [`${tool}(${rule})`, rule], ask: [rule], deny: [`${tool}(${text})`] };
            result(set, null, { tool, argument: text }, version);
          }
        },
      ),
      { numRuns: 1000, seed: 20_261_123 },
    );
  });
});

function result(
  lists: Pick<PermissionSet, "allow" | "ask" | "deny">,
  mode: PermissionMode | null,
  call: Call,
  client: ClientVersion,
): DecisionResult {
  const set: PermissionSet = {
    ...lists,
    mode,
    additionalDirectories: [],
    bypassDisabled: false,
    sandboxApprovesBash: false,
    other: {},
  };
  return decide(set, call, { client });
}
