import { existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";

test("the same files give the same commit in every test repository", () => {
  const files = { "a.txt": "a\n", "dir/b.bin": new Uint8Array([0, 255]) };
  expect(createRepository(files).head()).toBe(createRepository(files).head());
});

test("the state of a repository changes with content, index and times, and with nothing else", () => {
  const repository = createRepository({ "a.txt": "a\n" });
  const state = repository.snapshotState();
  expect(repository.snapshotState()).toBe(state);
  repository.write({ "b.txt": "b\n" });
  const written = repository.snapshotState();
  expect(written).not.toBe(state);
  repository.git("add", "b.txt");
  const staged = repository.snapshotState();
  expect(staged).not.toBe(written);
  utimesSync(join(repository.root, "a.txt"), 1, 1);
  expect(repository.snapshotState()).not.toBe(staged);
});

test("a removed repository is gone", () => {
  const repository = createRepository({ "a.txt": "a\n" }, { name: "with space" });
  repository.remove();
  expect(existsSync(repository.root)).toBe(false);
});
