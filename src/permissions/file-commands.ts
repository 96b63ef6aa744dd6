import type { ShellWord } from "./command-line.ts";

/**
 * Programs whose path operands the client checks on top of the command itself (reference, sections 1.5 and 1.7).
 * Anything else (interpreters, git, tar, chmod, …) is not looked into.
 */
export interface FileOperands {
  reads: ShellWord[];
  writes: ShellWord[];
}

type Operands = (operands: ShellWord[], flags: string[]) => FileOperands;

const readAll: Operands = (operands) => ({ reads: operands, writes: [] });
const readAfterFirst: Operands = (operands) => ({ reads: operands.slice(1), writes: [] });
const writeAll: Operands = (operands) => ({ reads: [], writes: operands });

const PROGRAMS: Readonly<Record<string, Operands>> = {
  cat: readAll,
  head: readAll,
  tail: readAll,
  ls: readAll,
  nl: readAll,
  wc: readAll,
  sort: readAll,
  base64: readAll,
  diff: readAll,
  cut: readAll,
  od: readAll,
  strings: readAll,
  hexdump: readAll,
  column: readAll,
  md5sum: readAll,
  sha256sum: readAll,
  stat: readAll,
  file: readAll,
  cd: readAll,
  du: readAll,
  tac: readAll,
  rev: readAll,
  paste: readAll,
  comm: readAll,
  cmp: readAll,
  find: readAll,
  grep: (operands, flags) =>
    flags.some((flag) => /^(?:-[ef]|--regexp|--file)/.test(flag))
      ? readAll(operands, flags)
      : readAfterFirst(operands, flags),
  rg: (operands, flags) =>
    flags.some((flag) => /^(?:-[ef]|--regexp|--file|--files$)/.test(flag))
      ? readAll(operands, flags)
      : readAfterFirst(operands, flags),
  jq: readAfterFirst,
  awk: readAfterFirst,
  sed: (operands, flags) => {
    const files = flags.some((flag) => /^(?:-e|--expression)/.test(flag)) ? operands : operands.slice(1);
    const inPlace = flags.some((flag) => /^(?:-[a-zA-Z]*i|--in-place)/.test(flag));
    return { reads: files, writes: inPlace ? files : [] };
  },
  cp: (operands) => ({ reads: operands.slice(0, -1), writes: operands.slice(-1) }),
  mv: (operands) => ({ reads: operands.slice(0, -1), writes: operands }),
  rm: writeAll,
  rmdir: writeAll,
  mkdir: writeAll,
  touch: writeAll,
  tee: writeAll,
};

/** Path operands of a command whose first word is the program; null when its operands are not looked into. */
export function fileOperands(program: string, words: readonly ShellWord[]): FileOperands | null {
  if (program === "git") return gitDiffOperands(words);
  if (!Object.hasOwn(PROGRAMS, program)) return null;
  const { operands, flags } = splitArguments(words.slice(1));
  if (program === "find") return readAll(findRoots(words.slice(1)), flags);
  return PROGRAMS[program]!(operands, flags);
}

/** Of git's own commands only the files of `git diff` are seen. */
function gitDiffOperands(words: readonly ShellWord[]): FileOperands | null {
  if (words[1]?.value !== "diff") return null;
  return readAll(splitArguments(words.slice(2)).operands, []);
}

function splitArguments(words: readonly ShellWord[]): { operands: ShellWord[]; flags: string[] } {
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

/** What stands before the first test: `find a b -name x`. */
function findRoots(words: readonly ShellWord[]): ShellWord[] {
  const end = words.findIndex((word) => /^[-!(]/.test(word.value) && !/^-(?:[HLP]|O\d?|D)$/.test(word.value));
  return (end < 0 ? [...words] : words.slice(0, end)).filter((word) => !word.value.startsWith("-"));
}

/** Removals that no rule approves when they would take a critical directory. */
export function isRemoval(program: string): boolean {
  return program === "rm" || program === "rmdir";
}
