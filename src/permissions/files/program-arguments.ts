import type { ClientVersion } from "../../model/semantics.ts";
import { FILE_FLAGS, flagsOf, VALUED_FLAGS } from "../client-facts/file-flags.ts";
import { PLAIN_WORD, type ShellWord } from "../shell/command-line.ts";

/**
 * Programs whose path operands the client checks on top of the command itself (reference, sections 1.5 and 1.7).
 * Anything else (interpreters, git, tar, chmod, …) is not looked into.
 */
export interface FileOperands {
  reads: ShellWord[];
  writes: ShellWord[];
}

/** A program's arguments as the client takes them apart. */
export interface Arguments {
  operands: ShellWord[];
  flags: string[];
  /** Files that flags name. */
  files: ShellWord[];
}

export type Operands = (given: Arguments, client: ClientVersion) => FileOperands;

/** Flags end at the first operand: what stands behind it is an operand, dashes or not. */
export function takeArguments(
  program: string,
  words: readonly ShellWord[],
  client: ClientVersion,
): Arguments {
  const valued = flagsOf(VALUED_FLAGS, program, client);
  const named = flagsOf(FILE_FLAGS, program, client);
  const flags: string[] = [];
  const files: ShellWord[] = [];
  let at = 0;
  for (; words[at]?.value.startsWith("-") === true && words[at]!.value !== "-"; at++) {
    const word = words[at]!;
    if (word.value === "--") {
      at += 1;
      break;
    }
    flags.push(word.value);
    const joined = joinedFile(word, named, client);
    if (joined !== null) files.push(joined);
    else if (takesFile(word.value, named, client)) files.push(...words.slice(++at, at + 1));
    else if (takesValue(word.value, valued, named, client)) at += 1;
  }
  return { operands: words.slice(at), flags, files };
}

/** `--file=x`; of short flags newer clients alone see `-fx`, where it is a file. */
function joinedFile(word: ShellWord, named: ReadonlySet<string>, client: ClientVersion): ShellWord | null {
  const [, flag = "", long] = /^(--[^=]+)=(.*)$/s.exec(word.value) ?? [];
  const short = client === "2.1.330" && searches(named) ? /^-f(.+)$/s.exec(word.value)?.[1] : undefined;
  const value = named.has(flag) ? long : short;
  return value === undefined ? null : { ...word, raw: value, value };
}

/** … and `-if x`. */
function takesFile(flag: string, named: ReadonlySet<string>, client: ClientVersion): boolean {
  return named.has(flag) || (client === "2.1.330" && searches(named) && /^-(?!e)[a-zA-Z]+f$/.test(flag));
}

/** Newer clients see the flag of a reader at the end of a bundle: `cut -sf 1`. */
function takesValue(
  flag: string,
  valued: ReadonlySet<string>,
  named: ReadonlySet<string>,
  client: ClientVersion,
): boolean {
  if (valued.has(flag)) return true;
  const bundle = client === "2.1.330" && named.size === 0 && /^-[a-zA-Z]{2,}$/.test(flag);
  return bundle && valued.has(`-${flag.at(-1)}`) && !valued.has(flag.slice(0, 2));
}

/** Programs that take patterns from a file. */
function searches(named: ReadonlySet<string>): boolean {
  return named.has("-f") && !named.has("-E") && !named.has("--from-file");
}

/** Flags wherever they stand, until `--`. */
export function splitArguments(words: readonly ShellWord[]): Pick<Arguments, "operands" | "flags"> {
  const operands: ShellWord[] = [];
  const flags: string[] = [];
  let onlyOperands = false;
  for (const word of words) {
    if (!onlyOperands && word.value === "--") onlyOperands = true;
    else if (!onlyOperands && word.value.startsWith("-") && word.value !== "-") flags.push(word.value);
    else operands.push(word);
  }
  return { operands, flags };
}

export const readAll: Operands = ({ operands, files }) => ({ reads: [...files, ...operands], writes: [] });
const HERE: ShellWord = { ...PLAIN_WORD, raw: ".", value: "." };

/** Without a path they read the directory that they stand in. */
export function orHere(operands: FileOperands): FileOperands {
  return operands.reads.length === 0 ? { ...operands, reads: [HERE] } : operands;
}

/** The first operand is the pattern, unless a flag gives one. */
export const search: Operands = ({ operands, flags, files }, client) => {
  const older = /^(?:-[ef]|--regexp|--file)$|^--(?:regexp|file)=/;
  const newer = /^-e|^-[a-zA-Z]*f|^--(?:regexp|file)(?:=|$)/;
  const given = flags.some((flag) => (client === "2.1.197" ? older : newer).test(flag));
  return { reads: [...files, ...operands.slice(given ? 0 : 1)], writes: [] };
};
