import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

/** Files by path relative to the root. */
export type Files = Record<string, string | Uint8Array>;

export interface TestRepository {
  /** Absolute path of the work tree (of the Git directory, when bare). */
  readonly root: string;
  /** Writes files into the work tree; parent directories are made. Nothing is staged. */
  write(files: Files): void;
  /** Stages everything and commits it; returns the commit id. An empty commit is fine. */
  commit(message?: string): string;
  /** Runs Git in the work tree and returns its standard output without the last line feed; throws when Git fails. */
  git(...args: string[]): string;
  /** The same, with further environment, input or directory, and without judging the exit status. */
  run(args: string[], options?: RunOptions): SpawnSyncReturns<string>;
  /** Commit id of HEAD. */
  head(): string;
  /**
   * One line for every file below the root and below the Git directory (index, refs, objects included) with mode,
   * size, time of modification in ns and SHA-256: two equal texts mean that nothing was touched.
   */
  snapshotState(): string;
  /** Removes it early; done after the test file in any case. */
  remove(): void;
}

export interface RunOptions {
  env?: Record<string, string>;
  input?: string | Uint8Array;
  cwd?: string;
}

export interface RepositoryOptions {
  objectFormat?: "sha1" | "sha256";
  bare?: boolean;
  /** Last part of the path, for names with spaces and the like. */
  name?: string;
}

const made = new Set<string>();
const removeAll = () => {
  for (const directory of made) removeDirectory(directory);
};
afterAll(removeAll);
process.once("exit", removeAll);

/** A directory of its own below the system's temporary directory, removed after the test file. */
export function createDirectory(prefix = "nixclaude-test-"): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  made.add(directory);
  return directory;
}

/** A real repository on branch `main`; with `files`, they are its first commit. */
export function createRepository(files?: Files, options: RepositoryOptions = {}): TestRepository {
  const holder = createDirectory();
  const root = join(holder, options.name ?? "repo");
  mkdirSync(root);
  const repository = openRepository(root);
  repository.git(
    "init",
    "-q",
    "--initial-branch=main",
    `--object-format=${options.objectFormat ?? "sha1"}`,
    ...(options.bare ? ["--bare"] : []),
    ".",
  );
  if (files !== undefined) {
    repository.write(files);
    repository.commit("first");
  }
  return { ...repository, remove: () => removeDirectory(holder) };
}

/** The same handle for a repository that something else made: a clone, a linked work tree. */
export function openRepository(root: string): TestRepository {
  const run = (args: string[], options: RunOptions = {}) =>
    spawnSync("git", args, {
      cwd: options.cwd ?? root,
      env: cleanGitEnvironment(options.env),
      ...(options.input === undefined ? {} : { input: options.input }),
      encoding: "utf8",
      maxBuffer: 256 * 1024 ** 2,
    });
  const git = (...args: string[]) => {
    const result = run(args);
    if (result.error !== undefined) throw result.error;
    if (result.status !== 0) throw new Error(`git ${args.join(" ")}: ${result.stderr}`);
    return result.stdout.replace(/\n$/, "");
  };
  const head = () => git("rev-parse", "HEAD");
  return {
    root,
    write: (files) => writeFiles(root, files),
    commit: (message = "change") => {
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", message);
      return head();
    },
    git,
    run,
    head,
    snapshotState: () => {
      const common = git("rev-parse", "--path-format=absolute", "--git-common-dir");
      const outside = common.startsWith(`${root}/`) || common === root ? [] : [common];
      return [root, ...outside].flatMap((directory) => [...describe(directory, "")]).join("\n");
    },
    remove: () => removeDirectory(root),
  };
}

/** An environment without the user's configuration and without the variables of a surrounding Git process. */
export function cleanGitEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: "/nonexistent",
    LC_ALL: "C",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Test Author",
    GIT_AUTHOR_EMAIL: "author@example.org",
    GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
    GIT_COMMITTER_NAME: "Test Author",
    GIT_COMMITTER_EMAIL: "author@example.org",
    GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
    ...extra,
  };
}

export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

function* describe(root: string, path: string): Generator<string> {
  const full = join(root, path);
  const stat = lstatSync(full, { bigint: true });
  const content = stat.isSymbolicLink()
    ? readlinkSync(full)
    : stat.isFile()
      ? createHash("sha256").update(readFileSync(full)).digest("hex")
      : "";
  yield `${path} ${stat.mode.toString(8)} ${stat.isFile() ? stat.size : ""} ${stat.mtimeNs} ${content}`;
  if (!stat.isDirectory()) return;
  for (const name of readdirSync(full).sort()) yield* describe(root, path === "" ? name : `${path}/${name}`);
}

function removeDirectory(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch {
    // A test took away permissions; give them back and try once more.
    for (const path of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
      const full = join(directory, path);
      if (!lstatSync(full).isSymbolicLink()) chmodSync(full, 0o700);
    }
    rmSync(directory, { recursive: true, force: true });
  }
  made.delete(directory);
}
