import { describe, expect, test } from "vitest";
import { Mixtures } from "../../../src/check/counterfactuals/mixtures.ts";
import { compareInputs, inputsAt, type LockFile } from "../../../src/lock/index.ts";
import { type Edge, github, lock, REV } from "../../lock/support.ts";

const tree = (id: string) => ({ label: id, revision: null, id });

function mixturesOf(before: LockFile, after: LockFile, isEdited = false) {
  const rows = compareInputs(before, after);
  const sides = { before: { tree: tree("old"), lock: before }, after: { tree: tree("new"), lock: after } };
  return new Mixtures(sides, rows, { directory: "", isEdited });
}

/** Revisions by path, as their first digits. */
function revisions(mixture: ReturnType<Mixtures["at"]>): Record<string, string> {
  if (mixture.kind === "refused") throw new Error(mixture.because);
  return Object.fromEntries(
    [...inputsAt(mixture.lock)].map(([path, { node }]) => [path, String(node.locked!.rev)[0]!]),
  );
}

/** `org` with `lib` and, on request, `extra`; `tools`; `alias`, which follows `org/lib`. */
function flake(
  { org, lib, tools }: { org: string; lib: string; tools: string },
  { extra = false, more = {} }: { extra?: boolean; more?: Record<string, Edge> } = {},
) {
  return lock(
    { org: "org", tools: "tools", alias: ["org", "lib"], ...more },
    {
      org: github("org", org, { lib: "lib", ...(extra && { extra: "extra" }) }),
      lib: github("lib", lib),
      tools: github("tools", tools),
      fresh: github("fresh", REV.one),
      extra: github("extra", REV.one),
    },
  );
}

const OLD = flake({ org: REV.one, lib: REV.one, tools: REV.one });
const NEW = flake({ org: REV.two, lib: REV.two, tools: REV.two }, { extra: true });

test.each<[string, string[], Record<string, string>]>([
  ["one input", ["tools"], { org: "1", "org/lib": "1", alias: "1", tools: "2" }],
  [
    "an input with all below it, and what follows that",
    ["org", "org/extra", "org/lib"],
    { org: "2", "org/lib": "2", "org/extra": "1", alias: "2", tools: "1" },
  ],
  [
    "an input without the one below it",
    ["org", "org/extra"],
    { org: "2", "org/lib": "1", "org/extra": "1", alias: "1", tools: "1" },
  ],
  ["an input below one that stays", ["org/lib"], { org: "1", "org/lib": "2", alias: "2", tools: "1" }],
])("moves %s", (_, moved, expected) => {
  expect(revisions(mixturesOf(OLD, NEW).at({ source: "before", moved }))).toEqual(expected);
});

describe("which side a mixture comes to", () => {
  const all = ["alias", "org", "org/extra", "org/lib", "tools"];
  const keyAt = (mixtures: Mixtures, source: "before" | "after", moved: string[]) => {
    const mixture = mixtures.at({ source, moved });
    return mixture.kind === "refused" ? null : mixtures.sideOf(mixture.key);
  };

  test("only what follows another moved: nothing did", () => {
    expect(keyAt(mixturesOf(OLD, NEW), "before", ["alias"])).toBe("before");
    expect(keyAt(mixturesOf(OLD, NEW), "before", ["org/lib"])).toBe(null);
  });

  test("all but what follows another: everything did", () => {
    const moved = all.filter((path) => path !== "alias");
    expect(keyAt(mixturesOf(OLD, NEW, true), "after", moved)).toBe("after");
  });

  test("the old source with all new inputs is the new side, if only the lock file differs", () => {
    expect(keyAt(mixturesOf(OLD, NEW, false), "before", all)).toBe("after");
    expect(keyAt(mixturesOf(OLD, NEW, true), "before", all)).toBe(null);
  });

  test("the new source with the old inputs is neither, since it may read the file", () => {
    expect(keyAt(mixturesOf(OLD, NEW, false), "after", [])).toBe(null);
  });
});

test("what one side alone has comes with that side's source", () => {
  const added = flake({ org: REV.one, lib: REV.one, tools: REV.two }, { more: { fresh: "fresh" } });
  const mixtures = mixturesOf(OLD, added, true);
  expect(revisions(mixtures.at({ source: "after", moved: [] }))).toMatchObject({ fresh: "1", tools: "1" });
  expect(revisions(mixtures.at({ source: "before", moved: ["tools"] }))).not.toHaveProperty("fresh");
  const removing = mixturesOf(added, OLD, true);
  expect(revisions(removing.at({ source: "after", moved: [] }))).not.toHaveProperty("fresh");
  expect(revisions(removing.at({ source: "before", moved: ["tools"] }))).toMatchObject({ fresh: "1" });
});

test("an input that follows what the other side does not have is refused, with the reason", () => {
  const old = flake(
    { org: REV.one, lib: REV.one, tools: REV.one },
    { more: { fresh: "fresh", late: ["fresh"] } },
  );
  const now = flake({ org: REV.two, lib: REV.one, tools: REV.one }, { more: { late: ["tools"] } });
  expect(mixturesOf(old, now, true).at({ source: "after", moved: ["org"] })).toMatchObject({
    kind: "refused",
    because: expect.stringContaining("fresh"),
  });
});

describe("whether the rows say all", () => {
  const circle = (rev: string) =>
    lock({ a: "a", b: "b" }, { a: github("a", rev, { b: "b" }), b: github("b", REV.one, { a: "a" }) });
  const shared = (rev: string) =>
    lock(
      { a: "a", b: "b" },
      {
        a: github("a", REV.one, { x: "x" }),
        b: github("b", REV.one, { x: "x" }),
        x: github("x", REV.one, { y: "y" }),
        y: github("y", rev),
      },
    );

  test.each<[string, LockFile, LockFile]>([
    ["inputs, nested ones and follows", OLD, NEW],
    ["the way back", NEW, OLD],
    ["inputs in a circle", circle(REV.one), circle(REV.two)],
  ])("%s", (_, before, after) => {
    expect(mixturesOf(before, after).misfit()).toBe(null);
  });

  test("a node that two inputs share has one row, which says nothing of the second", () => {
    expect(mixturesOf(shared(REV.one), shared(REV.two)).misfit()).toMatch("more than the inputs that moved");
  });
});
