import type { ClientVersion } from "../model/semantics.ts";
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

const grep: Operands = (operands, flags) =>
  flags.some((flag) => /^(?:-[ef]|--regexp|--file)/.test(flag))
    ? readAll(operands, flags)
    : readAfterFirst(operands, flags);

const BOTH_CLIENTS: Readonly<Record<string, Operands>> = {
  ...tableOf(
    readAll,
    "cat head tail ls nl wc sort base64 diff cut od strings hexdump column md5sum sha1sum sha256sum stat file cd paste find",
  ),
  ...tableOf(readAfterFirst, "jq awk"),
  ...tableOf(writeAll, "rm rmdir mkdir touch tee"),
  // Two sets of characters, or the one that `-d` takes away.
  tr: (operands, flags) =>
    readAll(operands.slice(flags.some((flag) => /^-[a-zA-Z]*d/.test(flag)) ? 1 : 2), flags),
  grep,
  rg: (operands, flags) => (flags.includes("--files") ? readAll(operands, flags) : grep(operands, flags)),
  cp: (operands) => ({ reads: operands.slice(0, -1), writes: operands.slice(-1) }),
  mv: (operands) => ({ reads: operands.slice(0, -1), writes: operands }),
};

/** Measured: the older client lets these read where they like. Neither looks at `du`. */
const NEWER_CLIENT: Readonly<Record<string, Operands>> = {
  ...tableOf(readAll, "tac rev comm cmp tsort fold expand unexpand fmt pr numfmt"),
  egrep: grep,
  fgrep: grep,
};

function tableOf(operands: Operands, programs: string): Record<string, Operands> {
  return Object.fromEntries(programs.split(" ").map((program) => [program, operands]));
}

/** Path operands of a command whose first word is the program; null when its operands are not looked into. */
export function fileOperands(
  program: string,
  words: readonly ShellWord[],
  client: ClientVersion,
): FileOperands | null {
  const rest = words.slice(1);
  if (program === "git") return gitDiffOperands(words);
  if (program === "find") return { reads: findPaths(rest), writes: [] };
  if (program === "sed") return sedOperands(rest);
  const table = Object.hasOwn(BOTH_CLIENTS, program) || client === "2.1.197" ? BOTH_CLIENTS : NEWER_CLIENT;
  if (!Object.hasOwn(table, program)) return null;
  const { operands, flags } = splitArguments(rest);
  return table[program]!(operands, flags);
}

/** Both clients take every `sed` for an edit of its files, but one that does nothing else than print lines. */
function sedOperands(words: readonly ShellWord[]): FileOperands {
  const isScript = (at: number): boolean => /^(?:-e|--expression)$/.test(words[at - 1]?.value ?? "");
  const { operands, flags } = splitArguments(words.filter((_, at) => !isScript(at)));
  const given = flags.some((flag) => /^(?:-e|--expression|-f|--file)/.test(flag));
  const files = given ? operands : operands.slice(1);
  const quiet = flags.some((flag) => /^-[a-zA-Z]*n|^--(?:quiet|silent)$/.test(flag));
  const prints = quiet && !given && PRINTING.test(operands[0]?.value ?? "");
  return { reads: files, writes: prints ? [] : files };
}

const PRINTING = /^\s*(?:\d+(?:,\d+)?)?p\s*(?:;\s*(?:\d+(?:,\d+)?)?p\s*)*$/;

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

/** What stands before the first test, and the files and paths that tests name: `find a b -newer c`. */
function findPaths(words: readonly ShellWord[]): ShellWord[] {
  const end = words.findIndex((word) => /^[-!(]/.test(word.value) && !/^-(?:[HLP]|O\d?|D)$/.test(word.value));
  const roots = (end < 0 ? [...words] : words.slice(0, end)).filter((word) => !word.value.startsWith("-"));
  const named = words.filter((_, at) => FIND_PATH_TEST.test(words[at - 1]?.value ?? ""));
  return [...roots, ...named];
}

const FIND_PATH_TEST =
  /^-(?:path|wholename|ipath|iwholename|lname|ilname|samefile|[acm]?newer|newer[aBcm][aBcmt])$/;

/** Removals that no rule approves when they would take a critical directory. */
export function isRemoval(program: string): boolean {
  return program === "rm" || program === "rmdir";
}
