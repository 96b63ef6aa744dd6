import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { nixclaude, PROGRAM, userEnvironment } from "../support/program.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  openRepository,
  type TestRepository,
} from "../support/repository.ts";

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
  return copyOf(`git ${install.join(" ")}`, environmentWithProgram, (repository, env) => {
    repository.git("push", "-q", "-u", "origin", "main");
    repository.git("remote", "set-head", "origin", "main");
    expect(nixclaude(repository.root, ["install", "--with", "git", ...install], env).status).toBe(0);
  });
}

/** Set up once per test file, then copied: what is set up is the same, and takes longer than most of the tests. */
const prepared = new Map<string, { directory: string; env: Record<string, string> }>();

function copyOf(
  key: string,
  environment: () => Record<string, string>,
  setUp: (repository: TestRepository, env: Record<string, string>) => void,
  files: Record<string, string> = {},
): HookedRepository {
  let original = prepared.get(key);
  if (original === undefined) {
    original = { directory: createDirectory(), env: environment() };
    const repository = emptyPair(original.directory);
    repository.write({ "flake.nix": QUIET, "other.txt": "1\n", ...files });
    repository.commit("first");
    setUp(repository, original.env);
    prepared.set(key, original);
  }
  const { directory, env } = original;
  const copy = createDirectory();
  cpSync(directory, copy, { recursive: true, preserveTimestamps: true });
  const repository = openRepository(join(copy, "repo"));
  repository.git("remote", "set-url", "origin", join(copy, "remote"));
  return { repository, env, git: (...args) => runIn(repository, env, args) };
}

/** `repo`, and the bare `remote` that is its `origin`. */
function emptyPair(directory: string): TestRepository {
  const [root, remote] = [join(directory, "repo"), join(directory, "remote")];
  const repository = openRepository(root);
  mkdirSync(root);
  repository.git("init", "-q", "--initial-branch=main", ".");
  repository.git("init", "-q", "--initial-branch=main", "--bare", remote);
  repository.git("remote", "add", "origin", remote);
  return repository;
}

/** Runs Git and returns what a terminal would show, in that order. */
export function runIn(repository: TestRepository, env: Record<string, string>, args: string[]) {
  const { status, stdout } = spawnSync("sh", ["-c", 'exec git "$@" 2>&1', "git", ...args], {
    cwd: repository.root,
    env: cleanGitEnvironment(env),
    encoding: "utf8",
  });
  return { status, output: stdout };
}

/** A commit that no hook has seen. */
export function commitUnseen(repository: TestRepository, flakeText: string): string {
  repository.write({ "flake.nix": flakeText });
  repository.git("commit", "-q", "--no-verify", "-a", "-m", "unseen");
  return repository.head();
}

const root = fileURLToPath(new URL("../..", import.meta.url));
/** `npm test` has seen to it that they are there. */
export const { lefthook: LEFTHOOK, husky: HUSKY } = JSON.parse(printed("scripts/get-hook-managers.mjs")) as {
  lefthook: string;
  husky: string;
};
export const PRE_COMMIT = printed("scripts/get-pre-commit.mjs");

function printed(script: string): string {
  return execFileSync(process.execPath, [join(root, script)], { encoding: "utf8" }).trim();
}

export const MANAGERS = {
  lefthook: {
    files: { "lefthook.yml": "# ours\npre-commit:\n  commands:\n    first:\n      run: echo first\n" },
    start: ["sh", "-c", `'${LEFTHOOK}' install`],
    env: { NO_COLOR: "1", LEFTHOOK_BIN: LEFTHOOK },
  },
  "pre-commit": {
    files: {
      ".pre-commit-config.yaml":
        "repos:\n- repo: local\n  hooks:\n  - {id: first, name: first, language: system, entry: echo first, stages: [pre-commit]}\n",
    },
    start: [PRE_COMMIT, "install", "--hook-type", "pre-commit", "--hook-type", "pre-push"],
    env: {
      PYTHONPATH: join(PRE_COMMIT, "../usr/lib/python3/dist-packages"),
      PRE_COMMIT_HOME: createDirectory(),
    },
  },
  husky: {
    files: { ".husky/pre-commit": "echo first\n" },
    start: [process.execPath, HUSKY],
    env: {},
  },
} as const;

/** A repository whose hooks are run by the real manager, installed as its users do, with a remote that has `main`. */
export function managed(name: keyof typeof MANAGERS): HookedRepository {
  const { files, start, env: variables } = MANAGERS[name];
  const setUp = (repository: TestRepository, env: Record<string, string>) => {
    const installed = nixclaude(repository.root, ["install"], env);
    expect(installed).toMatchObject({ status: 0, stderr: expect.stringContaining(`by ${name}: `) });
    const [program = "", ...args] = start;
    execFileSync(program, args, { cwd: repository.root, env, stdio: "ignore" });
    repository.git("commit", "-q", "--no-verify", "-a", "-m", "hooks");
    repository.git("push", "-q", "--no-verify", "-u", "origin", "main");
  };
  return copyOf(name, () => environmentWithProgram(variables), setUp, files);
}
