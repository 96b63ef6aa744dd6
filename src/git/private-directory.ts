import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmdirSync,
  rmSync,
  unlinkSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { codeOf, temporaryFilesFailed } from "./errors.ts";

/**
 * Directories of our own for the time of one run. They go on `remove()`, at the end of the process and on signals;
 * what a killed process left behind goes the next time one is made.
 */
export interface PrivateDirectory {
  path: string;
  remove(): void;
}

const PREFIX = "nixclaude-git";
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Processes of another PID namespace cannot be seen: their directories are left alone this long. */
const FOREIGN_MAX_AGE_MS = 24 * 3600 * 1000;
/** Nix 2.8 does not decode `%20`, and a URL has its own opinion of the rest. */
const PLAIN_PATH = /^[A-Za-z0-9/._+-]+$/;

const live = new Set<string>();

export function createPrivateDirectory(parent?: string): PrivateDirectory {
  const holder = plainParent(parent ?? tmpdir());
  try {
    sweep(holder);
    const path = mkdtempSync(join(holder, `${PREFIX}-${namespaceId()}-${process.pid}-`));
    if (live.size === 0) watchForTheEnd();
    live.add(path);
    return { path, remove: () => removeOne(path) };
  } catch (cause) {
    throw temporaryFilesFailed(holder, cause);
  }
}

function plainParent(wanted: string): string {
  const candidates = [wanted, "/tmp", "/var/tmp"].map((path) => {
    try {
      return realpathSync(path);
    } catch {
      return null;
    }
  });
  const found = candidates.find((path) => path !== null && PLAIN_PATH.test(path));
  if (found) return found;
  throw temporaryFilesFailed(wanted, new Error("its path has spaces or other unusual characters"));
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

function sweep(holder: string): void {
  for (const name of readdirSync(holder)) {
    const match = /^nixclaude-git-([0-9a-z]+)-(\d+)-/.exec(name);
    if (match === null || !isAbandoned(join(holder, name), match[1]!, Number(match[2]))) continue;
    try {
      rmSync(join(holder, name), { recursive: true, force: true });
    } catch {
      // Somebody else sweeps at the same moment.
    }
  }
}

function isAbandoned(path: string, namespace: string, pid: number): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory() || stat.uid !== process.getuid?.()) return false;
  if (namespace !== namespaceId()) return Date.now() - stat.mtimeMs > FOREIGN_MAX_AGE_MS;
  try {
    process.kill(pid, 0);
    return false;
  } catch (cause) {
    return codeOf(cause) === "ESRCH";
  }
}

/** Which processes `process.pid` counts: containers may share a temporary directory, but not process ids. */
function namespaceId(): string {
  try {
    return readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
  } catch {
    return (
      hostname()
        .toLowerCase()
        .replace(/[^0-9a-z]/g, "") || "host"
    );
  }
}
