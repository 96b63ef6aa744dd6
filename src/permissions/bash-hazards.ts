import type { CommandFacts } from "./command-facts.ts";
import type { CommandLine } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";

/** Why no rule for single programs vouches for the line; `certain` false: it is not known whether it asks. */
export interface LineHazard {
  reason: string;
  certain: boolean;
}

/** Longer commands always ask unless a blanket rule stands (2.1.214 and later). */
const LONGEST_COMMAND = 10_000;

const VERSION_CONTROL = new Set(["git", "hg", "svn", "jj"]);

/** What of a line as a whole asks, unless a blanket rule stands. */
export function hazardOf(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
): LineHazard | null {
  const newer = set.client === "2.1.330";
  if (line.source.length > LONGEST_COMMAND) return { reason: "it is too long to be checked", certain: newer };
  if (line.parseError) {
    return newer
      ? { reason: "it does not parse as shell", certain: true }
      : { reason: "older clients judge text that does not parse in their own way", certain: false };
  }
  let open: string | null = null;
  for (const hazard of line.hazards) {
    if (hazard.kind === "background") return { reason: "a background job can't be checked", certain: true };
    if (hazard.kind === "structure")
      return { reason: `${hazard.what} can't be checked before it runs`, certain: true };
    if (hazard.kind === "variable-used") {
      open = `it is not known whether the client follows the variable ${hazard.name}`;
      continue;
    }
    if (!newer) continue;
    // Recorded with numbers only: `X=1;` and `for i in 1 2` ask. Loops over plain words were measured to run.
    if (hazard.numeric)
      return { reason: `the variable ${hazard.name} set in this command can't be checked`, certain: true };
    if (!hazard.loop) open ??= `it is not known whether setting ${hazard.name} asks`;
  }
  const directory = directoryHazard(set, facts);
  if (directory !== null) return directory;
  return open === null ? null : { reason: open, certain: false };
}

/** `cd` before version control, twice, or together with a written file. */
function directoryHazard(set: CompiledSet, facts: readonly CommandFacts[]): LineHazard | null {
  const changes = facts.filter((fact) => fact.program === "cd");
  if (changes.length === 0) return null;
  if (changes.length > 1) return { reason: "several directory changes in one command", certain: true };
  const change = changes[0]!;
  if (change.words.length > 2) return { reason: "cd with more than one argument", certain: true };
  const writes = facts.some((fact) =>
    fact.command.redirects.some(
      (redirect) => redirect.direction === "write" && redirect.target?.value !== "/dev/null",
    ),
  );
  if (writes) return { reason: "a directory change together with a written file", certain: true };
  const newer = set.client === "2.1.330";
  const reads = facts.some((fact) =>
    fact.command.redirects.some((redirect) => redirect.direction === "read"),
  );
  if (reads && newer) return { reason: "a directory change together with a redirected input", certain: true };
  const redirected = facts.some((fact) =>
    fact.command.redirects.some((redirect) => redirect.direction === "write"),
  );
  if (redirected && !newer)
    return { reason: "a directory change together with a redirection", certain: true };
  const stays = change.words[1]?.value === "." || change.words[1]?.value === "./";
  if (!stays && facts.some((fact) => VERSION_CONTROL.has(fact.program))) {
    return { reason: "a directory change before a version-control command", certain: true };
  }
  return null;
}
