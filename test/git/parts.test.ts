import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTrue, parseConfigFile } from "../../src/git/config-file.ts";
import { comparePaths, isText, pathFromBytes, pathToBytes } from "../../src/git/path-text.ts";
import { buildTree, type Entry, parseTree } from "../../src/git/tree-builder.ts";
import { createRepository } from "../support/repository.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 12 });
const mixed = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 3 }).map((text) => Buffer.from(text)),
      bytes,
    ),
    { maxLength: 4 },
  )
  .map((parts) => Buffer.concat(parts));

describe("a path as text", () => {
  test("gives back its bytes, whatever they are", () => {
    fc.assert(
      fc.property(mixed, (path) => pathToBytes(pathFromBytes(path)).equals(path)),
      { numRuns: 1000 },
    );
  });

  test("is its UTF-8 when it is UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(pathFromBytes(Buffer.from(text))).toBe(text);
        expect(isText(text)).toBe(true);
      }),
    );
    expect(isText(pathFromBytes(Buffer.from([0x61, 0xff])))).toBe(false);
  });

  test("is ordered as its bytes are", () => {
    fc.assert(
      fc.property(mixed, mixed, (a, b) => {
        expect(Math.sign(comparePaths(pathFromBytes(a), pathFromBytes(b)))).toBe(Buffer.compare(a, b));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("trees", () => {
  const sha1 = (content: Uint8Array) =>
    createHash("sha1").update(`tree ${content.length}\0`).update(content).digest("hex");

  test("are those that Git writes of the same index", () => {
    const repository = createRepository({ a: "a" });
    const blob = repository.git("rev-parse", "HEAD:a");
    const name = fc
      .stringMatching(/^[ab.\-0é]{1,3}$/)
      .filter((text) => text !== "." && text !== ".." && text !== ".git");
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((steps) => steps.join("/"));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(path, fc.constantFrom("100644", "100755", "120000")), {
          maxLength: 12,
          selector: ([text]) => text,
        }),
        (wanted) => {
          const paths = wanted.map(([text]) => text);
          const entries: Entry[] = wanted
            .filter(([text]) => !paths.some((other) => text.startsWith(`${other}/`)))
            .map(([text, mode]) => ({ path: text, mode, id: blob }));
          const input = entries.map((entry) => `${entry.mode} ${blob}\t${entry.path}\0`).join("");
          repository.git("read-tree", "--empty");
          repository.run(["update-index", "-z", "--index-info"], { input });
          const built = buildTree(entries, sha1);
          expect(built.id).toBe(repository.git("write-tree"));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("say what is in them", () => {
    const id = "1".repeat(40);
    const built = buildTree(
      [
        { path: "b x", mode: "100755", id },
        { path: "a/c", mode: "120000", id },
      ],
      sha1,
    );
    const root = parseTree(Buffer.from(built.trees.get(built.id)!), 20);
    expect(root.map(({ mode, name }) => `${mode} ${name}`)).toEqual(["40000 a", "100755 b x"]);
    expect(parseTree(Buffer.from(built.trees.get(root[0]!.id)!), 20)).toEqual([
      { mode: "120000", name: Buffer.from("c"), id },
    ]);
  });
});

describe("a configuration file", () => {
  test.each([
    ["[extensions]\n\tobjectFormat = sha256\n", "extensions.objectformat", "sha256"],
    ["[core] bare = true", "core.bare", "true"],
    ["[core]\nbare\n", "core.bare", "true"],
    [
      '[core]\n\tworktree = "../with space # not a comment" ; a comment\n',
      "core.worktree",
      "../with space # not a comment",
    ],
    ['[core]\n\tworktree = a \\"b\\" \\\\ c  # comment\n', "core.worktree", 'a "b" \\ c'],
    ["[core]\r\n\tbare = false\r\n", "core.bare", "false"],
    ["[core]\nbare = true\n[core]\nbare = false\n", "core.bare", "false"],
    ["# [core]\n; bare = true\n", "core.bare", undefined],
    ['[remote "a.b"]\n\tpromisor = true\n', 'remote."a.b".promisor', "true"],
    ["[Core]\n\tBARE = yes\n", "core.bare", "yes"],
  ])("%j has %s", (text, key, expected) => {
    expect(parseConfigFile(text).get(key)).toBe(expected);
  });

  test("knows Git's words for true", () => {
    expect(["true", "Yes", "on", "1"].every(isTrue)).toBe(true);
    expect(["false", "no", "off", "0", "", undefined].some(isTrue)).toBe(false);
  });
});
