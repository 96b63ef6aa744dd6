import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RawSet, RawValue } from "../../src/model/raw-value.ts";
import { nixVersions } from "../support/nix.ts";
import { createRepository } from "../support/repository.ts";
import { contextRepository, errorOf, evaluate, flakeWith, presentSide } from "./support.ts";

const versions = nixVersions();

async function evaluated(nix: (typeof versions)[number], expression: string, files = {}): Promise<RawValue> {
  const repository = contextRepository(expression, files);
  return presentSide(await evaluate(nix, repository)).value;
}

/** A set's values, without positions. */
function entriesOf(value: RawValue): Record<string, RawValue> {
  if (value.kind !== "set") throw new Error(`${value.kind} is not a set`);
  return value.entries;
}

const scalar = (value: string | number | boolean | null): RawValue => ({ kind: "scalar", value });

describe.each(versions)("on Nix $version", (nix) => {
  test.each<[string, string, RawValue]>([
    ["a text", '"x"', scalar("x")],
    ["a number", "42", scalar(42)],
    ["a fraction", "1.5", scalar(1.5)],
    ["a truth value", "true", scalar(true)],
    ["nothing", "null", scalar(null)],
    ["a list", '[ 1 "a" ]', { kind: "list", items: [scalar(1), scalar("a")] }],
    ["a function with arguments", "{ b, a ? 1 }: a", { kind: "function", arguments: ["a", "b"] }],
    ["a plain function", "x: x", { kind: "function", arguments: [] }],
    [
      "a package, by what it runs",
      '{ type = "derivation"; name = "rg-14"; pname = "rg"; version = "14"; meta.mainProgram = "rg"; outPath = throw "built"; }',
      { kind: "derivation", name: "rg-14", pname: "rg", version: "14", mainProgram: "rg" },
    ],
    ["a path that is not there", "./gone", { kind: "path", path: "./gone", content: { kind: "missing" } }],
    ["the flake itself", "self", { kind: "source", text: "." }],
    ["a text made from a path of the flake", '"${self}/bin"', scalar("./bin")],
    ["a text that says where the flake lies", '"at ${toString ./x/y}."', scalar("at ./x/y.")],
  ])("gives %s", async (_, expression, expected) => {
    const value = entriesOf(await evaluated(nix, `{ it = ${expression}; }`)).it;
    const { itemPositions: _positions, ...plain } = value as RawValue & { itemPositions?: unknown };
    expect(plain).toEqual(expected);
  });

  test.each(["1.0e308 * 10", "(1.0e308 * 10) - (1.0e308 * 10)"])(
    "a number that JSON does not have is a failure in its place: %s",
    async (expression) => {
      const value = entriesOf(await evaluated(nix, `{ it = ${expression}; other = 1.5; }`));
      expect(value.it).toMatchObject({ kind: "failure" });
      expect(value.other).toEqual(scalar(1.5));
    },
  );

  test.each([
    'nixConfig = throw "x";',
    'nixConfig = { type = "derivation"; substituters = [ "https://evil.example" ]; };',
    "nixConfig = [ ];",
  ])("settings for Nix that are no set cannot be judged: %s", async (config) => {
    const repository = createRepository({
      "flake.nix": `{ ${config} outputs = _: { claudeContext = { }; }; }`,
    });
    expect(await errorOf(evaluate(nix, repository))).toMatchObject({
      code: "nix-config-unreadable",
      exitCode: 3,
    });
  });

  test("gives files and directories with hash, text and mode, and no text where it is none", async () => {
    const files = {
      "skill/SKILL.md": "Review.\n",
      "skill/lib/x.bin": new Uint8Array([0, 1, 2]),
      "latin1.txt": new Uint8Array([0xe9]),
    };
    const value = entriesOf(
      await evaluated(nix, "{ skill = ./skill; text = ./skill/SKILL.md; latin1 = ./latin1.txt; }", files),
    );
    expect(value.skill).toEqual({
      kind: "path",
      path: "./skill",
      content: {
        kind: "directory",
        truncated: false,
        files: [
          {
            path: "SKILL.md",
            sha256: "46f08c4e7e12d7abd8cb88fbb3f5a8d798844ee79f7092d50ed62984e024a467",
            text: "Review.\n",
          },
          { path: "lib/x.bin", sha256: "ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc" },
        ],
      },
    });
    expect(value.text).toMatchObject({
      path: "./skill/SKILL.md",
      content: { kind: "file", text: "Review.\n" },
    });
    expect(value.latin1).toMatchObject({ content: { kind: "file", sha256: expect.any(String) } });
    expect(value.latin1).not.toHaveProperty("content.text");
  });

  test("keeps a set with outPath or __toString a set", async () => {
    const value = entriesOf(
      await evaluated(nix, '{ a = { outPath = "x"; y = 1; }; b = { __toString = self: "t"; z = 2; }; }'),
    );
    expect(value.a).toMatchObject({ kind: "string-like", text: "x", set: { entries: { y: scalar(1) } } });
    expect(value.b).toMatchObject({ kind: "string-like", text: "t", set: { entries: { z: scalar(2) } } });
  });

  test("keeps attributes with names that mean something to JavaScript or JSON", async () => {
    const value = (await evaluated(
      nix,
      '{ __proto__ = 1; constructor = 2; _ = "error"; a.p = 3; "x y" = 4; }',
    )) as RawSet;
    expect(Object.keys(value.entries)).toEqual(["_", "__proto__", "a", "constructor", "x y"]);
    expect(Object.getOwnPropertyDescriptor(value.entries, "__proto__")?.value).toEqual(scalar(1));
    expect(value.entries._).toEqual(scalar("error"));
    expect(value.positions["x y"]).toMatchObject({ file: "flake.nix", line: 3 });
  });

  test("says that an integer is too large to be kept", async () => {
    const value = entriesOf(await evaluated(nix, "{ a = 9007199254740993; b = 9007199254740991; }"));
    expect(value.a).toMatchObject({ kind: "failure", code: "integer-too-large" });
    expect(value.b).toEqual(scalar(9007199254740991));
  });

  test("gives attributes and list elements the place where they are written", async () => {
    const repository = createRepository({
      "flake.nix": "{\n  outputs = _: { claudeContext = import ./context.nix; };\n}\n",
      "context.nix": [
        "{",
        "  permissions.allow = [",
        '    "Bash(git status)" # not "Bash(ls)"',
        '    "Bash(ls)"',
        '    ("Bash(" + "cat)")',
        "  ];",
        '  persona = "p";',
        "}",
      ].join("\n"),
    });
    const side = presentSide(await evaluate(nix, repository));
    const set = side.value as RawSet;
    expect(side.position).toEqual({ file: "flake.nix", line: 2, column: 18 });
    expect(set.positions.persona).toEqual({ file: "context.nix", line: 7, column: 3 });
    const permissions = set.entries.permissions as RawSet;
    expect(permissions.positions.allow).toMatchObject({ file: "context.nix", line: 2 });
    expect(permissions.entries.allow).toMatchObject({
      itemPositions: [
        { file: "context.nix", line: 3, column: 5 },
        { file: "context.nix", line: 4, column: 5 },
        null,
      ],
    });
  });

  test("gives places in wide sets wherever Nix is quick at it", async () => {
    const tools = Array.from({ length: 70 }, (_, index) => `t${index} = ${index};`).join(" ");
    const set = (await evaluated(nix, `{ tools = { ${tools} }; persona = "p"; }`)) as RawSet;
    // From 2.21 to 2.29 each place costs a scan of the file.
    const isSlow = nix.version.startsWith("2.26.");
    expect(Object.keys((set.entries.tools as RawSet).positions)).toHaveLength(isSlow ? 0 : 70);
    expect(Object.keys(set.positions)).toEqual(["persona", "tools"]);
  });

  test("reads nixConfig as written and applies none of it", async () => {
    const repository = createRepository({
      "flake.nix":
        '{ nixConfig.extra-substituters = [ "https://cache.example.org" ]; nixConfig.allow-import-from-derivation = true; outputs = _: { claudeContext = { }; }; }',
    });
    const side = presentSide(await evaluate(nix, repository));
    expect(entriesOf(side.nixConfig!)).toMatchObject({
      "allow-import-from-derivation": scalar(true),
      "extra-substituters": { kind: "list", items: [scalar("https://cache.example.org")] },
    });
  });

  test("is the same whatever commit carries the tree", async () => {
    const expression = '{ rev = self.rev or "dirty"; short = self.shortRev; date = self.lastModified; }';
    const value = entriesOf(await evaluated(nix, expression));
    expect(value).toMatchObject({
      rev: scalar("0".repeat(40)),
      short: scalar("0".repeat(7)),
      date: scalar(0),
    });
  });

  test("finds flakes below the root, and other attributes", async () => {
    const repository = createRepository({
      "infra/ai/flake.nix": flakeWith('{ text = "${self}/x"; above = ../../README; }').replace(
        "claudeContext",
        "a.claude",
      ),
      README: "hello",
    });
    const result = await evaluate(nix, repository, {
      flakeDirectory: "infra/ai",
      attribute: ["a", "claude"],
    });
    const side = presentSide(result);
    expect(side.position).toMatchObject({ file: "infra/ai/flake.nix", line: 3 });
    expect(entriesOf(side.value)).toMatchObject({
      text: scalar("./infra/ai/x"),
      above: { kind: "path", path: "./README", content: { kind: "file", text: "hello" } },
    });
  });

  test("tells a tree without flake from a flake without the attribute", async () => {
    const repository = createRepository({ README: "x" });
    const options = { before: { kind: "revision", name: "HEAD" } } as const;
    repository.write({ "flake.nix": "{ outputs = _: { }; }" });
    const { sides } = await evaluate(nix, repository, options);
    expect(sides).toEqual({
      before: { kind: "absent", reason: "no-flake" },
      after: { kind: "absent", reason: "no-attribute" },
    });
  });

  test.each([
    ["depth", "let f = n: { a = f (n + 1); }; in f 0", "depth"],
    ["width", "builtins.genList (x: x) 300", "width"],
    ["number of values", "builtins.genList (x: builtins.genList (y: y) 20) 20", "values"],
  ])("cuts at the limit of %s and says so", async (_, expression, limit) => {
    const repository = contextRepository(`{ it = ${expression}; }`);
    const result = await evaluate(nix, repository, { limits: { contextValues: 200 } });
    expect(result.limitsHit).toEqual([limit]);
    expect(JSON.stringify(presentSide(result).value)).toContain(`"limit":"${limit}"`);
  });

  test("evaluates both sides in one go and leaves the repository as it was", async () => {
    const repository = contextRepository('{ persona = "a"; }');
    repository.write({ "flake.nix": flakeWith('{ persona = "b"; }') });
    const state = repository.snapshotState();
    const result = await evaluate(nix, repository, { before: { kind: "revision", name: "HEAD" } });
    expect(entriesOf(presentSide(result, "before").value).persona).toEqual(scalar("a"));
    expect(entriesOf(presentSide(result).value).persona).toEqual(scalar("b"));
    expect(result).toMatchObject({ nixVersion: nix.version, evaluations: 2, limitsHit: [], cacheable: true });
    expect(repository.snapshotState()).toBe(state);
  });

  test("reads repositories whose objects are named by SHA-256", async () => {
    const repository = createRepository(
      { "flake.nix": flakeWith("{ text = ./notes; link = ./link; self = self.rev; }"), notes: "n" },
      { objectFormat: "sha256" },
    );
    symlinkSync("notes", join(repository.root, "link"));
    const value = entriesOf(presentSide(await evaluate(nix, repository)).value);
    expect(value.text).toMatchObject({ path: "./notes", content: { text: "n" } });
    expect(value.link).toMatchObject({ path: "./link", content: { kind: "symlink" } });
  });
});

test("all versions of Nix give the same value", async () => {
  const repository = contextRepository(
    '{ permissions.allow = [ "Bash(ls)" ]; tools.rg = { pkg = { type = "derivation"; name = "rg"; }; }; skills = [ ./skill ]; policies = { a = "x"; } // { b = "${self}/y"; }; broken = throw "no"; worse = 1 + "a"; }',
    { "skill/SKILL.md": "s" },
  );
  const values = [];
  for (const nix of versions) {
    const { value } = presentSide(await evaluate(nix, repository));
    // Nix 2.8 places a throw at its attribute, later versions at the word itself.
    for (const name of ["broken", "worse"])
      delete (entriesOf(value)[name] as { position?: unknown }).position;
    // Each version words a type error in its own way.
    delete entriesOf(value).worse;
    values.push(value);
  }
  for (const value of values) expect(value).toEqual(values[0]);
});
