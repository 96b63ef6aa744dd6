import type { ClientVersion } from "../../model/semantics.ts";
import { DENY_WRAPPERS } from "../client-facts/wrappers.ts";
import type { ShellWord } from "../shell/command-line.ts";
import { isBrokenElement } from "./assignments-as-text.ts";

/**
 * Programs that start another program (reference, section 1.5; `client-facts/wrappers.ts`). Each function gives the
 * index of the word where the inner command begins; null when this use is not seen through.
 */
type Wrapper = (words: readonly ShellWord[], from: number) => number | null;

const WORD = /^[A-Za-z0-9_.+-]+$/;

/** Looked through for allow, ask and deny. The client reads their arguments as typed. */
const TRANSPARENT: Readonly<Record<string, Wrapper>> = {
  timeout: (words, from) => {
    let at = from + 1;
    while (isFlag(words[at])) {
      const flag = words[at]!.raw;
      if (/^(?:-[ks]|--kill-after|--signal)$/.test(flag) && WORD.test(words[at + 1]?.raw ?? "")) at += 2;
      else if (TIMEOUT_FLAG.test(flag)) at += 1;
      else return null;
    }
    if (!isDuration(words[at]?.raw ?? "") || isFlag(words[at + 1])) return null;
    return at + 1;
  },
  time: (words, from) => unlessFlag(words, from + 1),
  nice: (words, from) => {
    const first = words[from + 1]?.raw ?? "";
    if (/^-\d+$/.test(first)) return unlessFlag(words, from + 2);
    if (first === "-n" && /^-?\d+$/.test(words[from + 2]?.raw ?? "")) return unlessFlag(words, from + 3);
    return unlessFlag(words, from + 1);
  },
  nohup: (words, from) => unlessFlag(words, from + 1),
  stdbuf: (words, from) => {
    let at = from + 1;
    while (/^-[ioe][LN0-9]+$/.test(words[at]?.raw ?? "")) at += 1;
    return at === from + 1 ? null : unlessFlag(words, at);
  },
  command: (words, from) => {
    let at = from + 1;
    while (/^-p+$/.test(words[at]?.raw ?? "")) at += 1;
    return unlessFlag(words, words[at]?.raw === "--" ? at + 1 : at);
  },
  builtin: (words, from) => unlessFlag(words, words[from + 1]?.raw === "--" ? from + 2 : from + 1),
  noglob: (words, from) => unlessFlag(words, from + 1),
  xargs: (words, from) => unlessFlag(words, from + 1),
};

const TIMEOUT_FLAG =
  /^(?:--foreground|--preserve-status|-v|--verbose|--signal=[\w.+-]+|--kill-after=[\w.+-]+|-[ks][\w.+-]+)$/;

/** Index of the inner command as allow rules see it; null: this is not a wrapper that they look through. */
export function behindWrapper(words: readonly ShellWord[], from: number, name: string): number | null {
  return Object.hasOwn(TRANSPARENT, name) ? within(words, TRANSPARENT[name]!(words, from)) : null;
}

/** A wrapper, its own arguments, and nothing that it would start: `timeout 5`. */
export function isBareWrapper(words: readonly ShellWord[], from: number): boolean {
  const name = words[from]?.value ?? "";
  if (!Object.hasOwn(TRANSPARENT, name) || name === "xargs") return false;
  return TRANSPARENT[name]!(words, from) === words.length;
}

/** The same for deny and ask rules, which look through more programs and more forms. */
export function behindDenyWrapper(
  words: readonly ShellWord[],
  from: number,
  name: string,
  client: ClientVersion,
): number | null {
  if (Object.hasOwn(DENY_WRAPPERS, name)) return within(words, behindOwnArguments(words, from, name, client));
  switch (name) {
    case "time": {
      const flagged = words[from + 1]?.value ?? "";
      if (flagged === "-p" && client === "2.1.330") {
        return within(words, words[from + 2]?.value === "--" ? from + 3 : from + 2);
      }
      return within(words, flagged === "--" ? from + 2 : unlessFlag(words, from + 1));
    }
    case "timeout": {
      const dashes = words[from + 1]?.value === "--" ? 1 : 0;
      return within(words, TRANSPARENT.timeout!(unquoted(words), from + dashes));
    }
    case "command":
      return within(words, skipFlags(words, from, /^-[pvV]*[vV][pvV]*$/));
    case "builtin":
    case "noglob":
      return within(words, skipFlags(words, from, null));
    case "stdbuf":
    case "nohup":
    case "nice": {
      const first = words[from + 1];
      if (
        name === "nice" &&
        client === "2.1.197" &&
        isFlag(first) &&
        first!.value !== "-n" &&
        first!.raw !== first!.value
      )
        return null;
      const quotable = name === "nice" || (name === "stdbuf" && client === "2.1.330");
      const plain = TRANSPARENT[name]!(quotable ? unquoted(words) : words, from);
      if (plain !== null) return within(words, plain);
      const dashes = words.findIndex((word, index) => index > from && word.value === "--");
      const before = words.slice(0, Math.max(dashes, 0));
      // `nice -n 5 -- x`: what stands before the dashes must be plain.
      return dashes > 0 && TRANSPARENT[name]!([...before, PLACEHOLDER], from) === dashes
        ? within(words, dashes + 1)
        : null;
    }
    default:
      return behindWrapper(words, from, name);
  }
}

/** Index of the command behind all wrappers and assignments; `xargs` is no such wrapper. */
export function behindDenyWrappers(words: readonly ShellWord[], client: ClientVersion): number {
  let at = 0;
  while (at < words.length) {
    const { value } = words[at]!;
    const name = value.slice(value.lastIndexOf("/") + 1);
    const inner = assignsAt(words, at)
      ? at + 1
      : name === "xargs"
        ? null
        : behindDenyWrapper(words, at, name, client);
    if (inner === null) return at;
    at = inner;
  }
  return at;
}

const PLACEHOLDER = { raw: "x", value: "x" } as ShellWord;

function behindOwnArguments(
  words: readonly ShellWord[],
  from: number,
  name: string,
  client: ClientVersion,
): number | null {
  const { assigns } = DENY_WRAPPERS[name]!;
  if (splitString(words, from, name) !== null) return null;
  const own = ownArguments(words, from, name, client);
  if (own.command !== null) return null;
  // Measured: `sudo -- -n x` starts nothing that is seen.
  const dashes = words.findIndex(({ value }, index) => index > from && index < own.end && value === "--");
  if (dashes > 0 && isFlag(words[dashes + 1])) return null;
  let at = own.end;
  while (
    assigns === true &&
    (assignsAt(words, at) || isPassedByProgram(words, at, client)) &&
    !isBrokenElement(words[at]!, name, client)
  )
    at += 1;
  return at;
}

interface OwnArguments {
  /** Index behind its flags and what stands between them and the command. */
  end: number;
  /** The text of the command where a flag gives it: `script -c 'npm ci' out`. */
  command: string | null;
}

function ownArguments(
  words: readonly ShellWord[],
  from: number,
  name: string,
  client: ClientVersion,
): OwnArguments {
  const { valued, operand, commands = [] } = DENY_WRAPPERS[name]!;
  let at = from + 1;
  let command: string | null = null;
  const passFlags = (): void => {
    for (; isFlag(words[at]); at += takesNext(words[at]!.value, valued, client) ? 2 : 1) {
      command ??= valueOfFlag(words, at, commands);
      if (command !== null) return;
    }
  };
  passFlags();
  const between = operand === "any" || (operand === "number" && /^\d/.test(words[at]?.value ?? ""));
  if (command === null && between && at + 1 < words.length) {
    at += 1;
    passFlags();
  }
  return { end: at, command };
}

/** The value of one of these flags, if it stands there: `-c x`, `--command x`, `--command=x`. */
function valueOfFlag(words: readonly ShellWord[], at: number, flags: readonly string[]): string | null {
  const { value } = words[at]!;
  const long = flags.find((flag) => flag.startsWith("--") && value.startsWith(`${flag}=`));
  if (long !== undefined) return value.slice(long.length + 1);
  return flags.includes(value) ? (words[at + 1]?.value ?? null) : null;
}

/** The text of the command that a flag of a wrapper gives, as deny and ask rules see it; null where there is none. */
export function commandByFlag(
  words: readonly ShellWord[],
  from: number,
  name: string,
  client: ClientVersion,
): string | null {
  if (!Object.hasOwn(DENY_WRAPPERS, name)) return null;
  return ownArguments(words, from, name, client).command;
}

/** `env 1X=1`: newer clients pass whatever the program itself takes for an assignment. */
function isPassedByProgram(words: readonly ShellWord[], at: number, client: ClientVersion): boolean {
  if (at + 1 >= words.length || words[at]!.expansion === "substitution") return false;
  return client === "2.1.330" && /^[^=]+=/.test(words[at]!.value);
}

/** `sudo a=b`, `setsid a=b` start nothing. */
export function onlyAssigns(words: readonly ShellWord[], inner: number, name: string): boolean {
  return (
    Object.hasOwn(DENY_WRAPPERS, name) && inner === words.length - 1 && ASSIGNMENT.test(words[inner]!.value)
  );
}

const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;

/** Does a word that something follows read as an assignment, whatever it is set to, unless by a nested command? */
export function assignsAt(words: readonly ShellWord[], at: number): boolean {
  if (at + 1 >= words.length) return false;
  const { value, expansion } = words[at]!;
  const unquoted = value.replace(/^(["'])(\w+)\1/, "$2");
  return expansion !== "substitution" && ASSIGNMENT.test(unquoted);
}

/** The command line in the value of `env -S`, as deny and ask rules see it; null where there is none. */
export function splitString(words: readonly ShellWord[], from: number, name: string): string | null {
  const { valued, splits } = Object.hasOwn(DENY_WRAPPERS, name) ? DENY_WRAPPERS[name]! : { valued: [] };
  if (splits === undefined) return null;
  for (let at = from + 1; isFlag(words[at]); at += valued.includes(words[at]!.value) ? 2 : 1) {
    const { value } = words[at]!;
    for (const flag of splits) {
      if (value === flag) return words[at + 1]?.value ?? null;
      const attached = flag.startsWith("--") ? `${flag}=` : flag;
      if (value.startsWith(attached)) return value.slice(attached.length);
    }
  }
  return null;
}

/** Newer clients see the letter with a value at the end of a bundle: `sudo -nu me`. */
function takesNext(flag: string, valued: readonly string[], client: ClientVersion): boolean {
  if (valued.includes(flag)) return true;
  return client === "2.1.330" && /^-[A-Za-z]{2,}$/.test(flag) && valued.includes(`-${flag.at(-1)}`);
}

/** `timeout` with anything else in the place of the duration can't be checked: the client asks. */
export function isTimeoutWithoutDuration(words: readonly ShellWord[], from: number): boolean {
  if (words.length === from + 1) return false;
  return TRANSPARENT.timeout!(unquoted(words), from) === null;
}

/** Index behind `timeout`, its flags and a plain duration, whatever quotes stand around them. */
export function behindTimeout(words: readonly ShellWord[], from: number): number | null {
  return within(words, TRANSPARENT.timeout!(unquoted(words), from));
}

/** Do allow rules look through it, too? */
export function isTransparent(name: string): boolean {
  return Object.hasOwn(TRANSPARENT, name);
}

export function isDuration(text: string): boolean {
  return /^\d+(?:\.\d+)?[smhd]?$/.test(text);
}

function within(words: readonly ShellWord[], at: number | null): number | null {
  return at !== null && at < words.length ? at : null;
}

function unquoted(words: readonly ShellWord[]): ShellWord[] {
  return words.map((word) => ({ ...word, raw: word.value }));
}

function isFlag(word: ShellWord | undefined): boolean {
  return word?.value.startsWith("-") === true;
}

function unlessFlag(words: readonly ShellWord[], at: number): number | null {
  return isFlag(words[at]) ? null : at;
}

/** `describes`: a flag with which nothing is started. What stands behind `--` is no flag. */
function skipFlags(words: readonly ShellWord[], from: number, describes: RegExp | null): number | null {
  for (let at = from + 1; ; at++) {
    const word = words[at];
    if (!isFlag(word)) return at;
    if (word!.value === "--") return unlessFlag(words, at + 1);
    if (describes?.test(word!.value) === true) return null;
  }
}
