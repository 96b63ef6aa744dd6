import type { CommandFacts } from "../commands/command-facts.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CommandLine, Hazard, SimpleCommand } from "../shell/command-line.ts";
import { parseCommandLine } from "../shell/shell.ts";
import { isUnread } from "./older-reading.ts";

/**
 * Newer clients ask about removals of critical directories in `bypassPermissions`, too, where they read the command.
 * Measured: what it gets from redirections and `$(…)` is no matter, nor what else stands in the line; but a statement or
 * a group is read as one, and in some they read nothing.
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
  if (command.leadingRedirect && startsWithBoth(line, command)) return true;
  if (!isUnread(line, set)) return false;
  if (!command.top && line.hazards.some((hazard) => hazard.kind === "structure" && CLOSED.has(hazard.what)))
    return true;
  if (/<<<\s*["']?\S*[$`]/.test(command.raw)) return true;
  const around = statementAround(line, command);
  if (around !== null && isUnread(withoutBraces(parseCommandLine(around.replace(SUBSTITUTION, "x"))), set))
    return true;
  const known = command.words.filter(({ raw }) => !/^["']?(?:\$\(|`)/.test(raw));
  return isUnread(parseCommandLine(known.map(({ raw }) => raw).join(" ")), set);
}

const SUBSTITUTION = /\$\([^()]*\)|`[^`]*`/g;

/** The statement or group at the top of the line that holds it; one that never ends takes all of the line. */
function statementAround(
  { otherTexts, errors, source }: CommandLine,
  { top, raw }: SimpleCommand,
): string | null {
  if (top) return null;
  return otherTexts.find((text) => text.includes(raw)) ?? (errors.length > 0 ? source : null);
}

/** It reads into a group in braces. */
function withoutBraces(line: CommandLine): CommandLine {
  const isBraces = (hazard: Hazard): boolean =>
    hazard.kind === "structure" && hazard.what === "a group in braces";
  return { ...line, hazards: line.hazards.filter((hazard) => !isBraces(hazard)) };
}

/** `<> f rm -r /`. */
function startsWithBoth({ source }: CommandLine, { raw }: SimpleCommand): boolean {
  return /^\d*<>/.test(raw) || /<>[^;|\n]*$/.test(source.slice(0, source.indexOf(raw)));
}
