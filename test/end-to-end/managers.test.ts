import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { defaultNix } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";
import {
  BLOCKED,
  commitUnseen,
  environmentWithProgram,
  HUSKY,
  LEFTHOOK,
  MANAGERS,
  managed,
  PRE_COMMIT,
  QUIET,
  runIn,
  WIDER,
} from "./hook-world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe.each(["lefthook", "pre-commit", "husky"] as const)("under the real %s", (name) => {
  test("a commit of what does not change the behavior goes through", () => {
    const { repository, git } = managed(name);
    repository.write({ "other.txt": "2\n" });
    const { status, output } = git("commit", "-a", "-m", "x");
    expect(status).toBe(0);
    expect(output).toContain("first");
    expect(output).not.toContain("Claude may now");
  });

  test("a commit that a constraint forbids is stopped, with the reason", () => {
    const { repository, git } = managed(name);
    repository.write({ "flake.nix": BLOCKED });
    const before = repository.head();
    const { status, output } = git("commit", "-a", "-m", "x");
    expect(status).toBe(1);
    expect(output).toContain("no-push");
    expect(repository.head()).toBe(before);
  });

  test.each([
    ["what is staged is well, what lies about is not", WIDER, BLOCKED, 0],
    ["what is staged is not well, what lies about is", BLOCKED, QUIET, 1],
  ])("of a file that is staged in part, what is staged counts: %s", (_, staged, lying, expected) => {
    const { repository, git } = managed(name);
    repository.write({ "flake.nix": staged, "other.txt": "2\n" });
    repository.git("add", "flake.nix", "other.txt");
    repository.write({ "flake.nix": lying, "other.txt": "3\n" });
    expect(git("commit", "-m", "x").status).toBe(expected);
    expect(readFileSync(join(repository.root, "flake.nix"), "utf8")).toBe(lying);
    expect(readFileSync(join(repository.root, "other.txt"), "utf8")).toBe("3\n");
  });

  test("a push is checked", () => {
    const { repository, git } = managed(name);
    repository.write({ "other.txt": "2\n" });
    repository.git("commit", "-q", "--no-verify", "-a", "-m", "x");
    expect(git("push", "origin", "main").status).toBe(0);
    const had = repository.head();
    commitUnseen(repository, BLOCKED);
    const { status, output } = git("push", "origin", "main");
    expect(status).toBe(1);
    expect(output).toContain("no-push");
    expect(output).toContain(had.slice(0, 7));
    expect(git("push", "origin", "HEAD:refs/heads/new").status).toBe(1);
    repository.git("branch", "side");
    repository.git("reset", "-q", "--hard", had);
    expect(git("push", "origin", "side").status).toBe(1);
  });
});

test("lefthook hands on what a checkout and a commit message hook need", () => {
  const { repository, env, git } = managed("lefthook");
  expect(nixclaude(repository.root, ["install", "--trailer"], env).status).toBe(0);
  execFileSync(LEFTHOOK, ["install"], { cwd: repository.root, env, stdio: "ignore" });
  git("checkout", "-q", "-b", "side");
  repository.write({ "flake.nix": WIDER });
  git("commit", "-a", "-m", "subject");
  expect(repository.git("log", "-1", "--format=%B")).toBe("subject\n\nAI-Behavior: wider (1)\n");
  expect(git("checkout", "main").output).toContain("Claude's behavior changed: narrower (1).");
});

test("lefthook takes hooks/lefthook.yml as a remote", () => {
  const source = createRepository({
    "hooks/lefthook.yml": readFileSync(join(root, "hooks/lefthook.yml"), "utf8"),
  });
  const repository = createRepository({
    "flake.nix": QUIET,
    "lefthook.yml": `remotes:\n  - git_url: ${source.root}\n    ref: main\n    configs: [hooks/lefthook.yml]\n`,
  });
  const env = environmentWithProgram(MANAGERS.lefthook.env);
  execFileSync(LEFTHOOK, ["install"], { cwd: repository.root, env, stdio: "ignore" });
  repository.write({ "flake.nix": BLOCKED });
  const { status, output } = runIn(repository, env, ["commit", "-a", "-m", "x"]);
  expect(status).toBe(1);
  expect(output).toContain("no-push");
});

test("husky can be named where nothing of it is, and is left as it was found", () => {
  const repository = createRepository({ "flake.nix": QUIET });
  const env = environmentWithProgram();
  expect(nixclaude(repository.root, ["install", "--with", "husky"], env).status).toBe(0);
  execFileSync(process.execPath, [HUSKY], { cwd: repository.root, env, stdio: "ignore" });
  repository.write({ "flake.nix": BLOCKED });
  const { status, output } = runIn(repository, env, ["commit", "-a", "-m", "x"]);
  expect(status).toBe(1);
  expect(output).toContain("no-push");
  expect(output).toContain("husky - pre-commit script failed (code 1)");
  expect(nixclaude(repository.root, ["uninstall", "--with", "husky"], env).status).toBe(0);
  expect(runIn(repository, env, ["commit", "-q", "-a", "-m", "x"])).toEqual({ status: 0, output: "" });
  expect(readdirSync(join(repository.root, ".husky"))).toEqual(["_"]);
});

describe("what others install from here", () => {
  const published = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8"));

  test("pre-commit accepts .pre-commit-hooks.yaml", () => {
    const { env } = MANAGERS["pre-commit"];
    execFileSync(PRE_COMMIT, ["validate-manifest", join(root, ".pre-commit-hooks.yaml")], {
      env: environmentWithProgram(env),
    });
    expect(published.map(({ id }: { id: string }) => id)).toEqual(["nixclaude", "nixclaude-push"]);
  });

  test("git-hooks.nix is given the same hooks", () => {
    const expression = `import ${join(root, "nix/git-hooks.nix")} { package = "/package"; }`;
    const args = [
      "--extra-experimental-features",
      "nix-command",
      "eval",
      "--impure",
      "--json",
      "--expr",
      expression,
    ];
    const hooks = JSON.parse(
      execFileSync(defaultNix().binary, args, {
        encoding: "utf8",
        // Without a store of its own, Nix would make /nix on the machine that runs the tests.
        env: environmentWithProgram({ NIX_REMOTE: createDirectory() }),
      }),
    );
    for (const { id, name, entry, stages, pass_filenames, always_run } of published) {
      expect(hooks[id]).toEqual({
        name,
        stages,
        pass_filenames,
        always_run,
        entry: `/package/bin/${entry}`,
        language: "system",
        enable: true,
      });
    }
  });
});
