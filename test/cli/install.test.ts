import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createDirectory, createRepository, openRepository } from "../support/repository.ts";
import { cli } from "./io.ts";

const install = (cwd: string, ...more: string[]) => cli(["install", "--with", "git", ...more], { cwd });
const uninstall = (cwd: string) => cli(["uninstall", "--with", "git"], { cwd });
const NAMES = ["pre-commit", "pre-push", "post-merge", "post-checkout"];
const inHooks = (root: string, names: readonly string[] = NAMES) =>
  names.map((name) => join(root, ".git/hooks", name)).join(", ");

function writeHook(path: string, content: string, mode = 0o755): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, "latin1");
  chmodSync(path, mode);
}

describe("without a hook", () => {
  test("installing writes executable ones, uninstalling leaves none", async () => {
    const { root } = createRepository({ "a.txt": "a" });
    const hook = join(root, ".git/hooks/pre-commit");
    expect(await install(root)).toEqual({
      status: 0,
      stdout: "",
      stderr: `Commits and pushes are checked now, by git: ${inHooks(root)}.\n`,
    });
    expect(readFileSync(hook, "utf8")).toMatch(/^#!\/bin\/sh\n# >>> nixclaude >>> \(the whole file\)/);
    expect(statSync(hook).mode & 0o111).toBe(0o111);
    expect((await uninstall(root)).stderr).toBe(
      `Commits and pushes are no longer checked; as before: ${inHooks(root)}.\n`,
    );
    expect(readdirSync(join(root, ".git/hooks")).filter((name) => !name.endsWith(".sample"))).toEqual([]);
  });

  test("trailers are written only where they are asked for", async () => {
    const { root } = createRepository({ "a.txt": "a" });
    await install(root);
    const message = join(root, ".git/hooks/prepare-commit-msg");
    expect(existsSync(message)).toBe(false);
    expect((await install(root, "--trailer")).stderr).toContain(
      inHooks(root, ["prepare-commit-msg", "commit-msg"]),
    );
    expect(existsSync(message)).toBe(true);
    await install(root);
    expect(existsSync(message)).toBe(false);
  });

  test("doing either twice changes nothing", async () => {
    const { root } = createRepository({ "a.txt": "a" });
    const hook = join(root, ".git/hooks/pre-commit");
    await install(root);
    const content = readFileSync(hook, "utf8");
    expect((await install(root)).stderr).toBe(`Already installed in ${inHooks(root)}.\n`);
    expect(readFileSync(hook, "utf8")).toBe(content);
    await uninstall(root);
    expect((await uninstall(root)).stderr).toBe("Nothing of nixclaude is in the hooks of this repository.\n");
  });
});

test.each([
  ["a shell script", "#!/bin/sh\nset -e\nnpm run lint\n", 0o755],
  ["one that ends in exec", "#!/usr/bin/env bash\nexec make lint", 0o700],
  ["one without a first line", "echo linting\n", 0o755],
  ["bytes that are not UTF-8", "#!/bin/sh\necho \xff\xfe\n", 0o755],
])("%s is kept, and is as before after uninstalling", async (_, content, mode) => {
  const { root } = createRepository({ "a.txt": "a" });
  const hook = join(root, ".git/hooks/pre-commit");
  writeHook(hook, content, mode);
  expect((await install(root)).status).toBe(0);
  expect(readFileSync(hook, "latin1")).toContain("hook pre-commit");
  expect(statSync(hook).mode & 0o777).toBe(mode);
  expect((await uninstall(root)).status).toBe(0);
  expect(readFileSync(hook, "latin1")).toBe(content);
  expect(statSync(hook).mode & 0o777).toBe(mode);
});

describe("a hook that cannot take the lines is left alone", () => {
  test.each([
    [
      "of another language",
      (hook: string) => writeHook(hook, "#!/usr/bin/env python3\n"),
      "is not a shell script",
    ],
    ["that is switched off", (hook: string) => writeHook(hook, "#!/bin/sh\n", 0o644), "is not executable"],
    [
      "that is a link into the tree",
      (hook: string) => {
        mkdirSync(dirname(hook), { recursive: true });
        symlinkSync("../../a.txt", hook);
      },
      "is a link or no file",
    ],
  ])("%s", async (_, make, reason) => {
    const { root } = createRepository({ "a.txt": "a" });
    make(join(root, ".git/hooks/pre-commit"));
    const { status, stderr } = await install(root);
    expect(status).toBe(2);
    expect(stderr.replace(/\s+/g, " ")).toContain(reason);
    expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("a");
  });
});

describe("the hooks directory", () => {
  test("is where core.hooksPath says, counted from the root", async () => {
    const repository = createRepository({ "sub/a.txt": "a" });
    repository.git("config", "core.hooksPath", ".githooks");
    expect((await install(join(repository.root, "sub"))).status).toBe(0);
    expect(existsSync(join(repository.root, ".githooks/pre-commit"))).toBe(true);
  });

  test("of a linked work tree is that of the repository", async () => {
    const repository = createRepository({ "a.txt": "a" });
    const linked = join(dirname(repository.root), "linked");
    repository.git("worktree", "add", "-q", linked);
    expect((await install(linked)).status).toBe(0);
    expect(existsSync(join(repository.root, ".git/hooks/pre-commit"))).toBe(true);
  });

  test("that serves other repositories, too, is left alone", async () => {
    const repository = createRepository({ "a.txt": "a" });
    const shared = createDirectory();
    repository.git("config", "core.hooksPath", shared);
    const { status, stderr } = await install(repository.root);
    expect(status).toBe(2);
    expect(stderr.replace(/\s+/g, " ")).toContain("leads out of this repository");
    expect(existsSync(join(shared, "pre-commit"))).toBe(false);
  });

  test("of husky is left to husky", async () => {
    const repository = createRepository({ "a.txt": "a" });
    repository.git("config", "core.hooksPath", ".husky/_");
    expect((await install(repository.root)).stderr.replace(/\s+/g, " ")).toContain(".husky/pre-commit");
  });

  test("does not exist outside of a work tree", async () => {
    const { status, stderr } = await install(createDirectory());
    expect(status).toBe(3);
    expect(stderr).toContain("error[no-work-tree]");
  });
});

describe("an installed hook", () => {
  /** Stands in for the program: says how it was called, and exits as it is told. */
  function withProgram(status: number) {
    const repository = createRepository({ "a.txt": "a" });
    const program = join(repository.root, "node_modules/.bin/nixclaude");
    writeHook(program, `#!/bin/sh\necho "called with $*" >&2\nexit ${status}\n`);
    return openRepository(repository.root);
  }

  test.each([
    [0, 0],
    [1, 1],
    [3, 1],
  ])("lets a commit pass only when the program exits with 0 (%i)", async (status, commitStatus) => {
    const repository = withProgram(status);
    await install(repository.root);
    const commit = repository.run(["commit", "--allow-empty", "-m", "x"]);
    expect(commit.stderr).toContain("called with hook pre-commit");
    expect(commit.status).toBe(commitStatus);
  });

  test("runs what was there before only after it", async () => {
    const repository = withProgram(0);
    writeHook(
      join(repository.root, ".git/hooks/pre-commit"),
      "#!/bin/sh\nset -eu\necho before >&2\nexit 7\n",
    );
    await install(repository.root);
    const { stderr, status } = repository.run(["commit", "--allow-empty", "-m", "x"]);
    expect(stderr).toContain("called with hook pre-commit\nbefore\n");
    expect(status).not.toBe(0);
  });

  test("that finds no program says so and stops the commit", async () => {
    const repository = createRepository({ "a.txt": "a" });
    await install(repository.root);
    const commit = repository.run(["commit", "--allow-empty", "-m", "x"]);
    expect(commit.stderr).toContain("nixclaude is not installed, so this commit cannot be checked");
    expect(commit.status).not.toBe(0);
  });

  test("that only says something is silent without the program, and fails nothing", async () => {
    const repository = createRepository({ "a.txt": "a" });
    await install(repository.root, "--trailer");
    const checkout = repository.run(["checkout", "-q", "-b", "side"]);
    expect(checkout).toMatchObject({ status: 0, stderr: "" });
    const commit = repository.run(["commit", "-q", "--no-verify", "--allow-empty", "-m", "x"]);
    expect(commit).toMatchObject({ status: 0, stderr: "" });
  });

  test("hands the pushed refs on to what stands below it", async () => {
    const repository = withProgram(0);
    const remote = createRepository(undefined, { bare: true });
    repository.git("remote", "add", "origin", remote.root);
    writeHook(
      join(repository.root, ".git/hooks/pre-push"),
      '#!/bin/sh\nset -eu\necho "for $1" >&2\ncat >&2\n',
    );
    await install(repository.root);
    const head = repository.head();
    const zeros = "0".repeat(head.length);
    const { stderr } = repository.run(["push", "-q", "origin", "main"]);
    expect(stderr).toBe(
      `called with hook pre-push origin ${remote.root}\nfor origin\nrefs/heads/main ${head} refs/heads/main ${zeros}\n`,
    );
    const again = repository.run(["push", "-q", "origin", "main"]);
    expect(again.stderr).toBe(`called with hook pre-push origin ${remote.root}\nfor origin\n`);
  });
});

test.each(["pre-commit", "pre-push", "post-merge", "post-checkout", "prepare-commit-msg", "commit-msg"])(
  "hooks/%s is at most 15 lines that every shell understands",
  (name) => {
    const script = join(import.meta.dirname, "../../hooks", name);
    expect(readFileSync(script, "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(15);
    expect(spawnSync("dash", ["-n", script]).status).toBe(0);
  },
);
