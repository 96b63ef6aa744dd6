import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { nixclaude, PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";

const NO_PUSH = 'constraints.no-push.forbid.allow = [ "Bash(git push *)" ];';

/** A flake that approves these rules and forbids pushing. */
export function flake(...rules: string[]): string {
  const allow = rules.map((rule) => `"${rule}"`).join(" ");
  return `{ outputs = _: { claudeContext = { version = "2025-01"; permissions.allow = [ ${allow} ]; ${NO_PUSH} }; }; }\n`;
}

export const QUIET = flake("Bash(git status)");
export const WIDER = flake("Bash(git status)", "Bash(git log *)");
export const BLOCKED = flake("Bash(git *)");

/** The environment of a user on whose PATH `nixclaude` is the built program. */
export function environmentWithProgram(extra: Record<string, string> = {}): Record<string, string> {
  const bin = createDirectory();
  writeFileSync(join(bin, "nixclaude"), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`, {
    mode: 0o755,
  });
  return userEnvironment({ PATH: `${bin}:${process.env.PATH}`, ...extra });
}

export interface HookedRepository {
  repository: TestRepository;
  env: Record<string, string>;
  /** Runs Git as the user, hooks and all. */
  git(...args: string[]): { status: number | null; output: string };
}

/** A repository with hooks in Git's own directory, and a remote `origin` that has its branch `main`. */
export function hookedRepository(...install: string[]): HookedRepository {
  const repository = createRepository({ "flake.nix": QUIET, "other.txt": "1\n" });
  const remote = createRepository(undefined, { bare: true });
  repository.git("remote", "add", "origin", remote.root);
  repository.git("push", "-q", "-u", "origin", "main");
  repository.git("remote", "set-head", "origin", "main");
  const env = environmentWithProgram();
  expect(nixclaude(repository.root, ["install", "--with", "git", ...install], env).status).toBe(0);
  return { repository, env, git: (...args) => runIn(repository, env, args) };
}

export function runIn(repository: TestRepository, env: Record<string, string>, args: string[]) {
  const { status, stdout, stderr } = repository.run(args, { env });
  return { status, output: stdout + stderr };
}

/** A commit that no hook has seen. */
export function commitUnseen(repository: TestRepository, flakeText: string): string {
  repository.write({ "flake.nix": flakeText });
  repository.git("commit", "-q", "--no-verify", "-a", "-m", "unseen");
  return repository.head();
}
