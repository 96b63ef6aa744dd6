import type { CommandFacts } from "../commands/command-facts.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { parseCommandLine } from "../shell/shell.ts";
import { isUnread } from "./older-reading.ts";

/**
 * Newer clients ask about removals of critical directories in `bypassPermissions`, too, where they read the command.
 * Measured: what it gets from redirections and `$(…)` is no matter, nor what else stands in the line; in these statements
 * they read nothing.
 */
const CLOSED = new Set([
  "a case statement",
  "a function definition",
  "a loop over something unknown",
  "a statement behind an assignment",
]);

export function isBypassed(set: CompiledSet, line: CommandLine, { command }: CommandFacts): boolean {
  if (set.mode !== "bypassPermissions" || set.client === "2.1.197") return false;
  if (command.leadingRedirect && command.redirects.some(({ target }) => target?.raw.includes("$")))
    return true;
  if (!isUnread(line, set)) return false;
  if (!command.top && line.hazards.some((hazard) => hazard.kind === "structure" && CLOSED.has(hazard.what)))
    return true;
  if (/<<<\s*["']?\S*[$`]/.test(command.raw)) return true;
  const known = command.words.filter(({ raw }) => !/^["']?(?:\$\(|`)/.test(raw));
  return isUnread(parseCommandLine(known.map(({ raw }) => raw).join(" ")), set);
}
