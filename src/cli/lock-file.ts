import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isSameText } from "../check/behavior-lock/index.ts";
import { SystemError, UsageError } from "../model/errors.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * Writes a lock file in one step, unless it says that already.
 * @param file relative to `root`, with `/`.
 * @returns whether it was written.
 */
export function writeLock(root: string, file: string, text: string): boolean {
  refuseLinks(root, file);
  const path = join(root, file);
  if (existsSync(path) && isSameText(readFileSync(path, "utf8"), text)) return false;
  writeInRepository(root, file, Buffer.from(text));
  return true;
}

/** Nothing is written through a symbolic link, wherever on the way one stands. */
export function writeInRepository(root: string, file: string, bytes: Buffer): void {
  refuseLinks(root, file);
  replaceFile(join(root, file), bytes.toString("latin1"), 0o644);
}

/** @throws UsageError for a bare repository, which has no files to write. */
export function requireWorkTree(root: string): void {
  if (!["HEAD", "objects", "refs"].every((part) => existsSync(join(root, part)))) return;
  throw new UsageError("bare-repository", `${root} is a bare repository: there is no file to write`, {
    hint: "Print the lock instead: nixclaude lock --head REV --stdout",
  });
}

function refuseLinks(root: string, file: string): void {
  const steps = file.split("/");
  for (const index of steps.keys()) {
    const part = steps.slice(0, index + 1).join("/");
    const found = lstatSync(join(root, part), { throwIfNoEntry: false });
    const isLast = index === steps.length - 1;
    if (found === undefined) return;
    if (isLast ? found.isFile() : found.isDirectory()) continue;
    throw new SystemError(
      "file-not-written",
      `${file} was not written: ${part} is ${found.isSymbolicLink() ? "a symbolic link" : "something else than that"}`,
      { hint: `Remove ${part}, and run this again.` },
    );
  }
}
