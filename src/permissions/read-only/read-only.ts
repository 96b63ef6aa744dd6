import type { ClientVersion } from "../../model/semantics.ts";
import { READ_ONLY_FORMS, READ_ONLY_PROGRAMS, READ_ONLY_WITHOUT_GLOB } from "../client-facts/read-only.ts";
import { READ_ONLY_GIT } from "../client-facts/read-only-git.ts";
import { PYRIGHT_USE, READ_ONLY_USES } from "../client-facts/read-only-programs.ts";
import type { ReadOnlyUse } from "../client-facts/read-only-use.ts";
import { HARMLESS_VARIABLES } from "../client-facts/variables.ts";
import { prefixOf } from "../commands/allow-view.ts";
import { isDuration } from "../commands/wrappers.ts";
import { isReadOnlySed } from "../files/sed-commands.ts";
import { PLAIN_WORD, type ShellWord, type SimpleCommand } from "../shell/command-line.ts";
import { isHarmlessBeforeReading } from "../shell/environment-prefixes.ts";
import { holdsParameter, holdsParameterOnly } from "../shell/woven-text.ts";
import { findActs } from "./find-actions.ts";
import { IMAGES, isReadOnlyDocker, PS, textOf } from "./read-only-docker.ts";
import { isReadOnlyPrintf } from "./read-only-printf.ts";
import { isReadOnlyBracket, isReadOnlyTest } from "./read-only-test.ts";
import { followsUse, looksExpanded } from "./read-only-use.ts";
import { AT_THE_START, isKnownByText, spoilsReading } from "./read-only-values.ts";
import { isPlainSocketFilter } from "./socket-filter.ts";

/**
 * Commands that run without a rule in every mode (reference, section 1.6; `client-facts/`, where each flag was asked).
 * What does not stand in those tables asks.
 */
export function isReadOnly(command: SimpleCommand, client: ClientVersion): boolean {
  if (command.test !== null) return command.test.plain;
  const inner = innerCommand(command, client);
  if (inner === null || inner.words.length === 0) return false;
  if (/<<<|"/.test(command.raw) && holdsParameterOnly(command.raw)) return false;
  // A user's home is put in by the shell.
  if (client === "2.1.330" && inner.words.some((word) => /^~[^/]/.test(word.raw))) return false;
  if (standsInTheWay(command, inner, client)) return false;
  if (spoilsReading(command.assignments, inner.words, client)) return false;
  return isReadOnlyUse(inner, client);
}

/**
 * Measured: programs whose flags are looked at are not found where an assignment stands in front of what is passed over,
 * `CI=1 noglob git log`. Older clients find them, and no others, behind `noglob CI=1`.
 */
function standsInTheWay(command: SimpleCommand, inner: InnerCommand, client: ClientVersion): boolean {
  const byText = isKnownByText(inner.words, client);
  if (inner.behindAssignment)
    return command.assignments.length > 0 || byText || AT_THE_START.has(inner.words[0]!.value);
  return command.assignments.length > 0 && inner.words.length < command.words.length && !byText;
}

interface InnerCommand {
  words: readonly ShellWord[];
  behindAssignment: boolean;
  /** Nothing stands in front and the name is not quoted: forms that are compared as text need that. */
  plain: boolean;
}

const PASSED_OVER = new Set(["command", "builtin", "noglob"]);
const BUILTINS = new Set(["cd", "type", "help", "history", "["]);

/** Without harmless variables, `command` and, for newer clients, `timeout 5`; other wrappers ask. */
function innerCommand(command: SimpleCommand, client: ClientVersion): InnerCommand | null {
  if (command.timed.length > 0) return null;
  for (const item of command.assignments) {
    const value = { ...prefixOf(item), raw: item.literal ? item.value : prefixOf(item).raw };
    if (item.raw.startsWith(`${item.name}+=`) && client === "2.1.330") return null;
    if (item.woven !== null && holdsParameter(item.raw)) return null;
    if (!isHarmlessBeforeReading(value, client)) return null;
  }
  const { words } = command;
  let at = 0;
  while (PASSED_OVER.has(words[at]?.value ?? "")) {
    at += 1;
    const passed = words[at - 1]!.value;
    while (passed === "command" && /^-p+$/.test(words[at]?.value ?? "")) at += 1;
    if (passed !== "noglob" && words[at]?.value === "--") at += 1;
  }
  const front = at;
  while (client === "2.1.197" && front > 0 && isHarmlessWord(words[at])) at += 1;
  const passed = at;
  while (client === "2.1.330" && words[at]?.value === "timeout" && isDuration(words[at + 1]?.value ?? "")) {
    at += 2;
  }
  const name = words[at]?.value ?? "";
  if (at > passed && BUILTINS.has(name)) return null;
  if (at > 0 && name === "[") return null;
  // In the place of the program it is a keyword unless it is quoted.
  if (name === "[[" && (at > 0 ? client === "2.1.330" : words[0]!.raw === name)) return null;
  const behindAssignment = passed > front;
  const plain = command.assignments.length === 0 && !behindAssignment && words[at]?.raw === name;
  return { words: words.slice(at), behindAssignment, plain };
}

/** `CI=1` where the shell takes it for a program. */
function isHarmlessWord(word: ShellWord | undefined): boolean {
  const [, name = ""] = /^([A-Za-z_]\w*)=/.exec(word?.raw ?? "") ?? [];
  return HARMLESS_VARIABLES.has(name) && word?.literal === true;
}

function isReadOnlyUse({ words, plain }: InnerCommand, client: ClientVersion): boolean {
  const program = words[0]!.value;
  if (READ_ONLY_PROGRAMS.has(program)) {
    return !(READ_ONLY_WITHOUT_GLOB.has(program) && words.some((word) => word.glob));
  }
  const rest = words.slice(1);
  const text = words.map((word) => textOf(word, client)).join(" ");
  if (READ_ONLY_FORMS.has(text) && !program.includes(" ")) return true;
  if (Object.hasOwn(JUDGES, program)) return JUDGES[program]!(rest, plain, client);
  const use = useOf(words);
  if (use === null) return false;
  // Measured: with a glob no client looks at the flags of these.
  if (use.use.globs === true && rest.some((word) => word.glob)) return true;
  return followsUse(use.use, words.slice(use.at), client);
}

/** The use that the first words name: `git log`, `git stash list`, `docker logs`, `rg`. */
function useOf(words: readonly ShellWord[]): { use: ReadOnlyUse; at: number } | null {
  const program = words[0]!.value;
  const table = program === "git" ? READ_ONLY_GIT : READ_ONLY_USES;
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const name = words
      .slice(0, length)
      .map((word) => word.value)
      .join(" ");
    if (Object.hasOwn(table, name)) return { use: table[name]!, at: length };
  }
  return null;
}

type Judge = (rest: readonly ShellWord[], plain: boolean, client: ClientVersion) => boolean;

/** Programs that more than a list of flags decides about. */
const JUDGES: Readonly<Record<string, Judge>> = {
  "[": (rest, _plain, client) => isReadOnlyTest(rest, client),
  // As a program, be it by its quotes: `'[[' -f x`, `command [[ -f x ]]`.
  "[[": (rest, _plain, client) => isReadOnlyBracket(rest, client),
  which: (rest, _plain, client) =>
    client === "2.1.197" ? !rest.some((word) => word.glob) : followsUse(READ_ONLY_USES.which!, rest, client),
  file: (rest, _plain, client) => {
    const use = READ_ONLY_USES.file!;
    const older = client === "2.1.197";
    return followsUse(
      older ? { ...use, text: [...(use.text ?? []), "-f", "-m", "--magic-file"] } : use,
      rest,
      client,
    );
  },
  cd: (rest) => !rest.some((word) => /^-./.test(word.value)),
  pyright: (rest, _plain, client) => client === "2.1.197" && followsUse(PYRIGHT_USE, rest, client),
  help: (rest, _plain, client) =>
    followsUse(
      READ_ONLY_USES.help!,
      client === "2.1.197" ? rest.filter((word) => !/^-[ms]$/.test(word.value)) : rest,
      client,
    ),
  // A variable that is woven in is text here, in no other program whose flags are looked at.
  test: (rest, _plain, client) =>
    followsUse(
      READ_ONLY_USES.test!,
      rest.map((word) => (word.woven === "variable" ? { ...word, woven: null, arithmetic: false } : word)),
      client,
    ),
  find: (rest, _plain, client) =>
    !rest.some((word) => word.glob) &&
    // A known home is put in by the shell, and with it what reads like a glob, be it quoted.
    !(rest.some((word) => word.knownVariable) && rest.some((word) => /[*?[\]]/.test(word.value))) &&
    !findActs(
      rest.map((word) => word.value),
      client,
    ),
  sed: (rest) => isReadOnlySed(rest),
  jq: (rest, plain, client) =>
    !(client === "2.1.330" && rest.some(({ woven }) => woven !== null)) &&
    (plain || rest.some(holdsDollar)) &&
    isReadOnlyJq(rest),
  uniq: (rest, plain) => plain && isReadOnlyUniq(rest.map((word) => word.value)),
  docker: (rest, _plain, client) => isReadOnlyDocker(rest, client),
  // Measured: the two words may stand in one pair of quotes.
  "docker ps": (rest, _plain, client) => isReadOnlyDocker([PS, ...rest], client),
  "docker images": (rest, _plain, client) => isReadOnlyDocker([IMAGES, ...rest], client),
  history: (rest) => rest.length === 1 && /^\d+$/.test(rest[0]!.value),
  ifconfig: (rest) => rest.length === 1 && /^[a-zA-Z]\w*$/.test(rest[0]!.value),
  ps: (rest, _plain, client) =>
    // `ps e` shows the environment of processes; newer clients wonder about most that stands beside `-e`.
    !(
      client === "2.1.330" &&
      rest.some((word) => /^-[a-zA-Z]*e/.test(word.value)) &&
      !rest.every(isBesideE)
    ) &&
    !rest.some((word) =>
      (client === "2.1.330" ? /^[a-z]*e[a-z]*$/i : /^[a-zA-Z]*e[a-zA-Z]*$/).test(word.value),
    ) &&
    followsUse(READ_ONLY_USES.ps!, rest, client),
  // Measured: the name of a page holds no slash, but where descriptions of pages are searched.
  man: (rest, _plain, client) =>
    followsUse(READ_ONLY_USES.man!, rest, client) &&
    (rest.some(({ value }) => /^-[a-zA-Z]*[fk]/.test(value)) ||
      !rest.some(({ value, knownVariable }) => value.includes("/") || knownVariable)),
  lsof: (rest, _plain, client) => followsUse(READ_ONLY_USES.lsof!, rest, client, /^(?!\+m)/),
  date: (rest, _plain, client) => followsUse(READ_ONLY_USES.date!, rest, client, DATE_OPERAND),
  ss: (rest, _plain, client) =>
    followsUse(READ_ONLY_USES.ss!, rest, client) && isPlainSocketFilter(socketFilter(rest)),
  tput: (rest, _plain, client) => followsUse(READ_ONLY_USES.tput!, rest, client, TPUT_CAPABILITY),
  printf: (rest, _plain, client) => isReadOnlyPrintf(rest, client),
  git: (rest, _plain, client) => isReadOnlyGit(rest, client),
  xargs: (rest, _plain, client) => isReadOnlyXargs(rest, client),
};

function isBesideE({ value }: ShellWord): boolean {
  return /^-[acdefjlmwAFHLT]+$/.test(value) || value === "--forest";
}

/** What is neither a flag nor the value of one. */
function socketFilter(rest: readonly ShellWord[]): string[] {
  const values = rest.map(({ value }) => value);
  const taken = READ_ONLY_USES.ss!.text!;
  return values.filter((value, at) => !value.startsWith("-") && !taken.includes(values[at - 1] ?? ""));
}

/** A format; a dash alone is as good. */
const DATE_OPERAND = /^[+-]/;

/** Everything but what resets or initialises the terminal. */
const TPUT_CAPABILITY = /^(?!(?:clear|reset|init)$)/;

/** Measured: a filter with a variable of its own is read in another way, to which the quotes of the name are nothing. */
function holdsDollar({ value }: ShellWord): boolean {
  return value.includes("$");
}

const JQ_FLAG = /^(?:-[a-zA-Z]+|--[a-zA-Z-]+(?:=\S+)?)$/;
const JQ_FILE_FLAG =
  /^(?:-[a-zA-Z]*[fL].*|--(?:from-file|rawfile|slurpfile|run-tests|library-path)(?:=.*)?)$/;

/** Flags first, then a filter and files. A filter can name the environment and load modules. */
function isReadOnlyJq(rest: readonly ShellWord[]): boolean {
  const values = rest.map((word) => word.value);
  const first = values.findIndex((value) => !value.startsWith("-"));
  if (first < 0 || values.some((value) => JQ_FILE_FLAG.test(value))) return false;
  if (!values.slice(0, first).every((value) => JQ_FLAG.test(value))) return false;
  const operands = rest.slice(first);
  return operands.every(
    (word) =>
      !word.value.startsWith("-") && !word.glob && !/\benv\b|\$ENV\b|\b(?:import|include)\b/.test(word.value),
  );
}

/** Counting what is piped: a file name would be followed by the name of a file to write. */
function isReadOnlyUniq(values: readonly string[]): boolean {
  for (let at = 0; at < values.length; at++) {
    if (/^-[fsw]$/.test(values[at]!) && /^\d+$/.test(values[at + 1] ?? "")) at += 1;
    else if (!/^(?:-[a-zA-Z]+|--[a-zA-Z-]+(?:=\S+)?)$/.test(values[at]!)) return false;
  }
  return true;
}

function isReadOnlyGit(given: readonly ShellWord[], client: ClientVersion): boolean {
  // Older clients see nothing where a calculation stands.
  const rest = client === "2.1.197" ? given.filter(({ raw }) => !/^\$\(\(.*\)\)$/.test(raw)) : given;
  const use = useOf([GIT, ...rest]);
  if (use === null) return false;
  const operands = rest.slice(use.at - 1);
  if (rest[0]?.value === "reflog") {
    // `git reflog expire` and `delete` write, and names of branches ask with them.
    const first = operands[0]?.value ?? "-";
    if (!first.startsWith("-") && first !== "show" && first !== "list") return false;
    // Measured: these ask wherever they stand: `git reflog --all delete`.
    if (operands.some(({ value }) => /^(?:delete|drop|exists|expire|write)$/.test(value))) return false;
  }
  return followsUse(use.use, operands, client);
}

const GIT: ShellWord = { ...PLAIN_WORD, raw: "git", value: "git" };

/** What `xargs` may start: programs that read whatever their arguments are. */
const XARGS_TARGETS = new Set(["echo", "printf", "wc", "grep", "egrep", "fgrep", "head", "tail"]);

/** Where the program stands that `xargs` starts. */
export function xargsTarget(rest: readonly ShellWord[]): number {
  const { number = [], character = [], fixed = {} } = READ_ONLY_USES.xargs!;
  const valued = new Set([...number, ...character, ...Object.keys(fixed)]);
  let target = 0;
  while (rest[target]?.value.startsWith("-") === true) target += valued.has(rest[target]!.value) ? 2 : 1;
  return target;
}

function isReadOnlyXargs(rest: readonly ShellWord[], client: ClientVersion): boolean {
  const use = READ_ONLY_USES.xargs!;
  const target = xargsTarget(rest);
  if (rest.slice(0, target).some((word) => /^--./.test(word.value))) return false;
  if (
    rest.some((word) =>
      looksExpanded(word.woven === "variable" ? { ...word, woven: null, arithmetic: true } : word),
    ) ||
    !followsUse(use, rest.slice(0, target), client)
  )
    return false;
  const program = rest[target]?.value;
  return program === undefined || XARGS_TARGETS.has(program);
}
