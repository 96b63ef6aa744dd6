import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareInputs,
  directInputs,
  type LockFile,
  parseLock,
  pinnedReference,
  referenceOf,
  resolveLock,
} from "../../src/lock/index.ts";
import { type Lined, readLinedJson } from "../../src/lock/lined-json.ts";
import { LockError } from "../../src/model/errors.ts";
import { type Edge, github, lock, lockText, REV } from "./support.ts";

function withRef(node: ReturnType<typeof github>, ref: string | undefined) {
  return ref === undefined ? node : { ...node, original: { ...node.original, ref } };
}

function graphOf(file: LockFile) {
  const resolution = resolveLock(file);
  if (resolution.kind === "refused") throw new Error(resolution.message);
  return resolution.graph;
}

describe("parsing", () => {
  test.each<[string, string, string]>([
    ["is not JSON", "{", "lock-not-json"],
    ["has a trailing comma", '{"version": 7,}', "lock-not-json"],
    ["is a list", "[]", "lock-malformed"],
    [
      "is nested without end",
      `{"version": 7, "root": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      "lock-malformed",
    ],
    ["comes from the future", lockText({}, {}, 8), "lock-unsupported"],
    ["is too old", lockText({}, {}, 4), "lock-unsupported"],
    ["has no version", '{"root": "root", "nodes": {"root": {}}}', "lock-unsupported"],
    ["has no root", '{"version": 7, "nodes": {}}', "lock-malformed"],
    [
      "names a root that is not there",
      '{"version": 7, "root": "x", "nodes": {"root": {}}}',
      "lock-malformed",
    ],
    ["has a node that is not locked", lockText({ a: "a" }, { a: {} }), "lock-malformed"],
    ["names an input as Nix code", lockText({ 'a"; b': "a" }, { a: github("a", REV.one) }), "lock-malformed"],
    [
      "holds a value with control characters",
      lockText({ a: "a" }, { a: github("a\n", REV.one) }),
      "lock-malformed",
    ],
    [
      "holds a value that is a list",
      lockText({ a: "a" }, { a: { locked: { type: ["x"] } } }),
      "lock-malformed",
    ],
  ])("a lock file that %s is refused", (_, text, code) => {
    expect(() => parseLock(text)).toThrow(LockError);
    expect(() => parseLock(text)).toThrow(expect.objectContaining({ code, exitCode: 3 }));
  });

  test("a message names the file and the line", () => {
    const text = '{\n  "version": 7,\n  "root": "root",\n  "nodes": {\n    "root": {},\n    "a": {}\n  }\n}';
    expect(() => parseLock(text, "infra/flake.lock")).toThrow(/^infra\/flake\.lock:6 /);
  });

  test("a merge that was not resolved is called that, with its line", () => {
    const text = lockText({}, {}).replace('  "version"', '<<<<<<< HEAD\n  "version"');
    expect(() => parseLock(text)).toThrow(/^flake\.lock:2 holds the marks of a merge/);
  });

  test("an unknown version is named with its line", () => {
    expect(() => parseLock(lockText({}, {}, 8))).toThrow(/^flake\.lock:2 has version 8; versions 5 to 7/);
  });

  test("each thing that a node says has its line", () => {
    const file = lock({ a: "a" }, { a: github("a", REV.one, { b: ["a"] }) });
    expect(file.nodes.get("a")?.line).toBe(5);
    expect(Object.fromEntries(file.nodes.get("a")!.lines)).toMatchObject({
      locked: 6,
      "locked.rev": 10,
      original: 14,
      "inputs.b": 20,
    });
    expect(file.nodes.get("root")?.lines.get("inputs.a")).toBe(27);
  });

  test("of a value that stands there twice the last one counts, and the first is told", () => {
    const text = lockText({ a: "a" }, { a: github("a", REV.one) }).replace(
      '"owner"',
      '"owner": "evil",\n"owner"',
    );
    const file = parseLock(text);
    expect(file.nodes.get("a")?.locked?.owner).toBe("acme");
    expect(file.hidden).toEqual([{ where: '"locked" of node "a"', name: "owner", line: 8 }]);
  });

  test("hash and date beside the source win over those in it, which is told", () => {
    const node = github("a", REV.one, {}, { info: { narHash: "sha256-x", lastModified: 1_700_000_000 } });
    const file = lock({ a: "a" }, { a: node });
    expect(file.nodes.get("a")?.locked?.narHash).toBe("sha256-x");
    expect(file.hidden).toMatchObject([{ where: '"locked" of node "a"', name: "narHash" }]);
  });

  test("lines are those of the text, and values those of JSON.parse, whatever the text", () => {
    const values = (value: Lined): unknown =>
      value.kind === "plain"
        ? value.value
        : value.kind === "array"
          ? value.items.map(values)
          : Object.fromEntries(value.members.map((member) => [member.name, values(member.value)]));
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), null, indent);
        const read = readLinedJson(written);
        expect(values(read)).toEqual(JSON.parse(text));
        for (const { name, line } of read.kind === "object" ? read.members : [])
          expect(written.split("\n")[line - 1]).toContain(JSON.stringify(name));
      }),
    );
  });

  test.each([5, 6, 7])("version %i is understood", (version) => {
    expect(parseLock(lockText({}, {}, version)).version).toBe(version);
  });

  test("version 5 keeps the hash beside the source", () => {
    const node = {
      locked: { type: "github", owner: "a", repo: "b", rev: REV.one },
      info: { narHash: "sha256-x", lastModified: 3 },
    };
    const file = parseLock(lockText({ a: "a" }, { a: node }, 5));
    expect(file.nodes.get("a")?.locked).toMatchObject({ rev: REV.one, narHash: "sha256-x", lastModified: 3 });
  });

  test("no text makes anything but a lock file or an error of ours", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseLock(text);
        } catch (error) {
          expect(error).toBeInstanceOf(LockError);
        }
      }),
    );
  });

  test("a node called __proto__ is a node", () => {
    const text = lockText({}, {}).replace(
      '"root": {',
      '"__proto__": {"locked": {"type": "path", "path": "/x", "narHash": "h"}}, "root": {',
    );
    expect(parseLock(text).nodes.has("__proto__")).toBe(true);
  });
});

describe("the graph", () => {
  test("follows lead to the same node as the input they follow", () => {
    const graph = graphOf(
      lock(
        { nixpkgs: "nixpkgs", tools: "tools" },
        { nixpkgs: github("nixpkgs", REV.one), tools: github("tools", REV.one, { nixpkgs: ["nixpkgs"] }) },
      ),
    );
    const tools = graph.nodes.get(graph.inputs.get("tools")!)!;
    expect(tools.inputs.get("nixpkgs")).toBe(graph.inputs.get("nixpkgs"));
  });

  test("follows go through inputs of inputs, and through other follows", () => {
    const graph = graphOf(
      lock(
        { a: "a", b: ["a", "b"], c: ["b", "c"] },
        { a: github("a", REV.one, { b: "b" }), b: github("b", REV.one, { c: "c" }), c: github("c", REV.one) },
      ),
    );
    expect(graph.nodes.get(graph.inputs.get("c")!)?.node.key).toBe("c");
  });

  test("ids say nothing of keys, and all of sources and what they need", () => {
    const one = graphOf(lock({ a: "a" }, { a: github("a", REV.one, { b: "b" }), b: github("b", REV.one) }));
    const renamed = graphOf(
      lock({ a: "a_2" }, { a_2: github("a", REV.one, { b: "x" }), x: github("b", REV.one) }),
    );
    const moved = graphOf(lock({ a: "a" }, { a: github("a", REV.one, { b: "b" }), b: github("b", REV.two) }));
    expect(renamed.inputs.get("a")).toBe(one.inputs.get("a"));
    expect(moved.inputs.get("a")).not.toBe(one.inputs.get("a"));
  });

  const relative = (path: string, more: object = {}) => ({
    locked: { type: "path", path },
    original: { type: "path", path },
    ...more,
  });

  test.each<[string, Record<string, object>, string, string]>([
    ["of the root", { sub: relative("./sub", { parent: [] }) }, "", "sub"],
    ["of a flake below the root", { sub: relative("../lib", { parent: [] }) }, "infra", "lib"],
    ["without a parent", { sub: relative("./sub") }, "infra", "infra/sub"],
  ])("relative paths %s lie in the flake's own tree", (_, nodes, flakeDirectory, dir) => {
    const resolution = resolveLock(lock({ sub: "sub" }, nodes), flakeDirectory);
    if (resolution.kind === "refused") throw new Error(resolution.message);
    const node = resolution.graph.nodes.get(resolution.graph.inputs.get("sub")!);
    expect(node).toMatchObject({ from: { kind: "self" }, dir, touchesSelf: true });
  });

  test("relative paths of an input lie in that input's tree", () => {
    const graph = graphOf(
      lock(
        { a: "a" },
        { a: github("a", REV.one, { sub: "sub" }), sub: relative("./sub", { parent: ["a"] }) },
      ),
    );
    const a = graph.nodes.get(graph.inputs.get("a")!)!;
    const sub = graph.nodes.get(a.inputs.get("sub")!)!;
    expect(sub.from).toEqual(a.from);
    expect(sub).toMatchObject({ dir: "sub", touchesSelf: false });
  });

  test.each<[string, LockFile, string]>([
    [
      "inputs in a circle",
      lock({ a: "a" }, { a: github("a", REV.one, { b: "b" }), b: github("b", REV.one, { a: ["a"] }) }),
      "cyclic-inputs",
    ],
    [
      "paths that leave their tree",
      lock({ a: "a" }, { a: relative("../../x", { parent: [] }) }),
      "path-leaves-source",
    ],
  ])("%s are refused with the reason", (_, file, reason) => {
    expect(resolveLock(file)).toMatchObject({ kind: "refused", reason });
  });

  test.each<[string, LockFile]>([
    ["an edge to nowhere", lock({ a: "gone" }, {})],
    ["follows in a circle", lock({ a: ["b"], b: ["a"] }, {})],
    [
      "a source without revision and hash",
      lock({ a: "a" }, { a: { locked: { type: "git", url: "https://x/y" } } }),
    ],
    [
      "a directory outside its source",
      lock({ a: "a" }, { a: { locked: { type: "git", url: "https://x/y", rev: "1", dir: "../z" } } }),
    ],
  ])("%s is an error", (_, file) => {
    expect(() => resolveLock(file)).toThrow(expect.objectContaining({ code: "lock-malformed" }));
  });
});

describe("inputs", () => {
  test("are listed with reference, revision, date and line", () => {
    const file = lock({ tools: "tools" }, { tools: github("tools", REV.one) });
    expect(directInputs(file)).toEqual({
      tools: {
        name: "tools",
        reference: "github:acme/tools",
        revision: REV.one,
        lastModified: 1_700_000_000,
        nodeId: expect.stringMatching(/^n[0-9a-f]{24}$/),
        line: 5,
      },
    });
  });

  test.each([
    [{ type: "github", owner: "a", repo: "b", ref: "main", dir: "nix" }, "github:a/b?dir=nix"],
    [{ type: "gitlab", owner: "a", repo: "b", host: "git.example.org" }, "gitlab:a/b?host=git.example.org"],
    [{ type: "git", url: "https://x/y.git", ref: "main", rev: REV.one }, "git+https://x/y.git"],
    [{ type: "path", path: "sub", narHash: "h" }, "path:./sub"],
    [{ type: "path", path: "/srv/x", narHash: "h" }, "path:/srv/x"],
    [{ type: "tarball", url: "https://x/y.tar.gz" }, "https://x/y.tar.gz"],
  ])("%j is called %s", (source, reference) => {
    expect(referenceOf(source as never)).toBe(reference);
  });

  test("a pinned reference is one that Nix reads", () => {
    expect(pinnedReference({ type: "github", owner: "a", repo: "b", dir: "n", rev: REV.one })).toBe(
      `github:a/b/${REV.one}?dir=n`,
    );
    expect(pinnedReference({ type: "git", url: "https://x/y", rev: REV.one })).toBe(
      `git+https://x/y?rev=${REV.one}`,
    );
  });

  const before = lock(
    { same: "same", moved: "moved", gone: "gone", turned: "turned", nested: "nested" },
    {
      same: github("same", REV.one),
      moved: github("moved", REV.one),
      gone: github("gone", REV.one),
      turned: github("turned", REV.one),
      nested: github("nested", REV.one, { below: "below", shared: ["moved"] }),
      below: github("below", REV.one),
    },
  );
  const after = lock(
    { same: "same_2", moved: "moved", fresh: "fresh", turned: "turned", nested: "nested" },
    {
      same_2: github("same", REV.one),
      moved: github("moved", REV.two),
      fresh: github("fresh", REV.one),
      turned: github("elsewhere", REV.one),
      nested: github("nested", REV.one, { below: "below", shared: ["moved"] }),
      below: github("below", REV.two),
    },
  );

  test("another branch of the same repository is a redirect, another spelling of it is not", () => {
    const onBranch = (ref: string | undefined, rev: string) =>
      lock({ org: "org" }, { org: withRef(github("org", rev), ref) });
    const kinds = (from: string | undefined, to: string | undefined) =>
      compareInputs(onBranch(from, REV.one), onBranch(to, REV.two)).map(({ kind }) => kind);
    expect(kinds("main", "main")).toEqual(["moved"]);
    expect(kinds("main", "refs/heads/main")).toEqual(["moved"]);
    expect(kinds("main", "laxer")).toEqual(["redirected"]);
    expect(kinds(undefined, "laxer")).toEqual(["redirected"]);
  });

  test("what moved, came, went and was redirected is told, nested inputs included and follows left out", () => {
    expect(compareInputs(before, after).map(({ path, kind }) => [path, kind])).toEqual([
      ["fresh", "added"],
      ["gone", "removed"],
      ["moved", "moved"],
      ["nested/below", "moved"],
      ["turned", "redirected"],
    ]);
    expect(compareInputs(before, after)[2]).toEqual({
      name: "moved",
      path: "moved",
      kind: "moved",
      from: REV.one,
      to: REV.two,
      url: `https://github.com/acme/moved/compare/${REV.one}...${REV.two}`,
      effects: 0,
    });
    expect(compareInputs(before, after)[4]).toMatchObject({
      from: `github:acme/turned/${REV.one}`,
      to: `github:acme/elsewhere/${REV.one}`,
    });
  });

  test("a lock file that was not there has no inputs", () => {
    expect(compareInputs(null, before).every(({ kind }) => kind === "added")).toBe(true);
    expect(compareInputs(before, before)).toEqual([]);
    expect(compareInputs(null, null)).toEqual([]);
  });

  test("the same revision with another hash is a move", () => {
    const node = github("a", REV.one);
    const other = { ...node, locked: { ...node.locked, narHash: "sha256-other" } };
    const changes = compareInputs(lock({ a: "a" }, { a: node }), lock({ a: "a" }, { a: other }));
    expect(changes).toMatchObject([{ kind: "moved", from: node.locked.narHash, to: "sha256-other" }]);
  });

  test("inputs in a circle are compared as well", () => {
    const circle = (rev: string) =>
      lock({ a: "a" }, { a: github("a", rev, { b: "b" }), b: github("b", REV.one, { a: "a" }) });
    expect(compareInputs(circle(REV.one), circle(REV.two)).map(({ path }) => path)).toEqual(["a", "a/b/a"]);
    expect(directInputs(circle(REV.one)).a?.nodeId).not.toBe(directInputs(circle(REV.two)).a?.nodeId);
  });
});

test.each<[string, () => string]>([
  [
    "a tower of follows",
    () => {
      // Each step leads through the one below it, twice.
      const names = Array.from({ length: 40 }, (_, index) => `x${index}`);
      const inputs = Object.fromEntries(
        names.map((name, index) => [name, index === 0 ? "n" : [`x${index - 1}`, `x${index - 1}`]]),
      );
      const inner = Object.fromEntries(
        names.map((name, index) => [name, index === 0 ? "n" : [`x${index - 1}`, `x${index - 1}`]]),
      );
      return lockText(inputs as Record<string, Edge>, {
        n: github("n", REV.one, inner as Record<string, Edge>),
      });
    },
  ],
  [
    "a chain of 20,000 inputs",
    () => {
      const nodes = Array.from({ length: 20_000 }, (_, index) => [
        `n${index}`,
        { ...github(`n${index}`, REV.one), ...(index === 19_999 ? {} : { inputs: { a: `n${index + 1}` } }) },
      ]);
      return lockText({ a: "n0" }, Object.fromEntries(nodes));
    },
  ],
  [
    "a chain of follows",
    () => {
      const inputs = Array.from({ length: 20_000 }, (_, index) => [
        `x${index}`,
        index === 0 ? "n" : [`x${index - 1}`],
      ]);
      return lockText(Object.fromEntries(inputs), { n: github("n", REV.one) });
    },
  ],
])("%s is resolved or refused at once", (_what, text) => {
  const started = performance.now();
  try {
    const file = parseLock(text());
    resolveLock(file);
    directInputs(file);
    compareInputs(null, file);
  } catch (error) {
    expect(error).toBeInstanceOf(LockError);
  }
  expect(performance.now() - started).toBeLessThan(30_000);
});
