import type { Tree } from "../check/ports.ts";
import {
  type LockFile,
  parseLock,
  pinnedReference,
  renderLock,
  type SourceAttributes,
} from "../lock/index.ts";
import { LockError } from "../model/errors.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { ProcessEnd } from "../system/process.ts";
import { classify, errorOfEnd, shorten } from "./errors.ts";
import { inDirectory, referenceTo } from "./flakes.ts";
import type { HybridFailure } from "./hybrid-failures.ts";
import { readLog } from "./log.ts";
import type { Published, Publisher } from "./publish.ts";

export interface NativeOptions {
  publisher: Publisher;
  /** Directory of the flake in its tree. */
  dir: string;
  timeoutMs: number;
  /** Runs a Nix command; null where Nix must not lock anything (foreign code, which could name any address). */
  nix: ((args: readonly string[]) => Promise<ProcessEnd>) | null;
}

/** A tree that Nix itself takes with the inputs of a hybrid. */
export interface NativeHybrid {
  published: Published;
  reference: string;
}

/**
 * For inputs that only Nix can resolve: the tree with another `flake.lock`. Where Nix finds that `flake.nix` asks for
 * something else, the lock file that it makes of it when each input is told; as long as that names the same sources.
 */
export async function planNative(
  tree: Tree,
  lock: LockFile,
  options: NativeOptions,
): Promise<NativeHybrid | HybridFailure> {
  const wanted = await withLock(tree, lock, options);
  if (options.nix === null) return wanted;
  // Alone, the flag makes Nix fail on a lock file that it would write anew.
  const refused = await metadata(["--no-update-lock-file", wanted.reference], options);
  if (!("code" in refused)) return wanted;
  const told = overrides(lock).flatMap(([path, reference]) => ["--override-input", path, reference]);
  const found = await metadata([...told, "--no-write-lock-file", wanted.reference], options);
  if ("code" in found) return refused;
  return shapeOf(found.lock) === shapeOf(lock) ? withLock(tree, found.lock, options) : refused;
}

async function withLock(
  tree: Tree,
  lock: LockFile,
  { publisher, dir }: NativeOptions,
): Promise<NativeHybrid> {
  const file = { path: inDirectory(dir, "flake.lock"), text: renderLock(lock) };
  const published = await publisher.tree(tree, file);
  return { published, reference: referenceTo(published, dir) };
}

async function metadata(
  args: readonly string[],
  { nix, timeoutMs }: NativeOptions,
): Promise<{ lock: LockFile } | HybridFailure> {
  const end = await nix!(["flake", "metadata", "--json", ...args]);
  if (end.kind === "exited" && end.status === 0) return lockOf(JSON.parse(end.stdout) as Json);
  const log = readLog(end.kind === "not-started" ? [] : end.stderr);
  const stopped = errorOfEnd(end, log, timeoutMs);
  if (stopped !== null) return { code: stopped.code, because: stopped.message };
  const message = log.errors.at(-1)?.message ?? log.plain.at(-1) ?? "Nix failed without a message";
  return { code: classify(message).code, because: `Nix does not take these inputs: ${shorten(message)}` };
}

function lockOf(metadata: Json): { lock: LockFile } | HybridFailure {
  const locks = isJsonObject(metadata) ? metadata.locks : undefined;
  try {
    return { lock: parseLock(JSON.stringify(locks ?? null), "the lock file that Nix makes") };
  } catch (error) {
    if (error instanceof LockError) return { code: error.code, because: error.message };
    throw error;
  }
}

/** Inputs that are locked themselves, by path, and what they are locked to; outer ones first. */
function overrides(lock: LockFile): [path: string, reference: string][] {
  return pathsOf(lock).flatMap(({ path, target }): [string, string][] => {
    const locked = typeof target === "string" ? lock.nodes.get(target)?.locked : null;
    // A path in the tree that declares it comes with that tree.
    if (!locked || isRelative(locked)) return [];
    return [[path, pinnedReference(locked)]];
  });
}

/** What decides about an evaluation: which source or which other input stands at each path. */
function shapeOf(lock: LockFile): string {
  const shape = pathsOf(lock).map(({ path, target }) => {
    const node = typeof target === "string" ? lock.nodes.get(target) : undefined;
    return [path, node === undefined ? target : [node.flake, identity(node.locked)]];
  });
  return JSON.stringify(shape.sort());
}

/** Nodes in a circle are met once. */
function pathsOf(lock: LockFile): { path: string; target: string | readonly string[] }[] {
  const queue: { path: string; target: string | readonly string[] }[] = [{ path: "", target: lock.root }];
  const seen = new Set<string>();
  for (const { path, target } of queue) {
    if (typeof target !== "string" || seen.has(target)) continue;
    seen.add(target);
    for (const [name, edge] of lock.nodes.get(target)?.inputs ?? [])
      queue.push({ path: path === "" ? name : `${path}/${name}`, target: edge });
  }
  return queue.slice(1);
}

function identity(locked: SourceAttributes | null): [string, string | number | boolean][] {
  // Versions of Nix write a branch in two ways, and a date that the revision or the hash implies.
  const without = new Set(["ref", "lastModified", "revCount"]);
  return Object.entries(locked ?? {})
    .filter(([name]) => !without.has(name) && !name.startsWith("__"))
    .sort();
}

function isRelative({ type, path }: SourceAttributes): boolean {
  return type === "path" && !String(path ?? "").startsWith("/");
}
