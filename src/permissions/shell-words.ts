import type { Assignment, ParsedScript, SyntaxNode, Word } from "unbash";
import { type AssignedVariable, type Hazard, PLAIN_WORD, type ShellWord } from "./command-line.ts";
import { isPlainArithmetic } from "./shell-oddities.ts";

/** What reading a word may come across, for whoever reads the line. */
export interface WordHost {
  hazard(hazard: Hazard): void;
  /** The script of a substitution; `hidden`: older clients do not look there for denied commands. */
  script(script: ParsedScript, hidden: boolean): void;
}

/** `X=$(y)`: both clients judge `y` as a part of its own. */
export const NESTED_VALUE = "a nested command as a value";

/** Variables whose value the client knows. */
const KNOWN_VARIABLES = new Set(["HOME"]);

/** Words and assignments of one command line; it remembers plain texts assigned on the way. */
export class WordReader {
  private readonly variables = new Map<string, string>();
  /** Inside the value of an assignment in front of a command. */
  private inPrefix = false;
  /** Inside the value of any assignment. */
  private inValue = false;
  /** … that consists of one substitution, and no command follows. */
  private isValue = false;
  private readonly host: WordHost;

  constructor(host: WordHost) {
    this.host = host;
  }

  remember({ name, value, literal }: AssignedVariable): void {
    if (literal) this.variables.set(name, value);
    else this.variables.delete(name);
  }

  private structure(what: string): void {
    this.host.hazard({ kind: "structure", what });
  }

  /** `beforeCommand`: it stands in front of a program, so substitutions in it are parts of their own. */
  assignment(node: Assignment, raw: string, beforeCommand: boolean): AssignedVariable {
    if (node.value.type === "ArrayValue") {
      for (const element of node.value.elements) this.word(element);
      this.structure("an array");
      return { name: node.name, raw, value: "", literal: false };
    }
    this.inPrefix = beforeCommand;
    this.inValue = true;
    this.isValue =
      !beforeCommand && node.value.parts?.[0]?.type === "CommandExpansion" && node.value.parts.length === 1;
    const value = this.word(node.value);
    this.inPrefix = false;
    this.inValue = false;
    this.isValue = false;
    // `PATH=$HOME/x` is known to the client in part only: a prefix must be literal text.
    const literal = value.literal && !value.simpleExpansion && !/[$`]/.test(node.value.text);
    return { name: node.name, raw, value: value.value, literal };
  }

  word(node: Word): ShellWord {
    const result: ShellWord = { ...PLAIN_WORD, raw: node.text, value: node.value };
    for (const part of node.parts ?? []) {
      const seen = this.part(part);
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
    // Rules are compared with escape codes as they are written.
    if (node.parts?.some((part) => part.type === "AnsiCQuoted") === true) result.value = node.text;
    if (/^\{.*\}/s.test(node.text) && result.opaque) result.literal = false;
    result.quoted = /["'\\]/.test(node.text);
    return result;
  }

  part(node: SyntaxNode): PartFacts {
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
        const facts = node.parts.map((part) => this.part(part));
        if (facts[0]?.arithmetic === true) this.structure("arithmetic inside quotes");
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
          this.host.hazard({ kind: "variable-used", name });
          return { ...PLAIN_PART, simple: true, assigned: [name] };
        }
        const known = KNOWN_VARIABLES.has(name);
        if (!known) this.structure(`the variable ${node.text}`);
        return { literal: known, opaque: false, simple: true, glob: false, known };
      }
      case "ParameterExpansion":
        this.structure("a variable in braces");
        for (const operand of operandsOf(node.operation)) this.word(operand);
        return { literal: false, opaque: node.operation !== undefined, simple: false, glob: false };
      case "CommandExpansion":
      case "ProcessSubstitution":
        // Recorded: in `X=$(id) program` the client judges `id` as a part of its own.
        if (!this.inPrefix || node.type === "ProcessSubstitution") {
          this.structure(this.isValue ? NESTED_VALUE : "a nested command");
        }
        if (node.script !== undefined) {
          const { inPrefix, inValue, isValue } = this;
          this.inPrefix = false;
          this.inValue = false;
          this.isValue = false;
          this.host.script(node.script, !inValue);
          this.inPrefix = inPrefix;
          this.inValue = inValue;
          this.isValue = isValue;
        }
        return { literal: false, opaque: true, simple: false, glob: false };
      case "ArithmeticExpansion":
        if (!isPlainArithmetic(node.text)) this.structure("arithmetic over something unknown");
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

type Operation = Extract<SyntaxNode, { type: "ParameterExpansion" }>["operation"];

/** The words in `${X:-word}` and `${X/word/word}`: substitutions hide there. */
function operandsOf(operation: Operation): readonly Word[] {
  switch (operation?.type) {
    case "Default":
    case "Remove":
    case "Transform":
      return [operation.operand];
    case "CaseModification":
      return operation.operand === undefined ? [] : [operation.operand];
    case "Replace":
      return [operation.pattern, operation.replacement];
    case "Slice":
      return operation.length === undefined ? [operation.offset] : [operation.offset, operation.length];
    default:
      return [];
  }
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
