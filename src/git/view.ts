import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { codeOf, reasonOf, temporaryFilesFailed } from "../system/failures.ts";
import { indexUnreadable, unsupportedRepository } from "./errors.ts";
import type { Environment, Location } from "./location.ts";
import { configText, createObjectStore, type ObjectStore } from "./object-store.ts";
import { createPrivateDirectory, type PrivateDirectory } from "./private-directory.ts";
import { type GitResult, runGit } from "./process.ts";

/**
 * A Git directory of our own through which Git sees the user's HEAD, refs and objects, and no configuration but
 * ours. So nothing that the repository, the user or the system configured can run: no hook, filter, textconv,
 * fsmonitor, pager, alias, credential helper, lazy fetch, included file; and ownership (`safe.directory`) is ours.
 */
export interface View {
  location: Location;
  store: ObjectStore;
  /** Any Git command that only reads; `workTree` for those that look at files. */
  git(args: string[], options?: GitOptions): Promise<GitResult>;
  /** Copies the index, so that all commands of one question see the same; a further copy of `from` when given. */
  copyIndex(from?: string): string;
  /** The commits at which this shallow clone was cut off. */
  shallowCommits(): ReadonlySet<string>;
  /** Git's own state names (`MERGE_HEAD`, `ORIG_HEAD`, …) become visible when they are asked for. */
  exposePseudoRef(name: string): void;
  /** What branches pointed at before (`main@{1}`) becomes known. */
  exposeLogs(): void;
  /** Whether a file stands for this ref, readable or not. */
  refFileExists(name: string): boolean;
  /**
   * Values of the user's configuration (repository, user, system) whose keys match: read as data, without
   * following includes. The last value of a key counts.
   */
  readUserConfig(pattern: string): Promise<Map<string, string>>;
  /** Makes such values hold for all later commands. */
  adoptConfig(values: ReadonlyMap<string, string>): void;
  close(): void;
}

export interface GitOptions {
  input?: Uint8Array;
  indexFile?: string;
  workTree?: string;
  /** Git sees and writes only `ObjectStore.isolated`: for commands that write objects on their own. */
  isolated?: boolean;
  /** For questions that may remain unanswered. */
  timeoutMs?: number;
}

export function createView(location: Location, env: Environment, temporaryDirectory?: string): View {
  const directory = createPrivateDirectory(temporaryDirectory);
  try {
    const store = createObjectStore(directory.path, location.objectFormat, location.objectDirectories);
    const gitDirectory = join(directory.path, "view");
    layOut(gitDirectory, location);
    return viewOf(location, env, directory, store, gitDirectory);
  } catch (cause) {
    directory.remove();
    throw codeOf(cause) === undefined ? cause : temporaryFilesFailed(directory.path, cause);
  }
}

function viewOf(
  location: Location,
  env: Environment,
  directory: PrivateDirectory,
  store: ObjectStore,
  gitDirectory: string,
): View {
  let copies = 0;
  return {
    location,
    store,
    git: (args, options = {}) => {
      // Attributes and ignored names of the repository count where files are looked at.
      if (options.workTree !== undefined) expose(gitDirectory, "info", location);
      return runGit({
        args: ["--no-pager", ...args],
        cwd: directory.path,
        env: gitEnvironment(env, {
          GIT_DIR: gitDirectory,
          GIT_OBJECT_DIRECTORY: options.isolated ? store.isolated : store.objects,
          // Git would otherwise take the directory above GIT_DIR for a work tree.
          GIT_WORK_TREE: options.workTree ?? directory.path,
          ...(options.indexFile === undefined ? {} : { GIT_INDEX_FILE: options.indexFile }),
        }),
        ...(options.input === undefined ? {} : { input: options.input }),
        ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      });
    },
    copyIndex: (from) => {
      const copy = join(directory.path, `index-${copies++}`);
      return from === undefined ? copyIndex(location, gitDirectory, copy) : copyPrivately(from, copy);
    },
    shallowCommits: () => {
      const file = join(location.commonDirectory, "shallow");
      return new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);
    },
    exposePseudoRef: (name) => linkIfThere(join(location.gitDirectory, name), join(gitDirectory, name)),
    exposeLogs: () => expose(gitDirectory, "logs", location),
    refFileExists: (name) => existsSync(join(location.commonDirectory, name)),
    readUserConfig: (pattern) => readUserConfig(location, env, directory.path, pattern),
    adoptConfig: (values) => appendFileSync(join(gitDirectory, "config"), configLines(values)),
    close: directory.remove,
  };
}

function layOut(view: string, location: Location): void {
  const { gitDirectory, commonDirectory } = location;
  mkdirSync(view);
  writeFileSync(join(view, "HEAD"), readFileSync(join(gitDirectory, "HEAD")));
  symlinkSync(join(commonDirectory, "refs"), join(view, "refs"));
  for (const part of ["packed-refs", "shallow"]) linkIfThere(join(commonDirectory, part), join(view, part));
  // Git reads a sparse index by these patterns.
  if (existsSync(join(gitDirectory, "info", "sparse-checkout"))) expose(view, "info", location);
  if (location.usesReftables) {
    if (gitDirectory !== commonDirectory) throw unsupportedRepository("reftables in a linked work tree");
    symlinkSync(join(commonDirectory, "reftable"), join(view, "reftable"));
  }
  const reftable = location.usesReftables ? "\trefStorage = reftable\n" : "";
  writeFileSync(join(view, "config"), configText(location.objectFormat, reftable));
}

/** What only some commands look at, and then only when it is there: every file takes a hook time. */
function expose(view: string, folder: "logs" | "info", { gitDirectory, commonDirectory }: Location): void {
  if (existsSync(join(view, folder))) return;
  mkdirSync(join(view, folder));
  const [shared, own] =
    folder === "logs" ? [["refs"], ["HEAD"]] : [["exclude", "attributes"], ["sparse-checkout"]];
  for (const part of shared) linkIfThere(join(commonDirectory, folder, part), join(view, folder, part));
  for (const part of own) linkIfThere(join(gitDirectory, folder, part), join(view, folder, part));
}

function linkIfThere(target: string, link: string): void {
  if (existsSync(target) && !existsSync(link)) symlinkSync(target, link);
}

/**
 * A split index names its shared part by id and looks for it in the Git directory. That is copied too, not linked:
 * Git sets the time of a shared index when it reads it.
 */
function copyIndex(location: Location, view: string, copy: string): string {
  const { path, named } = location.index;
  try {
    copyWithTime(path, copy);
  } catch (cause) {
    // Without an index nothing is staged; but an index that the environment names must be there.
    if (codeOf(cause) !== "ENOENT") throw indexUnreadable(path, reasonOf(cause));
    if (named) throw indexUnreadable(path, "GIT_INDEX_FILE names it and it is not there");
    return copy;
  }
  for (const name of readdirSync(location.gitDirectory)) {
    if (name.startsWith("sharedindex.")) copyFileSync(join(location.gitDirectory, name), join(view, name));
  }
  return copy;
}

function copyPrivately(from: string, to: string): string {
  // Where nothing is staged, there is no file.
  if (existsSync(from)) copyWithTime(from, to);
  return to;
}

/**
 * Git compares a file with the index by content when it is not older than the index: the copy must not look newer.
 * A millisecond older is harmless, and makes up for what a number of seconds cannot hold of nanoseconds.
 */
function copyWithTime(from: string, to: string): void {
  const { atime, mtimeMs } = statSync(from);
  copyFileSync(from, to);
  utimesSync(to, atime, (Math.floor(mtimeMs) - 1) / 1000);
}

/** Asking for configuration runs nothing, and with an explicit GIT_DIR it does not matter who owns it. */
async function readUserConfig(
  location: Location,
  env: Environment,
  cwd: string,
  pattern: string,
): Promise<Map<string, string>> {
  const global = env.GIT_CONFIG_GLOBAL === undefined ? {} : { GIT_CONFIG_GLOBAL: env.GIT_CONFIG_GLOBAL };
  const system =
    env.GIT_CONFIG_NOSYSTEM === undefined ? {} : { GIT_CONFIG_NOSYSTEM: env.GIT_CONFIG_NOSYSTEM };
  const { GIT_CONFIG_GLOBAL: _global, GIT_CONFIG_NOSYSTEM: _system, ...rest } = gitEnvironment(env, {});
  const result = await runGit({
    args: ["--no-pager", "config", "--null", "--no-includes", "--get-regexp", pattern],
    cwd,
    env: { ...rest, ...global, ...system, GIT_DIR: location.gitDirectory },
  });
  if (result.exitCode > 1)
    throw unsupportedRepository(`a configuration that Git cannot read (${result.stderr.trim()})`);
  const values = result.stdout.toString("utf8").split("\0").filter(Boolean);
  // A key without `=` prints no line feed and means true.
  return new Map(
    values.map((line) => (line.includes("\n") ? splitAt(line, line.indexOf("\n")) : [line, "true"])),
  );
}

function splitAt(text: string, index: number): [string, string] {
  return [text.slice(0, index), text.slice(index + 1)];
}

function configLines(values: ReadonlyMap<string, string>): string {
  const quote = (text: string) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
  return [...values]
    .map(([key, value]) => {
      const [first, last] = [key.indexOf("."), key.lastIndexOf(".")];
      const subsection = first === last ? "" : ` ${quote(key.slice(first + 1, last))}`;
      return `[${key.slice(0, first)}${subsection}]\n\t${key.slice(last + 1)} = ${quote(value)}\n`;
    })
    .join("");
}

const INHERITED = ["PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

/** Built from nothing: Git has too many variables that change what it does, or name a program. */
export function gitEnvironment(env: Environment, own: Record<string, string>): Record<string, string> {
  const inherited = INHERITED.flatMap((name) =>
    env[name] === undefined ? [] : [[name, env[name]] as const],
  );
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: "C",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ALLOW_PROTOCOL: "none",
    ...own,
  };
}
