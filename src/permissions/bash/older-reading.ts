import type { CommandFacts } from "../commands/command-facts.ts";
import { changesOf } from "../files/directory-changes.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { isCut } from "../shell/cut-substitutions.ts";
import { hidesLine } from "../shell/redirect-targets.ts";
import { altersVariable, isOverlooked, READ_BY_OLDER } from "./bash-hazards.ts";
import { isUnclear } from "./command-meaning.ts";
import { changesBeforeVersionControl } from "./directory-hazards.ts";

/**
 * What 2.1.197 holds against deny and ask rules, which depends on where it gives the line up.
 * `everything`: all commands. `refusals`: all commands, against deny rules alone. `commands`: the same, and the text of
 * the line against all rules. `text`: that, and against deny rules what stands at the top of the line. `nothing`.
 */
export type OlderReading = "everything" | "refusals" | "commands" | "text" | "nothing";

export function olderReading(
  line: CommandLine,
  facts: readonly CommandFacts[],
  set: CompiledSet,
): OlderReading {
  if (line.errors.some((error) => /^expected '[)}]'|^unterminated arithmetic command/.test(error)))
    return "nothing";
  if (isUnread(line, set) || isCut(line) || facts.some(hidesRest)) return "text";
  const weighed = line.hazards.some((hazard) => hazard.kind === "structure" && hazard.stage === "meaning");
  if (weighed || facts.some((fact) => isUnclear(fact, set.client))) return "commands";
  if (line.hazards.some((hazard) => hazard.kind === "structure" && hazard.what === "a subshell"))
    return "nothing";
  const changes = changesOf(set, facts, line.piped);
  if (changes.filter(({ command }) => !command.piped).length > 1) return "nothing";
  const moved = changesBeforeVersionControl(facts, set, line);
  const hidden = facts.some(writesToTilde) && facts.some(({ program }) => program === "git");
  return moved || changes.length > 1 || hidden ? "refusals" : "everything";
}

/** `git x > =x`, `git x < $HOME/x`: a target that a shell might expand. */
function hidesRest({ command }: CommandFacts): boolean {
  return command.redirects.some(
    (redirect) => hidesLine(redirect) || redirect.target?.value.startsWith("!") === true,
  );
}

/** `git x > ~+/x`, `git x > ~user/x`: beside git the client asks about the target before it comes to ask rules. */
function writesToTilde({ command }: CommandFacts): boolean {
  return command.redirects.some(
    ({ direction, target }) => direction === "write" && /^~[^/]/.test(target?.raw ?? ""),
  );
}

/** The client gives up reading the line. */
export function isUnread(line: CommandLine, { client }: Pick<CompiledSet, "client">): boolean {
  return (
    line.errors.some((error) => !isOverlooked(error, client)) ||
    line.hazards.some(
      (hazard) =>
        (hazard.kind === "structure" &&
          hazard.stage === "reading" &&
          !(client === "2.1.197" && READ_BY_OLDER.has(hazard.what))) ||
        (hazard.kind === "variable-set" && altersVariable(hazard, client)),
    )
  );
}
