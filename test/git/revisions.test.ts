import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RevisionSpec } from "../../src/check/ports.ts";
import {
  createDirectory,
  createRepository,
  openRepository,
  type TestRepository,
} from "../support/repository.ts";
import { EVERYTHING, failureOf, HEAD, INDEX, open, resolve, textOf, WORK_TREE } from "./opening.ts";

const revision = (name: string): RevisionSpec => ({ kind: "revision", name });
const parentOf = (name: string): RevisionSpec => ({ kind: "first-parent", of: name });

function history(): TestRepository {
  const repository = createRepository({ "flake.nix": "{ }\n", "dir/a.txt": "one\n" });
  repository.write({ "dir/a.txt": "two\n" });
  repository.commit("second");
  repository.git("tag", "-m", "release", "v1.0");
  repository.git("branch", "feature/next", "HEAD~1");
  return repository;
}

function clone(origin: TestRepository, ...options: string[]): TestRepository {
  const root = join(createDirectory(), "clone");
  origin.git("clone", "-q", ...options, `file://${origin.root}`, root);
  return openRepository(root);
}

describe("a revision", () => {
  test.each([
    ["HEAD", "HEAD"],
    ["@", "HEAD"],
    ["main", "HEAD"],
    ["refs/heads/main", "HEAD"],
    ["HEAD~1", "HEAD~1"],
    ["v1.0", "HEAD"],
    ["v1.0^{commit}", "HEAD"],
    ["feature/next", "HEAD~1"],
    [":/second", "HEAD"],
    ["main@{0}", "HEAD"],
    ["HEAD@{1}", "HEAD~1"],
  ])("is found by the name %s", async (name, same) => {
    const repository = history();
    expect(await resolve(repository.root, revision(name))).toEqual({
      label: name,
      revision: repository.git("rev-parse", same),
      id: repository.git("rev-parse", `${same}^{tree}`),
    });
  });

  test("is found by a short id, and a tree by its own id, without a commit", async () => {
    const repository = history();
    expect((await resolve(repository.root, revision(repository.head().slice(0, 9))))?.revision).toBe(
      repository.head(),
    );
    const tree = repository.git("rev-parse", "HEAD^{tree}");
    expect(await resolve(repository.root, revision(tree))).toEqual({ label: tree, revision: null, id: tree });
    expect((await resolve(repository.root, revision("HEAD:dir")))?.id).toBe(
      repository.git("rev-parse", "HEAD:dir"),
    );
  });

  test("is found as upstream and as remote branch", async () => {
    const origin = history();
    const copy = clone(origin);
    copy.git("config", "branch.main.description", 'odd "text"\\ with\nlines');
    expect((await resolve(copy.root, revision("@{upstream}")))?.revision).toBe(origin.head());
    expect((await resolve(copy.root, revision("origin/main")))?.revision).toBe(origin.head());
  });

  test("is found in packed refs, and by a name like an option", async () => {
    const repository = history();
    repository.git("update-ref", "refs/heads/--output=x", "HEAD~1");
    repository.git("pack-refs", "--all", "--prune");
    for (const name of ["--output=x", "feature/next"]) {
      expect((await resolve(repository.root, revision(name)))?.revision).toBe(
        repository.git("rev-parse", "HEAD~1"),
      );
    }
  });

  test("is found during a merge and a rebase by Git's own names", async () => {
    const repository = history();
    repository.git("checkout", "-q", "feature/next");
    repository.write({ "dir/a.txt": "other\n" });
    const other = repository.commit("other");
    repository.run(["merge", "-q", "main"]);
    expect((await resolve(repository.root, revision("MERGE_HEAD")))?.revision).toBe(
      repository.git("rev-parse", "main"),
    );
    expect((await resolve(repository.root, HEAD))?.revision).toBe(other);
    repository.git("merge", "--abort");
    repository.run(["rebase", "-q", "main"]);
    expect((await resolve(repository.root, HEAD))?.revision).toBe(repository.git("rev-parse", "main"));
    expect((await resolve(repository.root, revision("REBASE_HEAD")))?.revision).toBe(other);
  });

  test("is what others would get: a replaced commit stands for itself", async () => {
    const repository = history();
    const tree = repository.git("rev-parse", "HEAD^{tree}");
    repository.git("replace", "HEAD", "HEAD~1");
    expect((await resolve(repository.root, HEAD))?.id).toBe(tree);
  });

  test.each([
    ["mian", 'Did you mean "main"?'],
    ["feature/nxt", 'Did you mean "feature/next"?'],
    ["v1.1", 'Did you mean "v1.0"?'],
    ["two words", ""],
    ["a\nb", ""],
    ["--all", ""],
    ["main..feature/next", 'Did you mean "feature/next"?'],
    ["^main", 'Did you mean "main"?'],
    ["", ""],
    [`${"0".repeat(39)}1`, ""],
    ["HEAD:flake.nix", ""],
    ["MERGE_HEAD", ""],
    ["@{upstream}", ""],
  ])("that does not exist (%j) is named with the nearest one that does", async (name, suggestion) => {
    const repository = history();
    const failure = await failureOf(resolve(repository.root, revision(name)));
    expect(failure).toMatchObject({ name: "RevisionError", code: "unknown-revision" });
    expect(failure.message).toBe(
      `There is no revision "${name}".${suggestion === "" ? "" : ` ${suggestion}`}`,
    );
  });

  test("that is too short to tell is ambiguous", async () => {
    const repository = createRepository({ a: "x" });
    for (let index = 0; index < 40; index++) {
      repository.run(["hash-object", "-w", "--stdin", "-t", "tree"], { input: "" });
      repository.run(["commit-tree", `HEAD^{tree}`, "-m", String(index)]);
    }
    const ids = repository.git(
      "cat-file",
      "--batch-all-objects",
      "--batch-check=%(objectname) %(objecttype)",
    );
    const commits = ids.split("\n").filter((line) => line.endsWith("commit"));
    const byStart = new Map<string, number>();
    for (let length = 4; length > 0 && ![...byStart.values()].some((count) => count > 1); length--) {
      if (length < 4) return;
      for (const line of commits) byStart.set(line.slice(0, 4), (byStart.get(line.slice(0, 4)) ?? 0) + 1);
    }
    const shared = [...byStart].find(([, count]) => count > 1)![0];
    expect(await failureOf(resolve(repository.root, revision(shared)))).toMatchObject({
      code: "ambiguous-revision",
    });
  });
});

describe("no base", () => {
  test("is what HEAD is before the first commit", async () => {
    const repository = createRepository();
    repository.write({ "flake.nix": "{ }" });
    repository.git("add", "-A");
    expect(await resolve(repository.root, HEAD)).toBeNull();
    expect(await resolve(repository.root, revision("@"))).toBeNull();
    expect((await resolve(repository.root, INDEX))?.id).toBe(repository.git("write-tree"));
    expect(await resolve(repository.root, { kind: "none" })).toBeNull();
  });

  test("is not what a damaged HEAD is", async () => {
    const repository = history();
    writeFileSync(join(repository.root, ".git/refs/heads/main"), "damaged\n");
    expect(await failureOf(resolve(repository.root, HEAD))).toMatchObject({ name: "RevisionError" });
    writeFileSync(join(repository.root, ".git/refs/heads/main"), `${"1".repeat(40)}\n`);
    expect(await failureOf(resolve(repository.root, HEAD))).toMatchObject({ code: "missing-object" });
    writeFileSync(join(repository.root, ".git/HEAD"), `${"1".repeat(40)}\n`);
    expect(await failureOf(resolve(repository.root, HEAD))).toMatchObject({ code: "missing-object" });
  });

  test("is the parent of the first commit", async () => {
    const repository = history();
    expect(await resolve(repository.root, parentOf("HEAD~1"))).toBeNull();
    expect(await resolve(repository.root, parentOf("HEAD"))).toEqual({
      label: "HEAD^",
      revision: repository.git("rev-parse", "HEAD~1"),
      id: repository.git("rev-parse", "HEAD~1^{tree}"),
    });
  });
});

describe("a shallow clone", () => {
  test("has the tree of its commit", async () => {
    const copy = clone(history(), "--depth=1");
    const repository = await open(copy.root);
    const tree = await repository.resolve(HEAD);
    expect(await textOf(repository, tree!, "dir/a.txt")).toBe("two\n");
  });

  test("does not take the commit at its end for the first one", async () => {
    const copy = clone(history(), "--depth=1");
    const failure = await failureOf(resolve(copy.root, parentOf("HEAD")));
    expect(failure.code).toBe("shallow-boundary");
    expect(failure.hint).toContain("fetch-depth");
  });

  test.each(["HEAD~1", "feature/next", `${"2".repeat(40)}`])("says how to get %s", async (name) => {
    const copy = clone(history(), "--depth=1");
    const failure = await failureOf(resolve(copy.root, revision(name)));
    expect(failure.code).toBe("unknown-revision");
    expect(failure.hint).toContain("fetch-depth");
  });
});

describe("a partial clone", () => {
  function partialClone() {
    const origin = history();
    origin.git("config", "uploadpack.allowFilter", "true");
    return clone(origin, "--filter=blob:none", "--no-checkout");
  }

  test("gives its tree, and says which objects are missing when they are read", async () => {
    const copy = partialClone();
    const state = copy.snapshotState();
    const repository = await open(copy.root);
    const tree = await repository.resolve(HEAD);
    for (const reading of [() => repository.readFile(tree!, "flake.nix"), () => repository.publish(tree!)]) {
      const failure = await failureOf(reading());
      expect(failure.code).toBe("missing-object");
      expect(failure.hint).toContain("git fetch");
    }
    expect(copy.snapshotState()).toBe(state);
  });
});

describe("where a repository is", () => {
  test("is found from a directory below it", async () => {
    const repository = history();
    const found = await open(join(repository.root, "dir"));
    expect(found.root).toBe(repository.root);
    expect((await found.resolve(HEAD))?.revision).toBe(repository.head());
  });

  test("a linked work tree has its own HEAD, index and files", async () => {
    const repository = history();
    const linked = openRepository(join(createDirectory(), "linked tree"));
    repository.git("worktree", "add", "-q", linked.root, "feature/next");
    linked.write({ "dir/a.txt": "staged\n" });
    linked.git("add", "-A");
    linked.write({ "dir/a.txt": "work tree\n" });
    const found = await open(linked.root);
    expect(found.root).toBe(linked.root);
    expect((await found.resolve(HEAD))?.revision).toBe(repository.git("rev-parse", "HEAD~1"));
    expect(await textOf(found, (await found.resolve(INDEX))!, "dir/a.txt")).toBe("staged\n");
    expect(await textOf(found, (await found.resolve(WORK_TREE))!, "dir/a.txt")).toBe("work tree\n");
    expect((await found.resolve(revision("main")))?.revision).toBe(repository.head());
  });

  test("a bare repository has revisions, and neither index nor work tree", async () => {
    const bare = clone(history(), "--bare");
    const found = await open(bare.root);
    expect(found.root).toBe(bare.root);
    expect(await textOf(found, (await found.resolve(HEAD))!, "dir/a.txt")).toBe("two\n");
    for (const spec of [INDEX, WORK_TREE, EVERYTHING]) {
      expect(await failureOf(found.resolve(spec))).toMatchObject({ code: "bare-repository" });
    }
  });

  test("a linked work tree of a bare repository has both", async () => {
    const bare = clone(history(), "--bare");
    const linked = openRepository(join(createDirectory(), "linked"));
    bare.git("worktree", "add", "-q", linked.root, "main");
    linked.write({ "dir/a.txt": "changed\n" });
    const found = await open(linked.root);
    expect(await textOf(found, (await found.resolve(WORK_TREE))!, "dir/a.txt")).toBe("changed\n");
  });

  test("a submodule is a repository of its own, and a commit in the one around it", async () => {
    const inner = history();
    const outer = createRepository({ "README.md": "outer\n" });
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "sub");
    outer.commit("submodule");
    const sub = openRepository(join(outer.root, "sub"));
    sub.write({ "dir/a.txt": "changed\n" });
    sub.commit("in the submodule");
    const around = await open(outer.root);
    const [head, staged, workTree] = [
      await around.resolve(HEAD),
      await around.resolve(INDEX),
      await around.resolve(EVERYTHING),
    ];
    expect(staged?.id).toBe(head?.id);
    expect(workTree?.id).toBe(head?.id);
    expect(await around.readFile(head!, "sub")).toBeNull();
    expect(await around.listFiles(head!, "")).toEqual([".gitmodules", "README.md"]);
    expect((await resolve(sub.root, HEAD))?.revision).toBe(sub.head());
  });

  test("a repository that borrows objects is read with what it borrows", async () => {
    const origin = history();
    const copy = clone(origin);
    const borrowing = openRepository(join(createDirectory(), "borrowing"));
    origin.git("clone", "-q", "--shared", copy.root, borrowing.root);
    rmSync(join(copy.root, ".git/objects/pack"), { recursive: true });
    mkdirSync(join(copy.root, ".git/objects/pack"));
    writeFileSync(
      join(copy.root, ".git/objects/info/alternates"),
      `# a comment\n../../../../${origin.root.slice(1)}/.git/objects\n`.replace(
        /^\.\.\/\.\.\/\.\.\/\.\./m,
        "../".repeat(20),
      ),
    );
    const found = await open(borrowing.root);
    expect(await textOf(found, (await found.resolve(HEAD))!, "dir/a.txt")).toBe("two\n");
  });

  test("a repository with unusual characters in its path works", async () => {
    const repository = createRepository({ "a.txt": "a\n" }, { name: 'odd "name"\n#1 $x é' });
    repository.write({ "a.txt": "b\n" });
    const found = await open(repository.root);
    const tree = await found.resolve(WORK_TREE);
    expect(await textOf(found, tree!, "a.txt")).toBe("b\n");
    expect((await found.publish(tree!)).repository).toMatch(/^[A-Za-z0-9/._-]+$/);
  });

  test.each(["sha1", "sha256"] as const)("a %s repository works from end to end", async (objectFormat) => {
    const repository = createRepository({ "a.txt": "a\n", "dir/b.txt": "b\n" }, { objectFormat });
    repository.write({ "a.txt": "c\n" });
    const found = await open(repository.root);
    expect(found.objectFormat).toBe(objectFormat);
    const [head, staged, workTree] = [
      await found.resolve(HEAD),
      await found.resolve(INDEX),
      await found.resolve(WORK_TREE),
    ];
    expect(staged?.id).toBe(head?.id);
    expect(await textOf(found, workTree!, "a.txt")).toBe("c\n");
    expect(await found.changedFiles(head!, workTree!)).toEqual(["a.txt"]);
    const { repository: root, commit } = await found.publish(workTree!);
    expect(openRepository(root).git("show", `${commit}:a.txt`)).toBe("c");
  });

  test.each([
    ["a directory outside of any", () => createDirectory()],
    ["a directory that is not there", () => join(createDirectory(), "missing")],
    [
      "a .git file that leads nowhere",
      () => {
        const directory = createDirectory();
        writeFileSync(join(directory, ".git"), "gitdir: /nowhere\n");
        return directory;
      },
    ],
    [
      "a .git file that says nothing",
      () => {
        const directory = createDirectory();
        writeFileSync(join(directory, ".git"), "");
        return directory;
      },
    ],
  ])("is not %s", async (_what, make) => {
    expect(await failureOf(open(make()))).toMatchObject({ name: "RevisionError", code: "not-a-repository" });
  });

  test("a damaged object is named", async () => {
    const repository = history();
    const blob = repository.git("rev-parse", "HEAD:dir/a.txt");
    const file = join(repository.root, ".git/objects", blob.slice(0, 2), blob.slice(2));
    rmSync(file);
    writeFileSync(file, "damaged");
    const found = await open(repository.root);
    const tree = await found.resolve(HEAD);
    expect(await failureOf(found.readFile(tree!, "dir/a.txt"))).toMatchObject({
      code: expect.stringMatching(/^(corrupt|missing)-object$/),
    });
    rmSync(file);
    expect(await failureOf(found.readFile(tree!, "dir/a.txt"))).toMatchObject({ code: "missing-object" });
    expect(await textOf(found, tree!, "flake.nix")).toBe("{ }\n");
  });

  test("Git that cannot be found is named", async () => {
    const repository = history();
    const failure = await failureOf(resolve(repository.root, HEAD, { PATH: createDirectory() }));
    expect(failure).toMatchObject({ name: "SystemError", code: "git-missing" });
  });
});
