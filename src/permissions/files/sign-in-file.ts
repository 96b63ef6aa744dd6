import { basename, join } from "node:path/posix";
import type { CommandFacts } from "../commands/command-facts.ts";
import { absolutePath, isInside } from "../rules/paths.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { ShellWord } from "../shell/command-line.ts";
import { type Whereabouts, withHome } from "./directory-changes.ts";
import { isBehindXargs } from "./file-commands.ts";

/** Where the client keeps what it signs in with. */
export function signInFile({ surroundings }: CompiledSet): string {
  return `${surroundings.home}/.claude/.credentials.json`;
}

const LINKING = new Set(["ln", "link", "mv"]);

/**
 * Would the command give the client's own sign-in tokens another name, or write them? Newer clients ask then, whatever
 * the rules say: what a link or a move takes must neither be the file nor a directory above it.
 */
export function changesSignIn(set: CompiledSet, fact: CommandFacts, { directories }: Whereabouts): boolean {
  if (!LINKING.has(fact.program) || isBehindXargs(fact)) return false;
  const { home } = set.surroundings;
  const pathOf = (word: ShellWord): string => absolutePath(withHome(word, set), directories[0]!, home);
  const tokens = signInFile(set);
  const paths = fact.words.filter((word, at) => isOperand(fact, word, at)).map(pathOf);
  const into = fact.program === "mv" ? targetOf(fact) : null;
  if (into !== null && paths.some((path) => join(pathOf(into), basename(path)) === tokens)) return true;
  const sources = paths.length > 1 && !isTargeted(fact) ? paths.slice(0, -1) : paths;
  const taken = movesNothing(fact) ? [] : sources;
  return paths.at(-1) === tokens || taken.some((path) => isInside(tokens, path));
}

/** A `mv` that names no place where to: what it names is none that it takes away. */
export function movesNothing(fact: CommandFacts): boolean {
  if (fact.program !== "mv" || isTargeted(fact)) return false;
  return fact.words.filter(({ value }, at) => at > 0 && !value.startsWith("-")).length < 2;
}

function isTargeted({ words }: CommandFacts): boolean {
  return words.some(({ value }) => TARGETED.test(value));
}

/** Measured: with such a flag anywhere all operands are taken; its value is known for `mv` and in front of them alone. */
const TARGETED = /^-[A-Za-z]*[tT]|^--target-directory(?:=|$)/;

function targetOf({ words }: CommandFacts): ShellWord | null {
  const first = words.findIndex(
    ({ value }, at) =>
      at > 0 && (value === "--" || !value.startsWith("-")) && !TAKES_TARGET.test(words[at - 1]!.value),
  );
  const at = words
    .slice(0, first < 0 ? words.length : first)
    .findIndex(({ value }) => TAKES_TARGET.test(value));
  return at < 0 ? null : (words[at + 1] ?? null);
}

const TAKES_TARGET = /^-[A-Za-z]*t$|^--target-directory$/;

function isOperand(fact: CommandFacts, word: ShellWord, at: number): boolean {
  if (at === 0 || !word.literal || word.value.startsWith("-")) return false;
  return fact.program !== "mv" || word !== targetOf(fact);
}
