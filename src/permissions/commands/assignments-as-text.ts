import type { ClientVersion } from "../../model/semantics.ts";
import { DENY_WRAPPERS } from "../client-facts/wrappers.ts";
import type { ShellWord, SimpleCommand } from "../shell/command-line.ts";

/**
 * Does an assignment come off the text of a command? Measured with ask `Bash(npm run "x")` and some 150 values: quotes and
 * escapes do, and where the client would ask whatever the rules are (`asks`) variables and parameters do, too, but for `$#`.
 */
export function comesOffAsText(raw: string, asks: boolean): boolean {
  const name = ASSIGNED.exec(raw);
  if (name === null || isArrayAsWord({ raw })) return false;
  return (asks ? WITH_VARIABLES : PLAIN).test(raw.slice(name[0].length));
}

/** Everything that is assigned in front of word `at`, be it behind wrappers. */
export function assignedBefore({ assignments, timed, words }: SimpleCommand, at: number): string[] {
  // A name in quotes is no assignment to a shell; so long as it is one word, nothing of the text is lost.
  const behindWrappers = words
    .slice(0, at)
    .filter(({ raw, value }) => ASSIGNED.test(raw) || (ASSIGNED.test(value) && /[\s(]/.test(value)));
  return [...assignments, ...timed, ...behindWrappers].map(({ raw }) => raw);
}

/** `timeout 5 X="a;b" git`: joined again, a value without spaces gets no quotes, and ends the command. */
export function isCutWhenJoined(value: string): boolean {
  const text = value.replace(ARITHMETIC, "");
  return /[;&|<>()]/.test(text) && !/\s/.test(text);
}

/**
 * `command X[0]="a;" git`: an element that a wrapper passes is a word, and where its value would mean something to a shell
 * neither it nor what follows is taken apart. Measured for each character; programs that assign themselves keep it whole.
 */
export function isBrokenElement({ raw, value }: ShellWord, wrapper: string, client: ClientVersion): boolean {
  const [element] = /^[A-Za-z_]\w*\[[^\]]*\]\+?=/.exec(value) ?? [];
  if (element === undefined) return false;
  if (/=\$'/.test(raw)) return true;
  const assigned = value.slice(element.length);
  const older = client === "2.1.197";
  if (!Object.hasOwn(DENY_WRAPPERS, wrapper))
    return isCutWhenJoined(assigned) || (older ? /[`$"]/ : /[`$]/).test(assigned);
  if (older) return /[;&|<>()`$"\s]/.test(assigned);
  return DENY_WRAPPERS[wrapper]!.assigns !== true && /[;&|<>()`]/.test(assigned);
}

export const ARITHMETIC = /\$\(\(.*?\)\)/gs;

/** The word that stands for an array behind a command (`otherReading`). */
export function isArrayAsWord({ raw }: { raw: string }): boolean {
  return /=\$_+$/.test(raw);
}

const ASSIGNED = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;
const SINGLE = "'[^']*'";
const ESCAPED = String.raw`\\[\s\S]`;
const IN_QUOTES = String.raw`${ESCAPED}|[^"\\$\x60]`;
const BARE = String.raw`${ESCAPED}|[^\s"'\\$\x60;&|()<>]`;
const VARIABLE = String.raw`\$(?=[\w@*?!$-])|\$\{\w+\}`;
const PLAIN = new RegExp(`^(?:${SINGLE}|"(?:${IN_QUOTES})*"|${BARE})*$`);
const WITH_VARIABLES = new RegExp(
  String.raw`^(?:${SINGLE}|"(?:${IN_QUOTES}|${VARIABLE})*"|${BARE}|${VARIABLE}|\$(?=/|$))*$`,
);
