import type { Assignment, ParsedScript, Redirection, Script, SyntaxNode, Word } from "unbash";
import { parse } from "unbash";
import {
  type CommandLine,
  EMPTY_COMMAND,
  type FileRedirect,
  PLAIN_WORD,
  type ShellWord,
  type SimpleCommand,
} from "./command-line.ts";
import { oddText, oddWord } from "./shell-oddities.ts";
import { WordReader } from "./shell-words.ts";

/** Shells read such a redirection in two ways, of which newer clients know. */
export const SEVERAL_DIGITS = "a descriptor of several digits";

/** Takes a command line apart with a real parser; what it cannot read is a parse error, never a guess. */
export function parseCommandLine(source: string): CommandLine {
  const line: CommandLine = {
    source,
    commands: [],
    hazards: [],
    errors: [],
    piped: false,
    opaqueTexts: [],
    statementTexts: [],
  };
  let script: ParsedScript;
  try {
    script = parse(source);
  } catch {
    // The parser bounds nesting by throwing; what it cannot read is a parse error like any other.
    line.errors.push("too deeply nested");
    return line;
  }
  const errors = script.errors ?? [];
  const unclosedCase = errors.find((error) => error.message === "unexpected token ';;'");
  if (unclosedCase !== undefined && !/^;;[;&]/.test(source.slice(unclosedCase.pos))) {
    // Clients take it for the end of a command.
    const { pos } = unclosedCase;
    const read = parseCommandLine(`${source.slice(0, pos)}; ${source.slice(pos + 2)}`);
    return { ...read, source };
  }
  line.errors = errors.map((error) => error.message);
  const odd = oddText(source);
  if (odd !== null) line.hazards.push({ kind: "structure", what: odd });
  new Walker(line).script(script, false);
  return line;
}

class Walker {
  /** How many `if`, `while` and `for` stand around the current command. */
  private nesting = 0;
  private readonly line: CommandLine;
  private readonly words: WordReader;
  private source: string;

  constructor(line: CommandLine) {
    this.line = line;
    this.source = line.source;
    this.words = new WordReader({
      hazard: (hazard) => line.hazards.push(hazard),
      script: (script, hidden) => this.script(script, hidden),
    });
  }

  script(script: Script, hidden: boolean): void {
    const outer = this.source;
    // Backquoted scripts with escapes own a decoded text that their positions refer to.
    if (script.source !== undefined) this.source = script.source;
    for (const statement of script.commands) this.node(statement, hidden, false);
    this.source = outer;
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
    this.line.opaqueTexts.push(this.textOf(node));
  }

  private textOf(node: { pos: number; end: number }): string {
    return this.source.slice(node.pos, node.end);
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
        if (node.commands.length === 0) this.structure("a keyword of its own");
        if (node.commands.length > 1) {
          this.line.piped = true;
          if (this.nesting > 0) this.structure("a pipeline inside a statement");
        }
        node.commands.forEach((command, index) => {
          const before = this.line.commands.length;
          const time = index === 0 ? node.prefixes.find((prefix) => prefix.type === "Time") : undefined;
          // No client looks into a group behind `time`.
          if (time !== undefined && command.type !== "Command") {
            this.structure("a timed group");
            return;
          }
          this.node(command, hidden, index > 0);
          const timed = this.line.commands[before];
          // Clients take the keyword for a program in front of the command.
          if (time !== undefined && timed !== undefined) putTimeInFront(timed, this.timeFlags(node));
        });
        return;
      case "Command":
        return this.command(node, hidden, piped);
      case "Redirected":
        this.structure("a statement that is redirected");
        this.line.statementTexts.push(this.textOf(node.command));
        this.compoundRedirects(node.redirects, hidden);
        return this.node(node.command, true, piped);
      case "If":
        this.nested([node.clause, node.then], hidden);
        for (const elif of node.elif) this.nested([elif.clause, elif.then], hidden);
        return this.nested([node.else], hidden);
      case "While":
        return this.nested([node.clause, node.body], hidden);
      case "For": {
        const words = (node.wordlist ?? []).map((word) => this.words.word(word));
        const name = node.name.value;
        this.line.hazards.push({
          kind: "variable-set",
          assigned: { name, raw: name, value: "", literal: false },
        });
        if (words.some((word) => !word.literal)) this.structure("a loop over something unknown");
        return this.nested([node.body], hidden);
      }
      case "TestCommand":
        // `[[ … ]]` alone reads nothing but file facts; what its words expand to is still looked at.
        for (const word of wordsOfTest(node.expression)) {
          const before = this.line.hazards.length;
          const { glob, knownVariable, arithmetic } = this.words.word(word);
          // Nothing is expanded here but variables.
          const added = this.line.hazards.splice(before);
          this.line.hazards.push(
            ...added.filter((hazard) => hazard.kind !== "structure" || hazard.what !== "brace expansion"),
          );
          if (glob || knownVariable || arithmetic)
            this.structure("a test of something that the shell expands");
        }
        if (!/\s-(?:eq|ne|lt|le|gt|ge)\s/.test(this.textOf(node))) return;
        if (!wordsOfTest(node.expression).every((word) => /^-?\d+$/.test(word.text))) {
          this.structure("a comparison of numbers with something else");
        }
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
        this.words.word(node.word);
        for (const item of node.items) this.list(item.body, true);
        return;
      case "Coproc":
        // No client looks for denied commands in there.
        return this.structure("a coprocess");
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

  /** The parser keeps nothing of `--` behind the keyword. */
  private timeFlags(node: { pos: number; end: number }): string[] {
    const [, flags = ""] = /^time\s+((?:(?:-p|--)\s+)*)/.exec(this.textOf(node)) ?? [];
    return flags.split(/\s+/).filter((flag) => flag !== "");
  }

  private compoundRedirects(redirects: readonly Redirection[], hidden: boolean): void {
    const collected = redirects.flatMap((redirect) => this.redirect(redirect));
    if (collected.length === 0) return;
    this.line.commands.push({ ...EMPTY_COMMAND, redirects: collected, hidden });
  }

  private command(node: Extract<SyntaxNode, { type: "Command" }>, hidden: boolean, piped: boolean): void {
    const assignments = node.prefix
      .filter((item): item is Assignment => item.type === "Assignment")
      .map((item) => this.words.assignment(item, this.textOf(item), node.name !== undefined));
    const redirects = node.redirects.flatMap((redirect) => this.redirect(redirect));
    const words: ShellWord[] = [];
    // What follows the start of a heredoc on its line is lost on both clients.
    const heredoc = node.redirects.find(({ type }) => type === "HereDoc")?.pos ?? Number.POSITIVE_INFINITY;
    if (node.name !== undefined && node.name.pos < heredoc) words.push(this.words.word(node.name));
    for (const item of node.args.filter(({ pos }) => pos < heredoc)) {
      if (item.type === "Word") words.push(this.words.word(item));
      else {
        const assigned = this.words.assignment(item, this.textOf(item), false);
        words.push({ ...PLAIN_WORD, raw: assigned.raw, value: assigned.raw, literal: assigned.literal });
      }
    }
    if (words.length === 0 && assignments.length > 0) {
      for (const assigned of assignments) this.line.hazards.push({ kind: "variable-set", assigned });
      if (assignments.length > 1) this.structure("several variables set at once");
      for (const assignment of assignments) this.words.remember(assignment);
    }
    this.oddities(node, words);
    // A here-string is part of the text that rules see, unless it holds a variable that the client knows.
    const kept = node.redirects.filter(
      (redirect) => redirect.type === "HereString" && !/\$HOME\b/.test(this.textOf(redirect)),
    );
    this.line.commands.push({
      raw: withoutSpans(
        this.source,
        node.pos,
        Math.min(node.end, heredoc),
        node.redirects.filter((redirect) => !kept.includes(redirect) && redirect.pos >= wordStart(node)),
      ),
      assignments,
      timed: [],
      words,
      tail: kept.map((redirect) => ` ${this.textOf(redirect)}`).join(""),
      redirects,
      hidden,
      leadingRedirect: assignments.length === 0 && node.prefix.some((item) => item.type !== "Assignment"),
      redirectedPrefix:
        node.prefix[0]?.type === "Assignment" &&
        node.redirects.some((redirect) => node.name !== undefined && redirect.pos < node.name.pos),
      piped,
      nested: this.nesting > 0,
      redirected: node.redirects.length > 0,
      swallowsWords: this.swallowsWords(node),
    });
  }

  /** Words behind a redirection: newer clients take them for further targets, and look at no file of the command. */
  private swallowsWords(node: Extract<SyntaxNode, { type: "Command" }>): boolean {
    const last = node.args.at(-1);
    if (node.name === undefined || last === undefined) return false;
    const { pos } = node.name;
    return node.redirects.some(({ type, pos: at }) => type === "Redirect" && at > pos && last.pos > at);
  }

  private oddities(node: Extract<SyntaxNode, { type: "Command" }>, words: readonly ShellWord[]): void {
    if (words[0]?.value === "") this.structure("an empty command name");
    for (const item of node.prefix) {
      if (item.type === "Assignment" && /^\w+\+?=~/.test(this.textOf(item))) {
        this.structure("a home directory in an assignment");
      }
    }
    if (words[0]?.value !== "[") {
      for (const word of words) {
        const odd = oddWord(word.raw);
        if (odd !== null) this.structure(odd);
      }
    }
    if (this.swallowsWords(node)) this.structure("words behind a redirection");
    const named = node.prefix.find((item) => item.type === "Assignment");
    const first = node.redirects[0];
    const follows = first !== undefined && node.name !== undefined && first.pos > node.name.pos;
    if (words[0]?.value === "[" && (follows || words.at(-1)?.raw !== "]")) {
      this.structure("a test that is redirected or does not close");
    }
    if (named !== undefined && node.name !== undefined && first !== undefined && first.pos < named.pos) {
      this.structure("a variable behind a redirection");
    }
    if (words.length === 0 && node.redirects.some(({ type }) => type !== "Redirect")) {
      this.structure("a text for no command");
    }
    for (const redirect of node.redirects) {
      const odd = this.oddRedirect(redirect);
      if (odd !== null) this.structure(odd);
      if (redirect.type === "HereString" && node.redirects.some(({ pos }) => pos < redirect.pos)) {
        this.structure("a here-string behind a redirection");
      }
    }
  }

  private oddRedirect(redirect: Redirection): string | null {
    if (redirect.type === "HereDoc") {
      const rest = this.source.slice(redirect.delimiter?.end ?? redirect.end).split("\n", 1)[0] ?? "";
      if (rest.trim() !== "") return "text behind the start of a heredoc";
      const delimiter = redirect.delimiter?.text ?? "";
      const whole = /^(?:[^'"]*|'[^']*'|"[^"]*")$/.test(delimiter);
      return whole ? null : "a heredoc whose delimiter is quoted in part";
    }
    if (redirect.type === "HereString") return null;
    const { operator, descriptor, target } = redirect;
    if (operator === "<>") return "a redirection that reads and writes";
    if (descriptor?.type === "FileDescriptorVariable") return "a descriptor that gets a name";
    if (operator.endsWith("&") && target?.text === "-") return "a descriptor that is closed";
    const digits = /^\d*/.exec(this.textOf(redirect))![0];
    return digits.length > 1 ? SEVERAL_DIGITS : null;
  }

  private redirect(node: Redirection): FileRedirect[] {
    if (node.type === "HereDoc") {
      if (node.delimiter?.quoted !== true) {
        this.structure("a heredoc that the shell expands");
        for (const part of node.body.parts ?? []) this.words.part(part);
      }
      return [];
    }
    const target = node.target === undefined ? null : this.words.word(node.target);
    if (node.type === "HereString") return [];
    if (target === null) return [{ direction: "write", target }];
    const duplicates = node.operator === ">&" || node.operator === "<&";
    if (duplicates && /^(?:\d+|-)$/.test(target.value)) return [];
    return [{ direction: node.operator === "<" || node.operator === "<&" ? "read" : "write", target }];
  }
}

function putTimeInFront(command: SimpleCommand, flags: readonly string[]): void {
  const words = ["time", ...flags];
  command.words.unshift(...words.map((word) => ({ ...PLAIN_WORD, raw: word, value: word })));
  command.raw = `${words.join(" ")} ${command.raw}`;
  command.timed = [...command.assignments];
  command.assignments = [];
}

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
