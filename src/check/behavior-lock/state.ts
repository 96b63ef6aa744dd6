import type { DiffOptions } from "../../diff/index.ts";
import { BEHAVIOR_LOCK_FILE, type BehaviorLockState } from "../../model/behavior-lock.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { inFlake } from "../flake-directory.ts";
import type { Repository, Tree } from "../ports.ts";
import { compareLock } from "./differences.ts";
import { lockOf } from "./encode.ts";
import { formatLock, isSameText } from "./format.ts";
import { LOCK_MAX_BYTES, readLock } from "./read.ts";

/** The lock file as a tree has it; `none` is no file at all. */
export type StoredLock = { kind: "file"; bytes: Uint8Array } | { kind: "link" } | { kind: "none" };

export async function storedLock(repository: Repository, tree: Tree, directory: string): Promise<StoredLock> {
  const file = inFlake(directory, BEHAVIOR_LOCK_FILE);
  const bytes = await repository.readFile(tree, file);
  if (bytes !== null) return { kind: "file", bytes };
  const links = await repository.listLinks(tree, directory);
  return Object.hasOwn(links, file) ? { kind: "link" } : { kind: "none" };
}

/** Whether the file fits the snapshot, by the rules by which two revisions are compared. */
export function stateOf(
  stored: StoredLock,
  snapshot: Snapshot,
  attribute: string,
  options: DiffOptions,
): BehaviorLockState {
  if (stored.kind === "none") return { kind: "missing" };
  if (stored.kind === "link") {
    return { kind: "unreadable", because: "is a symbolic link, and none is followed" };
  }
  // Mostly they are the same, and then nothing has to be understood.
  const mayFit = snapshot.kind === "present" && stored.bytes.length <= LOCK_MAX_BYTES;
  if (mayFit && isLockOf(stored.bytes, snapshot, attribute, options)) {
    return { kind: "fits" };
  }
  const found = readLock(stored.bytes);
  return found.kind === "read" ? compareLock(found.lock, snapshot, attribute, options) : found;
}

function isLockOf(
  bytes: Uint8Array,
  snapshot: Snapshot & { kind: "present" },
  attribute: string,
  { client }: DiffOptions,
): boolean {
  return isSameText(new TextDecoder().decode(bytes), formatLock(lockOf(snapshot, attribute, client)));
}
