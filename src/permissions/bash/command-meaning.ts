import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import { isFragment } from "../commands/innermost-command.ts";
import type { ShellWord } from "../shell/command-line.ts";
import { namesEnvironment } from "../shell/redirect-targets.ts";
import { comparesNames } from "../shell/single-tests.ts";
import { unanalysedUse } from "./command-unanalysed.ts";
import { heldBack } from "./held-back.ts";

/** Does the client give a command up when it weighs what it means, whatever rule covers it? */
export function isUnclear(fact: CommandFacts, client: ClientVersion): boolean {
  const { words, redirects } = fact.command;
  // Newer clients look for it in words alone.
  const named = client === "2.1.197" ? [...words, ...redirects.map(({ target }) => target)] : words;
  return (
    unanalysedUse(words, client) !== null ||
    isFragment(words) ||
    heldBack(fact, client) ||
    comparesNames(words) ||
    (client === "2.1.197" && declaresHome(words)) ||
    named.some((word) => namesEnvironment(word?.value ?? ""))
  );
}

/** Beside other commands not even an exact rule vouches for what runs its arguments. */
export function startsOthers(fact: CommandFacts, client: ClientVersion): boolean {
  return unanalysedUse(fact.command.words, client) !== null || heldBack(fact, client);
}

/** `export X=~`, be it in quotes or in the middle. */
function declaresHome([name, ...rest]: readonly ShellWord[]): boolean {
  return (
    /^(?:export|declare|typeset|readonly|local)$/.test(name?.value ?? "") &&
    rest.some(({ value }) => /^\w+\+?=.*~/s.test(value))
  );
}
