import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRepository, openRepository } from "../support/repository.ts";
import { EVERYTHING, HEAD, INDEX, open, WORK_TREE } from "./opening.ts";

test("the same tree is the same commit, in every repository and at every time", async () => {
  const files = { "flake.nix": "{ }\n", "dir/a.txt": "a\n" };
  const [one, two] = [createRepository(files), createRepository({ other: "x" })];
  two.git("rm", "-q", "other");
  two.write(files);
  two.commit("the same files with another history");
  const published = [];
  for (const { root } of [one, two, one]) {
    const found = await open(root);
    published.push((await found.publish((await found.resolve(HEAD))!)).commit);
  }
  expect(new Set(published).size).toBe(1);
});

test("a published commit has no parent, a fixed date and no author", async () => {
  const repository = createRepository({ "a.txt": "a\n" });
  const found = await open(repository.root);
  const { repository: root, commit } = await found.publish((await found.resolve(HEAD))!);
  const text = openRepository(root).git("cat-file", "commit", commit);
  expect(text.replace(/^tree .*\n/, "")).toBe(
    "author nixclaude <nixclaude@localhost> 946684800 +0000\ncommitter nixclaude <nixclaude@localhost> 946684800 +0000\n\nnixclaude",
  );
});

test("the private repository is whole: every tree can be checked out, and HEAD stands", async () => {
  const repository = createRepository({ "flake.nix": "{ }\n", "dir/a.txt": "a\n" });
  symlinkSync("dir/a.txt", join(repository.root, "link"));
  repository.write({ "staged é.txt": "s\n" });
  repository.git("add", "-A");
  repository.write({ "dir/a.txt": "changed\n", "deep/er/new.txt": "n\n" });
  const found = await open(repository.root);
  for (const spec of [HEAD, INDEX, WORK_TREE, EVERYTHING]) {
    const tree = (await found.resolve(spec))!;
    const { repository: root, commit } = await found.publish(tree);
    const copy = openRepository(root);
    expect(copy.git("rev-parse", `${commit}^{tree}`)).toBe(tree.id);
    expect(copy.git("rev-parse", "--verify", "HEAD")).toBe(commit);
    expect(copy.git("fsck", "--no-dangling", "--connectivity-only", commit)).toBe("");
    expect(copy.git("archive", commit).length).toBeGreaterThan(0);
    expect(copy.git("rev-parse", "--is-bare-repository")).toBe("false");
  }
});

test("files of our own are published as they are", async () => {
  const found = await open(createRepository({ a: "a" }).root);
  const files = {
    "flake.nix": '{ x = "é"; }\n',
    "flake.lock": "{}",
    "lib/deep/driver.nix": "1",
    "lib.nix": "2",
  };
  const { repository: root, commit } = await found.publishFiles(files);
  const copy = openRepository(root);
  expect(copy.git("ls-tree", "-r", "--name-only", commit).split("\n")).toEqual(Object.keys(files).sort());
  for (const [path, text] of Object.entries(files)) {
    expect(copy.run(["show", `${commit}:${path}`]).stdout).toBe(text);
  }
  expect((await found.publishFiles(files)).commit).toBe(commit);
  expect(copy.git("fsck", "--no-dangling", "--strict", commit)).toBe("");
});

test("what differs between two trees is listed in byte order", async () => {
  const repository = createRepository({ a: "1", "b/c": "1", "b.txt": "1", same: "1", ﬀ: "1", 𝒳: "1" });
  const found = await open(repository.root);
  const before = (await found.resolve(HEAD))!;
  repository.write({ a: "2", "b/c": "2", "b.txt": "2", new: "2", ﬀ: "2", 𝒳: "2" });
  const after = (await found.resolve(EVERYTHING))!;
  expect(await found.changedFiles(before, after)).toEqual(["a", "b.txt", "b/c", "new", "ﬀ", "𝒳"]);
  expect(await found.changedFiles(after, after)).toEqual([]);
});

test("files are read by any path, and nothing but files", async () => {
  const repository = createRepository({
    "dir/a.txt": "a\n",
    "line\nfeed": "lf\n",
    "-dash": "d\n",
    "é x": "e\n",
    "dir/*": "star\n",
  });
  symlinkSync("a.txt", join(repository.root, "dir/link"));
  repository.commit("link");
  const found = await open(repository.root);
  const tree = (await found.resolve(HEAD))!;
  const read = async (path: string) => {
    const bytes = await found.readFile(tree, path);
    return bytes === null ? null : Buffer.from(bytes).toString();
  };
  expect(await Promise.all(["dir/a.txt", "line\nfeed", "-dash", "é x", "dir/*"].map(read))).toEqual([
    "a\n",
    "lf\n",
    "d\n",
    "e\n",
    "star\n",
  ]);
  const nothing = [
    "dir",
    "dir/",
    "dir/link",
    "dir/link/x",
    "no",
    "dir/no",
    "dir/a.txt/x",
    "",
    ".",
    "./dir/a.txt",
    "dir//a.txt",
    "../x",
    "/dir/a.txt",
    "no\nlf",
    "a\0b",
  ];
  expect(await Promise.all(nothing.map(read))).toEqual(nothing.map(() => null));
  expect(await found.listFiles(tree, "dir")).toEqual(["dir/*", "dir/a.txt"]);
  expect(await found.listFiles(tree, "no")).toEqual([]);
  expect(await found.listFiles(tree, "dir/a.txt")).toEqual([]);
  expect(await found.listLinks(tree, "")).toEqual({ "dir/link": "a.txt" });
  expect(await found.listSubmodules(tree)).toEqual({});
});

test.each<[string, "sha1" | "sha256"]>([
  ["flake.lock", "sha1"],
  ["nix/flake.lock", "sha1"],
  ["nix/deep/er/flake.lock", "sha1"],
  ["flake.lock", "sha256"],
])("a tree is published with another %s (%s)", async (path, objectFormat) => {
  const files = { [path]: "old", "flake.locker": "1", "flake/lock": "2", "nix.nix/x": "3", "nix-y": "4" };
  const repository = createRepository(files, { objectFormat });
  const state = repository.snapshotState();
  const found = await open(repository.root);
  const tree = (await found.resolve(HEAD))!;
  const { repository: root, commit } = await found.publish(tree, { path, text: "new" });
  const copy = openRepository(root);
  const names = (revision: string) => copy.git("ls-tree", "-r", "--name-only", revision);
  expect(copy.run(["show", `${commit}:${path}`]).stdout).toBe("new");
  expect(names(commit)).toBe(names((await found.publish(tree)).commit));
  expect(copy.git("fsck", "--no-dangling", "--strict", commit)).toBe("");
  expect(repository.snapshotState()).toBe(state);
});

test("a tree is published with a file that it does not have", async () => {
  const repository = createRepository({ "flake.loc": "1", "flake.lockx/y": "2", z: "3" });
  const found = await open(repository.root);
  const tree = (await found.resolve(HEAD))!;
  const { repository: root, commit } = await found.publish(tree, { path: "flake.lock", text: "new" });
  const copy = openRepository(root);
  expect(copy.git("ls-tree", "-r", "--name-only", commit).split("\n")).toEqual([
    "flake.loc",
    "flake.lock",
    "flake.lockx/y",
    "z",
  ]);
  expect(copy.git("fsck", "--no-dangling", "--strict", commit)).toBe("");
});
