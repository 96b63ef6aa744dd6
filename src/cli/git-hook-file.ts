import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findHooksDirectory } from "../git/hooks-directory.ts";
import { UsageError } from "../model/errors.ts";
import { isShellScript } from "./hook-block.ts";

export interface HookFile {
  path: string;
  /** Latin-1, so that every byte is kept; null when there is no hook. */
  content: string | null;
}

/** Reads the repository's pre-commit hook. Throws UsageError where lines of ours cannot or should not stand. */
export async function readPreCommitHook(cwd: string): Promise<HookFile> {
  const { path: directory, ownedByRepository } = await findHooksDirectory(cwd);
  const path = join(directory, "pre-commit");
  if (!ownedByRepository) {
    throw notHere(
      `core.hooksPath leads out of this repository, to ${directory}, which other repositories use, too`,
    );
  }
  if (/(^|\/)\.husky\/_$/.test(directory)) {
    throw notHere(
      "husky writes this repository's hooks",
      "Add the line `nixclaude hook pre-commit` to .husky/pre-commit.",
    );
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return { path, content: null };
  if (!found.isFile()) throw notHere(`${path} is a link or no file`);
  const content = readFileSync(path, "latin1");
  if (!isShellScript(content)) throw notHere(`${path} is not a shell script`);
  if ((found.mode & 0o111) === 0) throw notHere(`${path} is not executable, so Git ignores it`);
  return { path, content };
}

function notHere(
  reason: string,
  hint = "Call `nixclaude hook pre-commit` from that hook yourself, and let its exit status count.",
): UsageError {
  return new UsageError("hook-not-changed", `${reason}; nothing was changed`, { hint });
}
