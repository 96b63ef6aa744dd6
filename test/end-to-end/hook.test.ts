import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nixclaude, PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";

const flake = (rule: string, constraint = "") =>
  `{ outputs = _: { claudeContext = { version = "2025-01"; permissions.allow = [ "${rule}" ]; ${constraint} }; }; }\n`;
const NO_PUSH = 'constraints.no-push.forbid.allow = [ "Bash(git push *)" ];';

/** A repository with the hook installed, and a PATH on which `nixclaude` is the built program. */
function repositoryWithHook(): {
  repository: TestRepository;
  commit: (...args: string[]) => ReturnType<TestRepository["run"]>;
} {
  const repository = createRepository({
    "flake.nix": flake("Bash(git status)", NO_PUSH),
    "other.txt": "1\n",
  });
  const bin = createDirectory();
  writeFileSync(join(bin, "nixclaude"), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`, {
    mode: 0o755,
  });
  const env = userEnvironment({ PATH: `${bin}:${process.env.PATH}` });
  expect(nixclaude(repository.root, ["install", "--with", "git"], env).status).toBe(0);
  return { repository, commit: (...args) => repository.run(["commit", "-m", "x", ...args], { env }) };
}

test("a commit that changes nothing of the behavior goes through in silence", () => {
  const { repository, commit } = repositoryWithHook();
  repository.write({ "other.txt": "2\n" });
  repository.git("add", "-A");
  const { status, stderr } = commit("-q");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("a commit that violates a constraint is stopped, on one screen", () => {
  const { repository, commit } = repositoryWithHook();
  const before = repository.head();
  repository.write({ "flake.nix": flake("Bash(git *)", NO_PUSH) });
  repository.git("add", "-A");
  const { status, stdout, stderr } = commit();
  expect(status).not.toBe(0);
  expect(stdout + stderr).toContain("no-push");
  expect((stdout + stderr).split("\n").length).toBeLessThan(50);
  expect(repository.head()).toBe(before);
});

test("what is staged counts, not what lies in the work tree", () => {
  const { repository, commit } = repositoryWithHook();
  repository.write({ "flake.nix": flake("Bash(git log)", NO_PUSH) });
  repository.git("add", "-A");
  repository.write({ "flake.nix": flake("Bash(git *)", NO_PUSH) });
  expect(commit().status).toBe(0);
  expect(readFileSync(join(repository.root, "flake.nix"), "utf8")).toContain("git *");
});

test("commit -a and commit PATH are judged by the index that Git makes for them", () => {
  for (const args of [["-a"], ["flake.nix"]]) {
    const { repository, commit } = repositoryWithHook();
    repository.write({ "flake.nix": flake("Bash(git *)", NO_PUSH) });
    expect(commit(...args).status).not.toBe(0);
  }
});

test("in a linked work tree the hook judges that work tree", () => {
  const { repository } = repositoryWithHook();
  const linked = join(createDirectory(), "linked tree");
  repository.git("worktree", "add", "-q", "-b", "side", linked);
  writeFileSync(join(linked, "flake.nix"), flake("Bash(git *)", NO_PUSH));
  const result = repository.run(["commit", "-q", "-a", "-m", "x"], { cwd: linked, env: userEnvironment() });
  expect(result.status).not.toBe(0);
});

test("uninstall undoes exactly what install did", () => {
  const repository = createRepository({ "flake.nix": flake("Bash(ls)") });
  const hook = join(repository.root, ".git/hooks/pre-commit");
  nixclaude(repository.root, ["install", "--with", "git"]);
  nixclaude(repository.root, ["install", "--with", "git"]);
  expect(existsSync(hook)).toBe(true);
  nixclaude(repository.root, ["uninstall", "--with", "git"]);
  expect(existsSync(hook)).toBe(false);
});
