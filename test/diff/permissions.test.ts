import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { findNewlyApproved, permissionSetOf } from "../../src/permissions/index.ts";
import { contextOf, type WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

interface Case {
  name: string;
  before: WritableSet;
  after: WritableSet;
  changes: string[];
  witness?: string;
}

function check({ before, after, changes, witness }: Case): void {
  const found = changesBetween(before, after);
  expect(inShort(found, "permissions")).toEqual(changes);
  if (witness !== undefined) {
    expect(found.map((change) => change.witness?.call)).toContain(witness);
  }
}

const p = (permissions: WritableSet): WritableSet => ({ permissions });

describe("no effect, no change", () => {
  test.each<[string, WritableSet, WritableSet]>([
    ["another spelling", p({ allow: ["Bash(git:*)"] }), p({ allow: ["Bash(git *)"] })],
    ["another order", p({ allow: ["WebSearch", "WebFetch"] }), p({ allow: ["WebFetch", "WebSearch"] })],
    ["the same rule twice", p({ deny: ["WebFetch"] }), p({ deny: ["WebFetch", "WebFetch"] })],
    ["another place", p({ allow: ["WebFetch"] }), { autoApprove: ["WebFetch"] }],
    ["a slash at the end", p({ additionalDirectories: ["../a"] }), p({ additionalDirectories: ["../a/"] })],
    [
      "a rule where a tool's approval was",
      { tools: { rg: { alwaysApprove: true } } },
      { tools: { rg: {} }, autoApprove: ["Bash(rg *)"] },
    ],
  ])("%s", (_, before, after) => {
    expect(inShort(changesBetween(before, after), "permissions")).toEqual([]);
  });
});

describe("what a pinned start mode approves by itself hides no rule, since sessions leave it", () => {
  test.each(["default", "plan", "acceptEdits", "auto", "bypassPermissions", "dontAsk"])(
    "%s",
    (defaultMode) => {
      const after = p({ defaultMode, allow: ["Edit(**)", "Bash(mkdir *)", "Bash(curl *)"] });
      expect(inShort(changesBetween(p({ defaultMode }), after), "permissions")).toEqual([
        "widens permissions.allow[0] added",
        "widens permissions.allow[1] added",
        "widens permissions.allow[2] added",
      ]);
    },
  );
});

describe("allow rules", () => {
  test.each<Case>([
    {
      name: "a rule for some commands in place of one for all approves them outside the sandbox",
      before: { ...p({ allow: ["Bash"] }), sandbox: { enabled: true } },
      after: { ...p({ allow: ["Bash(npm *)"] }), sandbox: { enabled: true } },
      changes: ["widens permissions.allow[0] added", "narrows permissions.allow[0] removed"],
    },
    {
      name: "without a sandbox there is no outside",
      before: p({ allow: ["Bash"] }),
      after: p({ allow: ["Bash(npm *)"] }),
      changes: ["neutral permissions.allow[0] added", "narrows permissions.allow[0] removed"],
    },
    {
      name: "a new rule widens, proved by the worst call it approves",
      before: p({}),
      after: p({ allow: ["Bash(git *)"] }),
      changes: ["widens permissions.allow[0] added"],
      witness: "Bash(git push --force origin main)",
    },
    {
      name: "a wider rule in place of another is one change",
      before: p({ allow: ["Bash(git status)"] }),
      after: p({ allow: ["Bash(git *)"] }),
      changes: ["widens permissions.allow[0] changed"],
      witness: "Bash(git push --force origin main)",
    },
    {
      name: "a narrower rule in place of another is one change",
      before: p({ allow: ["Bash(git *)"] }),
      after: p({ allow: ["Bash(git status)"] }),
      changes: ["narrows permissions.allow[0] changed"],
    },
    {
      name: "a rule that another one covers already is neutral",
      before: p({ allow: ["Bash(git *)"] }),
      after: p({ allow: ["Bash(git *)", "Bash(git push *)"] }),
      changes: ["neutral permissions.allow[1] added"],
    },
    {
      name: "a rule that a deny rule holds is neutral",
      before: p({ deny: ["Bash(git push *)"] }),
      after: p({ deny: ["Bash(git push *)"], allow: ["Bash(git push origin)"] }),
      changes: ["neutral permissions.allow[0] added"],
    },
    {
      name: "a rule that goes narrows",
      before: p({ allow: ["WebFetch"] }),
      after: p({}),
      changes: ["narrows permissions.allow[0] removed"],
    },
    {
      name: "a rule that means nothing is neutral",
      before: p({}),
      after: p({ allow: ["bash(npm *)"] }),
      changes: ["neutral permissions.allow[0] added"],
    },
    {
      name: "an always approved tool is an allow rule",
      before: { tools: { git: {} } },
      after: { tools: { git: { alwaysApprove: true } } },
      changes: ["widens tools.git.alwaysApprove added"],
      witness: "Bash(git push --force origin main)",
    },
    {
      name: "rules of another tool are two changes",
      before: p({ allow: ["WebSearch"] }),
      after: p({ allow: ["WebFetch(domain:example.com)"] }),
      changes: ["widens permissions.allow[0] added", "narrows permissions.allow[0] removed"],
    },
  ])("$name", check);
});

describe("deny and ask rules", () => {
  test.each<Case>([
    {
      name: "a deny rule that goes widens, even where nothing approves the call",
      before: p({ deny: ["Bash(git push *)"] }),
      after: p({}),
      changes: ["widens permissions.deny[0] removed"],
    },
    {
      name: "a deny rule that becomes narrower is one widening change",
      before: p({ deny: ["Bash(git push *)"] }),
      after: p({ deny: ["Bash(git push --force *)"] }),
      changes: ["widens permissions.deny[0] changed"],
    },
    {
      name: "a deny rule that a wider one replaces narrows",
      before: p({ deny: ["Bash(git push --force *)"] }),
      after: p({ deny: ["Bash(git push *)"] }),
      changes: ["narrows permissions.deny[0] changed"],
    },
    {
      name: "asking where it was refused widens",
      before: p({ deny: ["Bash(git push *)"] }),
      after: p({ ask: ["Bash(git push *)"] }),
      changes: ["neutral permissions.ask[0] added", "widens permissions.deny[0] removed"],
    },
    {
      name: "refusing where it was asked narrows",
      before: p({ ask: ["Bash(git push *)"] }),
      after: p({ deny: ["Bash(git push *)"] }),
      changes: ["neutral permissions.ask[0] removed", "narrows permissions.deny[0] added"],
    },
    {
      name: "a deny rule that others cover is neutral when it goes",
      before: p({ deny: ["Bash(git push *)", "Bash(git push --force *)"] }),
      after: p({ deny: ["Bash(git push *)"] }),
      changes: ["neutral permissions.deny[1] removed"],
    },
    {
      name: "an ask rule that goes lets the allow rule decide",
      before: p({ allow: ["Bash(git *)"], ask: ["Bash(git push *)"] }),
      after: p({ allow: ["Bash(git *)"] }),
      changes: ["widens permissions.ask[0] removed"],
    },
    {
      name: "a negated pattern acts against its list, so nothing is shown",
      before: p({ deny: ["Read(secrets/**)"] }),
      after: p({ deny: ["Read(secrets/**)", "Read(!secrets/public/**)"] }),
      changes: ["undecided permissions.deny[1] added"],
    },
  ])("$name", check);

  test("a witness says what happened to the call before and what happens now", () => {
    const [change] = changesBetween(
      p({ allow: ["Bash(git *)"], deny: ["Bash(git push *)"] }),
      p({ allow: ["Bash(git *)"] }),
    );
    expect(change?.witness).toMatchObject({ before: "deny", after: "allow" });
  });
});

test("of calls that are let go, one that nobody asks about any more is shown first", () => {
  const changes = changesBetween(p({ deny: ["Bash(git *)"] }), p({ ask: ["Bash(git push *)"] }));
  const removed = changes.find(({ kind }) => kind === "removed");
  expect(removed?.witness).toMatchObject({ before: "deny", after: "default" });
});

describe("directories and further keys", () => {
  test.each<Case>([
    {
      name: "a working directory more widens",
      before: p({}),
      after: p({ additionalDirectories: ["/etc"] }),
      changes: ["widens permissions.additionalDirectories added"],
    },
    {
      name: "a working directory less narrows",
      before: p({ additionalDirectories: ["/etc"] }),
      after: p({}),
      changes: ["narrows permissions.additionalDirectories removed"],
    },
    {
      name: "a lifted block widens",
      before: p({ blockReadsOutsideWorkingDirectories: true }),
      after: p({}),
      changes: ["widens permissions.blockReadsOutsideWorkingDirectories removed"],
    },
  ])("$name", check);
});

test("a host that is allowed beside an open sandbox is open to its commands too", () => {
  const sandbox = { enabled: true };
  const changes = changesBetween(
    { ...p({ allow: ["WebFetch"] }), sandbox },
    { ...p({ allow: ["WebFetch", "WebFetch(domain:example.com)"] }), sandbox },
  );
  expect(inShort(changes)).toEqual(["undecided permissions.allow[1] added"]);
});

test("a context that appears is compared with nothing approved", () => {
  const changes = changesBetween(null, p({ allow: ["WebFetch"], deny: ["Bash(rm *)"] }));
  expect(inShort(changes, "permissions")).toEqual([
    "widens permissions.allow[0] added",
    "narrows permissions.deny[0] added",
  ]);
});

test("many rules that change at once are each accounted for, and none is called harmless unproved", () => {
  const rules = Array.from({ length: 300 }, (_, index) => `Bash(tool${index} *)`);
  const changes = changesBetween(p({}), p({ allow: rules }));
  expect(changes).toHaveLength(300);
  expect(changes.filter(({ direction }) => direction === "neutral" || direction === "narrows")).toEqual([]);
  expect(changes.some(({ direction }) => direction === "widens")).toBe(true);
});

test("of many rules that go, those that no first call settles and no search reaches are undecided", () => {
  const globs = Array.from({ length: 40 }, (_, index) => `mcp__*__get_${index}`);
  const changes = changesBetween(p({ deny: globs }), p({}));
  expect(changes).toHaveLength(40);
  expect(new Set(changes.map(({ direction }) => direction))).toEqual(new Set(["undecided", "widens"]));
});

test("what the sets newly approve together is accounted for by some change", () => {
  const texts = fc.uniqueArray(
    fc.constantFrom(
      "Bash(git *)",
      "Bash(git push *)",
      "Bash(git push --force *)",
      "Bash",
      "Edit(**)",
      "Edit(src/**)",
      "Read(//etc/**)",
      "Read(!//etc/passwd)",
      "WebFetch(domain:*.example.com)",
      "mcp__notes",
    ),
    { maxLength: 4 },
  );
  const permissions = fc.record({ allow: texts, ask: texts, deny: texts });
  fc.assert(
    fc.property(permissions, permissions, (before, after) => {
      const [old, now] = [contextOf(p(before)), contextOf(p(after))].map((context) =>
        permissionSetOf(context),
      );
      const search = findNewlyApproved(old!, now!, { client: DEFAULT_CLIENT, steps: 1_000_000 });
      const changes = changesBetween(p(before), p(after));
      const mayWiden = changes.some(({ direction }) => direction === "widens" || direction === "undecided");
      expect(mayWiden || search.kind === "none").toBe(true);
      if (search.kind === "found") expect(changes.some(({ direction }) => direction === "widens")).toBe(true);
    }),
    { numRuns: 20, seed: 1 },
  );
});

test("a search that runs out of steps is undecided, never neutral", () => {
  const before = p({ allow: ["Bash(git *)"] });
  const after = p({ allow: ["Bash(git *)", "Bash(gi* *a*b*c*d*e*)"] });
  const [change] = changesBetween(before, after, { limits: { inclusionSteps: 1 } });
  expect(["undecided", "widens"]).toContain(change?.direction);
});
