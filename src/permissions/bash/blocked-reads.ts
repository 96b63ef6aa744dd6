import type { CommandFacts } from "../commands/command-facts.ts";
import { whereabouts } from "../files/directory-changes.ts";
import { fileOperands, isBehindXargs } from "../files/file-commands.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { ShellWord } from "../shell/command-line.ts";
import { unanalysedUse } from "./command-unanalysed.ts";
import { heldBack } from "./held-back.ts";
import type { LineAnalysis } from "./line-analysis.ts";

/** Programs with code as an argument, and the flag that says so. */
const INLINE_CODE: Readonly<Record<string, RegExp>> = {
  perl: /^-[a-zA-Z]*[eE]/,
  ruby: /^-[a-zA-Z]*e/,
  node: /^-[a-zA-Z]*[ep]$|^--(?:eval|print)/,
  python: /^-[a-zA-Z]*c/,
  python3: /^-[a-zA-Z]*c/,
  bash: /^-[a-zA-Z]*c/,
  sh: /^-[a-zA-Z]*c/,
  zsh: /^-[a-zA-Z]*c/,
};

/**
 * Where reads outside the working directories are blocked, newer clients ask about every line of which they cannot say
 * what it reads, in every mode. null: it can be said.
 */
export function unclearReads(
  set: CompiledSet,
  facts: readonly CommandFacts[],
  analysis: LineAnalysis,
): string | null {
  if (!set.blockReadsOutside) return null;
  const unclear =
    analysis !== "full" ||
    whereabouts(set, facts).kind === "lost" ||
    facts.some((fact) => readsAnything(set, fact));
  return unclear
    ? "reads outside the working directories are blocked, and what this reads is not known"
    : null;
}

function readsAnything(set: CompiledSet, fact: CommandFacts): boolean {
  const { command, program, words } = fact;
  const flag = Object.hasOwn(INLINE_CODE, program) ? INLINE_CODE[program]! : null;
  const rest = words.slice(1).map((word) => word.value);
  return (
    (command.assignments.length > 0 && command.words.length > 0) ||
    isBehindXargs(fact) ||
    program === "xargs" ||
    unanalysedUse(command.words, set.client) !== null ||
    heldBack(fact, set.client) ||
    (flag !== null && rest.some((value) => flag.test(value))) ||
    (!isCalledByPath(words) && readsByScript(set, fact, rest))
  );
}

/** Measured: a `sed` or `awk` that is called by its path is not looked into. */
function isCalledByPath([name]: readonly ShellWord[]): boolean {
  return name?.value.includes("/") === true;
}

function readsByScript(set: CompiledSet, { program, words }: CommandFacts, rest: readonly string[]): boolean {
  if (program.endsWith("awk")) return rest.some((value) => /\bgetline\b/.test(value));
  if (program !== "sed") return false;
  return rest.length < 2 || fileOperands("sed", words, set.client)!.writes.length > 0;
}
