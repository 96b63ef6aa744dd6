import { posix } from "node:path/posix";
import type { ClientVersion } from "../model/semantics.ts";
import type { CommandFacts } from "./command-facts.ts";
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
    "cat head tail ls nl wc sort base64 diff cut od strings hexdump column md5sum sha1sum sha256sum stat file paste find",
  ),
  ...tableOf(readAfterFirst, "jq awk"),
  ...tableOf(writeAll, "rm rmdir mkdir touch tee"),
  // With more than one it is no directory.
  cd: (operands) => ({ reads: operands.length === 1 ? operands : [], writes: [] }),
  // Two sets of characters, or the one that `-d` takes away.
  tr: (operands, flags) =>
    readAll(operands.slice(flags.some((flag) => /^-[a-zA-Z]*d/.test(flag)) ? 1 : 2), flags),
  grep,
  rg: (operands, flags) => (flags.includes("--files") ? readAll(operands, flags) : grep(operands, flags)),
  cp: writeAll,
  mv: writeAll,
};

/** Measured: the older client lets these read where they like. Neither looks at `du`. */
const NEWER_CLIENT: Readonly<Record<string, Operands>> = {
  ...tableOf(readAll, "tac rev comm cmp tsort fold expand unexpand fmt pr numfmt"),
  egrep: grep,
  fgrep: grep,
  cp: (operands, flags) => ({ reads: taken(operands, flags), writes: arriving(operands) }),
  mv: (operands, flags) => ({
    reads: taken(operands, flags),
    writes: [...operands.slice(0, -1), ...arriving(operands)],
  }),
};

/** Where they go, and the names that they would have there should that be a directory. */
function arriving(operands: ShellWord[]): ShellWord[] {
  const target = operands.at(-1);
  if (target === undefined) return [];
  const inside = operands.slice(0, -1).map((word): ShellWord => {
    const name = posix.basename(word.value);
    return { ...word, value: `${target.value.replace(/\/$/, "")}/${name}`, raw: word.raw };
  });
  return [target, ...inside];
}

/** With `-t` no operand is where they go. */
function taken(operands: ShellWord[], flags: string[]): ShellWord[] {
  return flags.some((flag) => /^-t|^--target-directory/.test(flag)) ? operands : operands.slice(0, -1);
}

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
  if (program === "git") return gitOperands(rest, client);
  if (program === "find") return { reads: findPaths(rest), writes: [] };
  if (program === "sed") return sedOperands(rest, client);
  const table = Object.hasOwn(NEWER_CLIENT, program) && client !== "2.1.197" ? NEWER_CLIENT : BOTH_CLIENTS;
  if (!Object.hasOwn(table, program)) return null;
  const { operands, flags } = splitArguments(rest);
  return table[program]!(operands, flags);
}

/** Both clients take every `sed` for an edit of its files, but one that does nothing else than print lines. */
function sedOperands(words: readonly ShellWord[], client: ClientVersion): FileOperands {
  const isScript = (at: number): boolean => /^(?:-e|--expression)$/.test(words[at - 1]?.value ?? "");
  const { operands, flags } = splitArguments(words.filter((_, at) => !isScript(at)));
  const given = flags.some((flag) => /^(?:-e|--expression|-f|--file)/.test(flag));
  const files = given ? operands : operands.slice(1);
  const quiet = flags.some((flag) => /^-[a-zA-Z]*n|^--(?:quiet|silent)$/.test(flag));
  const prints = quiet && !given && PRINTING.test(operands[0]?.value ?? "");
  if (prints) return { reads: files, writes: [] };
  return { reads: client === "2.1.197" ? [] : files, writes: files };
}

const PRINTING = /^\s*(?:\d+(?:,\d+)?)?p\s*(?:;\s*(?:\d+(?:,\d+)?)?p\s*)*$/;

/** Of git's own commands the files of `diff` are seen, and those of `grep`; older clients: of a diff without an index. */
function gitOperands(words: readonly ShellWord[], client: ClientVersion): FileOperands | null {
  const at = client === "2.1.197" ? 0 : behindGitFlags(words);
  const { operands, flags } = splitArguments(words.slice(at + 1));
  switch (words[at]?.value) {
    case "diff":
      if (client === "2.1.197") return flags.includes("--no-index") ? readAll(operands, flags) : null;
      // Measured: what is no file at all is nothing to git, and to `diff` it is.
      return readAll(
        operands.filter(({ value }) => value !== "/dev/null"),
        flags,
      );
    case "grep":
      return client === "2.1.197" ? null : grep(operands, flags);
    default:
      return null;
  }
}

function behindGitFlags(words: readonly ShellWord[]): number {
  let at = 0;
  while (words[at]?.value.startsWith("-")) at += /^-[Cc]$/.test(words[at]!.value) ? 2 : 1;
  return at;
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

/** Neither client looks at the files of what `xargs` starts. */
export function isBehindXargs({ command, words }: CommandFacts): boolean {
  const inner = command.words.length - words.length;
  return command.words.slice(0, inner).some((word) => word.value === "xargs");
}
