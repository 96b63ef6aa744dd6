import { describe, expect, test } from "vitest";
import { parseLock } from "../../src/lock/index.ts";
import type { RawSet, RawValue } from "../../src/model/raw-value.ts";
import { parseReference, staleInputs } from "../../src/nix/declared.ts";
import { refineListPositions } from "../../src/nix/list-positions.ts";
import { isWorthKeeping, readLog } from "../../src/nix/log.ts";
import { narHash, treeOf } from "../../src/nix/nar.ts";
import { ownExpression } from "../../src/nix/own-files.ts";
import { Symbols, sourceStoreName, storeNameOf } from "../../src/nix/symbols.ts";
import { nixString } from "../../src/nix/tool-flake.ts";

const scalar = (value: string | number): RawValue => ({ kind: "scalar", value });

describe("places of list elements", () => {
  const refine = (source: string, items: RawValue[]) => {
    const at = source.search(/"?allow/);
    const line = source.slice(0, at).split("\n").length;
    const column = at - source.lastIndexOf("\n", at);
    const set: RawSet = {
      kind: "set",
      entries: { allow: { kind: "list", items } },
      positions: { allow: { file: "f.nix", line, column } },
    };
    const refined = refineListPositions(set, () => source) as RawSet;
    const list = refined.entries.allow as Extract<RawValue, { kind: "list" }>;
    return list.itemPositions?.map((place) => (place === null ? null : [place.line, place.column]));
  };

  test.each<[string, string, RawValue[], ((number | null)[] | null)[] | undefined]>([
    [
      "one a line",
      '{\n allow = [\n  "a"\n  "b"\n ];\n}',
      [scalar("a"), scalar("b")],
      [
        [3, 3],
        [4, 3],
      ],
    ],
    [
      "the same text twice",
      '{ allow = [ "a" "a" ]; }',
      [scalar("a"), scalar("a")],
      [
        [1, 13],
        [1, 17],
      ],
    ],
    ["texts in comments", '{ allow = [ # "a"\n /* "a" */ "a" ]; }', [scalar("a")], [[2, 12]]],
    ["texts behind the list", '{ allow = [ "a" ]; deny = [ "a" ]; }', [scalar("a")], [[1, 13]]],
    ["escapes", '{ allow = [ "a\\"b\\n" ]; }', [scalar('a"b\n')], [[1, 13]]],
    ["an escaped interpolation", '{ allow = [ "\\${x}" ]; }', [scalar("${x}")], [[1, 13]]],
    ["a quoted name", '{ "allow" = [ "allow" ]; }', [scalar("allow")], [[1, 15]]],
    [
      "two lists in one",
      '{ allow = [ "a" ] ++ map f [ "b" ]; }',
      [scalar("a"), scalar("b")],
      [
        [1, 13],
        [1, 30],
      ],
    ],
    [
      "a text that stands there more often than in the value",
      '{ allow = if "a" == x then [ "a" ] else [ ]; }',
      [scalar("a")],
      undefined,
    ],
    ["interpolated texts", '{ allow = [ "${"a"}" "b" ]; }', [scalar("a"), scalar("b")], [null, [1, 22]]],
    ["indented strings", "{ allow = [ ''\n \"b\" '' \"a\" ]; }", [scalar("x"), scalar("a")], [null, [2, 9]]],
    ["values from elsewhere", "{ allow = other; }", [scalar("a")], undefined],
    ["a file that ends in the middle", '{ allow = [ "a', [scalar("b")], undefined],
  ])("with %s", (_, source, items, expected) => {
    expect(refine(source, items)).toEqual(expected);
  });
});

describe("symbols", () => {
  const own = "a".repeat(32);
  const input = "b".repeat(32);
  const symbols = new Symbols(
    [
      { input: "", storeName: `${own}-source`, marks: ["c0ffee"] },
      { input: "std", storeName: `${input}-source`, marks: ["sha256-x/y+z="] },
    ],
    ["/nix/store", "/cache/store/nix/store"],
  );

  test.each([
    [`/nix/store/${own}-source`, "."],
    [`/nix/store/${own}-source/a/b`, "./a/b"],
    [`/cache/store/nix/store/${own}-source/a`, "./a"],
    [`see /nix/store/${input}-source.`, "see <std>."],
    [`PATH=/nix/store/${own}-source/bin:/nix/store/${input}-source/bin`, "PATH=./bin:<std>/bin"],
    [`/cache/store/nix/store/${"d".repeat(32)}-rg/bin`, `/nix/store/${"d".repeat(32)}-rg/bin`],
    [`/nix/store/${own}-source2/x`, `/nix/store/${own}-source2/x`],
    ["/usr/bin", "/usr/bin"],
  ])("%s reads %s", (text, expected) => {
    expect(symbols.text(text)).toBe(expected);
  });

  test.each([
    [`/nix/store/${own}-source/x.nix`, { file: "x.nix", line: 1, column: 2 }],
    ["«git+file:///t/r?rev=c0ffee&shallow=1»/x.nix", { file: "x.nix", line: 1, column: 2 }],
    ["«path:/x?narHash=sha256-x%2Fy%2Bz%3D»/d/x.nix", { file: "d/x.nix", line: 1, column: 2, input: "std" }],
    [`/nix/store/${"e".repeat(32)}-source/driver.nix`, null],
    ["«string»", null],
  ])("a position in %s is %j", (file, expected) => {
    expect(symbols.position({ file, line: 1, column: 2 })).toEqual(expected);
  });

  const recorded = {
    hash: "sha256-0761a7ue7PJnzsfTQg8XiNoj79gyAfs+DLoINU4lrbw=",
    path: "/nix/store/hgj79phnm0hqxs68vqqx9zk1gbi53kr4-source",
  };

  // Recorded from `nix hash path` and `nix store add-path` of the three versions.
  test("hash and store path of a tree are Nix's own", () => {
    const tree = treeOf([
      ["x", { kind: "file", bytes: Buffer.from("hello\n") }],
      ["d/y", { kind: "file", bytes: Buffer.from("") }],
    ]);
    const hash = narHash(tree);
    expect(hash).toBe(recorded.hash);
    expect(sourceStoreName(hash)).toBe(storeNameOf(recorded.path));
  });
});

describe("Nix's log", () => {
  const line = (fields: object) => `@nix ${JSON.stringify({ action: "msg", level: 0, ...fields })}`;

  test("keeps errors, and nothing that evaluated code prints", () => {
    expect(isWorthKeeping(line({ raw_msg: "x" }))).toBe(true);
    expect(isWorthKeeping(line({ msg: "trace: x" }))).toBe(false);
    expect(isWorthKeeping(line({ raw_msg: "x", level: 3 }))).toBe(false);
    expect(isWorthKeeping('@nix {"action":"start","level":0}')).toBe(false);
    expect(isWorthKeeping("fatal: not a git repository")).toBe(true);
  });

  test("takes escape codes and control characters out", () => {
    const { errors } = readLog([line({ raw_msg: "\u001b[31;1mbad\u001b[0m\n::set-output\u0007" })]);
    expect(errors[0]?.message).toBe("bad ::set-output");
  });

  test("takes line and column off the name of the file", () => {
    const { errors } = readLog([line({ raw_msg: "x", file: "/s/f.nix:3:4", line: 3, column: 4 })]);
    expect(errors[0]?.place).toEqual({ file: "/s/f.nix", line: 3, column: 4 });
  });

  test("survives what is no message", () => {
    expect(readLog(["@nix {", "@nix []", "@nix null", "", "warning: x"])).toEqual({
      errors: [],
      plain: [""],
    });
  });
});

describe("declared inputs", () => {
  test.each([
    ["github:a/b", { type: "github", owner: "a", repo: "b" }],
    ["github:a/b/v1/x?dir=d", { type: "github", owner: "a", repo: "b", ref: "v1/x", dir: "d" }],
    [`gitlab:a/b/${"1".repeat(40)}`, { type: "gitlab", owner: "a", repo: "b", rev: "1".repeat(40) }],
    ["gitlab:a%2Fb/c", { type: "gitlab", owner: "a%2Fb", repo: "c" }],
    ["nixpkgs", { type: "indirect", id: "nixpkgs" }],
    ["flake:nixpkgs/release", { type: "indirect", id: "nixpkgs", ref: "release" }],
    ["git+https://x/y?ref=main", { type: "git", url: "https://x/y", ref: "main" }],
    ["git+https://x/y?submodules=1", null],
    ["./x", null],
  ])("%s is %j", (url, expected) => {
    expect(parseReference(url)).toEqual(expected);
  });

  const original = { type: "github", owner: "a", repo: "b" };
  const lock = parseLock(
    JSON.stringify({
      version: 7,
      root: "root",
      nodes: {
        root: { inputs: { b: "b", c: ["b"], d: "d", t: "t" } },
        d: { locked: { type: "path", path: "./d" }, original: { type: "path", path: "./d" }, parent: [] },
        t: {
          locked: { type: "tarball", url: "https://x.example/t.tar.gz", narHash: "h" },
          original: { type: "tarball", url: "https://x.example/t.tar.gz" },
        },
        b: { locked: { ...original, rev: "1", narHash: "h" }, original, inputs: { n: ["c"], m: "d" } },
      },
    }),
  );
  const set = (entries: Record<string, RawValue>): RawSet => ({ kind: "set", entries, positions: {} });
  const B = set({ url: scalar("github:a/b"), inputs: set({ n: set({ follows: scalar("c") }) }) });

  test.each<[string, RawSet, string[]]>([
    ["as locked", set({ b: B, c: set({ follows: scalar("b") }) }), []],
    ["another repository", set({ b: set({ url: scalar("github:a/x") }) }), ["b"]],
    ["another branch", set({ b: set({ url: scalar("github:a/b/next") }) }), ["b"]],
    [
      "by attributes",
      set({ b: set({ type: scalar("github"), owner: scalar("a"), repo: scalar("x") }) }),
      ["b"],
    ],
    ["follows elsewhere", set({ c: set({ follows: scalar("d") }) }), ["c"]],
    ["no longer follows", set({ c: set({ url: scalar("github:a/c") }) }), ["c"]],
    [
      "another override",
      set({ b: set({ url: scalar("github:a/b"), inputs: set({ n: set({ follows: scalar("b") }) }) }) }),
      ["b"],
    ],
    [
      "a tarball instead of a repository",
      set({ b: set({ url: scalar("https://evil.example/b.tar.gz") }) }),
      ["b"],
    ],
    ["the same tarball", set({ t: set({ url: scalar("https://x.example/t.tar.gz") }) }), []],
    ["another tarball", set({ t: set({ url: scalar("https://y.example/t.tar.gz") }) }), ["t"]],
    ["the same directory", set({ d: set({ url: scalar("path:./d/") }) }), []],
    ["another directory", set({ d: set({ url: scalar("./e") }) }), ["d"]],
    ["the registry's name instead of an address", set({ b: set({}) }), ["b"]],
    [
      "another directory, by attributes",
      set({ d: set({ type: scalar("path"), path: scalar("./e") }) }),
      ["d"],
    ],
    ["the same directory, by attributes", set({ d: set({ type: scalar("path"), path: scalar("./d") }) }), []],
    [
      "another flake of the same tarball",
      set({ t: set({ url: scalar("https://x.example/t.tar.gz?dir=e") }) }),
      ["t"],
    ],
    [
      "another file of the same name",
      set({ t: set({ url: scalar("https://x.example/t.tar.gz?id=1") }) }),
      ["t"],
    ],
    ["a branch of a directory", set({ d: set({ url: scalar("path:./d?ref=x") }) }), ["d"]],
    [
      "another source for an inner input",
      set({
        b: set({
          url: scalar("github:a/b"),
          inputs: set({ n: set({ follows: scalar("c") }), m: set({ url: scalar("github:a/evil") }) }),
        }),
      }),
      ["b"],
    ],
    [
      "the same source for an inner input",
      set({
        b: set({
          url: scalar("github:a/b"),
          inputs: set({ n: set({ follows: scalar("c") }), m: set({ url: scalar("path:./d") }) }),
        }),
      }),
      [],
    ],
    ["an override that is gone", set({ b: set({ url: scalar("github:a/b") }) }), ["b"]],
    ["a set that pretends", set({ b: { kind: "source", text: "." } }), ["b"]],
    [
      "an address that does not evaluate",
      set({ b: set({ url: { kind: "failure", code: "x", message: "" } }) }),
      ["b"],
    ],
    ["itself", set({ self: set({ submodules: { kind: "scalar", value: true } }) }), []],
  ])("%s: stale are %j", (_, declared, expected) => {
    expect(staleInputs(declared, lock)).toEqual(expected);
  });
});

test.each([
  ['a"b\\c', '"a\\"b\\\\c"'],
  ["${builtins.abort x}", '"\\${builtins.abort x}"'],
])("%s is the Nix text %s", (text, expected) => {
  expect(nixString(text)).toBe(expected);
});

test.each(["driver.nix", "checks.nix"] as const)(
  "%s becomes an expression that imports no file of ours",
  (name) => {
    const text = ownExpression(name);
    expect(text).not.toMatch(/import \.\//);
    expect(text).not.toMatch(/^\s*#/m);
    expect(text).toContain("addErrorContext");
  },
);
