import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import { isPlainSed } from "./sed-commands.ts";

const MODE_COMMANDS = new Set(["mkdir", "touch", "rm", "rmdir", "mv", "cp", "sed"]);

/**
 * Is it one of the file commands that `acceptEdits` runs inside the working directories? Measured: copies and moves of
 * files only without flags, and nothing in front; of sed only plain substitutions.
 */
export function mayRunByMode({ command, allow, program }: CommandFacts, client: ClientVersion): boolean {
  const { words, unsafePrefix } = allow;
  if (!MODE_COMMANDS.has(program) || unsafePrefix || words[0]?.value !== program) return false;
  if (words.some((word) => !word.literal)) return false;
  const typed = command.assignments.length === 0 && words.length === command.words.length;
  const flagged = words.slice(1).some((word) => word.value.startsWith("-"));
  switch (program) {
    case "cp":
    case "mv":
      return (typed && !flagged) || words.length === 1;
    case "touch":
      return client === "2.1.197" || (typed && !flagged);
    case "sed":
      return isPlainSed(words.slice(1));
    default:
      return true;
  }
}
