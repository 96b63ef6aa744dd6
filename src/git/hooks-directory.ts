import { realpathSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { simpleGit } from "simple-git";
import { RevisionError } from "../model/errors.ts";

export interface HooksDirectory {
  /** Absolute path; it need not exist yet. */
  path: string;
  /** Root of the work tree. */
  root: string;
  /** False when `core.hooksPath` leads out of this repository: what stands there serves others, too. */
  ownedByRepository: boolean;
}

/** Where Git looks for this repository's hooks (`core.hooksPath`, linked work trees). Throws RevisionError. */
export async function findHooksDirectory(directory: string): Promise<HooksDirectory> {
  try {
    const root = await revParse(directory, "--show-toplevel");
    // A relative `core.hooksPath` counts from the root of the work tree, where hooks run.
    const path = resolve(root, await revParse(root, "--git-path", "hooks"));
    const common = resolve(root, await revParse(root, "--git-common-dir"));
    return { path, root, ownedByRepository: [root, common].some((owner) => isWithin(path, owner)) };
  } catch (cause) {
    throw new RevisionError("no-work-tree", "this is not the work tree of a Git repository", {
      hint: "Run this inside a repository; `git init` makes one.",
      cause,
    });
  }
}

async function revParse(directory: string, ...args: string[]): Promise<string> {
  return (await simpleGit({ baseDir: directory }).raw(["rev-parse", ...args])).replace(/\n$/, "");
}

function isWithin(path: string, owner: string): boolean {
  const way = relative(realpathSync(owner), path);
  return !way.startsWith("..") && !isAbsolute(way);
}
