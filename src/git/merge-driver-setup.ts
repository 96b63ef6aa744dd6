import { simpleGit } from "simple-git";
import { RevisionError, SystemError } from "../model/errors.ts";

export interface MergeDriver {
  /** `merge.<name>` in the configuration. */
  name: string;
  /** Settings below it. */
  settings: Readonly<Record<string, string>>;
}

/**
 * Sets a merge driver in the repository's own configuration, where each clone has to: what a repository brings along
 * must not run by itself. Settings that are as wanted are left alone.
 * @returns the root of the work tree, and whether anything was set.
 */
export async function configureMergeDriver(
  directory: string,
  { name, settings }: MergeDriver,
): Promise<{ root: string; changed: boolean }> {
  const root = await rootOf(directory);
  // It sets a merge driver, and a program of ours at that.
  const git = simpleGit({ baseDir: root, unsafe: { allowUnsafeMergeDriver: true } });
  let changed = false;
  try {
    for (const [key, value] of Object.entries(settings)) {
      const full = `merge.${name}.${key}`;
      const found = await git.getConfig(full, "local");
      if (found.values.length === 1 && found.value === value) continue;
      await git.raw(["config", "--local", "--replace-all", full, value]);
      changed = true;
    }
  } catch (cause) {
    throw new SystemError("configuration-not-written", "Git's configuration could not be written", {
      hint: "Check the permissions of .git/config; `git config --local --list` says whether Git can read it.",
      cause,
    });
  }
  return { root, changed };
}

async function rootOf(directory: string): Promise<string> {
  try {
    const root = await simpleGit({ baseDir: directory }).raw(["rev-parse", "--show-toplevel"]);
    return root.replace(/\n$/, "");
  } catch (cause) {
    throw new RevisionError("no-work-tree", "this is not the work tree of a Git repository", {
      hint: "Run this inside a repository; `git init` makes one.",
      cause,
    });
  }
}
