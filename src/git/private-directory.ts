import { readdirSync, rmdirSync, rmSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTemporaryDirectory } from "../system/temporary-directory.ts";

/**
 * Directories of our own for the time of one run. They go on `remove()`, at the end of the process and on signals;
 * what a killed process left behind goes the next time one is made.
 */
export interface PrivateDirectory {
  path: string;
  remove(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const live = new Set<string>();

export function createPrivateDirectory(parent?: string): PrivateDirectory {
  const path = makeTemporaryDirectory("git", parent);
  if (live.size === 0) watchForTheEnd();
  live.add(path);
  return { path, remove: () => removeOne(path) };
}

function removeOne(path: string): void {
  live.delete(path);
  if (live.size === 0) stopWatching();
  try {
    removeTree(path);
  } catch {
    // Something is still being written, or is gone already.
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Node's own way to do this costs a hook 3 ms, most of it to load its code. */
function removeTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) removeTree(path);
    else unlinkSync(path);
  }
  rmdirSync(directory);
}

function removeAll(): void {
  for (const path of live) {
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // A child that dies with us may still have been writing. The next run sweeps.
    }
  }
  live.clear();
}

function onSignal(signal: NodeJS.Signals): void {
  removeAll();
  stopWatching();
  // Whoever else listens decides how the process ends; with nobody else it ends as if we had not listened.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function watchForTheEnd(): void {
  process.on("exit", removeAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function stopWatching(): void {
  process.off("exit", removeAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}
