import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SystemError } from "../model/errors.ts";
import { codeOf } from "../system/failures.ts";
import { obstacleAt } from "./project-directory.ts";

/** One file that is to stand there, or to go. */
export interface FileChange {
  /** Relative to the root, with `/`. */
  path: string;
  /** What stands there, as it was planned upon; null: nothing. */
  before: Uint8Array | null;
  /** null: it is removed. */
  after: Uint8Array | null;
  executable: boolean;
}

/**
 * Makes all of the changes or none: everything that can be known to be in the way is looked for first, all texts are
 * written beside their places before the first of them takes it, and what was done is undone when a step fails. Nothing
 * is written through a symbolic link, and no file that is not what the plan was made upon is touched.
 * @throws SystemError `files-not-written`, with every obstacle as a detail.
 */
export function writeRendered(root: string, changes: readonly FileChange[]): void {
  const obstacles = changes.flatMap((change) => obstacleTo(root, change) ?? []);
  if (obstacles.length > 0) throw notWritten(obstacles);
  const done: (() => void)[] = [];
  try {
    const ready = changes.flatMap((change, index) =>
      change.after === null ? [] : [prepare(root, change, index, done)],
    );
    // First what goes: on some systems a name that differs only in case is the same file.
    for (const change of changes) if (change.after === null) remove(root, change, done);
    for (const { temporary, change } of ready) takePlace(root, temporary, change, done);
  } catch (cause) {
    for (const undo of done.reverse()) tryTo(undo);
    const code = codeOf(cause);
    if (code === undefined) throw cause;
    throw notWritten([code === "ENOSPC" ? "the disk is full" : `the system says ${code}`], cause);
  }
  for (const { path, after } of changes) if (after === null) removeEmptyDirectories(root, dirname(path));
}

function obstacleTo(root: string, { path, before, after }: FileChange): string | null {
  const obstacle = obstacleAt(root, path);
  if (obstacle !== null) return `${path} ${obstacle}`;
  const full = join(root, path);
  const stands = existsSync(full) ? readBytes(full) : null;
  if (stands === "unreadable") return `${path} cannot be read`;
  if (!sameBytes(stands, before)) return `${path} was changed while this ran`;
  if (stands !== null && after !== null && !isWritable(full)) return `${path} is read-only`;
  return isWritable(nearestDirectory(root, path)) ? null : `${path}: its directory is read-only`;
}

function prepare(root: string, change: FileChange, index: number, done: (() => void)[]) {
  const full = join(root, change.path);
  // A name of its own: behind a long one there is no room for more.
  const temporary = join(dirname(full), `.nixclaude-${process.pid}-${index}`);
  makeDirectories(root, dirname(change.path), done);
  const mode = modeFor(full, change.executable);
  const descriptor = openSync(temporary, "wx", mode);
  // Only now it is ours to remove.
  done.push(() => rmSync(temporary, { force: true }));
  try {
    writeFileSync(descriptor, change.after!);
  } finally {
    closeSync(descriptor);
  }
  // The mask of the process must not take away what the file had.
  chmodSync(temporary, mode);
  return { temporary, change };
}

function makeDirectories(root: string, directory: string, done: (() => void)[]): void {
  const full = join(root, directory);
  if (existsSync(full)) return;
  if (directory !== ".") makeDirectories(root, dirname(directory), done);
  mkdirSync(full);
  done.push(() => rmdirSync(full));
}

function remove(root: string, { path, before }: FileChange, done: (() => void)[]): void {
  const full = join(root, path);
  const { mode } = lstatSync(full);
  rmSync(full);
  done.push(() => writeFileSync(full, before!, { flag: "wx", mode: mode & 0o777 }));
}

function takePlace(
  root: string,
  temporary: string,
  { path, before }: FileChange,
  done: (() => void)[],
): void {
  const full = join(root, path);
  // On some systems it went with a name that differs only in case.
  const mode = (lstatSync(full, { throwIfNoEntry: false })?.mode ?? 0o644) & 0o777;
  renameSync(temporary, full);
  done.push(() => (before === null ? rmSync(full) : writeFileSync(full, before, { mode })));
}

function modeFor(full: string, executable: boolean): number {
  const found = lstatSync(full, { throwIfNoEntry: false });
  const mode = found === undefined ? 0o644 : found.mode & 0o777;
  return executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
}

/** Directories that have nothing in them any more, up to those that a client looks into. */
function removeEmptyDirectories(root: string, directory: string): void {
  for (let at = directory; at.split("/").length > 2; at = dirname(at)) {
    try {
      rmdirSync(join(root, at));
    } catch {
      return;
    }
  }
}

function nearestDirectory(root: string, path: string): string {
  for (let at = dirname(path); at !== "."; at = dirname(at))
    if (existsSync(join(root, at))) return join(root, at);
  return existsSync(root) ? root : dirname(root);
}

/** Whoever is allowed everything is told, too, that someone has taken away the right to write. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return (lstatSync(path).mode & 0o222) !== 0;
  } catch {
    return false;
  }
}

function readBytes(path: string): Uint8Array | "unreadable" {
  try {
    return readFileSync(path);
  } catch {
    return "unreadable";
  }
}

function sameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.compare(one, other) === 0;
}

function tryTo(undo: () => void): void {
  try {
    undo();
  } catch {
    // The first failure is the one that is told.
  }
}

function notWritten(reasons: readonly string[], cause?: unknown): SystemError {
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : "";
  return new SystemError("files-not-written", `nothing was written: ${reasons[0]}${more}`, {
    hint: "Move what is in the way, or make room for it, and run this again.",
    details: reasons,
    ...(cause !== undefined && { cause }),
  });
}
