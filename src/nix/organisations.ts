import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { type LockFile, parseLock, type SourceAttributes, sourceDigest } from "../lock/index.ts";
import { EvaluationError } from "../model/errors.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { ProcessEnd } from "../system/process.ts";
import { classify, errorOfEnd, shorten } from "./errors.ts";
import { readLog } from "./log.ts";
import { type FileLeaf, treeOf } from "./nar.ts";
import { exportTree } from "./publish.ts";
import type { TreeSource } from "./tool-flake.ts";

/** A flake given with `--org`, pinned to what it is now. */
export interface Organisation {
  source: TreeSource;
  dir: string;
  lock: LockFile | null;
  /** Reference for Nix itself, when the input graph has to be left to it. */
  reference: string;
  marks: string[];
  /** What has to be fetched for it: source id → locked attributes. */
  sources: Map<string, SourceAttributes>;
}

export interface OrganisationOptions {
  /** Directory that relative paths start from. */
  cwd: string;
  /** A fresh directory to export local flakes to. */
  exportDirectory: string;
  /** In front of store paths on this disk. */
  physicalRoot: string;
  timeoutMs: number;
  nix(args: readonly string[]): Promise<ProcessEnd>;
  git(args: readonly string[], cwd: string): Promise<ProcessEnd>;
}

/** Larger directories are no standards flake, but somebody's home. */
const MAX_LOCAL_BYTES = 256 * 1024 ** 2;

export async function resolveOrganisation(
  reference: string,
  options: OrganisationOptions,
): Promise<Organisation> {
  const directory = localDirectory(reference, options.cwd);
  return directory === null ? resolveRemote(reference, options) : resolveLocal(reference, directory, options);
}

/** `./standards`, `/srv/standards`, `path:…` and `git+file:…` without a revision name a directory as it is now. */
function localDirectory(reference: string, cwd: string): string | null {
  const [base = "", query = ""] = reference.split("?");
  if (/(^|&)(rev|ref|dir|narHash)=/.test(query)) return null;
  const path = /^(?:path:|git\+file:\/\/)(.*)$/.exec(base)?.[1] ?? base;
  const isPath = path !== base || /^(\.{1,2}(\/|$)|\/)/.test(path);
  return isPath ? (isAbsolute(path) ? path : resolve(cwd, path)) : null;
}

async function resolveLocal(
  reference: string,
  directory: string,
  options: OrganisationOptions,
): Promise<Organisation> {
  if (!existsSync(join(directory, "flake.nix"))) {
    throw new EvaluationError("no-flake", `--org ${reference}: there is no flake.nix in ${directory}`, {
      hint: "Name a directory that holds a flake, or a flake reference such as github:acme/standards.",
    });
  }
  const root = workTreeOf(directory) ?? directory;
  const tracked =
    root === directory && !existsSync(join(root, ".git")) ? null : await trackedFiles(root, options);
  const files = readFiles(root, tracked ?? filesBelow(root, ""));
  const published = exportTree(options.exportDirectory, treeOf(files));
  const dir = relative(root, directory);
  const lock = files.find(([path]) => path === (dir === "" ? "flake.lock" : `${dir}/flake.lock`));
  return {
    source: published.source,
    dir,
    lock:
      lock?.[1].kind === "file"
        ? parseLock(new TextDecoder().decode(lock[1].bytes), `flake.lock of --org ${reference}`)
        : null,
    reference: `${published.reference}${dir === "" ? "" : `&dir=${dir}`}`,
    marks: published.marks,
    sources: new Map(),
  };
}

async function resolveRemote(reference: string, options: OrganisationOptions): Promise<Organisation> {
  if (reference.startsWith("-")) throw unresolved(reference, "it is not a flake reference", "fetch-failed");
  // Without the flag Nix would lock anew; with `--no-write-lock-file` beside it, even silently.
  const end = await options.nix(["flake", "metadata", "--json", "--no-update-lock-file", reference]);
  const log = readLog(end.kind === "not-started" ? [] : end.stderr);
  const stopped = errorOfEnd(end, log, options.timeoutMs);
  if (stopped !== null) throw stopped;
  if (end.kind !== "exited" || end.status !== 0) {
    const message = log.errors.at(-1)?.message ?? log.plain.at(-1) ?? "Nix failed without a message";
    throw unresolved(reference, shorten(message), classify(message).code);
  }
  const metadata = JSON.parse(end.stdout) as Json;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.locked) || typeof metadata.path !== "string") {
    throw unresolved(reference, "Nix did not say what it is locked to", "fetch-failed");
  }
  const { dir = "", ...locked } = metadata.locked as Record<string, string | number | boolean>;
  const source: SourceAttributes = Object.fromEntries(
    Object.entries(locked).filter(([name]) => !name.startsWith("__")),
  );
  if (source.narHash === undefined && source.rev === undefined) {
    throw unresolved(reference, "it cannot be pinned to a revision", "fetch-failed");
  }
  const id = sourceDigest(source);
  const onDisk = metadata.path.startsWith(`${options.physicalRoot}/`)
    ? metadata.path
    : options.physicalRoot + metadata.path;
  const lockFile = join(onDisk, String(dir), "flake.lock");
  return {
    source: { input: id },
    dir: String(dir),
    lock: existsSync(lockFile)
      ? parseLock(readFileSync(lockFile, "utf8"), `flake.lock of --org ${reference}`)
      : null,
    reference: String(metadata.url ?? metadata.lockedUrl ?? reference),
    marks: [source.rev, source.narHash].flatMap((mark) => (typeof mark === "string" ? [mark] : [])),
    sources: new Map([[id, source]]),
  };
}

function unresolved(reference: string, why: string, code: string): EvaluationError {
  return new EvaluationError(
    code === "evaluation-failed" ? "fetch-failed" : code,
    `--org ${reference}: ${why}`,
    {
      hint: "Its constraints cannot be known without it: correct the reference, or make it reachable.",
    },
  );
}

/** The nearest directory above that holds `.git`. */
function workTreeOf(directory: string): string | null {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return null;
  }
}

/** As Nix sees a work tree: what Git tracks, as it stands on the disk. */
async function trackedFiles(root: string, options: OrganisationOptions): Promise<string[]> {
  const end = await options.git(["-c", "core.fsmonitor=false", "ls-files", "-z", "--cached"], root);
  if (end.kind !== "exited" || end.status !== 0) {
    throw new EvaluationError("fetch-failed", `Git could not list the files of ${root}`, {
      hint: "Make sure that the directory is a Git work tree that you may read.",
    });
  }
  return end.stdout.split("\0").filter((path) => path !== "");
}

function filesBelow(root: string, prefix: string): string[] {
  return readdirSync(join(root, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}

function readFiles(root: string, paths: readonly string[]): [string, FileLeaf][] {
  let bytes = 0;
  return [...new Set(paths)].flatMap((path): [string, FileLeaf][] => {
    const file = join(root, path);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) return [[path, { kind: "symlink", target: readlinkSync(file) }]];
    // A file that was deleted but is still tracked, or a submodule.
    if (!stat?.isFile()) return [];
    bytes += stat.size;
    if (bytes > MAX_LOCAL_BYTES) {
      throw new EvaluationError("fetch-failed", `${root} is too large to be an organisation's flake`, {
        hint: "Give the standards a repository of their own and name it by reference.",
      });
    }
    return [[path, { kind: "file", bytes: readFileSync(file) }]];
  });
}
