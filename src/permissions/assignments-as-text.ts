import type { AssignedVariable } from "./command-line.ts";

/**
 * Does an assignment come off the text of a command? Measured with ask `Bash(npm run "x")` and some 150 values: quotes and
 * escapes do, and where the client would ask whatever the rules are (`asks`) variables and parameters do, too, but for `$#`.
 */
export function comesOffAsText({ name, raw }: AssignedVariable, asks: boolean): boolean {
  const value = raw.slice(name.length).replace(/^(?:\[[^\]]*\])?\+?=/, "");
  return (asks ? WITH_VARIABLES : PLAIN).test(value);
}

const SINGLE = String.raw`'[^']*'`;
const ESCAPED = String.raw`\\[\s\S]`;
const IN_QUOTES = String.raw`${ESCAPED}|[^"\\$\x60]`;
const BARE = String.raw`${ESCAPED}|[^\s"'\\$\x60;&|()<>]`;
const VARIABLE = String.raw`\$(?=[\w@*?!$-])|\$\{\w+\}`;
const PLAIN = new RegExp(`^(?:${SINGLE}|"(?:${IN_QUOTES})*"|${BARE})*$`);
const WITH_VARIABLES = new RegExp(
  String.raw`^(?:${SINGLE}|"(?:${IN_QUOTES}|${VARIABLE})*"|${BARE}|${VARIABLE}|\$(?=/|$))*$`,
);
