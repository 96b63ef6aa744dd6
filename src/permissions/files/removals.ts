import { posix } from "node:path/posix";
import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import { absolutePath } from "../rules/paths.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { ShellWord } from "../shell/command-line.ts";
import { isCriticalRemoval } from "./critical-removal.ts";
import { type Whereabouts, withHome } from "./directory-changes.ts";
import { isRemoval } from "./file-commands.ts";

/** Why nothing may run the removal unasked; null: it takes no critical directory. */
export interface CriticalRemoval {
  reason: string;
}

export function criticalRemoval(
  set: CompiledSet,
  { program, words, command }: CommandFacts,
  written: readonly ShellWord[],
  where: Whereabouts,
): CriticalRemoval | null {
  if (!isRemoval(program)) return null;
  if (words.some(({ raw }) => UNREAD.test(raw)) || /\S\\\n/.test(command.raw)) return null;
  if (set.client !== "2.1.197" && command.words.slice(0, -1).some(({ raw }) => raw.endsWith("\\\\")))
    return null;
  const taken = written.find((word) => isCritical(set, word, where));
  return taken === undefined ? null : { reason: removes(taken.raw) };
}

export function removes(path: string): string {
  return `removing ${path} would take a critical directory`;
}

/** Measured: beside such an operand (`=ls`, `=`, `@(a|b)`, `(x)`, `'a\ b'`), or where a word goes on in the next line, no client looks at the others. Newer ones do not either behind a word that ends in two backslashes. */
const UNREAD = /^=(?:[A-Za-z_$]|$)|^['"].*\\\s|^[^"'\\$<>]*\(/;

function isCritical(set: CompiledSet, word: ShellWord, { kind, directories }: Whereabouts): boolean {
  if (!word.literal) return false;
  const { surroundings } = set;
  const value = withHome(word, set);
  // Newer clients take it for the root of a drive.
  if (/^\\{2,}\*?$/.test(word.raw) && set.client !== "2.1.197") return true;
  if (kind === "lost" && !/^[~/]/.test(value)) return leadsAnywhere(value);
  const directory = directories[0]!;
  const path = absolutePath(value, directory, surroundings.home);
  return (
    isCriticalRemoval(path, set.directories, surroundings, !hidesRoot(value, set.client)) ||
    // Where the line stands is as dear as the project itself.
    (kind === "followed" && isCriticalRemoval(path, [directory], { ...surroundings, project: directory }))
  );
}

/** Measured: what stands directly in the root is known as it is written, not `/../etc`; nor is `/./etc` to older clients. */
function hidesRoot(value: string, client: ClientVersion): boolean {
  return (client === "2.1.197" ? /^\/(?:.*\/)?\.{1,2}(?:\/|$)/ : /^\/(?:.*\/)?\.\.(?:\/|$)/).test(value);
}

/** Where the directory is not known: everything in a directory, that directory itself, or one above. */
function leadsAnywhere(value: string): boolean {
  return /(?:^|\/)\*$/.test(value) || /^(?:\.|(?:\.\.\/?)+)\/?$/.test(posix.normalize(value));
}
