import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MergeResult, Repository, Tree } from "../../src/check/ports.ts";
import { createRevisionPort } from "../../src/git/index.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  createRepository,
  type TestRepository,
} from "../support/repository.ts";

/** Asks what a merge comes to, as a driver for `file` would be asked. */
async function resultOf(
  repository: TestRepository,
  sides: { base: string | null; ours: string; theirs: string; path?: string },
  env: Record<string, string> = {},
): Promise<{ result: MergeResult; files: Record<string, string> }> {
  const port = createRevisionPort({ env: cleanGitEnvironment(env) });
  const opened = await port.open(repository.root);
  try {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const result = await opened.mergeResult({
      path: sides.path ?? "file",
      base: sides.base === null ? null : bytes(sides.base),
      ours: bytes(sides.ours),
      theirs: bytes(sides.theirs),
    });
    return { result, files: result.kind === "merged" ? await filesOf(opened, result.tree) : {} };
  } finally {
    await opened.close();
  }
}

async function filesOf(repository: Repository, tree: Tree): Promise<Record<string, string>> {
  const paths = await repository.listFiles(tree, "");
  const texts = await Promise.all(paths.map((path) => repository.readFile(tree, path)));
  return Object.fromEntries(paths.map((path, index) => [path, new TextDecoder().decode(texts[index]!)]));
}

/** `side` and `main` both changed `file`, and each another file as well. */
function diverged(base = "base\n"): TestRepository {
  const repository = createRepository({ file: base, "a.txt": "a\n", "b.txt": "b\n" });
  repository.git("switch", "-q", "-c", "side");
  repository.write({ file: "theirs\n", "a.txt": "their a\n" });
  repository.commit();
  repository.git("switch", "-q", "main");
  repository.write({ file: "ours\n", "b.txt": "our b\n" });
  repository.commit();
  return repository;
}

const SIDES = { base: "base\n", ours: "ours\n", theirs: "theirs\n" };
const merging = (repository: TestRepository, name = "side") => ({
  [`GITHEAD_${repository.git("rev-parse", name)}`]: name,
});

test("a merge is found by what Git says of it in the environment", async () => {
  const repository = diverged();
  const { result, files } = await resultOf(repository, SIDES, merging(repository));
  expect(result).toMatchObject({ kind: "merged", conflicts: [] });
  expect(files).toMatchObject({ "a.txt": "their a\n", "b.txt": "our b\n" });
});

test("a cherry-pick is found by the change that its commit made to the file", async () => {
  const repository = diverged();
  repository.git("switch", "-q", "side");
  repository.write({ "a.txt": "later\n", "c.txt": "c\n" });
  repository.commit();
  repository.git("switch", "-q", "main");
  const { files } = await resultOf(repository, SIDES);
  // What came after it is not taken.
  expect(files).toMatchObject({ "a.txt": "their a\n", "b.txt": "our b\n" });
  expect(files).not.toHaveProperty("c.txt");
});

test("a file that is new on both sides has no base", async () => {
  const repository = createRepository({ "a.txt": "a\n" });
  repository.git("switch", "-q", "-c", "side");
  repository.write({ file: "theirs\n", "a.txt": "their a\n" });
  repository.commit();
  repository.git("switch", "-q", "main");
  repository.write({ file: "ours\n" });
  repository.commit();
  for (const base of [null, ""]) {
    const { files } = await resultOf(repository, { ...SIDES, base });
    expect(files).toMatchObject({ "a.txt": "their a\n" });
  }
});

test("what is staged is what is merged into", async () => {
  const repository = diverged();
  repository.write({ "c.txt": "staged\n" });
  repository.git("add", "c.txt");
  repository.write({ "c.txt": "not staged\n" });
  const { files } = await resultOf(repository, SIDES);
  expect(files).toMatchObject({ "c.txt": "staged\n", "a.txt": "their a\n" });
  // Git refuses to merge then, so that this is no merge of that commit.
  const { files: merged } = await resultOf(repository, SIDES, merging(repository));
  expect(merged).toMatchObject({ "c.txt": "staged\n" });
});

test("a criss-cross merge has the base that Git makes of several", async () => {
  const repository = diverged();
  repository.git("switch", "-q", "-c", "left", "side");
  repository.run(["merge", "-q", "-X", "ours", "--no-edit", "main"]);
  repository.write({ file: "left\n", "l.txt": "l\n" });
  repository.commit();
  repository.git("switch", "-q", "-c", "right", "main");
  repository.run(["merge", "-q", "-X", "ours", "--no-edit", "side"]);
  repository.write({ file: "right\n", "r.txt": "r\n" });
  repository.commit();
  expect(repository.git("merge-base", "--all", "left", "right").split("\n")).toHaveLength(2);
  const sides = { base: "any\n", ours: "right\n", theirs: "left\n" };
  const { result, files } = await resultOf(repository, sides, merging(repository, "left"));
  expect(result).toMatchObject({ kind: "merged", conflicts: [] });
  expect(files).toMatchObject({ "l.txt": "l\n", "r.txt": "r\n", "a.txt": "their a\n", "b.txt": "our b\n" });
});

describe("conflicts of other files are named", () => {
  test("by their paths, whatever they hold", async () => {
    const repository = diverged();
    for (const [branch, text] of [
      ["side", "1\n"],
      ["main", "2\n"],
    ] as const) {
      repository.git("switch", "-q", branch);
      repository.write({ "é x.txt": text });
      repository.commit();
    }
    const { result } = await resultOf(repository, SIDES, merging(repository));
    expect(result).toMatchObject({ conflicts: ["é x.txt"] });
  });

  test("also where attributes say that a file is not merged as text", async () => {
    const lines = (first: string, last: string) => `${first}\n2\n3\n4\n5\n6\n7\n${last}\n`;
    const repository = createRepository({
      file: "base\n",
      "x.bin": lines("1", "8"),
      ".gitattributes": "*.bin -merge\n",
    });
    repository.git("switch", "-q", "-c", "side");
    repository.write({ file: "theirs\n", "x.bin": lines("one", "8") });
    repository.commit();
    repository.git("switch", "-q", "main");
    repository.write({ file: "ours\n", "x.bin": lines("1", "eight") });
    repository.commit();
    const { result } = await resultOf(repository, SIDES, merging(repository));
    expect(result).toMatchObject({ conflicts: ["x.bin"] });
  });
});

describe("what cannot be told is said", () => {
  test("when the index does not have the file as ours", async () => {
    const repository = diverged();
    const { result } = await resultOf(repository, { ...SIDES, ours: "else\n" }, merging(repository));
    expect(result).toEqual({ kind: "unknown", because: expect.stringContaining("could not be found out") });
  });

  test("when no commit makes such a change", async () => {
    const { result } = await resultOf(diverged(), { ...SIDES, theirs: "else\n" });
    expect(result.kind).toBe("unknown");
  });

  test("when several commits make it, and come to different results", async () => {
    const repository = diverged();
    repository.git("switch", "-q", "-c", "twin", "side^");
    repository.write({ file: "theirs\n", "t.txt": "t\n" });
    repository.commit();
    repository.git("switch", "-q", "main");
    const { result } = await resultOf(repository, SIDES);
    expect(result).toEqual({ kind: "unknown", because: expect.stringContaining("several commits") });
    // A merge names its commit.
    const merge = await resultOf(repository, SIDES, merging(repository));
    expect(merge.result.kind).toBe("merged");
  });

  test("a commit that somebody else's environment names is not taken for the one that is merged", async () => {
    const repository = diverged();
    const { files } = await resultOf(repository, SIDES, {
      GITHEAD_0123456789012345678901234567890123456789: "x",
    });
    expect(files).toMatchObject({ "a.txt": "their a\n" });
  });
});

test("no program of the user's configuration runs", async () => {
  const repository = diverged();
  const mark = join(createDirectory(), "ran");
  writeFileSync(join(repository.root, ".git/info/attributes"), "* merge=evil filter=evil diff=evil\n");
  for (const key of [
    "merge.evil.driver",
    "filter.evil.clean",
    "filter.evil.smudge",
    "diff.evil.command",
    "core.fsmonitor",
  ]) {
    repository.git("config", key, `touch ${mark}; false`);
  }
  const { result } = await resultOf(repository, SIDES, merging(repository));
  expect(result).toMatchObject({ kind: "merged", conflicts: [] });
  expect(existsSync(mark)).toBe(false);
});

test("a repository with SHA-256 ids is merged as well", async () => {
  const repository = createRepository({ file: "base\n" }, { objectFormat: "sha256" });
  repository.git("switch", "-q", "-c", "side");
  repository.write({ file: "theirs\n", "a.txt": "their a\n" });
  repository.commit();
  repository.git("switch", "-q", "main");
  repository.write({ file: "ours\n" });
  repository.commit();
  const { files } = await resultOf(repository, SIDES, merging(repository));
  expect(files).toMatchObject({ "a.txt": "their a\n" });
});
