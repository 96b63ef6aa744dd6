import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { GIT_HOOKS } from "../../src/cli/hooks/names.ts";
import { newLefthookFile } from "../../src/cli/install/lefthook.ts";
import { createRepository, type Files } from "../support/repository.ts";
import { cli } from "./io.ts";

const LEFTHOOK = `# our hooks
pre-commit:   # before each commit
  parallel: true
  commands:
    # first the fast one
    lint:  {  run: npm run lint }

    types:
        run:   npx tsc   # odd indentation
pre-push:
    jobs:
      - name: tests
        run: npm test
commit-msg:
  commands: &shared
    x: { run: "true" }
`;

describe("the manager", () => {
  test.each([
    ["lefthook", { "lefthook.yml": "" }, "lefthook.yml"],
    ["lefthook", { ".lefthook.yaml": "", ".pre-commit-config.yaml": "" }, ".lefthook.yaml"],
    ["lefthook", { ".config/lefthook.yml": "" }, ".config/lefthook.yml"],
    ["pre-commit", { ".pre-commit-config.yaml": "repos:\n", ".husky/x": "" }, ".pre-commit-config.yaml"],
    ["husky", { ".husky/pre-commit": "npm test\n" }, ".husky/pre-push"],
    ["git", { "a.txt": "" }, ".git/hooks/pre-push"],
  ])("%s is known by its files (%j)", async (name, files, changed) => {
    const { root } = createRepository(files as unknown as Files);
    const { status, stderr } = await cli(["install"], { cwd: root });
    expect(status).toBe(0);
    expect(stderr).toContain(`by ${name}: `);
    expect(stderr).toContain(join(root, changed));
  });

  test.each(["lefthook", "pre-commit", "husky"])("%s can be named where nothing of it is", async (name) => {
    const { root, git } = createRepository({ "a.txt": "" });
    expect((await cli(["install", "--with", name], { cwd: root })).status).toBe(0);
    expect(git("status", "--porcelain", "-uall")).not.toBe("");
    expect((await cli(["uninstall"], { cwd: root })).status).toBe(0);
    expect(git("status", "--porcelain", "-uall")).toBe("");
  });
});

describe("files are kept byte for byte", () => {
  test.each<[string, string, string]>([
    ["a file with comments, anchors and odd indentation", "lefthook.yml", LEFTHOOK],
    ["one without its last line break", "lefthook.yml", "pre-commit:\n  commands:\n    a:\n      run: x"],
    ["a hook that is only named", "lefthook.yml", "pre-commit:\npre-push:"],
    ["a hook with nothing to run", "lefthook.yml", "pre-commit:\n  parallel: true\n"],
    [
      "line breaks of another system",
      "lefthook.yml",
      "# x\r\npre-commit:\r\n  commands:\r\n    a:\r\n      run: x\r\n",
    ],
    ["nothing but a comment", "lefthook.yml", "# to be written\n"],
    [
      "bytes that are not ASCII",
      "lefthook.yml",
      "# größer 🥊\npre-commit:\n  commands:\n    ä:\n      run: x\n",
    ],
    [
      "a list of repositories that is not indented",
      ".pre-commit-config.yaml",
      "# hooks\ndefault_stages: [pre-commit]\nrepos:\n# first\n- repo: local\n  hooks: []\n\nci: {}\n",
    ],
    ["one that is", ".pre-commit-config.yaml", "repos:\n    -   repo: local\n        hooks: []\n"],
    ["a script that husky runs", ".husky/pre-commit", "npm test\nexec true"],
    [
      "one of an older husky",
      ".husky/pre-push",
      '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test\n',
    ],
  ])("%s", async (_, file, text) => {
    const { root, git } = createRepository({ [file]: text });
    expect(await cli(["install"], { cwd: root })).toMatchObject({ status: 0 });
    const installed = readFileSync(join(root, file), "utf8");
    expect(installed).toContain(">>> nixclaude >>>");
    for (const line of text.split("\n")) expect(installed).toContain(line);
    expect((await cli(["install"], { cwd: root })).stderr).toContain("Already installed in");
    expect(readFileSync(join(root, file), "utf8")).toBe(installed);
    expect((await cli(["uninstall"], { cwd: root })).status).toBe(0);
    expect(readFileSync(join(root, file), "utf8")).toBe(text);
    expect(git("status", "--porcelain", "-uall")).toBe("");
  });
});

test("lefthook finds our command beside those that were there", async () => {
  const { root } = createRepository({ "lefthook.yml": LEFTHOOK });
  await cli(["install", "--trailer"], { cwd: root });
  const config = parse(readFileSync(join(root, "lefthook.yml"), "utf8"));
  expect(Object.keys(config["pre-commit"].commands)).toEqual(["nixclaude", "lint", "types"]);
  expect(config["pre-push"].jobs.map(({ name }: { name: string }) => name)).toEqual(["nixclaude", "tests"]);
  expect(config["pre-push"].jobs[0].use_stdin).toBe(true);
  for (const name of GIT_HOOKS) expect(config[name]).toBeDefined();
});

describe("a file that leaves no place is left alone", () => {
  test.each([
    ["pre-commit: { commands: { a: { run: x } } }\n", "pre-commit"],
    ["pre-commit:\n  commands: { a: { run: x } }\n", "pre-commit"],
    ["pre-commit:\n  commands:\n    nixclaude:\n      run: mine\n", "pre-commit"],
    ["x: &x {}\npre-push: *x\n", "pre-push"],
    ["a: 1\n---\nb: 2\n", "pre-commit"],
    ["pre-commit: [\n", "pre-commit"],
    ["- a list\n", "pre-commit"],
  ])("lefthook.yml: %j", async (text, hook) => {
    const { root } = createRepository({ "lefthook.yml": text });
    const { status, stderr } = await cli(["install"], { cwd: root });
    expect(status).toBe(2);
    expect(stderr.replace(/\s+/g, " ")).toContain(`leaves no place for lines of its own under ${hook}`);
    expect(readFileSync(join(root, "lefthook.yml"), "utf8")).toBe(text);
  });

  test("a configuration of lefthook that is not YAML", async () => {
    const { root } = createRepository({ "lefthook.toml": "" });
    const { status, stderr } = await cli(["install"], { cwd: root });
    expect({ status, named: stderr.includes("lefthook.toml is not YAML") }).toEqual({
      status: 2,
      named: true,
    });
    expect(existsSync(join(root, "lefthook.yml"))).toBe(false);
  });

  test("pre-commit's, for trailers", async () => {
    const { root } = createRepository({ ".pre-commit-config.yaml": "repos: []\n" });
    expect((await cli(["install", "--trailer"], { cwd: root })).stderr).toContain("--with git --trailer");
    expect((await cli(["install"], { cwd: root })).stderr).toContain("leaves no place");
  });

  test("and nothing is written when only one of several hooks leaves none", async () => {
    const { root, git } = createRepository({ "lefthook.yml": "post-merge: { parallel: true }\n" });
    expect((await cli(["install"], { cwd: root })).status).toBe(2);
    expect(git("status", "--porcelain")).toBe("");
  });
});

test("uninstalling looks everywhere, unless one manager is named", async () => {
  const { root } = createRepository({ "lefthook.yml": LEFTHOOK });
  mkdirSync(join(root, ".husky"));
  for (const name of ["lefthook", "husky", "git"]) await cli(["install", "--with", name], { cwd: root });
  await cli(["uninstall", "--with", "husky"], { cwd: root });
  expect(existsSync(join(root, ".husky/pre-commit"))).toBe(false);
  expect(existsSync(join(root, ".git/hooks/pre-commit"))).toBe(true);
  await cli(["uninstall"], { cwd: root });
  expect(existsSync(join(root, ".git/hooks/pre-commit"))).toBe(false);
  expect(readFileSync(join(root, "lefthook.yml"), "utf8")).toBe(LEFTHOOK);
});

test("hooks/lefthook.yml, for lefthook's remotes, is what install writes", async () => {
  const text = newLefthookFile(["pre-commit", "pre-push", "post-merge", "post-checkout"])
    .split("\n")
    .filter((line) => !line.startsWith("# "))
    .join("\n");
  await expect(`# A remote of lefthook: docs/hooks.md\n${text}`).toMatchFileSnapshot(
    "../../hooks/lefthook.yml",
  );
});
