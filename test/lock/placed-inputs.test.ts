import { expect, test } from "vitest";
import { type LockFile, placedInputs } from "../../src/lock/index.ts";
import { github, lock, REV } from "./support.ts";

const relative = (path: string, more: object = {}) => ({
  locked: { type: "path", path },
  original: { type: "path", path },
  ...more,
});

/** Path, reference, and where it lies. */
const placesOf = (file: LockFile, directory?: string) =>
  Object.values(placedInputs(file, directory)).map(({ path, reference, lies }) => [path, reference, lies]);

const OWN = "in-own-source";

test.each<[string, LockFile, string[][]]>([
  [
    "inputs of inputs stand below them",
    lock(
      { a: "a" },
      {
        a: github("a", REV.one, { b: "b" }),
        b: github("b", REV.one, { c: "c" }),
        c: github("c", REV.one),
      },
    ),
    [
      ["a", "github:acme/a", OWN],
      ["a/b", "github:acme/b", OWN],
      ["a/b/c", "github:acme/c", OWN],
    ],
  ],
  [
    "an input that follows another stands at its own path",
    lock({ a: "a", b: "b" }, { a: github("a", REV.one, { b: ["b"] }), b: github("b", REV.one) }),
    [
      ["a", "github:acme/a", OWN],
      ["b", "github:acme/b", OWN],
      ["a/b", "github:acme/b", OWN],
    ],
  ],
  [
    "inputs that are each other's inputs end where they come round",
    lock({ a: "a" }, { a: github("a", REV.one, { b: "b" }), b: github("b", REV.one, { a: "a" }) }),
    [
      ["a", "github:acme/a", OWN],
      ["a/b", "github:acme/b", OWN],
      ["a/b/a", "github:acme/a", OWN],
    ],
  ],
  [
    "a path of this flake lies in this tree",
    lock({ sub: "sub" }, { sub: relative("./sub", { parent: [] }) }),
    [["sub", "path:./sub", "in-this-tree"]],
  ],
  [
    "a path of an input lies in that input",
    lock({ a: "a" }, { a: github("a", REV.one, { sub: "sub" }), sub: relative("./sub", { parent: ["a"] }) }),
    [
      ["a", "github:acme/a", OWN],
      ["a/sub", "path:./sub", "in-another-input"],
    ],
  ],
  [
    "a path in a source that only it brings in is that source",
    lock(
      { sub: "sub" },
      // Old style: what declares the path is found by its key, and that node is no input of anything.
      { hidden: github("hidden", REV.one, { sub: "sub" }), sub: relative("./sub") },
    ),
    [["sub", "github:acme/hidden", OWN]],
  ],
  [
    "an absolute path is a source of its own",
    lock(
      { a: "a" },
      { a: relative("/srv/a", { locked: { type: "path", path: "/srv/a", narHash: "sha256-A" } }) },
    ),
    [["a", "path:/srv/a", OWN]],
  ],
])("%s", (_, file, expected) => {
  expect(placesOf(file)).toEqual(expected);
});

test("a path that leaves the directory of the flake is found in the tree of the repository", () => {
  const file = lock({ lib: "lib" }, { lib: relative("../lib", { parent: [] }) });
  expect(placesOf(file, "infra")).toEqual([["lib", "path:../lib", "in-this-tree"]]);
  expect(placesOf(file)).toEqual([["lib", "path:../lib", OWN]]);
});

test("two paths to one input have one key, and what is not dated has no date", () => {
  const {
    a,
    b,
    "a/b": below,
  } = placedInputs(
    lock(
      { a: "a", b: "b" },
      {
        a: github("a", REV.one, { b: ["b"] }),
        b: {
          locked: { type: "indirect", id: "b", narHash: "sha256-b" },
          original: { type: "indirect", id: "b" },
        },
      },
    ),
  );
  expect(below!.key).toBe(b!.key);
  expect(a!.key).not.toBe(b!.key);
  expect([a!.lastModified, b!.lastModified]).toEqual([1_700_000_000, null]);
  expect(b!.reference).toBe("flake:b");
});

test("inputs that follow each other in a circle are an error, not an absence", () => {
  const file = lock({ a: "a" }, { a: github("a", REV.one, { b: ["a", "c"], c: ["a", "b"] }) });
  expect(() => placedInputs(file)).toThrow(expect.objectContaining({ code: "lock-malformed", exitCode: 3 }));
});
