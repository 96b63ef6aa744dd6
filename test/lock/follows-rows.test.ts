import { expect, test } from "vitest";
import { compareInputs } from "../../src/lock/index.ts";
import { type Edge, github, lock, REV } from "./support.ts";

/** A flake with `org`, which has `lib` as said; `more` inputs of the flake itself. */
function flake(
  lib: Edge | undefined,
  { org = REV.one, more = {} }: { org?: string; more?: Record<string, Edge> } = {},
) {
  return lock(
    { org: "org", mine: "mine", other: "other", ...more },
    {
      org: github("org", org, lib === undefined ? {} : { lib }),
      lib: github("lib", REV.one),
      mine: github("lib", REV.two),
      other: github("lib", REV.three),
    },
  );
}

const OWN = `github:acme/lib/${REV.one}`;

test.each<[string, ReturnType<typeof flake>, ReturnType<typeof flake>, unknown[]]>([
  ["nothing, where it follows the same", flake(["mine"]), flake(["mine"]), []],
  [
    "another input that it follows",
    flake(["mine"]),
    flake(["other"]),
    [["org/lib", "redirected", "follows mine", "follows other"]],
  ],
  [
    "an input that it follows instead of its own node",
    flake("lib"),
    flake(["mine"]),
    [["org/lib", "redirected", OWN, "follows mine"]],
  ],
  [
    "its own node instead of an input that it followed",
    flake(["mine"]),
    flake("lib"),
    [["org/lib", "redirected", "follows mine", OWN]],
  ],
  [
    "the flake itself, which it follows now",
    flake("lib"),
    flake([]),
    [["org/lib", "redirected", OWN, "follows the flake itself"]],
  ],
  [
    "what it follows since somebody said so for the very same flake",
    flake(undefined),
    flake(["mine"]),
    [["org/lib", "added", null, "follows mine"]],
  ],
  [
    "the flake alone, where it moved and asks for more since",
    flake(undefined),
    flake(["mine"], { org: REV.two }),
    [["org", "moved", REV.one, REV.two]],
  ],
  [
    "both, where the flake moved and the input is taken from elsewhere",
    flake(["mine"]),
    flake(["other"], { org: REV.two }),
    [
      ["org", "moved", REV.one, REV.two],
      ["org/lib", "redirected", "follows mine", "follows other"],
    ],
  ],
  [
    "a direct input that follows another",
    flake("lib", { more: { alias: ["mine"] } }),
    flake("lib", { more: { alias: ["other"] } }),
    [["alias", "redirected", "follows mine", "follows other"]],
  ],
  [
    "a direct input that follows the same, which moved",
    flake("lib", { more: { alias: ["org"] } }),
    flake("lib", { more: { alias: ["org"] }, org: REV.two }),
    [
      ["alias", "moved", REV.one, REV.two],
      ["org", "moved", REV.one, REV.two],
    ],
  ],
])("the inputs table has %s", (_, before, after, rows) => {
  expect(compareInputs(before, after).map(({ path, kind, from, to }) => [path, kind, from, to])).toEqual(
    rows,
  );
});

/** `org` and `other`, each with a directory `lib` of its own. */
function relative(parent: string[] | null) {
  const path = { type: "path", path: "./lib" };
  return lock(
    { org: "org", other: "other" },
    {
      org: github("org", REV.one, { lib: "lib" }),
      other: github("other", REV.one),
      lib: { locked: path, original: path, ...(parent === null ? {} : { parent }) },
    },
  );
}

test.each<[string, string[], string, string]>([
  ["another input", ["other"], "path:./lib in org", "path:./lib in other"],
  ["the flake itself", [], "path:./lib in org", "path:./lib in the flake itself"],
])("a path that starts in %s is another input", (_, parent, from, to) => {
  expect(compareInputs(relative(["org"]), relative(parent))).toMatchObject([
    { path: "org/lib", kind: "redirected", from, to },
  ]);
});

test("a path that starts where it did is the same, whether the lock says so or not", () => {
  expect(compareInputs(relative(null), relative(["org"]))).toEqual([]);
});

test.each(["lastModified", "revCount", "submodules"])(
  "what code can see of an input (%s) is a move",
  (name) => {
    const at = (value: number) => {
      const node = github("org", REV.one);
      return lock({ org: "org" }, { org: { ...node, locked: { ...node.locked, [name]: value } } });
    };
    expect(compareInputs(at(1), at(2))).toMatchObject([
      { path: "org", kind: "moved", from: `${name} 1`, to: `${name} 2` },
    ]);
  },
);
