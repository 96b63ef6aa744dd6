import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Clone } from "../../src/check/bisect/ports.ts";
import { createClonePort } from "../../src/git/clone.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  createRepository,
  openRepository,
  type TestRepository,
} from "../support/repository.ts";
import { failureOf } from "./opening.ts";

const opened: Clone[] = [];
afterEach(async () => {
  for (const clone of opened.splice(0)) await clone.close();
});

async function open(directory: string, env: Record<string, string> = {}): Promise<Clone> {
  const clone = await createClonePort(cleanGitEnvironment(env)).open(directory);
  opened.push(clone);
  return clone;
}

/** Commits with one file each; returns their ids. */
function commits(repository: TestRepository, ...names: string[]): string[] {
  return names.map((name) => {
    repository.write({ [`${name}.txt`]: `${name}\n` });
    return repository.commit(`Add ${name}`);
  });
}

function cloneOf(repository: TestRepository, ...options: string[]): TestRepository {
  const directory = join(createDirectory(), "clone");
  repository.git("clone", "-q", ...options, `file://${repository.root}`, directory);
  return openRepository(directory);
}

/** Says of every commit in a commit-graph that it has no parents (gitformat-commit-graph(5)). */
function forgetParents(file: string): void {
  chmodSync(file, 0o644);
  const graph = readFileSync(file);
  const chunk = graph.indexOf("CDAT");
  const start = Number(graph.readBigUInt64BE(chunk + 4));
  const end = Number(graph.readBigUInt64BE(chunk + 16));
  for (let at = start; at < end; at += 36) graph.writeUInt32BE(0x70000000, at + 20);
  writeFileSync(file, graph);
}

describe("history", () => {
  test("is the commits after the old one up to the new one, oldest first", async () => {
    const repository = createRepository({ a: "a" });
    const old = repository.head();
    const ids = commits(repository, "b", "c", "d");
    const history = await (await open(repository.root)).history(old, ids[2]!);
    expect(history).toEqual([
      { id: ids[0], parent: old, isMerge: false },
      { id: ids[1], parent: ids[0], isMerge: false },
      { id: ids[2], parent: ids[1], isMerge: false },
    ]);
    expect(await (await open(repository.root)).history(old, old)).toEqual([]);
  });

  test("goes over merges by first parents, and tells how much they brought", async () => {
    const repository = createRepository({ a: "a" });
    const old = repository.head();
    repository.git("checkout", "-q", "-b", "side");
    commits(repository, "s1", "s2");
    repository.git("checkout", "-q", "main");
    const [first] = commits(repository, "m1");
    repository.git("merge", "-q", "--no-ff", "-m", "Merge side", "side");
    const merge = repository.head();
    const clone = await open(repository.root);
    const history = await clone.history(old, merge);
    expect(history).toEqual([
      { id: first, parent: old, isMerge: false },
      { id: merge, parent: first, isMerge: true },
    ]);
    expect(await clone.merged(history![1]!)).toBe(2);
  });

  test("begins with the merge that brought the old commit in, where that stood on a branch", async () => {
    const repository = createRepository({ a: "a" });
    repository.git("checkout", "-q", "-b", "side");
    const [old] = commits(repository, "s1");
    repository.git("checkout", "-q", "main");
    commits(repository, "m1");
    repository.git("merge", "-q", "--no-ff", "-m", "Merge side", "side");
    const merge = repository.head();
    const [last] = commits(repository, "m2");
    const history = await (await open(repository.root)).history(old!, last!);
    expect(history?.map(({ id }) => id)).toEqual([merge, last]);
  });

  test("is null where the new commit does not descend from the old one", async () => {
    const repository = createRepository({ a: "a" });
    repository.git("checkout", "-q", "-b", "side");
    const [side] = commits(repository, "s1");
    repository.git("checkout", "-q", "main");
    const [last] = commits(repository, "m1");
    expect(await (await open(repository.root)).history(side!, last!)).toBeNull();
    expect(
      await (await open(repository.root)).history(last!, repository.git("rev-parse", "HEAD~1")),
    ).toBeNull();
  });

  test("does not believe a commit-graph", async () => {
    const repository = createRepository({ a: "a" });
    const old = repository.head();
    const [, , last] = commits(repository, "b", "c", "d");
    repository.git("commit-graph", "write", "--reachable");
    forgetParents(join(repository.root, ".git/objects/info/commit-graph"));
    // Git itself is taken in: to it, the first commit is no ancestor of the last any more.
    expect(repository.run(["merge-base", "--is-ancestor", old, last!]).status).toBe(1);
    expect(await (await open(repository.root)).history(old, last!)).toHaveLength(3);
  });
});

test("tells author, date and subject of commits", async () => {
  const repository = createRepository({ a: "a" });
  repository.run(["commit", "-q", "--allow-empty", "-m", "Two\nlines\n\nand a body"], {
    env: { GIT_COMMITTER_DATE: "2026-02-01T00:00:00Z" },
  });
  const clone = await open(repository.root);
  expect(await clone.facts([repository.head()])).toEqual([
    {
      id: repository.head(),
      author: "Test Author",
      seconds: Date.UTC(2026, 0, 1) / 1000,
      subject: "Two lines",
      committed: Date.UTC(2026, 1, 1) / 1000,
    },
  ]);
});

test("reads files of a commit, and follows no links", async () => {
  const repository = createRepository({ "nix/flake.lock": "{}" });
  repository.git("config", "core.symlinks", "true");
  const id = repository.head();
  const clone = await open(repository.root);
  expect(Buffer.from((await clone.readFile(id, "nix/flake.lock"))!).toString()).toBe("{}");
  expect(await clone.readFile(id, "flake.lock")).toBeNull();
});

test("finds names and says what is there", async () => {
  const repository = createRepository({ a: "a" });
  repository.git("tag", "v1");
  const clone = await open(repository.root);
  expect(await clone.resolve("v1")).toBe(repository.head());
  expect(await clone.has(repository.head())).toBe(true);
  expect(await clone.has("1".repeat(40))).toBe(false);
  expect(await failureOf(clone.resolve("v2"))).toMatchObject({ code: "unknown-revision" });
});

test("a shallow clone is known as one, and what it lacks is missing", async () => {
  const repository = createRepository({ a: "a" });
  const old = repository.head();
  commits(repository, "b", "c");
  const clone = await open(cloneOf(repository, "--depth=1").root);
  expect(clone.isShallow).toBe(true);
  expect(await clone.has(old)).toBe(false);
});

test("a partial clone lacks files, which is said before Nix runs into it", async () => {
  const repository = createRepository({ a: "a" });
  const old = repository.head();
  commits(repository, "b");
  repository.git("rm", "-q", "a");
  repository.commit("Remove a");
  repository.git("config", "uploadpack.allowFilter", "true");
  const partial = cloneOf(repository, "--filter=blob:none");
  const failure = await failureOf((await open(partial.root)).serve([old]));
  expect(failure).toMatchObject({ code: "missing-object" });
  expect(failure.hint).toMatch(/shallow or partial/);
});

test("an object that is gone is said to be missing", async () => {
  const repository = createRepository({ a: "a" });
  const blob = repository.git("rev-parse", "HEAD:a");
  rmSync(join(repository.root, ".git/objects", blob.slice(0, 2), blob.slice(2)));
  const failure = await failureOf((await open(repository.root)).serve([repository.head()]));
  expect(failure).toMatchObject({ code: "missing-object" });
});

test("nothing that the clone configures runs, and nothing in it is touched", async () => {
  const repository = createRepository({ a: "a", ".gitattributes": "* filter=bad diff=bad\n" });
  const old = repository.head();
  const [last] = commits(repository, "b");
  const ran = join(createDirectory(), "ran");
  const script = join(createDirectory(), "script");
  writeFileSync(script, `#!/bin/sh\necho "$@" >> '${ran}'\n`, { mode: 0o755 });
  for (const key of [
    ...["core.fsmonitor", "core.sshCommand", "core.pager", "diff.external", "filter.bad.smudge"],
    ...["filter.bad.clean", "diff.bad.textconv", "alias.rev-list", "uploadpack.packObjectsHook"],
  ])
    repository.git("config", key, script);
  for (const hook of ["post-checkout", "reference-transaction", "post-index-change"])
    writeFileSync(join(repository.root, ".git/hooks", hook), `#!/bin/sh\n'${script}' hook\n`, {
      mode: 0o755,
    });
  const state = repository.snapshotState();
  const clone = await open(repository.root, {
    GIT_DIR: "/nonexistent",
    GIT_INDEX_FILE: "/nonexistent/index",
  });
  await clone.history(old, last!);
  await clone.facts([old, last!]);
  await clone.readFile(last!, "a");
  await clone.serve([old, last!]);
  expect(repository.snapshotState()).toBe(state);
  expect(() => rmSync(ran)).toThrow();
});

test("a repository of SHA-256 is refused: no Nix reads it", async () => {
  const repository = createRepository({ a: "a" }, { objectFormat: "sha256" });
  expect(await failureOf(open(repository.root))).toMatchObject({ code: "unsupported-repository" });
});

test("a directory that is no repository is said to be none", async () => {
  expect(await failureOf(open(createDirectory()))).toMatchObject({ code: "not-a-repository" });
});
