import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Found } from "../artifacts/index.ts";
import type { ProjectFiles } from "../check/rendering/project-files.ts";
import { SystemError } from "../model/errors.ts";
import { codeOf } from "../system/failures.ts";

/** The files of a project as they stand on the disk. No symbolic link is followed. */
export function filesOfDirectory(root: string): ProjectFiles {
  return {
    list: async (directory) => regularFiles(root, directory.replace(/\/$/, "")),
    read: async (path) => readIn(root, path),
  };
}

/** What is in the way of a regular file at this path; null when nothing is. `because` goes on after its name. */
export function obstacleAt(root: string, path: string): string | null {
  const steps = path.split("/");
  for (const index of steps.keys()) {
    const part = steps.slice(0, index + 1).join("/");
    const found = statIn(root, part);
    if (found === undefined) return null;
    const isLast = index === steps.length - 1;
    if (isLast ? found.isFile() : found.isDirectory()) continue;
    const what = found.isSymbolicLink()
      ? "a symbolic link"
      : found.isDirectory()
        ? "a directory"
        : "no directory";
    if (isLast) return `is ${found.isSymbolicLink() || found.isDirectory() ? what : "no regular file"}`;
    return `cannot stand there: ${part} is ${what}`;
  }
  return null;
}

function readIn(root: string, path: string): Found {
  const because = obstacleAt(root, path);
  if (because !== null) return { kind: "blocked", because };
  try {
    const full = join(root, path);
    const { mode } = lstatSync(full);
    return { kind: "file", bytes: readFileSync(full), executable: (mode & 0o111) !== 0 };
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return { kind: "none" };
    if (codeOf(cause) === "EACCES") return { kind: "blocked", because: "cannot be read" };
    throw unreadable(path, cause);
  }
}

function regularFiles(root: string, directory: string): string[] {
  const obstacle = statIn(root, directory)?.isDirectory() === true ? obstacleAt(root, `${directory}/x`) : "";
  if (obstacle !== null) return [];
  try {
    return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
      const path = `${directory}/${entry.name}`;
      if (entry.isDirectory()) return regularFiles(root, path);
      return entry.isFile() ? [path] : [];
    });
  } catch (cause) {
    throw unreadable(directory, cause);
  }
}

function statIn(root: string, path: string) {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false });
  } catch (cause) {
    if (codeOf(cause) === "ENOTDIR") return undefined;
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): SystemError {
  return new SystemError("file-not-read", `${path} could not be read (${codeOf(cause) ?? "unknown error"})`, {
    hint: "Check the permissions of the file and of the directories above it.",
    cause,
  });
}
