import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A system has room for some ten thousand; most repositories have some hundred. */
const MOST_DIRECTORIES = 4_000;

export interface WatchedFiles {
  /** Files whose content is of interest, absolute. */
  files: readonly string[];
  /** Where the repository keeps HEAD and its index, absolute: files come and go by them. */
  gitDirectory: string | null;
}

export interface Watch {
  /** False where not everything can be watched: a change may have gone unnoticed. */
  readonly isComplete: boolean;
  /** From now on these; what was watched before and is among them has been watched all the time. */
  follow(watched: WatchedFiles): void;
  close(): void;
}

/** Calls `changed` whenever one of the files may have become another one; often more than once for one change. */
export function watchFiles(changed: () => void): Watch {
  const watchers = new Map<string, FSWatcher>();
  let names = new Set<string>();
  let isComplete = false;
  const forget = (directory: string) => {
    watchers.get(directory)?.close();
    watchers.delete(directory);
  };
  const take = (directory: string, name: string | null) => {
    const isItself = name === null || name === basename(directory);
    // It may be gone, or another one stand in its place: to be watched anew.
    if (isItself) forget(directory);
    if (isItself || names.has(join(directory, name))) changed();
  };
  const add = (directory: string) => {
    try {
      const watcher = watch(directory, { persistent: false }, (_, name) => take(directory, name));
      watcher.on("error", () => {
        forget(directory);
        isComplete = false;
        changed();
      });
      watchers.set(directory, watcher);
    } catch {
      // Gone, or no room left for another one.
      isComplete = false;
    }
  };
  return {
    get isComplete() {
      return isComplete;
    },
    follow({ files, gitDirectory }) {
      const git = gitDirectory === null ? [] : ["HEAD", "index"].map((name) => join(gitDirectory, name));
      names = new Set([...files, ...git]);
      const directories = new Set([...names].map(dirname));
      for (const directory of watchers.keys()) if (!directories.has(directory)) forget(directory);
      isComplete = directories.size > 0 && directories.size <= MOST_DIRECTORIES;
      if (directories.size > MOST_DIRECTORIES) return;
      for (const directory of directories) if (!watchers.has(directory)) add(directory);
    },
    close() {
      for (const directory of [...watchers.keys()]) forget(directory);
    },
  };
}
