import type { ClientVersion } from "../../model/semantics.ts";
import type { BracketTest } from "./bracket-tests.ts";

/**
 * A command line taken apart into its simple commands, with everything that decides about approval: words with what
 * the shell would make of them, redirections, and structures that no rule vouches for (reference, section 1.5).
 */
export interface CommandLine {
  source: string;
  commands: SimpleCommand[];
  /** Structures that a rule for a program cannot vouch for: subshells, substitutions, functions, … */
  hazards: Hazard[];
  /** What a shell would say of it, in the parser's words. */
  errors: string[];
  /** A pipe stands in it. */
  piped: boolean;
  /** Texts of what stands at the top of the line and is no simple command, or has a `!` in front. */
  otherTexts: string[];
  /** Those of them that are commands with a `!` in front. */
  negatedTexts: string[];
  /** Texts of statements that are redirected as a whole, without the redirection: all clients compare these. */
  statementTexts: string[];
  /** The line as the clients write it out again (`spacedText`). */
  spaced: string;
  /** Where pipes stand in it, be it inside a statement. */
  pipes: { pos: number; end: number }[];
}

export type Hazard =
  | { kind: "structure"; what: string; stage: HazardStage; only?: ClientVersion }
  | { kind: "background" }
  /** `X=1;` or, with `loop`, `for i in 1 2`. */
  | { kind: "variable-set"; assigned: AssignedVariable; loop?: true }
  /** `$X` after `X=text` in the same line: its value is known. */
  | { kind: "variable-used"; name: string };

/**
 * Where the client gives a line up, which decides what it still compares with deny and ask rules: while it reads the
 * text, when it weighs what the commands mean, or among its parts, where all rules have been asked before.
 */
export type HazardStage = "reading" | "meaning" | "parts";

export interface SimpleCommand {
  /** As typed, without file redirections and comments; here-strings stay. */
  raw: string;
  assignments: AssignedVariable[];
  /** Assignments behind the keyword `time`, which is then the first word. */
  timed: AssignedVariable[];
  words: ShellWord[];
  /** Text behind the last word that is no word: here-strings. */
  tail: string;
  redirects: FileRedirect[];
  /** In a group, function, case or substitution, or in a statement that is redirected. */
  hidden: boolean;
  /** At the top of the line: in no statement, group or substitution, and without a `!`. */
  top: boolean;
  /** The line begins with it. */
  leads: boolean;
  /** Words from here on stand behind a redirection: the client takes them for further targets. null: there are none. */
  swallowedFrom: number | null;
  /** A redirection stands before the command's name; older clients then miss denied commands. */
  leadingRedirect: boolean;
  /** A redirection stands between assignments and the name. */
  redirectedPrefix: boolean;
  /** The receiving end of a pipe. */
  piped: boolean;
  /** Inside `if`, `while` or `for`. */
  nested: boolean;
  /** A redirection of any kind belongs to it. */
  redirected: boolean;
  /** Words stand behind a redirection. */
  swallowsWords: boolean;
  /** It is a test, `[[ … ]]`. null: it is none. */
  test: BracketTest | null;
}

export interface AssignedVariable {
  name: string;
  raw: string;
  value: string;
  literal: boolean;
  /** The client knows its text, be it with a home in it: literal or `$HOME/x`. */
  known: boolean;
  /** What stands in it is judged by itself: calculations with plain numbers, or one nested command. */
  computed: boolean;
  /** Holds an unquoted `*`, `?` or `[…]`. */
  glob: boolean;
  /** As of a word. */
  woven: Woven | null;
}

export interface ShellWord {
  /** As typed. */
  raw: string;
  /** Without quotes and escapes; expansions stay as typed. */
  value: string;
  /** False when the shell would put something unknown in its place. `$HOME` counts as literal: it is known. */
  literal: boolean;
  /** What the word is as a whole, or holds where a substitution stands in it without quotes. null: text. */
  expansion: WordExpansion | null;
  /** `$((…))` without quotes. */
  arithmetic: boolean;
  /** Unquoted `*`, `?`, `[…]`. */
  glob: boolean;
  quoted: boolean;
  /** Holds a text that `cat` prints from a quoted heredoc, which the clients know. */
  printed: boolean;
  /** Holds `$HOME` as an expansion. */
  knownVariable: boolean;
  /** What is woven into its text and known only when it runs; `…` stands for it in the value. null: nothing is. */
  woven: Woven | null;
}

/** `"$PWD/x"`, `"on $(date)"`, `"v: $((1))"`, `"exit: $?"`; of several the first of these. */
export type Woven = "variable" | "command" | "calculation" | "parameter";

/** `known`: `$HOME`. `unknown`: `$X`, `${X}`, `{1..3}`, `$'…'`. `arithmetic`: `$((1))`. */
export type WordExpansion = "known" | "unknown" | "arithmetic" | "substitution";

export interface FileRedirect {
  direction: "read" | "write";
  target: ShellWord | null;
  /** `>` and `>>`, be it with a descriptor: clients take these off the parts of a line with pipes. */
  plain: boolean;
}

export const PLAIN_WORD: ShellWord = {
  raw: "",
  value: "",
  literal: true,
  expansion: null,
  arithmetic: false,
  glob: false,
  quoted: false,
  printed: false,
  knownVariable: false,
  woven: null,
};
export const EMPTY_COMMAND: SimpleCommand = {
  raw: "",
  assignments: [],
  timed: [],
  words: [],
  tail: "",
  redirects: [],
  hidden: false,
  top: false,
  leads: false,
  swallowedFrom: null,
  leadingRedirect: false,
  redirectedPrefix: false,
  piped: false,
  nested: false,
  redirected: false,
  swallowsWords: false,
  test: null,
};
