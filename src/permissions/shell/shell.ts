import type { ParsedScript, Redirection, Script, Statement, SyntaxNode } from "unbash";
import { parse } from "unbash";
import { wordsOfTest } from "./bracket-tests.ts";
import type { CommandLine, HazardStage } from "./command-line.ts";
import { withWordsEnded } from "./continued-lines.ts";
import { otherReading } from "./other-reading.ts";
import { CommandReader } from "./shell-commands.ts";
import { endsInBackslash, oddText } from "./shell-oddities.ts";
import { roughlySpaced, spacedText, textWithoutRedirections } from "./spaced-text.ts";

/** Takes a command line apart with a real parser; what it cannot read is a parse error, never a guess. */
export function parseCommandLine(source: string): CommandLine {
  const line: CommandLine = {
    source,
    commands: [],
    hazards: [],
    errors: [],
    piped: false,
    otherTexts: [],
    negatedTexts: [],
    statementTexts: [],
    spaced: source.trim(),
    pipes: [],
  };
  let script: ParsedScript;
  try {
    script = parse(withWordsEnded(source));
  } catch {
    // The parser bounds nesting by throwing; what it cannot read is a parse error like any other.
    line.errors.push("too deeply nested");
    return line;
  }
  const errors = script.errors ?? [];
  const other = otherReading(source, errors);
  if (other !== null) {
    const read = parseCommandLine(other.text);
    const hazards = other.hazard === null ? read.hazards : [...read.hazards, other.hazard];
    if (!other.textless) return { ...read, source, hazards };
    const commands = read.commands.map((command) => ({ ...command, leads: false }));
    return { ...read, source, hazards, commands, spaced: "" };
  }
  line.errors = errors.map(({ message, pos }) =>
    /^done\b/.test(source.slice(pos)) ? `${message}, found 'done'` : message,
  );
  if (endsInBackslash(source)) line.errors.push("a backslash at the end");
  const odd = oddText(source);
  if (odd !== null) line.hazards.push({ kind: "structure", what: odd, stage: "reading" });
  const broken = errors.some(({ message }) => !/^unterminated|^expected redirect/.test(message));
  line.spaced = broken ? roughlySpaced(source) : spacedText(source, script.commands);
  new Walker(line).script(script, TOP);
  return line;
}

/** Newer clients have nothing to check at such an end of a pipe: `CI=1 | sort`. */
export const PIPED_ASSIGNMENT = "an assignment at one end of a pipe";

/** Where a node stands. */
interface Place {
  /** In the line's own list of commands. */
  top: boolean;
  /** In a group, function, case or substitution, or in a statement that is redirected. */
  hidden: boolean;
  /** The receiving end of a pipe. */
  piped: boolean;
  /** How many `if`, `while` and `for` stand around it. */
  nesting: number;
}

const TOP: Place = { top: true, hidden: false, piped: false, nesting: 0 };
const WOVEN: Place = { top: false, hidden: false, piped: false, nesting: 1 };
const INSIDE: Place = { top: false, hidden: true, piped: false, nesting: 0 };

class Walker {
  private readonly line: CommandLine;
  private readonly reader: CommandReader;
  private source: string;

  constructor(line: CommandLine) {
    this.line = line;
    this.source = line.source;
    this.reader = new CommandReader(line, {
      script: (script, value) => this.script(script, { ...INSIDE, hidden: !value }),
      woven: (script) => this.script(script, WOVEN),
    });
  }

  script(script: Script, place: Place): void {
    const outer = this.source;
    // Backquoted scripts with escapes own a decoded text that their positions refer to.
    if (script.source !== undefined) this.source = script.source;
    this.list(script.commands, place);
    this.source = outer;
  }

  private structure(what: string, stage: HazardStage = "reading"): void {
    this.line.hazards.push({ kind: "structure", what, stage });
  }

  private textOf(node: { pos: number; end: number }): string {
    return this.source.slice(node.pos, node.end);
  }

  /** What stands at the top and is no simple command is compared as text by older clients. */
  private other(node: { pos: number; end: number }, { top }: Place): void {
    if (top) this.line.otherTexts.push(this.textOf(node));
  }

  private list(statements: readonly Statement[], place: Place): void {
    for (const statement of statements) {
      if (this.reader.isSwallowed(statement.pos)) continue;
      if (statement.background === true) {
        if (place.top) this.line.hazards.push({ kind: "background" });
        else this.structure("a background job inside a statement");
      }
      this.node(statement.command, place);
    }
  }

  private nested(lists: readonly ({ commands: readonly Statement[] } | undefined)[], place: Place): void {
    for (const list of lists) {
      this.list(list?.commands ?? [], { ...place, top: false, piped: false, nesting: place.nesting + 1 });
    }
  }

  private node(node: SyntaxNode, place: Place): void {
    switch (node.type) {
      case "AndOr":
        for (const command of node.commands) this.node(command, { ...place, piped: false });
        return;
      case "Pipeline":
        return this.pipeline(node, place);
      case "Command":
        this.reader.command(node, this.source, place);
        return;
      case "CompoundList":
        return this.list(node.commands, place);
      case "Coproc": {
        // Clients take the keyword for a program, and cannot read a group behind it.
        if (node.body.type !== "Command") {
          this.line.errors.push("unexpected group behind 'coproc'");
          return;
        }
        this.node(node.body, place);
        this.reader.putInFront(["coproc"]);
        return;
      }
      default:
        // What a redirection behind it names is no part of its text.
        this.other(node.type === "Redirected" ? node.command : node, place);
        return this.compound(node, { ...place, top: false });
    }
  }

  private compound(node: SyntaxNode, place: Place): void {
    switch (node.type) {
      case "Redirected":
        this.structure("a statement that is redirected");
        this.line.statementTexts.push(this.textOf(node.command));
        this.reader.redirectsOfStatement(node.redirects as readonly Redirection[]);
        return this.compound(node.command, { ...place, hidden: true });
      case "If":
        this.nested([node.clause, node.then], place);
        for (const elif of node.elif) this.nested([elif.clause, elif.then], place);
        return this.nested([node.else], place);
      case "While":
        return this.nested([node.clause, node.body], place);
      case "For":
        if (!/^[A-Za-z_]\w*$/.test(node.name.value)) this.structure("a loop without the name of a variable");
        this.reader.loop(node.name.value, node.wordlist ?? []);
        return this.nested([node.body], place);
      case "TestCommand":
        return this.reader.test(wordsOfTest(node.expression), this.textOf(node), place);
      case "Subshell":
        this.structure("a subshell", "parts");
        if (this.hasSemicolons(node)) this.structure("a list in parentheses");
        return this.list(node.body.commands, INSIDE);
      case "BraceGroup":
        this.structure("a group in braces");
        return this.list(node.body.commands, INSIDE);
      case "Function":
        this.structure("a function definition");
        return this.node(node.body, INSIDE);
      case "Case":
        this.structure("a case statement");
        this.reader.word(node.word);
        for (const item of node.items) this.list(item.body.commands, INSIDE);
        return;
      case "Select":
      case "ArithmeticFor":
        this.structure("a loop over something unknown");
        return this.list(node.body.commands, INSIDE);
      case "ArithmeticCommand":
        return this.structure("an arithmetic command");
      default:
        return this.structure("a structure that is not modelled");
    }
  }

  private pipeline(node: Extract<SyntaxNode, { type: "Pipeline" }>, place: Place): void {
    const negated = node.prefixes.some((prefix) => prefix.type === "Negation");
    if (node.commands.length === 0) this.reader.text(this.textOf(node), null, place);
    if (node.commands.length > 1) {
      this.line.piped = true;
      if (!place.hidden) this.pipes(node);
      if (place.nesting > 0) this.structure("a pipeline inside a statement", "parts");
      if (node.commands.some((command, at) => isAssignment(command) && !(at === 0 && negated)))
        this.structure(PIPED_ASSIGNMENT, "parts");
    }
    const time = node.prefixes.find((prefix) => prefix.type === "Time");
    node.commands.forEach((command, index) => {
      const inPipe = { ...place, piped: index > 0 };
      if (index > 0) {
        this.node(command, inPipe);
        return;
      }
      if (time !== undefined && command.type !== "Command") {
        this.timedGroup(command, inPipe, ["time", ...this.timeFlags(node)]);
        return;
      }
      if (negated && place.top) this.negated(node, command);
      this.node(command, { ...inPipe, top: place.top && !negated });
      // Clients take the keyword for a program in front of the command.
      if (time !== undefined) this.reader.putInFront(["time", ...this.timeFlags(node)]);
    });
  }

  private negated({ pos }: SyntaxNode, command: SyntaxNode): void {
    const text = this.source.slice(pos, command.pos) + textWithoutRedirections(this.source, command);
    this.line.otherTexts.push(text);
    this.line.negatedTexts.push(text);
  }

  private pipes({ commands, operators }: Extract<SyntaxNode, { type: "Pipeline" }>): void {
    for (const [index, operator] of operators.entries()) {
      const from = commands[index]!.end;
      const pos = this.source.indexOf(operator, from);
      this.line.pipes.push({ pos, end: pos + operator.length });
    }
  }

  private timedGroup(node: SyntaxNode, place: Place, timed: readonly string[]): void {
    if (node.type === "TestCommand") {
      this.reader.text(this.textOf(node), null, place);
      this.reader.putInFront(timed);
      return;
    }
    this.structure("a timed group");
    this.other(node, place);
    // No client looks into a group in braces behind `time`.
    if (node.type === "Subshell") this.compound(node, { ...place, top: false });
    else this.line.errors.push("unexpected group behind 'time'");
  }

  /** The parser keeps nothing of `--` behind the keyword. */
  private timeFlags(node: { pos: number; end: number }): string[] {
    const [, flags = ""] = /^time\s+((?:(?:-p|--)\s+)*)/.exec(this.textOf(node)) ?? [];
    return flags.split(/\s+/).filter((flag) => flag !== "");
  }

  /** `(a; b)` and `(a;)`: clients read parentheses around `a && b` and lines alone. */
  private hasSemicolons({ body, end }: Extract<SyntaxNode, { type: "Subshell" }>): boolean {
    return body.commands.some((statement, index) => {
      const next = body.commands[index + 1]?.pos ?? end;
      return this.source.slice(statement.end, next).includes(";");
    });
  }
}

function isAssignment(node: SyntaxNode): boolean {
  if (node.type !== "Command" || node.name !== undefined) return false;
  return node.prefix.some(({ type }) => type === "Assignment");
}
