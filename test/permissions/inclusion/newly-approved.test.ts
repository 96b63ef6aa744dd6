import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCall } from "../../../src/model/permission.ts";
import { compilePermissions, findNewlyApproved, type PermissionSet } from "../../../src/permissions/index.ts";
import { CALLS, SMALL_RULES } from "./calls.ts";
import { OPTIONS, setOf } from "./rule-sets.ts";

type Given = Partial<PermissionSet>;

function outcome(before: Given, after: Given): string {
  const search = findNewlyApproved(setOf(before), setOf(after), OPTIONS);
  return search.kind === "found" ? formatCall(search.call) : search.kind;
}

const allow = (...rules: string[]): Given => ({ allow: rules });
const denying = (deny: string[], ...rules: string[]): Given => ({ allow: rules, deny });

describe("a wider set is shown with a call that proves it", () => {
  test.each<[string, Given, Given, string]>([
    [
      "an exact command becomes a prefix",
      allow("Bash(git status)"),
      allow("Bash(git *)"),
      "Bash(git push --force origin main)",
    ],
    ["a rule of its own", allow(), allow("Bash(make test)"), "Bash(make test)"],
    [
      "the full text of a builtin that no wildcard approves",
      allow("Bash(hash *)"),
      allow("Bash(hash *)", "Bash(hash -r)"),
      "Bash(hash -r)",
    ],
    [
      "the full text of a program that starts another",
      allow("Bash(taskset *)"),
      allow("Bash(taskset 1 id)"),
      "Bash(taskset 1 id)",
    ],
    [
      "a denied wildcard that leaves commands that only read",
      denying(["Bash(*src*)"]),
      denying(["Bash(./*src*)"]),
      "Bash(ls src)",
    ],
    [
      "a denied pattern with a word inside, of a command that only reads",
      denying(["Bash(ls * src *)"]),
      denying([]),
      "Bash(ls x src x)",
    ],
    [
      "an exclamation mark behind an anchor is part of the name",
      allow("Bash( *)"),
      allow("Edit(//!src/#x/**)"),
      "Edit(/!src/#x)",
    ],
    [
      "reading, once it is no longer denied, brings writing back",
      denying(["Read"], "Write(a)", "Write"),
      allow("Write"),
      "Write(~/.ssh/authorized_keys)",
    ],
    [
      "a rule that edits lets be read all but protected paths",
      allow("Edit(~/**)"),
      allow("Edit(~/**)", "Read(~/.bashrc)"),
      "Read(~/.bashrc)",
    ],
    ["one more wildcard", allow("Bash(npm run test)"), allow("Bash(npm run test *)"), "Bash(npm run test x)"],
    [
      "the word boundary goes",
      allow("Bash(npm run test *)"),
      allow("Bash(npm run test*)"),
      "Bash(npm run testx x)",
    ],
    [
      "a blanket rule over everything that prefixes can say",
      allow("Bash(* *)", "Bash(a*)", "Bash(*)"),
      allow("Bash(*)"),
      "none",
    ],
    ["a blanket rule in place of prefixes", allow("Bash(git *)"), allow("Bash"), "Bash(scp .env host:)"],
    [
      "a rule for a reading program, which then also reads what it is handed",
      allow(),
      allow("Bash(ls *)"),
      "Bash(xargs ls x)",
    ],
    [
      "a deny that looked through sudo",
      denying(["Bash(rm *)"], "Bash(sudo *)"),
      allow("Bash(sudo *)"),
      "Bash(sudo rm x)",
    ],
    [
      "a deny that looked through assignments",
      denying(["Bash(make *)"], "Bash(CC=gcc *)"),
      allow("Bash(CC=gcc *)"),
      "Bash(CC=gcc make x)",
    ],
    [
      "a deny on a wrapper",
      denying(["Bash(timeout *)"], "Bash(npm test)"),
      allow("Bash(npm test)"),
      "Bash(timeout 0 npm test)",
    ],
    [
      "a deny that named one of several commands",
      denying(["Bash(git push *)"], "Bash(git *)"),
      allow("Bash(git *)"),
      "Bash(git push --force origin main)",
    ],
    [
      "an ask that goes",
      { allow: ["Bash(npm *)"], ask: ["Bash(npm publish *)"] },
      allow("Bash(npm *)"),
      "Bash(npm publish)",
    ],
    [
      "a deny on reads that only held back what runs by default",
      denying(["Read(.env)"]),
      allow(),
      "Bash(cat .env)",
    ],
    [
      "a deny on reads that becomes an ask, which does not reach Bash",
      denying(["Read(.env)"]),
      { ask: ["Read(.env)"] },
      "Bash(cat .env)",
    ],
    ["an edit rule", allow(), allow("Edit(src/**)"), "Edit(src/main.ts)"],
    ["an edit rule over the whole project", allow("Edit(src/**)"), allow("Edit(**)"), "Edit(flake.nix)"],
    ["reads outside the project", allow(), allow("Read(~/.ssh/**)"), "Read(~/.ssh/id_rsa)"],
    [
      "subdomains",
      allow("WebFetch(domain:acme.test)"),
      allow("WebFetch(domain:*.acme.test)"),
      "WebFetch(https://x.acme.test/)",
    ],
    ["a server's tools", allow("mcp__git__get_*"), allow("mcp__git"), "mcp__git__unlisted_tool"],
    ["a server", allow(), allow("mcp__git"), "mcp__git__x"],
    ["a skill", allow(), allow("Skill(deploy)"), "Skill(deploy)"],
    ["an agent that was refused", denying(["Agent(reviewer)"]), allow(), "Agent(reviewer)"],
    ["a tool that runs by default", denying(["CronCreate"]), allow(), "CronCreate"],
    [
      "a parameter",
      denying(["Bash(run_in_background:true)"], "Bash(npm *)"),
      allow("Bash(npm *)"),
      "Bash(npm test, run_in_background: true)",
    ],
    ["the mode that bypasses", allow(), { mode: "bypassPermissions" }, "Bash(git push --force origin main)"],
    ["the mode that accepts edits", allow(), { mode: "acceptEdits" }, "Edit(flake.nix)"],
    [
      "the sandbox that approves",
      allow(),
      { sandboxApprovesBash: true },
      "Bash(git push --force origin main)",
    ],
    ["one more directory", allow(), { additionalDirectories: ["../other"] }, "Read(~/other)"],
  ])("%s", (_, before, after, expected) => {
    expect(outcome(before, after)).toBe(expected);
  });
});

describe("equal or narrower sets give none, which is a proof", () => {
  test.each<[string, Given, Given]>([
    ["two spellings of a prefix", allow("Bash(git:*)"), allow("Bash(git *)")],
    ["order and repetition", allow("Bash(a *)", "Bash(b *)"), allow("Bash(b *)", "Bash(a *)", "Bash(b *)")],
    ["a prefix that shrinks", allow("Bash(git *)"), allow("Bash(git log *)", "Bash(git show *)")],
    ["a rule in another one", allow("Bash(git *)"), allow("Bash(git *)", "Bash(git push --force *)")],
    ["several that together cover", allow("Bash(a*)", "Bash(*b)"), allow("Bash(ax*b)")],
    ["blanket to prefix", allow("Bash"), allow("Bash(git *)")],
    ["a command that runs anyway", allow(), allow("Bash(git status)")],
    ["rules that approve nothing", allow(), allow("Bash(watch *)", "Bash()", "bash(x)")],
    [
      "a deny that another one covers",
      denying(["Bash(rm *)", "Bash(rm -rf *)"], "Bash(sudo *)"),
      denying(["Bash(rm *)"], "Bash(sudo *)"),
    ],
    [
      "a deny that another one looks through to",
      denying(["Bash(rm *)", "Bash(sudo rm *)"], "Bash(sudo *)"),
      denying(["Bash(rm *)"], "Bash(sudo *)"),
    ],
    ["a deny of what nobody approves", denying(["Bash(rm *)"], "Bash(npm *)"), allow("Bash(npm *)")],
    [
      "a deny that becomes an ask",
      denying(["Bash(git push *)"], "Bash(git *)"),
      { allow: ["Bash(git *)"], ask: ["Bash(git push *)"] },
    ],
    ["an approval under a deny", denying(["Bash(git *)"]), denying(["Bash(git *)"], "Bash(git push *)")],
    ["`./src` and `src`", allow("Edit(src/**)"), allow("Edit(./src/**)")],
    ["a path below", allow("Edit(src/**)"), allow("Edit(src/a/*.ts)")],
    ["reads in the project, which run anyway", allow(), allow("Read(src/**)")],
    ["case of a path", allow("Edit(SRC/**)"), allow("Edit(src/**)")],
    ["`mcp__git` and `mcp__git__*`", allow("mcp__git"), allow("mcp__git__*")],
    ["a host below", allow("WebFetch(domain:*.acme.test)"), allow("WebFetch(domain:a.b.acme.test)")],
    [
      "a tool's parameter that is newly refused",
      allow("Bash(npm *)"),
      denying(["Bash(timeout:9)"], "Bash(npm *)"),
    ],
    ["the same unknown form on both sides", allow("NewTool(x)"), allow("NewTool(x)")],
    ["leaving the mode that bypasses", { mode: "bypassPermissions" }, allow("Bash(git *)", "Edit(**)")],
    ["bypass that is switched off", allow(), { mode: "bypassPermissions", bypassDisabled: true }],
  ])("%s", (_, before, after) => {
    expect(outcome(before, after)).toBe("none");
  });
});

describe("a lifted deny rule on paths frees the commands that reach them, whichever rule approves these", () => {
  test.each<[string, Given, Given]>([
    ["a rule for the program", denying(["Edit(//**)"], "Bash(mkdir *)"), allow("Bash(mkdir *)")],
    ["a rule that names no program", denying(["Edit(//**)"], "Bash(*x)"), allow("Bash(*x)")],
    ["a wrapper", denying(["Read(//**)"], "Bash(timeout 5 *)"), allow("Bash(timeout 5 *)")],
  ])("%s", (_, before, after) => {
    expect(outcome(before, after)).not.toBe("none");
  });
});

describe("deny rules see a command as typed and with all wrappers off, nothing in between", () => {
  test("so a rule for an inner wrapper does not stand in for one that names both", () => {
    const before = denying(["Bash(timeout *)", "Bash(sudo timeout *)"], "Bash(sudo *)");
    expect(outcome(before, denying(["Bash(timeout *)"], "Bash(sudo *)"))).not.toBe("none");
  });

  test("and a rule with quotes in it does not stand in for one without", () => {
    const before = denying(["Bash(git push *)", 'Bash(git "push" *)'], "Bash(git *)");
    expect(outcome(before, denying(['Bash(git "push" *)'], "Bash(git *)"))).not.toBe("none");
  });
});

describe("what cannot be decided is undecided, never none", () => {
  test.each<[string, Given, Given]>([
    ["an unknown rule is allowed", allow(), allow("NewTool(x)")],
    ["an unknown deny is lifted", denying(["NewTool(x)"]), allow()],
    ["a rule lifted where a classifier decides", { mode: "auto", deny: ["Bash(curl *)"] }, { mode: "auto" }],
    ["a tool nothing is known about", allow(), allow("NewTool")],
    [
      "a rule under a deny rule of which a negated one takes something back",
      denying(["Edit(/secrets/**)", "Edit(!/secrets/x)"]),
      denying(["Edit(/secrets/**)", "Edit(!/secrets/x)"], "Edit(/secrets/x)"),
    ],
    [
      "a rule under an allow rule of which a negated one took something back",
      allow("Edit(/src/**)", "Edit(!/src/x)"),
      allow("Edit(/src/**)", "Edit(!/src/x)", "Edit(/src/x)"),
    ],
    [
      "a lifted rule for PowerShell, whose aliases are not modelled",
      denying(["PowerShell(rm *)"], "PowerShell(Remove-Item *)"),
      denying(["PowerShell(del *)"], "PowerShell(Remove-Item *)"),
    ],
  ])("%s", (_, before, after) => {
    expect(outcome(before, after)).toBe("undecided");
  });

  test("a question that runs out of steps", () => {
    const before = setOf(allow("Bash(git log *)"));
    const after = setOf(allow("Bash(git log --oneline *)"));
    expect(findNewlyApproved(before, after, OPTIONS).kind).toBe("none");
    for (const steps of [0, 1, 5, 12]) {
      expect(findNewlyApproved(before, after, { ...OPTIONS, steps }).kind).toBe("undecided");
    }
  });
});

describe("one rule of several", () => {
  const before = setOf(allow("Bash(git status)"));
  const after = setOf(allow("Bash(git status)", "Bash(npm *)", "Bash(git diff *)", "Bash(git status)"));
  test.each([
    ["allow", "Bash(npm *)", "Bash(npm publish)"],
    ["allow", "Bash(cargo *)", "none"],
    ["deny", "Bash(npm *)", "Bash(npm publish)"],
    ["deny", "Bash(cargo *)", "none"],
  ] as const)("only calls that %s %s covers: %s", (list, text, expected) => {
    const search = findNewlyApproved(before, after, OPTIONS, { list, text });
    expect(search.kind === "found" ? formatCall(search.call) : search.kind).toBe(expected);
  });
});

const rules = fc.array(fc.constantFrom(...SMALL_RULES), { maxLength: 3 });
const sets = fc
  .record({
    allow: rules,
    ask: fc.array(fc.constantFrom(...SMALL_RULES), { maxLength: 1 }),
    deny: fc.array(fc.constantFrom(...SMALL_RULES), { maxLength: 2 }),
    mode: fc.constantFrom(null, null, null, "acceptEdits" as const, "plan" as const, "dontAsk" as const),
    sandboxApprovesBash: fc.constantFrom(false, false, false, true),
  })
  .map(setOf);

/** Calls of the list that run under `after` and are known not to run under `before`. */
function enumerated(before: PermissionSet, after: PermissionSet): string[] {
  const [b, a] = [before, after].map((set) => compilePermissions(set, { client: "2.1.330" }));
  // Decided: whoever could run any command could also watch one, so a bare `Bash` counts as covering Monitor.
  const judged = before.allow.includes("Bash") ? CALLS.filter(([tool]) => tool !== "Monitor") : CALLS;
  return judged
    .map(([tool, argument]) => ({ tool, argument }))
    .filter((call) => a!.decide(call).runs === true && b!.decide(call).runs === false)
    .map(formatCall);
}

describe("against the matcher, call by call", () => {
  test("none is never said where an enumerated call is newly approved", () => {
    fc.assert(
      fc.property(sets, sets, (before, after) => {
        const { kind } = findNewlyApproved(before, after, OPTIONS);
        if (kind === "none") expect(enumerated(before, after)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  test("a found call runs after, and before it did not run for certain", () => {
    fc.assert(
      fc.property(sets, sets, (before, after) => {
        const search = findNewlyApproved(before, after, OPTIONS);
        if (search.kind !== "found") return;
        expect(compilePermissions(after, OPTIONS).decide(search.call).runs).toBe(true);
        expect(compilePermissions(before, OPTIONS).decide(search.call).runs).not.toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe("laws", () => {
  test("nothing is newly approved by the same set", () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(findNewlyApproved(set, { ...set }, OPTIONS).kind).toBe("none");
      }),
      { numRuns: 200 },
    );
  });

  test("taking away approvals and adding denies never widens", () => {
    fc.assert(
      fc.property(sets, fc.constantFrom(...SMALL_RULES), (set, rule) => {
        expect(findNewlyApproved(set, { ...set, deny: [...set.deny, rule] }, OPTIONS).kind).toBe("none");
        expect(findNewlyApproved(set, { ...set, ask: [...set.ask, rule] }, OPTIONS).kind).toBe("none");
        expect(findNewlyApproved({ ...set, allow: [...set.allow, rule] }, set, OPTIONS).kind).toBe("none");
      }),
      { numRuns: 200 },
    );
  });

  test("what two steps do not widen, both together do not", () => {
    fc.assert(
      fc.property(sets, sets, sets, (one, two, three) => {
        const widens = (before: PermissionSet, after: PermissionSet) =>
          findNewlyApproved(before, after, OPTIONS).kind;
        if (widens(one, two) === "none" && widens(two, three) === "none")
          expect(widens(one, three)).not.toBe("found");
      }),
      { numRuns: 300 },
    );
  });
});
