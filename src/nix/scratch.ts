import { lstatSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SystemError } from "../model/errors.ts";

/** Addresses of trees below it are read by Nix, whose versions differ in what they make of other characters. */
const PLAIN_PATH = /^[A-Za-z0-9/._+-]+$/;
/** Of another PID namespace, whose processes cannot be seen, directories are left alone this long. */
const FOREIGN_MAX_AGE_MS = 24 * 3600 * 1000;

/**
 * A fresh directory for one evaluation. What a killed run left behind goes first.
 * @throws SystemError `temporary-files-failed`
 */
export function makeScratch(): string {
  for (const parent of [tmpdir(), "/tmp", "/var/tmp"]) {
    try {
      const holder = realpathSync(parent);
      if (!PLAIN_PATH.test(holder)) continue;
      sweep(holder);
      return mkdtempSync(join(holder, `nixclaude-eval-${namespaceId()}-${process.pid}-`));
    } catch {
      // Not there, full, or not ours to write: the next one.
    }
  }
  throw new SystemError(
    "temporary-files-failed",
    `no temporary directory can be made in ${tmpdir()} or /tmp`,
    {
      hint: "Make room there, or set TMPDIR to a directory that can be written and has a plain name.",
    },
  );
}

function sweep(holder: string): void {
  for (const name of readdirSync(holder)) {
    const [, namespace, pid] = /^nixclaude-eval-(\d+)-(\d+)-/.exec(name) ?? [];
    if (namespace === undefined || !isAbandoned(join(holder, name), namespace, Number(pid))) continue;
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
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Which processes `process.pid` counts: containers may share a temporary directory, but not process ids. */
function namespaceId(): string {
  try {
    return readlinkSync("/proc/self/ns/pid").replace(/\D/g, "") || "0";
  } catch {
    return "0";
  }
}
