import type { ClientVersion } from "../model/semantics.ts";
import { HARMLESS_VARIABLES, NUMERIC_VARIABLES } from "./client-facts/variables.ts";
import type { CommandFacts } from "./command-facts.ts";
import type { AssignedVariable, CommandLine } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { namesEnvironment } from "./redirect-targets.ts";

/** Why no rule for single programs vouches for the line. */
export interface LineHazard {
  reason: string;
  /** A rule with the line's full text does. */
  fullText: boolean;
}

/** Longer commands always ask unless a blanket rule stands (2.1.214 and later). */
const LONGEST_COMMAND = 10_000;

const WRITING = new Set(["mkdir", "touch", "rm", "rmdir", "mv", "cp"]);
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
        structure ??= hazard.what;
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
  if (structure === null) return directoryHazard(set, facts);
  const closed = line.hazards.some((hazard) => hazard.kind === "structure" && isClosed(hazard.what, newer));
  return { reason: `${structure} can't be checked before it runs`, fullText: !closed };
}

/** Not even the full text vouches for these. */
function isClosed(what: string, newer: boolean): boolean {
  return what === "a subshell" || (!newer && /^a (?:function definition|case statement)$/.test(what));
}

/** `cd` before version control, twice, or together with a written file. */
function directoryHazard(set: CompiledSet, facts: readonly CommandFacts[]): LineHazard | null {
  const changes = facts.filter((fact) => fact.program === "cd");
  if (changes.length === 0) return null;
  if (changes.length > 1) return { reason: "several directory changes in one command", fullText: false };
  const change = changes[0]!;
  if (change.words.length > 2) return { reason: "cd with more than one argument", fullText: false };
  const writes = facts.some((fact) =>
    fact.command.redirects.some(
      (redirect) => redirect.direction === "write" && redirect.target?.value !== "/dev/null",
    ),
  );
  const stays = change.words[1]?.value === "." || change.words[1]?.value === "./";
  if (!stays && facts.some((fact) => WRITING.has(fact.program))) {
    return { reason: "a directory change together with a command that writes files", fullText: false };
  }
  if (writes) return { reason: "a directory change together with a written file", fullText: false };
  const newer = set.client === "2.1.330";
  const leaves = !stays && !/^\//.test(change.words[1]?.value ?? "/");
  const reads = facts.some((fact) =>
    fact.command.redirects.some((redirect) => redirect.direction === "read"),
  );
  if (reads && newer && leaves)
    return { reason: "a directory change together with a redirected input", fullText: false };
  const redirected = facts.some((fact) =>
    fact.command.redirects.some((redirect) => redirect.direction === "write"),
  );
  if (redirected && !newer)
    return { reason: "a directory change together with a redirection", fullText: false };
  if (!stays && facts.some((fact) => VERSION_CONTROL.has(fact.program))) {
    return { reason: "a directory change before a version-control command", fullText: false };
  }
  return null;
}
