import { CODE_BUILTINS, EXEC_WRAPPERS, SHELL_CHANGERS } from "../client-facts/unanalysed.ts";
import { DENY_WRAPPERS } from "../client-facts/wrappers.ts";
import { withSingleSpaces } from "../rules/command-pattern.ts";
import type { CommandPattern } from "../types.ts";
import type { Piece } from "./automaton.ts";
import type { AutomatonBuilder } from "./automaton-builder.ts";
import { ANY, allBut, WORD } from "./characters.ts";

/** The texts that a command pattern matches, as sequences of pieces. White space is single where stars stand. */
export function commandPieces(pattern: CommandPattern, ignoreCase: boolean): Piece[][] {
  const folded = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  if (pattern.kind === "exact") return [[{ kind: "text", text: folded(pattern.text) }]];
  const fold = (text: string) => folded(withSingleSpaces(text));
  const pieces: Piece[] = [];
  pattern.parts.forEach((part, i) => {
    if (i > 0) pieces.push({ kind: "many", of: ANY });
    if (part !== "") pieces.push({ kind: "text", text: fold(part) });
  });
  return pattern.bareForm
    ? [[{ kind: "text", text: fold(pattern.parts[0]!.slice(0, -1)) }], pieces]
    : [pieces];
}

/**
 * Texts in which shell syntax stands: how they are split and compared is the matcher's business, so that nothing is
 * proved about them by their letters alone.
 */
const SHELL_SYNTAX = /[;&|<>()`$\\"'{}#!\n\r\t]|^\s*[A-Za-z_][A-Za-z0-9_]*=|\s{2}/;

/** Never covered by a prefix rule, though some are by an exact one (reference, section 1.5). */
const HELD_FROM_PREFIXES =
  /^(?:watch|setsid|ionice|flock|script|strace|ltrace|exec|eval|source|\.|trap|alias|coproc)(?: |$)/;
/** Refused before rules with wildcards are asked: odd words, wrappers whose flags or inner commands are not plain. */
const UNANALYSED =
  /(?:^| )=|[^ -~]|^(?:time|nice|nohup|timeout|stdbuf|xargs|env|command|builtin|noglob)(?: |$)|^(?:\[|if|for|while|until|case) |[*?[].* \]\]?/;
/** Programs of which a rule with a wildcard does not approve every use, and the full text of that use does. */
const HELD_BY_NAME: ReadonlySet<string> = new Set([
  ...CODE_BUILTINS,
  ...Object.values(SHELL_CHANGERS).flatMap((names) => [...names]),
  ...EXEC_WRAPPERS,
  ..."compgen fc jobs printf read mapfile readarray getopts let declare typeset local export readonly unset wait test".split(
    " ",
  ),
]);
const HELD_BY_ARGUMENTS = /^(?:find|[gm]?awk|jq) /;

export function isIrregular(pattern: CommandPattern): boolean {
  return SHELL_SYNTAX.test(pattern.kind === "exact" ? pattern.text : pattern.parts.join("*"));
}

/** An exact rule that approves what a rule with a wildcard over the same text may not. */
export function outranksWildcards(pattern: CommandPattern): boolean {
  if (pattern.kind === "glob") return false;
  return (
    SHELL_SYNTAX.test(pattern.text) ||
    UNANALYSED.test(pattern.text) ||
    HELD_FROM_PREFIXES.test(pattern.text) ||
    HELD_BY_NAME.has(programOf(pattern.text)) ||
    HELD_BY_ARGUMENTS.test(pattern.text)
  );
}

/** Base name of the first word. */
function programOf(text: string): string {
  const first = text.trimStart().split(" ", 1)[0]!;
  return first.slice(first.lastIndexOf("/") + 1);
}

/** A rule with a wildcard on a program that only exact rules approve: `Bash(watch *)` approves nothing. */
export function approvesNothing(pattern: CommandPattern): boolean {
  return (
    pattern.kind === "glob" && pattern.parts[0]!.includes(" ") && HELD_FROM_PREFIXES.test(pattern.parts[0]!)
  );
}

/** Stripped in front of a command before any rule is compared (reference, section 1.5). */
const STRIPPED = ["timeout", "time", "nice", "nohup", "stdbuf", "command", "builtin", "noglob", "xargs"];
/** Looked through by deny and ask rules only (reference, section 1.4). */
const LOOKED_THROUGH = Object.keys(DENY_WRAPPERS);
/** What deny rules look through whatever follows, when it follows at once. */
const SURELY_LOOKED_THROUGH = ["sudo", "doas", "env"];

/**
 * Deny and ask rules see a command as typed and with all wrappers off, and nothing in between: a rule for a wrapper, or
 * one that does not name its program, is surely found only in the first.
 */
export function isSeenBehindWrappers(pattern: CommandPattern): boolean {
  const literal = pattern.kind === "exact" ? `${pattern.text} ` : pattern.parts[0]!;
  const [program] = literal.split(" ");
  return literal.includes(" ") && /^[\w.-]+$/.test(program!) && !WRAPPERS.has(program!);
}

const WRAPPERS: ReadonlySet<string> = new Set([...STRIPPED, ...LOOKED_THROUGH, "strace", "ltrace"]);

const NOT_SPACE = allBut(" ");
/** Characters of a directory name or value that no shell syntax touches. */
const PLAIN = allBut(" \t\n\r;&|<>()`$\\\"'{}#!*?[]~=");

/**
 * What deny and ask rules look through, over-approximated: a loop at `from` in front of `to`. Assignments with any
 * value, wrappers with options, numbers and assignments, and a directory in front of the program.
 */
export function lookThroughWidely(builder: AutomatonBuilder, from: number, to: number): void {
  for (const word of [...STRIPPED, ...LOOKED_THROUGH]) wrapper(builder, from, word);
  assignment(builder, from, NOT_SPACE, from);
  // In front of a wrapper as well as of the command.
  directory(builder, from, NOT_SPACE, from);
  builder.silently(from, to);
}

/** The same, under-approximated: what is looked through for certain. */
export function lookThroughSurely(builder: AutomatonBuilder, from: number, to: number): void {
  directory(builder, from, PLAIN, to);
  lookThroughSurelyOlder(builder, from, to);
}

/** Older clients do not see base names. */
export function lookThroughSurelyOlder(builder: AutomatonBuilder, from: number, to: number): void {
  for (const word of SURELY_LOOKED_THROUGH) loop(builder, from, [{ kind: "text", text: `${word} ` }]);
  assignment(builder, from, WORD, from);
  builder.silently(from, to);
}

/** What is stripped for allow rules too, over-approximated. */
export function stripWidely(builder: AutomatonBuilder, from: number, to: number): void {
  for (const word of STRIPPED) wrapper(builder, from, word);
  assignment(builder, from, NOT_SPACE, from);
  builder.silently(from, to);
}

function wrapper(builder: AutomatonBuilder, from: number, word: string): void {
  const after = builder.path([{ kind: "text", text: word }], from);
  // Options (with a value or not), numbers and, for flock, a file to lock. `env` and the loop see assignments.
  for (const argument of [OPTION, OPTION_WITH_VALUE]) join(builder, after, argument, after);
  if (word === "timeout") {
    // Without a duration the client does not see through it.
    builder.step(builder.path(NUMBER, after), SPACE, from);
    return;
  }
  join(builder, after, NUMBER, after);
  if (word === "flock") join(builder, after, WORDS, after);
  builder.step(after, SPACE, from);
}

const SPACE = 32;
const DIGITS = "0123456789";
const some = (text: string): Piece => ({ kind: "text", text });
const rest: Piece = { kind: "many", of: NOT_SPACE };
const OPTION: Piece[] = [some(" -"), rest];
const OPTION_WITH_VALUE: Piece[] = [some(" -"), rest, some(" "), { kind: "one", of: NOT_SPACE }, rest];
const WORDS: Piece[] = [some(" "), { kind: "one", of: NOT_SPACE }, rest];
const NUMBER: Piece[] = [
  some(" "),
  {
    kind: "one",
    of: {
      key: "digit",
      has: (code) => code >= 48 && code <= 57,
      marks: [...DIGITS].map((d) => d.charCodeAt(0)),
    },
  },
  rest,
];

function assignment(builder: AutomatonBuilder, from: number, value: typeof NOT_SPACE, to: number): void {
  const pieces: Piece[] = [
    { kind: "one", of: LETTER },
    { kind: "many", of: WORD },
    some("="),
    { kind: "many", of: value },
    some(" "),
  ];
  join(builder, from, pieces, to);
}

const LETTER = {
  key: "letter",
  has: (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 0x5f,
  marks: [...DIGITS].map((digit) => digit.charCodeAt(0)),
};

function directory(builder: AutomatonBuilder, from: number, name: typeof NOT_SPACE, to: number): void {
  join(builder, from, [{ kind: "many", of: name }, some("/")], to);
}

function loop(builder: AutomatonBuilder, at: number, pieces: readonly Piece[]): void {
  join(builder, at, pieces, at);
}

function join(builder: AutomatonBuilder, from: number, pieces: readonly Piece[], to: number): void {
  builder.silently(builder.path(pieces, from), to);
}
