import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../model/errors.ts";
import { isShellScript, newHook, withBlock, withoutBlock } from "../hook-block.ts";
import { GIT_HOOKS, type GitHook } from "../hooks/names.ts";
import { packagePath } from "../package-directory.ts";
import type { FileChange } from "./file-change.ts";

/** Hooks that are shell scripts, one file each, in a directory. Throws UsageError where our lines cannot stand. */
export function scriptChanges(
  directory: string,
  hooks: readonly GitHook[],
  { mustBeExecutable }: { mustBeExecutable: boolean },
): FileChange[] {
  return GIT_HOOKS.map((name) => {
    const path = join(directory, name);
    const isWanted = hooks.includes(name);
    const before = isWanted ? readScript(path, name, mustBeExecutable) : readAny(path);
    return { path, before, after: isWanted ? withOurs(before, name) : withoutOurs(before) };
  });
}

function withOurs(before: string | null, name: GitHook): string {
  const template = readFileSync(join(packagePath("hooks"), name), "latin1");
  return before === null ? newHook(template) : withBlock(before, template);
}

function withoutOurs(before: string | null): string | null {
  return before === null ? null : withoutBlock(before);
}

/** For taking lines out: what is no file holds none of ours. */
function readAny(path: string): string | null {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "latin1") : null;
}

function readScript(path: string, name: GitHook, mustBeExecutable: boolean): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isFile()) throw notHere(`${path} is a link or no file`, name);
  const content = readFileSync(path, "latin1");
  if (!isShellScript(content)) throw notHere(`${path} is not a shell script`, name);
  if (mustBeExecutable && (found.mode & 0o111) === 0) {
    throw notHere(`${path} is not executable, so Git ignores it`, name);
  }
  return content;
}

function notHere(reason: string, name: GitHook): UsageError {
  return new UsageError("hook-not-changed", `${reason}; nothing was changed`, {
    hint: `Call \`nixclaude hook ${name} "$@"\` from that hook yourself, and let its exit status count.`,
  });
}
