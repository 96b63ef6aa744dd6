import type { ClientVersion } from "../model/semantics.ts";
import { HARMLESS_VARIABLES, NUMERIC_VARIABLES } from "./client-facts/variables.ts";
import type { CommandFacts } from "./command-facts.ts";
import type { AssignedVariable, CommandLine } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { changesDirectory, whereabouts } from "./directory-changes.ts";
import { fileOperands, isBehindXargs } from "./file-commands.ts";
import { namesEnvironment } from "./redirect-targets.ts";
import { SEVERAL_DIGITS } from "./shell.ts";
import { NESTED_VALUE } from "./shell-words.ts";

/** Why no rule for single programs vouches for the line. */
export interface LineHazard {
  reason: string;
  /** A rule with the line's full text does. */
  fullText: boolean;
}

/** What older clients read as shells do, and newer ones ask about. */
const READ_BY_OLDER = new Set([SEVERAL_DIGITS, NESTED_VALUE]);

/** Longer commands always ask unless a blanket rule stands (2.1.214 and later). */
const LONGEST_COMMAND = 10_000;

const VERSION_CONTROL = new Set(["git", "hg", "svn", "jj"]);

/** Errors that the client's own parser passes over: what never closes is closed at the end. */
function isOverlooked(error: string, client: ClientVersion): boolean {
  if (
    /^unterminated single quote|^expected '(?:then|do|done|fi)'|^expected command after '(?:then|do)'/.test(
      error,
    )
  )
    return true;
  return client === "2.1.197" && /^unterminated double quote|^expected command after '&&'/.test(error);
}

/** Both clients ask about these, whatever follows. */
export function altersCommands(assigned: AssignedVariable): boolean {
  const { name } = assigned;
  return name === "PATH" || name === "LANG" || (NUMERIC_VARIABLES.has(name) && !isHarmlessAlone(assigned));
}

/** A harmless variable may be set on its own, too, whatever plain text it is given. */
export function isHarmlessAlone({ name, value, literal }: AssignedVariable): boolean {
  if (NUMERIC_VARIABLES.has(name)) return literal && /^\d+$/.test(value);
  return literal && HARMLESS_VARIABLES.has(name);
}

/** What of a line as a whole asks, unless a blanket rule stands. */
export function hazardOf(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
): LineHazard | null {
  const newer = set.client === "2.1.330";
  if (line.source.length > LONGEST_COMMAND)
    return { reason: "it is too long to be checked", fullText: false };
  if (line.errors.some((error) => !isOverlooked(error, set.client))) {
    return { reason: "it does not parse as shell", fullText: false };
  }
  let structure: string | null = null;
  for (const hazard of line.hazards) {
    switch (hazard.kind) {
      case "background":
        return { reason: "a background job can't be checked", fullText: false };
      case "structure":
        if (newer || !READ_BY_OLDER.has(hazard.what)) structure ??= hazard.what;
        continue;
      case "variable-set":
        if (altersCommands(hazard.assigned) || (newer && !isHarmlessAlone(hazard.assigned))) {
          return {
            reason: `the variable ${hazard.assigned.name} set in this command can't be checked`,
            fullText: true,
          };
        }
        continue;
      case "variable-used":
        // Older clients put in the text that was set before.
        if (newer) {
          return { reason: `the variable ${hazard.name} can't be checked before it runs`, fullText: true };
        }
        continue;
    }
  }
  if (structure === null && facts.some(({ words }) => words.some((word) => namesEnvironment(word.value)))) {
    return { reason: "it names the environment of a process", fullText: true };
  }
  if (structure === null) return directoryHazard(set, facts, line.piped);
  const closed = line.hazards.some((hazard) => hazard.kind === "structure" && isClosed(hazard.what, newer));
  return { reason: `${structure} can't be checked before it runs`, fullText: !closed };
}

/** Not even the full text vouches for these. */
function isClosed(what: string, newer: boolean): boolean {
  return what === "a subshell" || (!newer && /^a (?:function definition|case statement)$/.test(what));
}

/** A directory change before version control, twice, or together with a written file. */
function directoryHazard(
  set: CompiledSet,
  facts: readonly CommandFacts[],
  piped: boolean,
): LineHazard | null {
  const { kind } = whereabouts(set, facts);
  if (kind === "steady") return null;
  const held = (reason: string): LineHazard => ({ reason: `a directory change ${reason}`, fullText: false });
  const changes = facts.filter((fact) => changesDirectory(fact) && fact.program === "cd");
  if (changes.length > 1) return { reason: "several directory changes in one command", fullText: false };
  const [change] = changes;
  if (change !== undefined && change.words.length > 2)
    return { reason: "cd with more than one argument", fullText: false };
  const newer = set.client !== "2.1.197";
  const redirects = facts.flatMap((fact) => fact.command.redirects);
  if (kind === "lost" || piped) {
    if (facts.some((fact) => writesFiles(fact, set)))
      return held("together with a command that writes files");
    const written = redirects.filter(({ direction }) => direction === "write");
    if (written.some(({ target }) => target?.value !== "/dev/null"))
      return held("together with a written file");
    if (change === undefined) return null;
    if (written.length > 0 && !newer) return held("together with a redirection");
    const read = redirects.some(
      ({ direction, target }) => direction === "read" && target?.value !== "/dev/null",
    );
    const leaves = !/^(?:\/|\.\/?$)/.test(change.words[1]?.value ?? "/");
    if (read && newer && leaves) return held("together with a redirected input");
  }
  const stays = /^\.\/?$/.test(change?.words[1]?.value ?? "");
  if (change !== undefined && !stays && facts.some((fact) => VERSION_CONTROL.has(fact.program))) {
    return held("before a version-control command");
  }
  return null;
}

function writesFiles(fact: CommandFacts, set: CompiledSet): boolean {
  if (isBehindXargs(fact) || (fact.program === "tee" && set.client === "2.1.197")) return false;
  return (fileOperands(fact.program, fact.words, set.client)?.writes.length ?? 0) > 0;
}
