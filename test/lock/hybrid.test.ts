import fc from "fast-check";
import { expect, test } from "vitest";
import { hybridLock, inputsAt, type LockFile, parseLock, unreachableNodes } from "../../src/lock/index.ts";
import { type Edge, github, lock, REV } from "./support.ts";

/** Every input as `path: repository@revision`, with `-> path` for those that follow. */
function inputsOf(file: LockFile): Record<string, string> {
  return Object.fromEntries(
    [...inputsAt(file)].map(([path, { node, edge }]) => [
      path,
      `${typeof edge === "string" ? "" : `-> ${edge.join("/")} `}${node.locked!.repo}@${String(node.locked!.rev)[0]}`,
    ]),
  );
}

function hybrid(onto: LockFile, from: LockFile, ...paths: string[]): LockFile {
  const result = hybridLock(onto, from, paths);
  if (result.kind === "refused") throw new Error(result.because);
  const read = parseLock(result.text);
  expect(inputsOf(read)).toEqual(inputsOf(result.lock));
  expect(unreachableNodes(read)).toEqual([]);
  return read;
}

const side = (rev: string, more: { libInputs?: Record<string, Edge>; extra?: boolean } = {}) =>
  lock(
    {
      nixpkgs: "nixpkgs",
      org: "org",
      tools: "tools",
      alias: ["org", "nixpkgs"],
      ...(more.extra && { extra: "extra" }),
    },
    {
      nixpkgs: github("nixpkgs", rev),
      nixpkgs_2: github("nixpkgs", rev),
      lib: github("lib", rev, more.libInputs ?? { nixpkgs: ["nixpkgs"] }),
      org: github("org", rev, { lib: "lib", nixpkgs: "nixpkgs_2" }),
      tools: github("tools", rev, { nixpkgs: ["nixpkgs"], org: ["org"] }),
      ...(more.extra && { extra: github("extra", rev, { lib: ["org", "lib"] }) }),
    },
  );
const ONE = side(REV.one);
const TWO = side(REV.two, { extra: true });

test.each<[string, LockFile, LockFile, string[], Record<string, string>]>([
  ["an input that follows", ONE, TWO, ["alias"], {}],
  ["an input without inputs", ONE, TWO, ["nixpkgs"], { nixpkgs: "nixpkgs@2" }],
  [
    "an input with all below it, while what others follow stays",
    ONE,
    TWO,
    ["org"],
    { org: "org@2", "org/lib": "lib@2", "org/nixpkgs": "nixpkgs@2" },
  ],
  ["a nested input alone", ONE, TWO, ["org/lib"], { "org/lib": "lib@2" }],
  ["an input set through what it follows", ONE, TWO, ["tools/org/lib"], { "org/lib": "lib@2" }],
  ["several inputs", ONE, TWO, ["tools", "nixpkgs"], { tools: "tools@2", nixpkgs: "nixpkgs@2" }],
  [
    "an input and one below it, in any order",
    ONE,
    TWO,
    ["org/nixpkgs", "org"],
    { org: "org@2", "org/lib": "lib@2", "org/nixpkgs": "nixpkgs@2" },
  ],
])("takes %s", (_, onto, from, paths, expected) => {
  const found = inputsOf(hybrid(onto, from, ...paths));
  const stays = inputsOf(onto);
  // Below what follows, the input is named by what it follows.
  const different = Object.entries(found).filter(
    ([path, text]) => text !== stays[path] && !text.startsWith("->"),
  );
  expect(Object.fromEntries(different)).toEqual(expected);
  expect(Object.keys(found)).toEqual(Object.keys(stays));
});

test("an input that only the other side has comes, with what it follows looked up here", () => {
  expect(inputsOf(hybrid(ONE, TWO, "extra"))).toEqual({
    ...inputsOf(ONE),
    extra: "extra@2",
    "extra/lib": "-> org/lib lib@1",
  });
});

test("an input that only this side has goes", () => {
  const { extra, "extra/lib": _, ...rest } = inputsOf(TWO);
  expect(extra).toBe("extra@2");
  expect(inputsOf(hybrid(TWO, ONE, "extra"))).toEqual(rest);
});

test("follows that only the other side has come with the input, and the other way round", () => {
  const own = lock(
    { nixpkgs: "nixpkgs", org: "org" },
    {
      nixpkgs: github("nixpkgs", REV.one),
      org: github("org", REV.one, { nixpkgs: "nixpkgs_2" }),
      nixpkgs_2: github("nixpkgs", REV.one),
    },
  );
  const following = lock(
    { nixpkgs: "nixpkgs", org: "org" },
    { nixpkgs: github("nixpkgs", REV.two), org: github("org", REV.two, { nixpkgs: ["nixpkgs"] }) },
  );
  expect(inputsOf(hybrid(own, following, "org"))).toMatchObject({ "org/nixpkgs": "-> nixpkgs nixpkgs@1" });
  expect(inputsOf(hybrid(following, own, "org"))).toMatchObject({
    nixpkgs: "nixpkgs@2",
    "org/nixpkgs": "nixpkgs@1",
  });
  expect(inputsOf(hybrid(following, own, "org/nixpkgs"))).toMatchObject({
    org: "org@2",
    "org/nixpkgs": "nixpkgs@1",
  });
});

test("a node that two inputs share is changed for the one that was named", () => {
  const shared = (rev: string) =>
    lock(
      { a: "a", b: "b" },
      {
        a: github("a", rev, { x: "x" }),
        b: github("b", rev, { x: "x" }),
        x: github("x", rev, { y: "y" }),
        y: github("y", rev),
      },
    );
  const file = hybrid(shared(REV.one), shared(REV.two), "a/x/y");
  expect(inputsOf(file)).toMatchObject({ "a/x": "x@1", "a/x/y": "y@2", "b/x": "x@1", "b/x/y": "y@1" });
});

test.each<[string, LockFile, string[]]>([
  ["what an input follows is not here", lock({ org: "org" }, { org: github("org", REV.one) }), ["tools"]],
  ["the path leads through no input", ONE, ["gone/lib"]],
  ["a side is damaged", lock({ org: "gone" }, {}), ["org"]],
])("is refused when %s", (_, onto, paths) => {
  expect(hybridLock(onto, TWO, paths)).toMatchObject({ kind: "refused", because: expect.any(String) });
});

test("inputs in a circle are taken as well", () => {
  const circle = (rev: string) =>
    lock({ a: "a", b: "b" }, { a: github("a", rev, { b: "b" }), b: github("b", rev, { a: "a" }) });
  expect(hybridLock(circle(REV.one), circle(REV.two), ["a"])).toMatchObject({ kind: "hybrid" });
  expect(hybridLock(circle(REV.one), circle(REV.two), ["a/b/a"])).toMatchObject({ kind: "hybrid" });
});

test("what is written is what Nix would write: sorted, with sources that are no flakes, and parents", () => {
  const node = { locked: { type: "path", path: "./sub" }, original: { type: "path", path: "./sub" } };
  const file = lock(
    { sub: "sub", data: "data" },
    { sub: { ...node, parent: [] }, data: { ...github("data", REV.one), flake: false } },
  );
  const result = hybridLock(file, file, []);
  if (result.kind === "refused") throw new Error(result.because);
  expect(result.text).toMatch(
    /^\{\n {2}"nodes": \{\n {4}"data": \{\n {6}"flake": false,\n {6}"locked": \{\n {8}"lastModified"/,
  );
  expect(result.text).toMatch(/"parent": \[\]/);
  expect(result.text).toMatch(/"root": "root",\n {2}"version": 7\n\}\n$/);
});

/** A tree of inputs, some of which follow an input of the root. */
const graphs = fc
  .array(fc.record({ parent: fc.nat(9), follows: fc.boolean(), rev: fc.constantFrom(REV.one, REV.two) }), {
    minLength: 1,
    maxLength: 10,
  })
  .map((specs) => {
    const nodes: Record<string, ReturnType<typeof github>> = {};
    const inputs: Record<string, Edge> = {};
    for (const [index, { parent, follows, rev }] of specs.entries()) {
      const key = `n${index}`;
      const above = index === 0 ? undefined : nodes[`n${parent % index}`];
      if (follows && above !== undefined && parent % index !== 0) above.inputs[key] = ["n0"];
      else {
        nodes[key] = github(key, rev);
        if (above === undefined || parent % index === 0) inputs[key] = key;
        else above.inputs[key] = key;
      }
    }
    return lock(inputs, nodes);
  });

test("taking every input of the other side gives the other side, taking none gives this one", () => {
  fc.assert(
    fc.property(graphs, graphs, (onto, from) => {
      const all = new Set([
        ...onto.nodes.get("root")!.inputs.keys(),
        ...from.nodes.get("root")!.inputs.keys(),
      ]);
      expect(inputsOf(hybrid(onto, from, ...all))).toEqual(inputsOf(from));
      expect(inputsOf(hybrid(onto, from))).toEqual(inputsOf(onto));
    }),
  );
});
