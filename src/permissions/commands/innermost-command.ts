import type { ClientVersion } from "../../model/semantics.ts";
import type { ShellWord } from "../shell/command-line.ts";
import { baseName } from "../shell/command-text.ts";
import { behindTimeout, isTimeoutWithoutDuration } from "./wrappers.ts";

/** What the client finds behind wrappers when it weighs what a command means. */
export interface Innermost {
  /** Index of the word where the command behind all wrappers begins. */
  at: number;
  /** Only `command` and its like stand in front, so that the shell's own builtin would run. */
  asShell: boolean;
  /** The last wrapper in front of it; null: none. */
  behind: string | null;
  /** Why a wrapper can't be passed. */
  unclear: string | null;
}

export function innermost(words: readonly ShellWord[]): Innermost {
  const values = words.map((word) => word.value);
  let at = 0;
  let asShell = true;
  let behind: string | null = null;
  while (at < values.length) {
    // The shell's own are known by their plain name.
    const name = /\/(?:builtin|noglob)$/.test(values[at]!) ? "" : baseName(values[at]!);
    const inner = Object.hasOwn(PASSED, name) ? PASSED[name]!(words, at) : null;
    if (typeof inner === "string") return { at, asShell, behind, unclear: inner };
    if (inner === null) break;
    asShell &&= OF_SHELL.has(name);
    at = inner;
    behind = name;
  }
  return { at, asShell, behind, unclear: null };
}

/** Keywords that no client takes for the name of a program, quoted or not. */
const KEYWORDS: ReadonlySet<string> = new Set(
  "if then else elif fi do done while until for case esac in select function".split(" "),
);

/** Why the name of what runs in the end keeps the client from knowing it. */
export function unknownProgram(
  words: readonly ShellWord[],
  { at, behind }: Innermost,
  client: ClientVersion,
): string | null {
  const word = words[at];
  if (word === undefined) return null;
  if (word.arithmetic) return "the name of the program is known only when it runs";
  if (KEYWORDS.has(word.value)) return `the keyword '${word.value}' in the place of a program`;
  if (word.value === "" && at > 0) return "an empty name of a program";
  if (client === "2.1.197") return null;
  const text = word.knownVariable ? word.value.replaceAll("$HOME", "") : word.value;
  if ((behind === "nohup" || behind === "time") && !/^[\w.+/~-]*$/.test(text))
    return `'${behind} ${word.value}' can't be checked before it runs`;
  if (behind !== null && OF_SHELL.has(behind) && word.glob)
    return `'${behind} ${word.value}' has a pattern that the shell may expand`;
  return null;
}

const OF_SHELL: ReadonlySet<string> = new Set(["command", "builtin", "noglob"]);

/** Index behind `env` or `stdbuf` with flags that the client knows; null: it is not passed. */
export function behindOwnFlags(
  name: "env" | "stdbuf",
  words: readonly ShellWord[],
  from: number,
): number | null {
  const inner = PASSED[name]!(words, from);
  return typeof inner === "number" && inner < words.length ? inner : null;
}

/** The client takes a wrapper off, and finds a flag where a command should be. */
export function isFragment(words: readonly ShellWord[]): boolean {
  const { at, unclear } = innermost(words);
  return unclear === null && words[at]?.value.startsWith("-") === true;
}

/** Index behind a wrapper with its flags; null: it is not passed; a text: why it can't be. */
type Pass = (words: readonly ShellWord[], from: number) => number | string | null;

const next: Pass = (_, from) => from + 1;

const PASSED: Readonly<Record<string, Pass>> = {
  env: (words, from) => pastFlags("env", words, from),
  stdbuf: (words, from) => {
    const inner = pastFlags("stdbuf", words, from);
    return inner === from + 1 ? null : inner;
  },
  time: next,
  nohup: next,
  noglob: next,
  nice: (words, from) => {
    const [first = "", second = ""] = words.slice(from + 1, from + 3).map((word) => word.value);
    if (/^-\d+$/.test(first)) return from + 2;
    return first === "-n" && /^-?\d+$/.test(second) ? from + 3 : from + 1;
  },
  timeout: (words, from) =>
    isTimeoutWithoutDuration(words, from)
      ? "timeout without a plain duration can't be checked"
      : behindTimeout(words, from),
  xargs: (words, from) => (words[from + 1]?.value.startsWith("-") === true ? null : from + 1),
  builtin: (words, from) => (words[from + 1]?.value === "--" ? from + 2 : from + 1),
  command: (words, from) => {
    let at = from + 1;
    while (words[at]?.value === "-p") at += 1;
    const flag = words[at]?.value ?? "";
    if (flag === "--") return at + 1;
    if (/^-[pvV]+$/.test(flag)) {
      // It only describes what follows.
      const next = words.slice(at).find(({ value }) => !/^-[pvV]+$/.test(value))?.value ?? "";
      return /^-(?!-$)/.test(next) ? `'command ${next}' can't be checked before it runs` : null;
    }
    return flag.startsWith("-") ? `'command ${flag}' can't be checked before it runs` : at;
  },
};

function pastFlags(name: "env" | "stdbuf", words: readonly ShellWord[], from: number): number | string {
  const values = words.map((word) => word.value);
  const own = OWN_FLAGS[name](values, from + 1);
  return typeof own === "string" ? `'${name} ${own}' can't be checked before it runs` : own;
}

/** Index behind the flags of a wrapper, or the flag that the client does not know. */
type OwnFlags = (values: readonly string[], from: number) => number | string;

const OWN_FLAGS: Readonly<Record<"env" | "stdbuf", OwnFlags>> = {
  env: (values, from) => {
    for (let at = from; at < values.length; at++) {
      const value = values[at]!;
      if (value === "-u" && at + 1 < values.length) at += 1;
      else if (value.startsWith("-") && !/^-[i0v]$/.test(value)) return value;
      else if (!value.startsWith("-") && !/^[^=]+=/.test(value)) return at;
    }
    return values.length;
  },
  stdbuf: (values, from) => {
    for (let at = from; at < values.length; at++) {
      const value = values[at]!;
      if (/^-[ioe]$/.test(value) && at + 1 < values.length) at += 1;
      else if (!value.startsWith("-")) return at;
      else if (!/^(?:-[ioe].+|--(?:input|output|error)=.*)$/s.test(value)) return value;
    }
    return values.length;
  },
};
