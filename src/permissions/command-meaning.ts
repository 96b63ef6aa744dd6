import type { ClientVersion } from "../model/semantics.ts";
import type { CommandFacts } from "./command-facts.ts";
import type { ShellWord } from "./command-line.ts";
import { unanalysedUse } from "./command-unanalysed.ts";
import { heldBack } from "./held-back.ts";
import { isFragment } from "./innermost-command.ts";
import { namesEnvironment } from "./redirect-targets.ts";

/** Does the client give a command up when it weighs what it means, whatever rule covers it? */
export function isUnclear(fact: CommandFacts, client: ClientVersion): boolean {
  const { words } = fact.command;
  return (
    unanalysedUse(words, client) !== null ||
    isFragment(words) ||
    heldBack(fact, client) ||
    comparesNames(words) ||
    words.some((word) => namesEnvironment(word.value))
  );
}

/** `[ x -eq 1 ]`: the shell would compute with a name. */
export function comparesNames([test, ...operands]: readonly ShellWord[]): boolean {
  if (!/^(?:\[\[?|test)$/.test(test?.value ?? "")) return false;
  return operands.some(
    (word, at) =>
      /^-(?:eq|ne|lt|le|gt|ge)$/.test(word.value) &&
      ![operands[at - 1], operands[at + 1]].every((side) =>
        /^-?(?:\d+|0x[\da-f]+)$/i.test(side?.value ?? "0"),
      ),
  );
}

/** Beside other commands not even an exact rule vouches for what runs its arguments. */
export function startsOthers(fact: CommandFacts, client: ClientVersion): boolean {
  return unanalysedUse(fact.command.words, client) !== null || heldBack(fact, client);
}
