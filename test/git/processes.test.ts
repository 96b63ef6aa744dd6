import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Repository } from "../../src/check/ports.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";
import { HEAD, INDEX, open, WORK_TREE } from "./opening.ts";

/** The Git commands that some work starts. */
async function commandsOf(
  source: TestRepository,
  work: (repository: Repository) => Promise<unknown>,
): Promise<string[]> {
  const bin = createDirectory();
  const log = join(bin, "log");
  const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  writeFileSync(log, "");
  writeFileSync(join(bin, "git"), `#!/bin/sh\necho "$*" >> '${log}'\nexec '${git}' "$@"\n`, { mode: 0o755 });
  await work(await open(source.root, { PATH: `${bin}:${process.env.PATH}` }));
  return readFileSync(log, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => /^(?:--no-pager )?(?:-C \S+ )?(\S+)/.exec(line)![1]!);
}

function stagedRepository(): TestRepository {
  const repository = createRepository({ "flake.nix": "{ }\n", "flake.lock": "{}" });
  repository.write({ "flake.nix": "{ x = 1; }\n" });
  repository.git("add", "-A");
  return repository;
}

test("a pre-commit hook whose result is cached starts Git twice", async () => {
  const commands = await commandsOf(stagedRepository(), async (repository) => {
    await repository.resolve(HEAD);
    await repository.resolve(INDEX);
  });
  expect(commands.sort()).toEqual(["cat-file", "diff-index"]);
});

test("reading and publishing both sides starts it twice more", async () => {
  const commands = await commandsOf(stagedRepository(), async (repository) => {
    const [before, after] = [(await repository.resolve(HEAD))!, (await repository.resolve(INDEX))!];
    await Promise.all(
      [before, after].flatMap((tree) =>
        ["flake.nix", "flake.lock"].map((path) => repository.readFile(tree, path)),
      ),
    );
    await repository.publish(before);
    await repository.publish(after);
    await repository.publishFiles({ "flake.nix": "{ }" });
  });
  expect(commands.length).toBeLessThanOrEqual(5);
});

test("a work tree without changes starts it three times, one with changes four times", async () => {
  const repository = createRepository({ "flake.nix": "{ }\n", "a.txt": "a\n" });
  const clean = await commandsOf(repository, (opened) => opened.resolve(WORK_TREE));
  expect(clean.sort()).toEqual(["config", "diff-files", "diff-index"]);
  repository.write({ "a.txt": "b\n" });
  const changed = await commandsOf(repository, (opened) => opened.resolve(WORK_TREE));
  expect(changed.sort()).toEqual(["config", "diff-files", "diff-index", "hash-object"]);
});

test("two revisions that are asked for together cost one process", async () => {
  const repository = createRepository({ "flake.nix": "{ }\n" });
  repository.write({ "flake.nix": "{ x = 1; }\n" });
  repository.commit("another");
  const both = ["HEAD~1", "HEAD"].map((name) => ({ kind: "revision", name }) as const);
  const found: unknown[] = [];
  const commands = await commandsOf(repository, async (opened) => {
    for (const tree of await Promise.all(both.map((spec) => opened.resolve(spec))))
      found.push(tree?.revision);
  });
  expect(found).toEqual(both.map(({ name }) => repository.git("rev-parse", name)));
  expect(commands).toEqual(["cat-file"]);
});

test("one of them that is not there leaves the other alone", async () => {
  const repository = createRepository({ "flake.nix": "{ }\n" });
  const opened = await open(repository.root);
  const specs = ["HEAD", "nowhere", "main@{upstream}"].map((name) => ({ kind: "revision", name }) as const);
  const [head, ...others] = await Promise.allSettled(specs.map((spec) => opened.resolve(spec)));
  expect(head).toMatchObject({ value: { revision: repository.git("rev-parse", "HEAD") } });
  for (const other of others) expect(other).toMatchObject({ reason: { code: "unknown-revision" } });
});

test("what a directory does not hold is known once a file of it was asked for", async () => {
  const repository = createRepository({ "flake.nix": "{ }\n", "dir/a.txt": "a\n", file: "f\n" });
  let answers: unknown[] = [];
  const commands = await commandsOf(repository, async (opened) => {
    const tree = (await opened.resolve(HEAD))!;
    await opened.readFile(tree, "flake.nix");
    answers = [
      await opened.readFile(tree, "CLAUDE.md"),
      await opened.readFile(tree, "no/such.txt"),
      await opened.readFile(tree, "file/below.txt"),
      await opened.listFiles(tree, ".claude"),
      await opened.listFiles(tree, "file"),
    ];
  });
  expect(answers).toEqual([null, null, null, [], []]);
  expect(commands).toEqual(["cat-file", "cat-file"]);
});

test("what it holds is still read", async () => {
  const repository = createRepository({ "flake.nix": "{ }\n", "dir/a é.txt": "a\n", "dir/b/c.txt": "c\n" });
  const opened = await open(repository.root);
  const tree = (await opened.resolve(HEAD))!;
  await opened.readFile(tree, "flake.nix");
  expect(Buffer.from((await opened.readFile(tree, "dir/a é.txt"))!).toString()).toBe("a\n");
  expect(await opened.readFile(tree, "dir/other")).toBeNull();
  expect(await opened.listFiles(tree, "dir/b")).toEqual(["dir/b/c.txt"]);
  expect(await opened.listFiles(tree, "dir")).toEqual(["dir/a é.txt", "dir/b/c.txt"]);
});
