import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { codeOf } from "../system/failures.ts";
import { isTrue, parseConfigFile } from "./config-file.ts";
import { notARepository, unsupportedRepository } from "./errors.ts";

/** Where the parts of a repository are. Found by reading, without Git: no configuration is obeyed on the way. */
export interface Location {
  /** Absolute, symlinks resolved; null for a bare repository. */
  workTree: string | null;
  /** `.git`, or of a linked work tree `.git/worktrees/NAME`: HEAD and index are there. */
  gitDirectory: string;
  /** Refs, objects and configuration are there. */
  commonDirectory: string;
  /** The repository's objects, those it borrows, and those of a push under way; absolute. */
  objectDirectories: string[];
  objectFormat: "sha1" | "sha256";
  /** `named` when the environment says so (a hook): then it must be there. */
  index: { path: string; named: boolean };
  usesReftables: boolean;
  /** Some objects may be missing, and Git would fetch them on the way. */
  partial: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function locateRepository(directory: string, env: Environment): Location {
  const start = realDirectory(directory);
  const found = discover(start) ?? fromEnvironment(start, env);
  if (found === null) throw notARepository(directory);
  const commonDirectory = commonDirectoryOf(found.gitDirectory);
  const config = readConfig(commonDirectory, found.gitDirectory);
  const format = (config.get("extensions.objectformat") ?? "sha1").toLowerCase();
  if (format !== "sha1" && format !== "sha256") throw unsupportedRepository(`object format ${format}`);
  const inEnvironment = namesThisRepository(found.gitDirectory, env);
  const workTree = workTreeOf(found, config);
  return {
    workTree,
    gitDirectory: found.gitDirectory,
    commonDirectory,
    objectDirectories: objectDirectories(commonDirectory, inEnvironment ? env : {}),
    objectFormat: format,
    index: indexOf(found.gitDirectory, workTree, inEnvironment, env),
    usesReftables: config.get("extensions.refstorage")?.startsWith("reftable") === true,
    partial:
      config.has("extensions.partialclone") ||
      [...config.keys()].some((key) => /^remote\..*\.(promisor|partialclonefilter)$/.test(key)),
  };
}

interface Found {
  gitDirectory: string;
  /** Directory that holds `.git`; null when the Git directory itself was found. */
  holder: string | null;
}

/** Upwards from `start`: a `.git` directory, a `.git` file, or a directory that is itself a Git directory. */
function discover(start: string): Found | null {
  for (let at = start; ; at = dirname(at)) {
    const dotGit = join(at, ".git");
    if (isGitDirectory(dotGit)) return { gitDirectory: realpathSync(dotGit), holder: at };
    if (statSync(dotGit, { throwIfNoEntry: false })?.isFile() === true) {
      return { gitDirectory: followGitFile(dotGit), holder: at };
    }
    if (isGitDirectory(at)) return { gitDirectory: at, holder: null };
    if (dirname(at) === at) return null;
  }
}

/** `GIT_DIR` with a work tree elsewhere, for directories inside that work tree. */
function fromEnvironment(start: string, env: Environment): Found | null {
  if (!env.GIT_DIR || !env.GIT_WORK_TREE || !isGitDirectory(resolve(env.GIT_DIR))) return null;
  const workTree = realDirectory(resolve(env.GIT_WORK_TREE));
  if (start !== workTree && !start.startsWith(`${workTree}/`)) return null;
  return { gitDirectory: realpathSync(env.GIT_DIR), holder: workTree };
}

function isGitDirectory(path: string): boolean {
  if (!existsSync(join(path, "HEAD"))) return false;
  const common = commonDirectoryOf(path);
  return existsSync(join(common, "objects")) && existsSync(join(common, "refs"));
}

function followGitFile(file: string): string {
  const target = /^gitdir: ([\s\S]+?)\r?\n*$/.exec(readFileSync(file, "utf8"))?.[1];
  if (target === undefined) throw notARepository(dirname(file), `${file} does not name a Git directory`);
  const path = resolve(dirname(file), target);
  if (!isGitDirectory(path)) throw notARepository(dirname(file), `${file} names ${path}, which is none`);
  return realpathSync(path);
}

function commonDirectoryOf(gitDirectory: string): string {
  const text = readOptional(join(gitDirectory, "commondir"));
  return text === null ? gitDirectory : resolve(gitDirectory, text.replace(/\r?\n*$/, ""));
}

function readConfig(commonDirectory: string, gitDirectory: string): Map<string, string> {
  const config = parseConfigFile(readOptional(join(commonDirectory, "config")) ?? "");
  if (!isTrue(config.get("extensions.worktreeconfig"))) return config;
  const own = parseConfigFile(readOptional(join(gitDirectory, "config.worktree")) ?? "");
  return new Map([...config, ...own]);
}

function workTreeOf(found: Found, config: Map<string, string>): string | null {
  // A linked work tree is one even when the main repository is bare.
  const linked = existsSync(join(found.gitDirectory, "commondir"));
  if (found.holder === null || (isTrue(config.get("core.bare")) && !linked)) return null;
  const elsewhere = linked ? undefined : config.get("core.worktree");
  return elsewhere === undefined ? found.holder : realDirectory(resolve(found.gitDirectory, elsewhere));
}

/**
 * Whether Git's own variables speak about this repository. In a hook they do; they would also be inherited by a
 * check of another repository (a submodule, `--flake ../other`), and must not be mixed up with that one.
 */
function namesThisRepository(gitDirectory: string, env: Environment): boolean {
  if (env.GIT_DIR) return safeRealpath(resolve(env.GIT_DIR)) === gitDirectory;
  return discover(safeRealpath(process.cwd()) ?? "/")?.gitDirectory === gitDirectory;
}

/** Git reads a relative `GIT_INDEX_FILE` from the top of the work tree, wherever it was started. */
function indexOf(gitDirectory: string, workTree: string | null, inEnvironment: boolean, env: Environment) {
  const name = env.GIT_INDEX_FILE;
  const path = name ? resolve(workTree ?? process.cwd(), name) : "";
  const ours = path !== "" && (inEnvironment || safeRealpath(dirname(path)) === gitDirectory);
  return ours ? { path, named: true } : { path: join(gitDirectory, "index"), named: false };
}

const MAX_ALTERNATES_DEPTH = 5;

/**
 * All of them in one flat list: Git and libgit2 differ in how they read relative lines of a borrowed repository's
 * own list. The variables are those of a push that is not accepted yet (hooks on a server).
 */
function objectDirectories(commonDirectory: string, env: Environment): string[] {
  const found = new Set<string>();
  const visit = (directory: string, depth: number) => {
    const real = safeRealpath(directory);
    if (real === null || found.has(real) || depth > MAX_ALTERNATES_DEPTH) return;
    found.add(real);
    for (const line of (readOptional(join(real, "info", "alternates")) ?? "").split("\n")) {
      if (line === "" || line.startsWith("#")) continue;
      const path = line.startsWith('"') ? unquoteC(line) : line;
      visit(isAbsolute(path) ? path : join(real, path), depth + 1);
    }
  };
  visit(join(commonDirectory, "objects"), 0);
  if (env.GIT_OBJECT_DIRECTORY) visit(resolve(env.GIT_OBJECT_DIRECTORY), 0);
  for (const path of (env.GIT_ALTERNATE_OBJECT_DIRECTORIES ?? "").split(":")) {
    if (path !== "") visit(resolve(path), 0);
  }
  return [...found];
}

function unquoteC(line: string): string {
  return line.replace(/^"|"$/g, "").replace(/\\(["\\])/g, "$1");
}

function realDirectory(directory: string): string {
  try {
    return realpathSync(directory);
  } catch (cause) {
    throw notARepository(directory, codeOf(cause) === "ENOENT" ? "there is no such directory" : undefined);
  }
}

function safeRealpath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function readOptional(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Name of a linked work tree, the repository's directory otherwise: for messages. */
export function displayName(location: Location): string {
  return basename(location.workTree ?? location.gitDirectory);
}
