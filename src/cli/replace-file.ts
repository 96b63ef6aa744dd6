import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { SystemError } from "../model/errors.ts";

/**
 * Writes bytes (as Latin-1) in one step: a crash or a full disk leaves the old file. The mode is kept; a file that was
 * not there gets `newMode`.
 */
export function replaceFile(path: string, content: string, newMode = 0o755): void {
  const temporary = `${path}.nixclaude-${process.pid}`;
  try {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? newMode;
    writeFileSync(temporary, content, { encoding: "latin1", mode: mode & 0o777, flag: "wx" });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new SystemError("file-not-written", `${path} could not be written`, {
      hint: "Check the permissions of its directory and the space on its disk.",
      cause,
    });
  }
}
