import { posix } from "node:path/posix";
import { PROTECTED_DIRECTORIES, PROTECTED_FILES } from "../client-facts/paths.ts";

/**
 * Is it one of the files that decide what tools and shells do next? Writes there ask in `default` and `acceptEdits`
 * whatever the allow rules say (reference, section 2.3; permission-modes page of the client's documentation). `path`
 * is absolute and normal.
 */
export function isProtectedPath(path: string): boolean {
  const lower = path.toLowerCase();
  if (PROTECTED_FILES.has(posix.basename(lower))) return true;
  if (/\/\.claude\/worktrees(?:\/|$)/.test(lower)) return false;
  return PROTECTED_DIRECTORIES.some((directory) => `${lower}/`.includes(`/${directory}/`));
}

/**
 * Names that Windows would read as another file (`a.`, `a `, `A~1`): both clients ask on every system, whatever the rules
 * for the path say. `path` is absolute and normal.
 */
export function isAmbiguousPath(path: string): boolean {
  return path.split("/").some((name) => /[. \t\n\v\f\r]$|~\d/.test(name));
}
