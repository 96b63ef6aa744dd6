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
  /** Texts of groups, functions and case statements: older clients compare these as if they were commands. */
  opaqueTexts: string[];
  /** Texts of statements that are redirected as a whole, without the redirection: all clients compare these. */
  statementTexts: string[];
}

export type Hazard =
  | { kind: "structure"; what: string }
  | { kind: "background" }
  /** `X=1;` or `for i in 1 2`. */
  | { kind: "variable-set"; assigned: AssignedVariable }
  /** `$X` after `X=text` in the same line: its value is known. */
  | { kind: "variable-used"; name: string };

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
  /** In a group, function, case or substitution: where older clients do not look for denied commands. */
  hidden: boolean;
  /** A redirection stands before the command's name; older clients then miss denied commands. */
  leadingRedirect: boolean;
  /** A redirection stands between assignments and the name. */
  redirectedPrefix: boolean;
  /** The receiving end of a pipe. */
  piped: boolean;
  /** Inside `if`, `while` or `for`. */
  nested: boolean;
  /** Any redirection stands there, be it one that names no file. */
  redirected: boolean;
  /** Words stand behind a redirection. */
  swallowsWords: boolean;
}

export interface AssignedVariable {
  name: string;
  raw: string;
  value: string;
  literal: boolean;
}

export interface ShellWord {
  /** As typed. */
  raw: string;
  /** Without quotes and escapes; expansions stay as typed. */
  value: string;
  /** False when the shell would put something unknown in its place. `$HOME` counts as literal: it is known. */
  literal: boolean;
  /** The word may vanish or change as a whole: substitutions, `{1..3}`, `$'…'`. */
  opaque: boolean;
  /** `$X` without quotes. */
  simpleExpansion: boolean;
  /** `$((…))` without quotes. */
  arithmetic: boolean;
  /** Unquoted `*`, `?`, `[…]`. */
  glob: boolean;
  quoted: boolean;
  /** Holds `$HOME` as an expansion. */
  knownVariable: boolean;
}

export interface FileRedirect {
  direction: "read" | "write";
  target: ShellWord | null;
}

export const PLAIN_WORD: ShellWord = {
  raw: "",
  value: "",
  literal: true,
  opaque: false,
  simpleExpansion: false,
  arithmetic: false,
  glob: false,
  quoted: false,
  knownVariable: false,
};
export const EMPTY_COMMAND: SimpleCommand = {
  raw: "",
  assignments: [],
  timed: [],
  words: [],
  tail: "",
  redirects: [],
  hidden: false,
  leadingRedirect: false,
  redirectedPrefix: false,
  piped: false,
  nested: false,
  redirected: false,
  swallowsWords: false,
};
