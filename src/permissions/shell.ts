import type { Assignment, Redirection, Script, SyntaxNode, Word } from "unbash";
import { parse } from "unbash";

/**
 * A command line taken apart into its simple commands, with everything that decides about approval: words with what
 * the shell would make of them, redirections, and structures that no rule vouches for (reference, section 1.5).
 */
export interface CommandLine {
  source: string;
  commands: SimpleCommand[];
  /** Structures that a rule for a program cannot vouch for: subshells, substitutions, functions, … */
  hazards: Hazard[];
  parseError: boolean;
  /** Texts of groups, functions and case statements: older clients compare these as if they were commands. */
  opaqueTexts: string[];
}

export type Hazard =
  | { kind: "structure"; what: string }
  | { kind: "background" }
  /** `X=1;` or `for i in 1 2`: `numeric` when every value is digits only. */
  | { kind: "variable-set"; name: string; numeric: boolean; loop: boolean }
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
  /** The receiving end of a pipe. */
  piped: boolean;
  /** Inside `if`, `while` or `for`. */
  nested: boolean;
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

/** Variables whose value the client knows. */
const KNOWN_VARIABLES = new Set(["HOME"]);

export function parseCommandLine(source: string): CommandLine {
  const line: CommandLine = { source, commands: [], hazards: [], parseError: false, opaqueTexts: [] };
  let script: Script & { errors?: readonly unknown[] | undefined };
  try {
    script = parse(source);
  } catch {
    // The parser bounds nesting by throwing; what it cannot read is a parse error like any other.
    line.parseError = true;
    return line;
  }
  if (script.errors !== undefined && script.errors.length > 0) line.parseError = true;
  new Walker(line).script(script, false);
  return line;
}

class Walker {
  /** Plain texts assigned so far in this line. */
  private readonly variables = new Map<string, string>();
  /** How many `if`, `while` and `for` stand around the current command. */
  private nesting = 0;
  /** Inside the value of an assignment in front of a command. */
  private inPrefix = false;
  private readonly line: CommandLine;
  private source: string;

  constructor(line: CommandLine) {
    this.line = line;
    this.source = line.source;
  }

  script(script: Script, hidden: boolean): void {
    const outer = this.source;
    const prefix = this.inPrefix;
    this.inPrefix = false;
    // Backquoted scripts with escapes own a decoded text that their positions refer to.
    if (script.source !== undefined) this.source = script.source;
    for (const statement of script.commands) this.node(statement, hidden, false);
    this.source = outer;
    this.inPrefix = prefix;
  }

  private structure(what: string): void {
    this.line.hazards.push({ kind: "structure", what });
  }

  private nested(lists: readonly ({ commands: readonly SyntaxNode[] } | undefined)[], hidden: boolean): void {
    this.nesting++;
    for (const list of lists) this.list(list, hidden);
    this.nesting--;
  }

  private opaque(node: SyntaxNode): void {
    this.line.opaqueTexts.push(this.source.slice(node.pos, node.end));
  }

  private list(list: { commands: readonly SyntaxNode[] } | undefined, hidden: boolean): void {
    for (const statement of list?.commands ?? []) this.node(statement, hidden, false);
  }

  private node(node: SyntaxNode, hidden: boolean, piped: boolean): void {
    switch (node.type) {
      case "Statement":
        if (node.background === true) this.line.hazards.push({ kind: "background" });
        return this.node(node.command, hidden, piped);
      case "AndOr":
        for (const command of node.commands) this.node(command, hidden, false);
        return;
      case "Pipeline":
        node.commands.forEach((command, index) => {
          const before = this.line.commands.length;
          this.node(command, hidden, index > 0);
          const time = index === 0 ? node.prefixes.find((prefix) => prefix.type === "Time") : undefined;
          const timed = this.line.commands[before];
          // Clients take the keyword for a program in front of the command.
          if (time !== undefined && timed !== undefined) putTimeInFront(timed, time.posix !== undefined);
        });
        return;
      case "Command":
        return this.command(node, hidden, piped);
      case "Redirected":
        this.compoundRedirects(node.redirects, hidden);
        return this.node(node.command, hidden, piped);
      case "If":
        this.nested([node.clause, node.then], hidden);
        for (const elif of node.elif) this.nested([elif.clause, elif.then], hidden);
        return this.nested([node.else], hidden);
      case "While":
        return this.nested([node.clause, node.body], hidden);
      case "For": {
        const words = (node.wordlist ?? []).map((word) => this.word(word, hidden));
        const numeric = words.length > 0 && words.every((word) => /^\d+$/.test(word.value));
        this.line.hazards.push({ kind: "variable-set", name: node.name.value, numeric, loop: true });
        if (node.wordlist === undefined || words.some((word) => !word.literal || word.glob)) {
          this.structure("a loop over something unknown");
        }
        return this.nested([node.body], hidden);
      }
      case "TestCommand":
        // `[[ … ]]` alone reads nothing but file facts; what its words expand to is still looked at.
        for (const word of wordsOfTest(node.expression)) this.word(word, hidden);
        return;
      case "Subshell":
        this.structure("a subshell");
        return this.list(node.body, true);
      case "BraceGroup":
        this.structure("a group in braces");
        this.opaque(node);
        return this.list(node.body, true);
      case "Function":
        this.structure("a function definition");
        this.opaque(node);
        if (node.body.type === "CompoundList") return this.list(node.body, true);
        return this.node(node.body, true, false);
      case "Case":
        this.structure("a case statement");
        this.opaque(node);
        this.word(node.word, true);
        for (const item of node.items) this.list(item.body, true);
        return;
      case "Coproc":
        this.structure("a coprocess");
        if (node.body.type === "CompoundList") return this.list(node.body, true);
        return this.node(node.body, true, false);
      case "Select":
      case "ArithmeticFor":
        this.structure("a loop over something unknown");
        return this.list(node.body, true);
      case "ArithmeticCommand":
        return this.structure("an arithmetic command");
      default:
        return this.structure("a structure that is not modelled");
    }
  }

  private compoundRedirects(redirects: readonly Redirection[], hidden: boolean): void {
    const collected = redirects.flatMap((redirect) => this.redirect(redirect, hidden));
    if (collected.length === 0) return;
    this.line.commands.push({ ...EMPTY_COMMAND, redirects: collected, hidden });
  }

  private command(node: Extract<SyntaxNode, { type: "Command" }>, hidden: boolean, piped: boolean): void {
    this.inPrefix = node.name !== undefined;
    const assignments = node.prefix
      .filter((item): item is Assignment => item.type === "Assignment")
      .map((item) => this.assignment(item, hidden));
    this.inPrefix = false;
    const redirects = node.redirects.flatMap((redirect) => this.redirect(redirect, hidden));
    const words: ShellWord[] = [];
    if (node.name !== undefined) words.push(this.word(node.name, hidden));
    for (const item of node.args) {
      if (item.type === "Word") words.push(this.word(item, hidden));
      else {
        const assigned = this.assignment(item, hidden);
        words.push({ ...PLAIN_WORD, raw: assigned.raw, value: assigned.raw, literal: assigned.literal });
      }
    }
    if (words.length === 0 && assignments.length > 0) {
      for (const { name, value, literal } of assignments) {
        const numeric = literal && /^\d+$/.test(value);
        this.line.hazards.push({ kind: "variable-set", name, numeric, loop: false });
        if (literal) this.variables.set(name, value);
        else this.variables.delete(name);
      }
    }
    const kept = node.redirects.filter((redirect) => redirect.type === "HereString");
    this.line.commands.push({
      raw: withoutSpans(
        this.source,
        node.pos,
        node.end,
        node.redirects.filter(
          (redirect) => redirect.type !== "HereString" && redirect.pos >= wordStart(node),
        ),
      ),
      assignments,
      timed: [],
      words,
      tail: kept.map((redirect) => ` ${this.source.slice(redirect.pos, redirect.end)}`).join(""),
      redirects,
      hidden,
      leadingRedirect: assignments.length === 0 && node.prefix.some((item) => item.type !== "Assignment"),
      piped,
      nested: this.nesting > 0,
    });
  }

  private assignment(node: Assignment, hidden: boolean): AssignedVariable {
    const raw = this.source.slice(node.pos, node.end);
    if (node.value.type === "ArrayValue") {
      for (const element of node.value.elements) this.word(element, hidden);
      this.structure("an array");
      return { name: node.name, raw, value: "", literal: false };
    }
    const value = this.word(node.value, hidden);
    // `PATH=$HOME/x` is known to the client in part only: a prefix must be literal text.
    const literal = value.literal && !value.simpleExpansion && !/[$`]/.test(node.value.text);
    return { name: node.name, raw, value: value.value, literal };
  }

  private redirect(node: Redirection, hidden: boolean): FileRedirect[] {
    if (node.type === "HereDoc") {
      if (node.delimiter?.quoted !== true) {
        this.structure("a heredoc that the shell expands");
        for (const part of node.body.parts ?? []) this.part(part, hidden);
      }
      return [];
    }
    const target = node.target === undefined ? null : this.word(node.target, hidden);
    if (node.type === "HereString") return [];
    if (target === null) return [{ direction: "write", target }];
    const duplicates = node.operator === ">&" || node.operator === "<&";
    if (duplicates && /^(?:\d+-?|-)$/.test(target.value)) return [];
    return [{ direction: node.operator === "<" || node.operator === "<&" ? "read" : "write", target }];
  }

  private word(node: Word, hidden: boolean): ShellWord {
    const result: ShellWord = { ...PLAIN_WORD, raw: node.text, value: node.value };
    for (const part of node.parts ?? []) {
      const seen = this.part(part, hidden);
      if (!seen.literal) result.literal = false;
      if (seen.opaque) result.opaque = true;
      if (seen.simple) result.simpleExpansion = true;
      if (seen.arithmetic === true) result.arithmetic = true;
      if (seen.glob) result.glob = true;
      if (seen.known === true) result.knownVariable = true;
      for (const name of seen.assigned ?? []) {
        result.value = result.value.replaceAll(`$${name}`, this.variables.get(name) ?? "");
      }
    }
    if (/^\{.*\}/s.test(node.text) && result.opaque) result.literal = false;
    result.quoted = /["'\\]/.test(node.text);
    return result;
  }

  private part(node: SyntaxNode, hidden: boolean): PartFacts {
    switch (node.type) {
      case "Literal":
      case "SingleQuoted":
        return PLAIN_PART;
      case "Glob":
      case "ExtendedGlob":
        if (node.type === "ExtendedGlob") this.structure("an extended glob");
        return { ...PLAIN_PART, glob: true };
      case "DoubleQuoted":
      case "LocaleString": {
        if (node.type === "LocaleString") this.structure("a translated string");
        const facts = node.parts.map((part) => this.part(part, hidden));
        // Quoted text never vanishes as a word.
        return {
          ...PLAIN_PART,
          literal: facts.every((fact) => fact.literal),
          known: facts.some((fact) => fact.known === true),
          assigned: facts.flatMap((fact) => fact.assigned ?? []),
        };
      }
      case "AnsiCQuoted":
        this.structure("text with escape codes");
        return { literal: false, opaque: true, simple: false, glob: false };
      case "SimpleExpansion": {
        const name = node.text.slice(1);
        if (this.variables.has(name)) {
          this.line.hazards.push({ kind: "variable-used", name });
          return { ...PLAIN_PART, simple: true, assigned: [name] };
        }
        const known = KNOWN_VARIABLES.has(name);
        if (!known) this.structure(`the variable ${node.text}`);
        return { literal: known, opaque: false, simple: true, glob: false, known };
      }
      case "ParameterExpansion":
        this.structure("a variable in braces");
        return { literal: false, opaque: node.operation !== undefined, simple: false, glob: false };
      case "CommandExpansion":
      case "ProcessSubstitution":
        // Recorded: in `X=$(id) program` the client judges `id` as a part of its own.
        if (!this.inPrefix || node.type === "ProcessSubstitution") this.structure("a nested command");
        if (node.script !== undefined) this.script(node.script, true);
        return { literal: false, opaque: true, simple: false, glob: false };
      case "ArithmeticExpansion":
        if (/[$`]/.test(node.text.slice(1))) this.structure("arithmetic over something unknown");
        return { literal: false, opaque: false, simple: false, glob: false, arithmetic: true };
      case "BraceExpansion":
        this.structure("brace expansion");
        return { literal: false, opaque: node.text.includes(".."), simple: false, glob: false };
      default:
        this.structure("a word that is not modelled");
        return { literal: false, opaque: false, simple: false, glob: false };
    }
  }
}

function putTimeInFront(command: SimpleCommand, posix: boolean): void {
  const words = posix ? ["time", "-p"] : ["time"];
  command.words.unshift(...words.map((word) => ({ ...PLAIN_WORD, raw: word, value: word })));
  command.raw = `${words.join(" ")} ${command.raw}`;
  command.timed = [...command.assignments];
  command.assignments = [];
}

interface PartFacts {
  known?: boolean;
  arithmetic?: boolean;
  /** Variables that were set to plain text before. */
  assigned?: readonly string[];
  literal: boolean;
  opaque: boolean;
  simple: boolean;
  glob: boolean;
}

const PLAIN_PART: PartFacts = { literal: true, opaque: false, simple: false, glob: false };
const PLAIN_WORD: ShellWord = {
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
const EMPTY_COMMAND: SimpleCommand = {
  raw: "",
  assignments: [],
  timed: [],
  words: [],
  tail: "",
  redirects: [],
  hidden: false,
  leadingRedirect: false,
  piped: false,
  nested: false,
};

function wordsOfTest(
  expression: Extract<SyntaxNode, { type: "TestCommand" }>["expression"],
): readonly Word[] {
  switch (expression.type) {
    case "TestUnary":
      return [expression.operand];
    case "TestBinary":
      return [expression.left, expression.right];
    case "TestLogical":
      return expression.operands.flatMap(wordsOfTest);
    case "TestNot":
      return wordsOfTest(expression.operand);
    case "TestGroup":
      return wordsOfTest(expression.expression);
  }
}

/** Where assignments and the name begin: redirections before that stay in the text, as older clients have it. */
function wordStart(node: Extract<SyntaxNode, { type: "Command" }>): number {
  const first = node.prefix.find((item) => item.type === "Assignment") ?? node.name;
  return first?.pos ?? node.pos;
}

function withoutSpans(
  source: string,
  start: number,
  end: number,
  spans: readonly { pos: number; end: number }[],
): string {
  let text = "";
  let at = start;
  for (const span of [...spans].sort((a, b) => a.pos - b.pos)) {
    if (span.pos < at || span.pos >= end) continue;
    text += source.slice(at, span.pos).replace(/[ \t]+$/, " ");
    at = Math.max(at, span.end);
  }
  return (text + source.slice(at, Math.max(at, end))).trim();
}
