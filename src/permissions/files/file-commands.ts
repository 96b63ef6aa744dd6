import { posix } from "node:path/posix";
import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import { PLAIN_WORD, type ShellWord } from "../shell/command-line.ts";
import { gitOperands } from "./git-operands.ts";
import { jqOperands } from "./jq-operands.ts";
import {
  type Arguments,
  type FileOperands,
  type Operands,
  orHere,
  readAll,
  search,
  takeArguments,
} from "./program-arguments.ts";
import { sedOperands } from "./sed-commands.ts";

const writeAll: Operands = ({ operands }) => ({ reads: [], writes: operands });
const grep: Operands = (given, client) => {
  const found = search(given, client);
  return given.flags.some((flag) => /^(?:-[rR]|--recursive)$/.test(flag)) ? orHere(found) : found;
};

/** Older clients look at no file where the program may stand in one. */
const awk: Operands = ({ operands, flags, files }, client) => {
  const elsewhere = flags.some((flag) =>
    /^-(?:[eEil]|[a-zA-Z]*f)|^--(?:file|exec|source|include|load)/.test(flag),
  );
  if (elsewhere && client === "2.1.197") return { reads: [], writes: [] };
  const given = flags.some((flag) => /^(?:-[efE]|--(?:file|exec|source)(?:=.*)?)$/s.test(flag));
  return { reads: [...files, ...operands.slice(given ? 0 : 1)], writes: [] };
};

const HOME: ShellWord = { ...PLAIN_WORD, raw: "~", value: "~" };

const BOTH_CLIENTS: Readonly<Record<string, Operands>> = {
  ...tableOf(
    readAll,
    "cat head tail nl wc sort base64 diff cut od strings hexdump column md5sum sha1sum sha256sum stat file paste uniq",
  ),
  ...tableOf(writeAll, "rm rmdir mkdir touch"),
  ls: (given, client) => orHere(readAll(given, client)),
  awk,
  // Without one it is the home; with more than one none.
  cd: ({ operands }) => ({
    reads: operands.length === 0 ? [HOME] : operands.length === 1 ? operands : [],
    writes: [],
  }),
  // Two sets of characters, or the one that `-d` takes away.
  tr: ({ operands, flags }) => ({
    reads: operands.slice(flags.some((flag) => /^-[a-zA-Z]*d|^--delete$/.test(flag)) ? 1 : 2),
    writes: [],
  }),
  tee: ({ operands }) => ({
    reads: [],
    writes: operands.filter(({ value }) => !/^\/dev\/(?:null|stdout|stderr|tty)$/.test(value)),
  }),
  grep,
  rg: (given, client) => orHere(search(given, client)),
  cp: writeAll,
  mv: writeAll,
};

/** Measured: the older client lets these read where they like. Neither looks at `du`. */
const NEWER_CLIENT: Readonly<Record<string, Operands>> = {
  ...tableOf(readAll, "tac rev comm cmp tsort fold expand unexpand fmt pr numfmt"),
  ...tableOf(grep, "egrep fgrep"),
  ...tableOf(awk, "gawk mawk nawk"),
  // What looks like a path, and any operand behind the flag for files.
  man: ({ operands, flags }) => ({
    reads: flags.some((flag) => /^(?:-[a-zA-Z]*l|--local-file$)/.test(flag))
      ? operands
      : operands.filter(({ value }) => /\/|^~|^\.\.$/.test(value)),
    writes: [],
  }),
  cp: (given) => ({
    reads: taken(given),
    writes: isPlainCopy(given) ? arriving(given) : [...given.operands, ...arriving(given)],
  }),
  mv: (given) => ({ reads: taken(given), writes: [...given.operands.slice(0, -1), ...arriving(given)] }),
};

/** Measured: of a copy with any other flag, wherever it stands, every operand counts as written. */
function isPlainCopy({ flags, operands }: Arguments): boolean {
  const all = [...flags, ...operands.map(({ value }) => value).filter((value) => value.startsWith("-"))];
  return all.every((flag) => /^-[finpv]+$/.test(flag));
}

const TARGET_FLAG = /^-[a-zA-Z]*t|^--target/;

/** Where they go, and the names that they would have there should that be a directory. */
function arriving({ operands, flags }: Arguments): ShellWord[] {
  const named = flags.flatMap((flag) => /^(?:-t=?|--target-directory=)(.+)$/s.exec(flag)?.[1] ?? []);
  const directories = named.map((value) => ({ ...PLAIN_WORD, raw: value, value }));
  const target = operands.at(-1);
  if (target === undefined) return directories;
  const [first, ...others] = operands;
  const intoFirst = /^(?:-t|--target-directory)$/.test(flags.at(-1) ?? "") ? inside(first!, others) : [];
  return [target, ...inside(target, operands.slice(0, -1)), ...directories, ...intoFirst];
}

/** Where the directory is known only when it runs, so are they. */
function inside(target: ShellWord, words: readonly ShellWord[]): ShellWord[] {
  const directory = target.value.replace(/\/$/, "");
  return words.map((word) => ({
    ...word,
    value: `${directory}/${posix.basename(word.value)}`,
    woven: word.woven ?? target.woven,
  }));
}

/** With `-t` no operand is where they go. */
function taken({ operands, flags }: Arguments): ShellWord[] {
  return flags.some((flag) => TARGET_FLAG.test(flag)) ? operands : operands.slice(0, -1);
}

function tableOf(operands: Operands, programs: string): Record<string, Operands> {
  return Object.fromEntries(programs.split(" ").map((program) => [program, operands]));
}

/** Programs whose files are looked at when a path names them, too: `/bin/rm x`, but not `/bin/touch x`. */
const KNOWN_BY_PATH: Readonly<Record<ClientVersion, ReadonlySet<string>>> = {
  "2.1.330": new Set(["rm", "rmdir", "cp", "mv", "tee"]),
  "2.1.197": new Set(["rm", "rmdir"]),
};

/** Path operands of a command whose first word is the program; null when its operands are not looked into. */
export function fileOperands(
  program: string,
  words: readonly ShellWord[],
  client: ClientVersion,
): FileOperands | null {
  const rest = words.slice(1);
  if (words[0]?.value.includes("/") === true && !KNOWN_BY_PATH[client].has(program)) return null;
  if (program === "git") return gitOperands(rest, client);
  if (program === "find") return orHere({ reads: findPaths(rest), writes: [] });
  if (program === "sed") return sedOperands(rest, client);
  if (program === "jq") return jqOperands(rest, client);
  const table = Object.hasOwn(NEWER_CLIENT, program) && client !== "2.1.197" ? NEWER_CLIENT : BOTH_CLIENTS;
  if (!Object.hasOwn(table, program)) return null;
  // The other names of awk take the same flags.
  const flagged = program.endsWith("awk") ? "awk" : program;
  return table[program]!(takeArguments(flagged, rest, client), client);
}

/** … of a command as it stands. Measured: newer clients know of a copy that it only reads what it copies where it is all plain text. */
export function operandsOf(
  { program, words, command }: CommandFacts,
  client: ClientVersion,
): FileOperands | null {
  const found = fileOperands(program, words, client);
  if (found === null || program !== "cp" || client === "2.1.197") return found;
  const plain =
    words.length === command.words.length && command.assignments.length === 0 && words.every(isPlainOperand);
  return plain ? found : { ...found, writes: [...found.reads, ...found.writes] };
}

function isPlainOperand({ literal, woven, glob, knownVariable, raw }: ShellWord): boolean {
  return literal && woven === null && !glob && !knownVariable && !raw.startsWith("~");
}

/** What stands before the first test, the files and paths that tests name, and all behind `--`: `find a b -newer c`. */
function findPaths(all: readonly ShellWord[]): ShellWord[] {
  const dashes = all.findIndex(
    ({ value }, at) => value === "--" && !FIND_PATH_TEST.test(all[at - 1]?.value ?? ""),
  );
  const words = dashes < 0 ? all : all.slice(0, dashes);
  const end = words.findIndex((word) => /^-/.test(word.value) && !/^-(?:[HLP]|O\d?|D)$/.test(word.value));
  const roots = (end < 0 ? [...words] : words.slice(0, end)).filter((word) => !word.value.startsWith("-"));
  const named = words.filter((word) => isFindTestValue(words, word));
  return [...roots, ...named, ...(dashes < 0 ? [] : all.slice(dashes + 1))];
}

/** Measured: of a glob there both clients read the directory in front of it; of a glob in a path to search they ask. */
export function isFindTestValue(words: readonly ShellWord[], word: ShellWord): boolean {
  return FIND_PATH_TEST.test(words[words.indexOf(word) - 1]?.value ?? "");
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
