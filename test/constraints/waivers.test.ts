import { describe, expect, test } from "vitest";
import {
  applyWaivers,
  collectConstraints,
  WAIVER_RULES,
  type WaiverInput,
} from "../../src/constraints/index.ts";
import type { Finding } from "../../src/model/finding.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { snapshotOf, type Writable, type WritableSet } from "../support/context.ts";
import { NO_BASE, withForeign } from "./support.ts";

const TODAY = "2026-01-31";
const WAIVER = { reason: "migration", owner: "ada", expires: "2026-12-31" };
const MARK = { reason: "migration", owner: "ada", expires: "2026-12-31" };

function finding(rest: Partial<Finding> = {}): Finding {
  return {
    fingerprint: "0123456789abcdef",
    rule: "no-force-push",
    source: "input:standards",
    severity: "error",
    message: "`Bash(git *)` allows too much.",
    help: "Narrow it.",
    subject: { path: "permissions.allow", rule: "Bash(git *)" },
    introduced: true,
    ...rest,
  };
}

function snapshot(waivers: { [id: string]: Writable }, constraint: WritableSet = {}): Snapshot {
  return withForeign(snapshotOf({ waivers }), "input:standards", {
    "no-force-push": { forbid: { allow: ["Bash(git push --force *)"] }, ...constraint },
  });
}

function apply(
  findings: Finding[],
  after: Snapshot,
  before: Snapshot = NO_BASE,
  rest: Partial<WaiverInput> = {},
) {
  return applyWaivers(findings, {
    before,
    after,
    changes: [],
    constraints: collectConstraints(before, after),
    ruleIds: ["approval-widened"],
    today: TODAY,
    client: DEFAULT_CLIENT,
    ...rest,
  });
}

/** Ids of what is reported about waivers. */
function reported(findings: Finding[]) {
  return findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("waiver-"));
}

describe("a waiver that was there before", () => {
  const there = snapshot({ "no-force-push": WAIVER });
  test("marks the finding that the base had too, and says nothing", () => {
    expect(apply([finding({ introduced: false })], there, there)).toEqual([
      finding({ introduced: false, waived: MARK }),
    ]);
  });

  test("is too broad when it accepts what this change introduces", () => {
    const found = apply([finding()], there, there);
    expect(found[0]?.waived).toEqual(MARK);
    expect(reported(found)).toEqual(["waiver-too-broad"]);
    expect(found[1]?.message).toContain("allows too much");
  });

  test("covers nothing any more once the head deletes it", () => {
    expect(apply([finding()], snapshot({}), there)).toEqual([finding()]);
  });
});

describe("a waiver that is new in this change", () => {
  test("takes effect and is reported", () => {
    const found = apply([finding()], snapshot({ "no-force-push": WAIVER }));
    expect(found[0]?.waived).toEqual(MARK);
    expect(found[1]).toMatchObject({
      rule: "waiver-added",
      severity: "warning",
      subject: { path: "waivers.no-force-push" },
    });
    expect(found[1]?.message).toContain('"migration", owned by ada, until 2026-12-31');
  });

  test("also when only its day was moved, so that another approval is needed", () => {
    const later = { ...WAIVER, expires: "2027-12-31" };
    const one = apply(
      [finding()],
      snapshot({ "no-force-push": later }),
      snapshot({ "no-force-push": WAIVER }),
    );
    const other = apply([finding()], snapshot({ "no-force-push": WAIVER }));
    expect(reported(one)).toEqual(["waiver-added"]);
    expect(one[1]?.fingerprint).not.toBe(other[1]?.fingerprint);
  });
});

test("a new waiver that has no effect is reported as new all the same", () => {
  expect(reported(apply([], snapshot({ "no-force-push": WAIVER })))).toEqual([
    "waiver-added",
    "waiver-unused",
  ]);
});

describe("days", () => {
  test.each([
    ["2026-01-30", false, ["waiver-expired"]],
    ["2026-01-31", true, ["waiver-expiring"]],
    ["2026-02-14", true, ["waiver-expiring"]],
    ["2026-02-15", true, []],
  ])("on 2026-01-31, a waiver until %s accepts: %s, reported: %j", (expires, accepts, ids) => {
    const there = snapshot({ "no-force-push": { ...WAIVER, expires } });
    const found = apply([finding({ introduced: false })], there, there);
    expect(found[0]?.waived !== undefined).toBe(accepts);
    expect(reported(found)).toEqual(ids);
  });

  test("an expired waiver that nothing needs is reported once", () => {
    const there = snapshot({ "no-force-push": { ...WAIVER, expires: "2020-01-01" } });
    expect(reported(apply([], there, there))).toEqual(["waiver-expired"]);
  });
});

describe("what a waiver is limited to", () => {
  test.each<[WritableSet, boolean]>([
    [{ rule: "Bash(git *)" }, true],
    [{ rule: "Bash(git:*)" }, true],
    [{ rule: "Bash(git push *)" }, false],
    [{ rule: "Bash" }, false],
    [{ path: "permissions.allow" }, true],
    [{ path: "permissions" }, true],
    [{ path: "permissions.al" }, false],
    [{ path: "tools" }, false],
    [{ path: "permissions", rule: "Bash(git *)" }, true],
    [{ path: "tools", rule: "Bash(git *)" }, false],
  ])("only = %j covers the finding: %s", (only, covers) => {
    const there = snapshot({ "no-force-push": { ...WAIVER, only } });
    const found = apply([finding({ introduced: false })], there, there);
    expect(found[0]?.waived !== undefined).toBe(covers);
    expect(reported(found)).toEqual(covers ? [] : ["waiver-unused"]);
  });

  test("a finding beside it still counts", () => {
    const there = snapshot({ "no-force-push": { ...WAIVER, only: { rule: "Bash(git *)" } } });
    const other = finding({ introduced: false, subject: { path: "permissions.allow", rule: "Bash(*)" } });
    const found = apply([finding({ introduced: false }), other], there, there);
    expect(found.map(({ waived }) => waived !== undefined)).toEqual([true, false]);
  });
});

describe("what cannot be waived", () => {
  test("a constraint with waivable = false", () => {
    const after = snapshot({ "no-force-push": WAIVER }, { waivable: false });
    const found = apply([finding()], after, after);
    expect(found[0]?.waived).toBeUndefined();
    expect(reported(found)).toEqual(["waiver-not-allowed"]);
  });

  test("nor one that this very change makes waivable", () => {
    const found = apply(
      [finding()],
      snapshot({ "no-force-push": WAIVER }),
      snapshot({}, { waivable: false }),
    );
    expect(found[0]?.waived).toBeUndefined();
    expect(reported(found)).toEqual(["waiver-added", "waiver-not-allowed"]);
  });

  test("the same id of another source is still waived", () => {
    const after = withForeign(snapshotOf({ waivers: { c: WAIVER } }), "input:a", {
      c: { maxAgeDays: 1, waivable: false },
    });
    const both = withForeign(after, "input:b", { c: { maxAgeDays: 1 } });
    const found = apply(
      [finding({ rule: "c", source: "input:a" }), finding({ rule: "c", source: "input:b" })],
      both,
    );
    expect(found.slice(0, 2).map(({ waived }) => waived !== undefined)).toEqual([false, true]);
  });

  test.each(["constraint-weakened", ...WAIVER_RULES.map(({ id }) => id)])("findings of %s", (rule) => {
    const there = snapshot({ [rule]: WAIVER });
    const found = apply([finding({ rule, source: "builtin" })], there, there);
    expect(found[0]?.waived).toBeUndefined();
    expect(reported(found.slice(1))).toEqual(["waiver-not-allowed"]);
  });
});

describe("a waiver that covers nothing", () => {
  test.each([
    ["no-force-push", "The waiver of no-force-push covers no finding."],
    ["no-force-pusch", "The waiver of no-force-pusch covers no finding; the nearest id is no-force-push."],
    [
      "approval-widned",
      "The waiver of approval-widned covers no finding; the nearest id is approval-widened.",
    ],
    [
      "something-else-entirely",
      "The waiver of something-else-entirely covers no finding: there is no rule or constraint of that name.",
    ],
  ])("%s", (id, message) => {
    const there = snapshot({ [id]: WAIVER });
    expect(apply([], there, there)).toMatchObject([{ rule: "waiver-unused", severity: "warning", message }]);
  });
});

test("a built-in finding is waived by its rule's id", () => {
  const there = snapshot({ "approval-widened": WAIVER });
  const found = apply(
    [finding({ rule: "approval-widened", source: "builtin", introduced: false })],
    there,
    there,
  );
  expect(found).toMatchObject([{ waived: MARK }]);
});

test("without a context nothing is waived", () => {
  const gone: Snapshot = { kind: "absent", reason: "no-attribute", revision: null, tree: null };
  expect(apply([finding()], gone, snapshot({ "no-force-push": WAIVER }))).toEqual([finding()]);
});

test("every id is documented under the four headings", () => {
  for (const { id, docs } of WAIVER_RULES) {
    expect(id).toMatch(/^waiver-[a-z-]+$/);
    for (const text of Object.values(docs)) expect(text.length).toBeGreaterThan(20);
  }
});
