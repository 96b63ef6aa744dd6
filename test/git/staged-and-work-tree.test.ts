import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve as resolvePath } from "node:path";
import { describe, expect, test } from "vitest";
import {
  createDirectory,
  createRepository,
  openRepository,
  type TestRepository,
} from "../support/repository.ts";
import {
  EVERYTHING,
  failureOf,
  HEAD,
  INDEX,
  open,
  resolve,
  textOf,
  treeByGit,
  WORK_TREE,
} from "./opening.ts";

const FILES = {
  "flake.nix": "{ }\n",
  "dir/a.txt": "a\n",
  "dir/sub/b.txt": "b\n",
  "dir.txt": "c\n",
  "dir-x/d": "d\n",
};

/** One change to a repository of `FILES`, staged or not. */
type Change = [what: string, change: (repository: TestRepository) => void];

const CHANGES: Change[] = [
  ["nothing", () => {}],
  ["a changed file", (repository) => repository.write({ "dir/a.txt": "changed\n" })],
  ["a file of the same size", (repository) => repository.write({ "dir/a.txt": "x\n" })],
  ["a touched file", ({ root }) => utimesSync(join(root, "dir/a.txt"), 1, 1)],
  ["a deleted file", ({ root }) => unlinkSync(join(root, "dir/a.txt"))],
  ["a deleted directory", ({ root }) => rmSync(join(root, "dir"), { recursive: true })],
  ["an executable file", ({ root }) => chmodSync(join(root, "dir/a.txt"), 0o755)],
  ["a renamed file", ({ root }) => renameSync(join(root, "dir/a.txt"), join(root, "dir/z.txt"))],
  [
    "a file that becomes a symlink",
    ({ root }) => {
      unlinkSync(join(root, "dir/a.txt"));
      symlinkSync("../flake.nix", join(root, "dir/a.txt"));
    },
  ],
  [
    "a file that becomes a directory",
    ({ root }) => {
      unlinkSync(join(root, "dir.txt"));
      mkdirSync(join(root, "dir.txt"));
      writeFileSync(join(root, "dir.txt/inner"), "inner");
    },
  ],
  [
    "a directory that becomes a file",
    ({ root }) => {
      rmSync(join(root, "dir"), { recursive: true });
      writeFileSync(join(root, "dir"), "file");
    },
  ],
  [
    "a directory that becomes a symlink to an equal one",
    ({ root }) => {
      renameSync(join(root, "dir/sub"), join(root, "elsewhere"));
      symlinkSync("../elsewhere", join(root, "dir/sub"));
    },
  ],
  [
    "paths that are hard to write",
    (repository) =>
      repository.write({
        "with space": "1",
        "-dash": "2",
        "--all/x": "3",
        "line\nfeed": "4",
        'quote"\\': "5",
        "ümläut/ﬀ/𝒳": "6",
        "*": "7",
        ":(top)x": "8",
        "tab\there": "9",
      }),
  ],
  ["an empty file", (repository) => repository.write({ empty: "" })],
  ["a large file", (repository) => repository.write({ large: "0123456789".repeat(200_000) })],
  [
    "bytes that are not text",
    (repository) => repository.write({ binary: new Uint8Array([0, 255, 13, 10, 26]) }),
  ],
];

describe("the staged tree", () => {
  test.each(CHANGES)("is the one that Git would commit: %s", async (_what, change) => {
    const repository = createRepository(FILES);
    change(repository);
    repository.git("add", "-A");
    const found = await open(repository.root);
    const staged = await found.resolve(INDEX);
    expect(staged).toEqual({ label: "staged", revision: null, id: treeByGit(repository) });
    const paths = repository.run(["ls-files", "-z", "-s"]).stdout.split("\0").filter(Boolean);
    const regular = paths
      .filter((line) => line.startsWith("100"))
      .map((line) => line.slice(line.indexOf("\t") + 1));
    expect(await found.listFiles(staged!, "")).toEqual(regular);
  });

  test("has what is staged of a file, not what is in the work tree", async () => {
    const repository = createRepository(FILES);
    repository.write({ "dir/a.txt": "staged\n" });
    repository.git("add", "dir/a.txt");
    repository.write({ "dir/a.txt": "later\n", "dir.txt": "not staged\n", untracked: "u" });
    const found = await open(repository.root);
    const staged = await found.resolve(INDEX);
    expect(await textOf(found, staged!, "dir/a.txt")).toBe("staged\n");
    expect(await textOf(found, staged!, "dir.txt")).toBe("c\n");
    expect(await found.readFile(staged!, "untracked")).toBeNull();
    expect(await found.changedFiles((await found.resolve(HEAD))!, staged!)).toEqual(["dir/a.txt"]);
  });

  test("leaves out what is only meant to be added", async () => {
    const repository = createRepository(FILES);
    repository.write({ "new/file": "later\n", "dir/empty": "" });
    repository.git("add", "-N", "new/file");
    repository.git("add", "dir/empty");
    expect((await resolve(repository.root, INDEX))?.id).toBe(treeByGit(repository));
    const found = await open(repository.root);
    expect(await found.listFiles((await found.resolve(INDEX))!, "new")).toEqual([]);
    expect(await textOf(found, (await found.resolve(WORK_TREE))!, "new/file")).toBe("later\n");
  });

  test("is empty without an index", async () => {
    const repository = createRepository(FILES);
    unlinkSync(join(repository.root, ".git/index"));
    const found = await open(repository.root);
    expect(await found.listFiles((await found.resolve(INDEX))!, "")).toEqual([]);
  });

  test.each([
    ["a split index", ["update-index", "--split-index"]],
    ["index version 4", ["update-index", "--index-version=4"]],
    ["an untracked cache", ["update-index", "--untracked-cache"]],
    ["skipped files", ["update-index", "--skip-worktree", "dir/a.txt"]],
    ["files assumed unchanged", ["update-index", "--assume-unchanged", "dir/a.txt"]],
    ["a sparse checkout", ["sparse-checkout", "set", "--cone", "dir-x"]],
    ["a sparse index", ["sparse-checkout", "set", "--cone", "--sparse-index", "dir-x"]],
  ])("is complete with %s", async (_what, command) => {
    const repository = createRepository(FILES);
    repository.git(...command);
    repository.write({ "dir-x/d": "changed\n" });
    repository.git("add", "dir-x/d");
    const state = repository.snapshotState();
    const found = await open(repository.root);
    const staged = await found.resolve(INDEX);
    expect(staged?.id).toBe(treeByGit(repository));
    expect(await found.listFiles(staged!, "")).toEqual(Object.keys(FILES).sort());
    expect((await found.resolve(WORK_TREE))?.id).toBe(staged?.id);
    expect(repository.snapshotState()).toBe(state);
  });

  test("names the files in conflict", async () => {
    const repository = createRepository(FILES);
    repository.git("checkout", "-q", "-b", "side");
    repository.write({ "dir/a.txt": "side\n", "dir.txt": "side\n" });
    repository.commit();
    repository.git("checkout", "-q", "main");
    repository.write({ "dir/a.txt": "main\n" });
    repository.git("rm", "-q", "dir.txt");
    repository.commit();
    repository.run(["merge", "-q", "side"]);
    for (const spec of [INDEX, WORK_TREE, EVERYTHING]) {
      const failure = await failureOf(resolve(repository.root, spec));
      expect(failure).toMatchObject({
        name: "RevisionError",
        code: "index-conflicts",
        message: "The index has conflicts: dir.txt, dir/a.txt.",
      });
    }
    repository.write({ "dir/a.txt": "both\n" });
    repository.git("add", "dir/a.txt", "dir.txt");
    expect((await resolve(repository.root, INDEX))?.id).toBe(treeByGit(repository));
  });

  test("of a damaged index is an error", async () => {
    const repository = createRepository(FILES);
    writeFileSync(join(repository.root, ".git/index"), "damaged");
    expect(await failureOf(resolve(repository.root, INDEX))).toMatchObject({ name: "RevisionError" });
  });

  test("keeps paths that are not UTF-8 apart", async () => {
    const repository = createRepository(FILES);
    const line = (id: string, path: number[]) =>
      Buffer.concat([Buffer.from(`100644 ${id}\t`), Buffer.from(path), Buffer.of(0)]);
    const id = repository.git("rev-parse", "HEAD:dir/a.txt");
    const other = repository.git("rev-parse", "HEAD:dir.txt");
    const input = Buffer.concat([
      line(id, [0x64, 0x2f, 0xe9]),
      line(other, [0x64, 0x2f, 0xff]),
      line(id, [0xe9, 0x2f, 0x61]),
    ]);
    repository.run(["update-index", "-z", "--index-info"], { input });
    const found = await open(repository.root);
    const staged = await found.resolve(INDEX);
    expect(staged?.id).toBe(repository.git("write-tree"));
    const names = await found.listFiles(staged!, "d");
    expect(names).toEqual(["d/\udce9", "d/\udcff"]);
    expect(await textOf(found, staged!, names[0]!)).toBe("a\n");
    expect(await textOf(found, staged!, names[1]!)).toBe("c\n");
    expect(await found.listFiles(staged!, "\udce9")).toEqual(["\udce9/a"]);
  });
});

describe("the index of a hook", () => {
  /** Runs a commit whose hook writes down its environment and stops it; the index lock is left in place for us. */
  function inHook(
    repository: TestRepository,
    commit: string[],
    check: (env: Record<string, string>) => Promise<void>,
  ) {
    const saved = join(createDirectory(), "saved");
    const hook = join(
      repository.git("rev-parse", "--path-format=absolute", "--git-path", "hooks"),
      "pre-commit",
    );
    writeFileSync(
      hook,
      `#!/bin/sh\nenv -0 > '${saved}.env'\npwd > '${saved}.cwd'\ncp "$GIT_INDEX_FILE" '${saved}.index'\nexit 1\n`,
      { mode: 0o755 },
    );
    const result = repository.run(["commit", "-m", "x", ...commit]);
    expect(result.status).toBe(1);
    const read = (name: string) => readFileSync(`${saved}.${name}`, "utf8");
    const variables = read("env")
      .split("\0")
      .filter((line) => line.startsWith("GIT_"))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
    const env = Object.fromEntries(variables) as Record<string, string>;
    // Git removes the index it made for the hook when the hook fails; it is put back where it was.
    copyFileSync(`${saved}.index`, resolvePath(read("cwd").trim(), env.GIT_INDEX_FILE!));
    return check(env);
  }

  test("a plain commit has what is staged", async () => {
    const repository = createRepository(FILES);
    repository.write({ "dir/a.txt": "staged\n" });
    repository.git("add", "-A");
    repository.write({ "dir/a.txt": "later\n" });
    await inHook(repository, [], async (env) => {
      expect(env.GIT_INDEX_FILE).toBe(".git/index");
      const found = await open(join(repository.root, "dir"), env);
      expect(await textOf(found, (await found.resolve(INDEX))!, "dir/a.txt")).toBe("staged\n");
    });
  });

  test("`git commit -a` has every tracked change", async () => {
    const repository = createRepository(FILES);
    repository.write({ "dir/a.txt": "changed\n", untracked: "u" });
    await inHook(repository, ["-a"], async (env) => {
      expect(env.GIT_INDEX_FILE).toMatch(/^\/.*index\.lock$/);
      const found = await open(repository.root, env);
      const staged = (await found.resolve(INDEX))!;
      expect(await textOf(found, staged, "dir/a.txt")).toBe("changed\n");
      expect(await found.readFile(staged, "untracked")).toBeNull();
    });
  });

  test("`git commit PATH` has that path and leaves out what else is staged", async () => {
    const repository = createRepository(FILES);
    repository.write({ "dir/a.txt": "named\n", "dir.txt": "staged, not named\n" });
    repository.git("add", "dir.txt");
    await inHook(repository, ["dir/a.txt"], async (env) => {
      expect(env.GIT_INDEX_FILE).toMatch(/^\/.*next-index-\d+\.lock$/);
      const found = await open(repository.root, env);
      const staged = (await found.resolve(INDEX))!;
      expect(await textOf(found, staged, "dir/a.txt")).toBe("named\n");
      expect(await textOf(found, staged, "dir.txt")).toBe("c\n");
    });
  });

  test("a commit in a linked work tree has its own", async () => {
    const repository = createRepository(FILES);
    const linked = openRepository(join(createDirectory(), "linked"));
    repository.git("worktree", "add", "-q", linked.root, "-b", "linked");
    linked.write({ "dir/a.txt": "linked\n" });
    linked.git("add", "-A");
    await inHook(linked, [], async (env) => {
      expect(env.GIT_DIR).toBe(join(repository.root, ".git/worktrees/linked"));
      const found = await open(linked.root, env);
      expect(await textOf(found, (await found.resolve(INDEX))!, "dir/a.txt")).toBe("linked\n");
    });
  });

  test("is not taken for the index of another repository", async () => {
    const [repository, other] = [createRepository(FILES), createRepository({ other: "o\n" })];
    repository.write({ "dir/a.txt": "changed\n" });
    await inHook(repository, ["-a"], async (env) => {
      const found = await open(other.root, { ...env, GIT_DIR: join(repository.root, ".git") });
      expect(found.root).toBe(other.root);
      expect(await found.listFiles((await found.resolve(INDEX))!, "")).toEqual(["other"]);
    });
  });

  test("must be there when it is named", async () => {
    const repository = createRepository(FILES);
    const env = {
      GIT_DIR: join(repository.root, ".git"),
      GIT_INDEX_FILE: join(repository.root, ".git/gone.lock"),
    };
    expect(await failureOf(resolve(repository.root, INDEX, env))).toMatchObject({ code: "index-unreadable" });
  });

  test("may lie anywhere, with a work tree that names its Git directory elsewhere", async () => {
    const repository = createRepository(FILES);
    const index = join(createDirectory(), "index");
    repository.write({ "dir/a.txt": "elsewhere\n" });
    repository.run(["read-tree", "HEAD"], { env: { GIT_INDEX_FILE: index } });
    repository.run(["add", "-u"], { env: { GIT_INDEX_FILE: index } });
    const home = createDirectory();
    renameSync(join(repository.root, ".git"), join(home, "dotfiles.git"));
    const env = {
      GIT_DIR: join(home, "dotfiles.git"),
      GIT_WORK_TREE: repository.root,
      GIT_INDEX_FILE: index,
    };
    const found = await open(join(repository.root, "dir"), env);
    expect(found.root).toBe(repository.root);
    expect(await textOf(found, (await found.resolve(INDEX))!, "dir/a.txt")).toBe("elsewhere\n");
  });
});

describe("the work tree", () => {
  test.each(CHANGES)("is what `git add -u` would stage: %s", async (_what, change) => {
    const repository = createRepository(FILES);
    change(repository);
    expect(await resolve(repository.root, WORK_TREE)).toEqual({
      label: "work tree",
      revision: null,
      id: treeByGit(repository, "-u"),
    });
  });

  test.each(CHANGES)("with untracked files is what `git add -A` would stage: %s", async (_what, change) => {
    const repository = createRepository({ ...FILES, ".gitignore": "*.log\n" });
    repository.write({ "build.log": "ignored\n" });
    change(repository);
    expect((await resolve(repository.root, EVERYTHING))?.id).toBe(treeByGit(repository, "-A"));
  });

  test("leaves out files that the user or the repository ignores", async () => {
    const repository = createRepository(FILES);
    const home = createDirectory();
    mkdirSync(join(home, ".config/git"), { recursive: true });
    writeFileSync(join(home, ".config/git/ignore"), "by-user\n");
    writeFileSync(join(repository.root, ".git/info/exclude"), "by-exclude\n");
    repository.write({ "by-user": "", "by-exclude": "", kept: "k\n" });
    const found = await open(repository.root, { HOME: home });
    const files = await found.listFiles((await found.resolve(EVERYTHING))!, "");
    expect(files).toEqual([...Object.keys(FILES), "kept"].sort());
  });

  test("leaves out repositories inside it, and what is not a file", async () => {
    const repository = createRepository(FILES);
    mkdirSync(join(repository.root, "nested"));
    const nested = openRepository(join(repository.root, "nested"));
    nested.git("init", "-q", ".");
    nested.write({ inner: "x" });
    nested.commit();
    execFileSync("mkfifo", [join(repository.root, "pipe")]);
    const found = await open(repository.root);
    expect((await found.resolve(EVERYTHING))?.id).toBe((await found.resolve(HEAD))?.id);
  });

  test.each([
    ["core.autocrlf=true", {}, "one\r\ntwo\r\n"],
    ["core.autocrlf=input", {}, "one\r\ntwo\r\n"],
    ["core.autocrlf=false", {}, "one\r\ntwo\r\n"],
    ["core.eol=crlf", { ".gitattributes": "* text=auto\n" }, "one\r\ntwo\r\n"],
    ["core.autocrlf=true", {}, "one\r\ntwo\n\r\n"],
    ["core.autocrlf=false", { ".gitattributes": "*.txt text eol=crlf\n" }, "one\r\n"],
    [
      "core.autocrlf=false",
      { ".gitattributes": "*.txt working-tree-encoding=UTF-16LE text\n" },
      Buffer.from("one\n", "utf16le"),
    ],
    ["core.autocrlf=false", { ".gitattributes": "*.txt ident\n" }, "$Id: 123 $\n"],
    ["core.filemode=false", {}, "one\n"],
  ])("has line ends and encodings as Git would store them: %s %j", async (setting, files, content) => {
    const repository = createRepository({ ...FILES, ...files, "lines.txt": "" });
    const [key, value] = setting.split("=") as [string, string];
    repository.git("config", key, value);
    repository.write({ "lines.txt": content });
    chmodSync(join(repository.root, "dir/a.txt"), 0o755);
    const state = repository.snapshotState();
    const found = await open(repository.root);
    const tree = await found.resolve(WORK_TREE);
    expect(tree?.id).toBe(treeByGit(repository, "-u"));
    expect(await found.readFile(tree!, "lines.txt")).not.toBeNull();
    expect(repository.snapshotState()).toBe(state);
  });

  test("keeps line ends of a file that is stored with carriage returns", async () => {
    const repository = createRepository({ "crlf.txt": "one\r\n" });
    repository.git("config", "core.autocrlf", "true");
    repository.write({ "crlf.txt": "one\r\ntwo\r\n" });
    const found = await open(repository.root);
    const tree = await found.resolve(WORK_TREE);
    expect(tree?.id).toBe(treeByGit(repository, "-u"));
    expect(await textOf(found, tree!, "crlf.txt")).toBe("one\r\ntwo\r\n");
  });

  test("has a present file although a sparse checkout skips it", async () => {
    const repository = createRepository(FILES);
    repository.git("sparse-checkout", "set", "--cone", "dir-x");
    repository.write({ "dir/a.txt": "here again\n" });
    const found = await open(repository.root);
    expect(await textOf(found, (await found.resolve(WORK_TREE))!, "dir/a.txt")).toBe("here again\n");
  });

  test("has a file as it is where Git could not convert it", async () => {
    const repository = createRepository(FILES);
    const attributes = "dir/a.txt working-tree-encoding=UTF-16\n";
    repository.write({ ".gitattributes": attributes, "dir/a.txt": "no byte order mark" });
    const found = await open(repository.root);
    expect(await textOf(found, (await found.resolve(WORK_TREE))!, "dir/a.txt")).toBe("no byte order mark");
  });

  test("has a change that was made in the same moment as the index, and of the same size", async () => {
    const repository = createRepository(FILES);
    const [file, index] = [join(repository.root, "dir/a.txt"), join(repository.root, ".git/index")];
    repository.git("config", "core.trustctime", "false");
    const moment = 1_700_000_000;
    utimesSync(file, moment, moment);
    repository.git("update-index", "--refresh");
    repository.write({ "dir/a.txt": "b\n" });
    utimesSync(file, moment, moment);
    utimesSync(index, moment, moment);
    const found = await open(repository.root);
    expect(await textOf(found, (await found.resolve(WORK_TREE))!, "dir/a.txt")).toBe("b\n");
  });
});
