import { SystemError } from "../model/errors.ts";

/** What the file system said while our own temporary files were written. */
export function temporaryFilesFailed(directory: string, cause: unknown): SystemError {
  const code = codeOf(cause);
  const full = code === "ENOSPC" || code === "EDQUOT";
  return new SystemError(
    full ? "disk-full" : "temporary-files-failed",
    `Temporary files in ${directory} could not be written: ${full ? "the disk is full" : reasonOf(cause)}.`,
    { hint: "Free some space, or set TMPDIR to a directory that can be written.", cause },
  );
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
}
