import { lstatSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { codeOf, temporaryFilesFailed } from "./failures.ts";

/** Nix 2.8 does not decode `%20`, a URL has its own opinion of the rest, and Nix reads trees by their addresses. */
const PLAIN_PATH = /^[A-Za-z0-9/._+-]+$/;
/** Processes of another PID namespace cannot be seen: their directories are left alone this long. */
const FOREIGN_MAX_AGE_MS = 24 * 3600 * 1000;

/**
 * A fresh directory with a plain path, named after what it is for and the process that made it. What killed processes
 * left behind for the same purpose goes first. Whoever makes it removes it.
 * @param wanted where to make it; default: the system's temporary directory. `/tmp` and `/var/tmp` stand in for it.
 * @throws SystemError `temporary-files-failed`, `disk-full`
 */
export function makeTemporaryDirectory(
  purpose: "git" | "eval" | "client",
  wanted: string = tmpdir(),
): string {
  let failure: unknown = new Error("its path has spaces or other unusual characters");
  for (const parent of [wanted, "/tmp", "/var/tmp"]) {
    try {
      const holder = realpathSync(parent);
      if (!PLAIN_PATH.test(holder)) continue;
      sweep(holder, purpose);
      return mkdtempSync(join(holder, `nixclaude-${purpose}-${namespaceId()}-${process.pid}-`));
    } catch (cause) {
      // Not there, full, or not ours to write: the next one.
      failure = cause;
    }
  }
  throw temporaryFilesFailed(wanted, failure);
}

function sweep(holder: string, purpose: string): void {
  for (const name of readdirSync(holder)) {
    const [, made, namespace, pid] = /^nixclaude-([a-z]+)-([0-9a-z]+)-(\d+)-/.exec(name) ?? [];
    if (made !== purpose || !isAbandoned(join(holder, name), namespace!, Number(pid))) continue;
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
