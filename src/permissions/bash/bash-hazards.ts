import type { ClientVersion } from "../../model/semantics.ts";
import {
  ALTERING_VARIABLES,
  COMPUTED_VARIABLES,
  HARMLESS_VARIABLES,
  LOCALE_VARIABLES,
  NUMERIC_VARIABLES,
  SHELL_VARIABLES,
} from "../client-facts/variables.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import { segmentsOf } from "../commands/line-texts.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { AssignedVariable, CommandLine, Hazard } from "../shell/command-line.ts";
import { ODD_NUMBER } from "../shell/command-oddities.ts";
import { WOVEN_AND_CUT } from "../shell/cut-substitutions.ts";
import { EARLY_END, isGivenUp } from "../shell/early-heredocs.ts";
import { altersCommands, isNumberTo } from "../shell/environment-prefixes.ts";
import { SEVERAL_DIGITS } from "../shell/odd-redirections.ts";
import { NEGATION_BEHIND_ASSIGNMENT, STATEMENT_BEHIND_ASSIGNMENT } from "../shell/other-reading.ts";
import { namesEnvironment } from "../shell/redirect-targets.ts";
import { PIPED_ASSIGNMENT, parseCommandLine } from "../shell/shell.ts";
import { COMMENT_IN_LIST } from "../shell/shell-oddities.ts";
import { EMPTY_BACKQUOTES, QUOTED_ALL_THE_SAME } from "../shell/shell-words.ts";
import { TEST_WITHOUT_END } from "../shell/single-tests.ts";
import { LAST_JOB } from "../shell/woven-text.ts";
import { directoryHazard } from "./directory-hazards.ts";

/** Why no rule for single programs vouches for the line. */
export interface LineHazard {
  reason: string;
  /** A rule with the line's full text does. */
  fullText: boolean;
  /** … where two or more commands of the line would not run by themselves. */
  byParts?: true;
}

/** Longer commands always ask unless a blanket rule stands (2.1.214 and later). */
const LONGEST_COMMAND = 10_000;

/** Errors that the client's own parser passes over: what never closes is closed at the end. */
export function isOverlooked(error: string, client: ClientVersion): boolean {
  if (
    /^unterminated single quote|^expected '(?:then|do|done|fi)'(?!.*found)|^expected command after '(?:then|do)'/.test(
      error,
    )
  )
    return true;
  if (/^expected command after '\|&?'/.test(error)) return true;
  return (
    client === "2.1.197" &&
    /^a bracket glued to the name \[(?:\]$|-)|^unterminated double quote|^expected command after '(?:&&|\|\|)'/.test(
      error,
    )
  );
}

/** A loop may go over no variable that means something to the shell. */
export function altersVariable(
  { assigned, loop }: Extract<Hazard, { kind: "variable-set" }>,
  client: ClientVersion,
): boolean {
  return altersCommands(assigned, client) || (loop === true && isShellVariable(assigned.name));
}

export function isShellVariable(name: string): boolean {
  return [ALTERING_VARIABLES, COMPUTED_VARIABLES, SHELL_VARIABLES].some((names) => names.has(name));
}

/** A harmless variable may be set on its own, too, whatever plain text it is given. */
export function isHarmlessAlone(
  { name, value, literal, known, computed }: AssignedVariable,
  client: ClientVersion,
): boolean {
  if (NUMERIC_VARIABLES.has(name)) return literal && isNumberTo(client, value);
  if (computed && LOCALE_VARIABLES.has(name)) return false;
  return (known || computed) && HARMLESS_VARIABLES.has(name);
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
  if (isGivenUp(line)) return { reason: EARLY_END, fullText: false };
  if (line.errors.some((error) => !isOverlooked(error, set.client))) {
    // Newer clients do not take a line that stops in the middle, not even by its full text.
    const ends = line.errors.some((error) => error.startsWith("expected command after"));
    return { reason: "it does not parse as shell", fullText: !newer || !ends };
  }
  const structures = line.hazards.flatMap((hazard) =>
    // Older clients read these as shells do.
    hazard.kind === "structure" && (newer || !READ_BY_OLDER.has(hazard.what)) ? [hazard] : [],
  );
  // A pipe or a subshell is taken apart, and its text compared with no rule, unless the line is not read at all.
  const apart = line.pipes.length > 0 || structures.some(({ what }) => what === "a subshell");
  const fullText = !apart || structures.some(({ stage }) => stage === "reading");
  if (line.hazards.some(({ kind }) => kind === "background"))
    return { reason: "a background job can't be checked", fullText: false };
  for (const hazard of line.hazards) {
    switch (hazard.kind) {
      case "variable-set":
        if (altersVariable(hazard, set.client) || (newer && !isHarmlessAlone(hazard.assigned, set.client))) {
          return {
            reason: `the variable ${hazard.assigned.name} set in this command can't be checked`,
            fullText,
          };
        }
        continue;
      case "variable-used":
        // Older clients put in the text that was set before, on this side of a pipe.
        if (newer || usesAcrossPipe(line)) {
          return { reason: `the variable ${hazard.name} can't be checked before it runs`, fullText };
        }
    }
  }
  const [structure] = structures;
  if (structure !== undefined)
    return { reason: `${structure.what} can't be checked before it runs`, fullText };
  if (facts.some(touchesEnvironment)) {
    return { reason: "it names the environment of a process", fullText: true };
  }
  return unclosedPart(line) ?? directoryHazard(set, facts, line);
}

function usesAcrossPipe(line: CommandLine): boolean {
  const uses = ({ hazards }: CommandLine): number =>
    hazards.filter(({ kind }) => kind === "variable-used").length;
  const pieces = segmentsOf(line).map(parseCommandLine);
  return pieces.length > 0 && pieces.reduce((sum, piece) => sum + uses(piece), 0) < uses(line);
}

/** What stands between pipes is read by itself: there a line that goes on right behind or in front of one has no other half. */
function unclosedPart(line: CommandLine): LineHazard | null {
  const open = segmentsOf(line).some((text) => /^\\\n|\\$/.test(text.trim()));
  return open ? { reason: "a line that goes on beside a pipe can't be checked", fullText: false } : null;
}

export const READ_BY_OLDER: ReadonlySet<string> = new Set([
  SEVERAL_DIGITS,
  WOVEN_AND_CUT,
  EMPTY_BACKQUOTES,
  LAST_JOB,
  PIPED_ASSIGNMENT,
  ODD_NUMBER,
  QUOTED_ALL_THE_SAME,
  STATEMENT_BEHIND_ASSIGNMENT,
  NEGATION_BEHIND_ASSIGNMENT,
  TEST_WITHOUT_END,
  COMMENT_IN_LIST,
]);

function touchesEnvironment({ words, command: { redirects } }: CommandFacts): boolean {
  const read = redirects.filter(({ direction }) => direction === "read").map(({ target }) => target?.value);
  return [...words.map(({ value }) => value), ...read].some((text) => namesEnvironment(text ?? ""));
}
