import type { Assignment, ParsedScript, SyntaxNode, Word, WordPart } from "unbash";
import {
  type AssignedVariable,
  type Hazard,
  PLAIN_WORD,
  type ShellWord,
  type WordExpansion,
} from "./command-line.ts";
import { valueOverLines } from "./continued-lines.ts";
import { CUT_BY_OLDER, LISTED_FOR_OLDER, WOVEN_AND_CUT } from "./cut-substitutions.ts";
import { isPlainArithmetic } from "./shell-oddities.ts";
import {
  closedValue,
  expands,
  isComputed,
  isList,
  isListWithPipes,
  isOnlyRedirected,
  isPipeline,
  neverCloses,
  operandsOf,
  type SubstitutionNode,
  scriptsIn,
  textOfCat,
} from "./word-nodes.ts";
import { insertedParts, isSetInEveryShell, isWoven, LAST_JOB, PLACEHOLDER, wovenBy } from "./woven-text.ts";

/** What reading a word may come across, for whoever reads the line. */
export interface WordHost {
  hazard(hazard: Hazard): void;
  /** The script of a substitution; `value`: in what a variable is set to. */
  script(script: ParsedScript, value: boolean): void;
  /** The script of a substitution inside quotes and other text. */
  woven(script: ParsedScript): void;
}

/** Variables whose value the client knows. */
const KNOWN_VARIABLES = new Set(["HOME"]);

/** Older clients read them as nothing where a word begins with them: ``` a ``./b ```. */
export const EMPTY_BACKQUOTES = "an empty nested command";
/** Where a double quote never closes, older clients read single quotes behind it: `" '$(id)'`. */
export const QUOTED_ALL_THE_SAME = "a nested command in a quote that never closes";

/** Words and assignments of one command line; it remembers plain texts assigned on the way. */
export class WordReader {
  private readonly variables = new Map<string, string>();
  /** Where a substitution is a part of its own: `X=$(id) program`, `for x in $(id)`. */
  private partsOfTheirOwn = false;
  /** The word begins with empty backquotes, and goes on. */
  private leading = false;
  /** In a double quote that never closes, where single quotes stand around what is substituted. */
  private open = false;
  /** Inside the value of an assignment. */
  private inValue = false;
  /** That value is one expansion. */
  private expandsAlone = false;
  private inLoop = false;
  /** Nothing stands beside what is woven into a text. */
  private onlyWoven = true;
  /** Inside the value behind `export` and its like. */
  private declares = false;
  private readonly host: WordHost;

  constructor(host: WordHost) {
    this.host = host;
  }

  remember({ name, value, literal }: AssignedVariable): void {
    if (literal) this.variables.set(name, value);
    else this.variables.delete(name);
  }

  private structure(what: string): void {
    this.host.hazard({ kind: "structure", what, stage: "reading" });
  }

  /** `substitutes`: substitutions in its value are parts of their own. */
  assignment(node: Assignment, raw: string, substitutes: boolean): AssignedVariable {
    if (node.value.type === "ArrayValue") {
      for (const element of node.value.elements) this.word(element);
      this.structure("an array");
      return {
        name: node.name,
        raw,
        value: "",
        literal: false,
        known: false,
        computed: false,
        glob: false,
        woven: null,
      };
    }
    if (node.index !== undefined) this.structure("an element of an array");
    this.partsOfTheirOwn = substitutes && node.value.parts?.length === 1;
    this.inValue = true;
    this.expandsAlone = !this.declares && node.value.parts?.length === 1;
    const value = this.word(node.value);
    this.partsOfTheirOwn = false;
    this.inValue = false;
    this.expandsAlone = false;
    // `PATH=$HOME/x` is known to the client in part only: a prefix must be literal text.
    const literal = value.literal && !(node.value.parts ?? []).some(expands);
    const computed = isComputed(node.value) || value.woven === "variable" || value.woven === "calculation";
    const { glob, woven } = value;
    return { name: node.name, raw, value: value.value, literal, known: value.literal, computed, glob, woven };
  }

  /** `export X=1`. */
  declared(node: Assignment, raw: string): AssignedVariable {
    this.declares = true;
    const assigned = this.assignment(node, raw, true);
    this.declares = false;
    return assigned;
  }

  /** A word that a loop goes over. */
  loopWord(node: Word): ShellWord {
    this.partsOfTheirOwn = node.parts?.length === 1;
    this.inLoop = true;
    const word = this.word(node);
    this.inLoop = false;
    this.partsOfTheirOwn = false;
    return word;
  }

  word(node: Word): ShellWord {
    this.leading = /^``[^`]/.test(node.text);
    this.open = neverCloses(node) && /^(?:[^"]|"[^"]*")*"[^'"]*'[^'"]*[`$][^'"]*'[^'"]*$/.test(node.text);
    const result: ShellWord = { ...PLAIN_WORD, raw: node.text, value: node.value };
    result.expansion = this.expansionOf(node);
    const inserted: WordPart[] = [];
    for (const part of node.parts ?? []) {
      const seen = this.part(part);
      if (!seen.literal) result.literal = false;
      if (seen.arithmetic === true) result.arithmetic = true;
      if (seen.glob) result.glob = true;
      if (seen.known === true) result.knownVariable = true;
      if (seen.inserted !== undefined) inserted.push(...seen.inserted);
      for (const name of seen.assigned ?? []) {
        result.value = result.value.replaceAll(`$${name}`, this.variables.get(name) ?? "");
      }
    }
    // Rules are compared with escape codes and translated strings as they are written.
    if (node.parts?.some(({ type }) => type === "AnsiCQuoted" || type === "LocaleString") === true) {
      result.value = node.text;
    }
    for (const part of node.parts ?? []) {
      if (part.type !== "DoubleQuoted") continue;
      for (const child of part.parts) {
        const text = textOfCat(child);
        if (text === null) continue;
        result.value = result.value.replace(child.text, () => text);
        result.printed = true;
      }
    }
    if (/".*\\\n/s.test(node.text)) result.value = valueOverLines(node.text);
    if (neverCloses(node)) result.value = closedValue(node);
    else if (inserted.length > 0) {
      result.woven = wovenBy(inserted);
      for (const { text } of inserted) result.value = result.value.replace(text, PLACEHOLDER);
    }
    result.quoted = /["'\\]/.test(node.text);
    return result;
  }

  private expansionOf({ text, parts = [] }: Word): WordExpansion | null {
    if (parts.some(({ type }) => type === "CommandExpansion" || type === "ProcessSubstitution")) {
      return "substitution";
    }
    if (text === "$") return "unknown";
    const [part] = parts;
    if (part === undefined || parts.length > 1) return null;
    switch (part.type) {
      case "SimpleExpansion":
        if (this.variables.has(part.text.slice(1))) return null;
        return KNOWN_VARIABLES.has(part.text.slice(1)) ? "known" : "unknown";
      case "ParameterExpansion":
        // Measured: `${HOME}` stays a word, unlike every other variable in braces.
        return part.parameter === "HOME" && part.text.length === 7 ? null : "unknown";
      case "AnsiCQuoted":
      case "ExtendedGlob":
        return "unknown";
      case "ArithmeticExpansion":
        return "arithmetic";
      case "BraceExpansion":
        return text.includes("..") ? "unknown" : null;
      default:
        return null;
    }
  }

  part(node: SyntaxNode): PartFacts {
    switch (node.type) {
      case "Literal":
      case "SingleQuoted":
        return PLAIN_PART;
      case "Glob":
        for (const part of node.parts ?? []) this.part(part);
        return { ...PLAIN_PART, glob: true };
      case "ExtendedGlob":
        this.structure("an extended glob");
        return { ...PLAIN_PART, glob: true };
      case "DoubleQuoted":
      case "LocaleString": {
        if (node.type === "LocaleString") this.structure("a translated string");
        else if (isWoven(node)) return this.woven(node);
        const { partsOfTheirOwn } = this;
        this.partsOfTheirOwn = false;
        this.expandsAlone = false;
        const facts = node.parts.map((part) => (textOfCat(part) === null ? this.part(part) : PLAIN_PART));
        this.partsOfTheirOwn = partsOfTheirOwn;
        if (facts.some(({ arithmetic }) => arithmetic === true)) this.structure("arithmetic inside quotes");
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
        return UNKNOWN_PART;
      case "SimpleExpansion": {
        const name = node.text.slice(1);
        if (this.variables.has(name)) {
          this.host.hazard({ kind: "variable-used", name });
          return { ...PLAIN_PART, assigned: [name] };
        }
        const known = KNOWN_VARIABLES.has(name);
        if (!known && this.expandsAlone && isSetInEveryShell(name)) return this.inserted([node]);
        if (!known) this.structure(`the variable ${node.text}`);
        return { literal: known, glob: false, known };
      }
      case "ParameterExpansion":
        this.structure("a variable in braces");
        for (const operand of operandsOf(node.operation)) this.word(operand);
        return UNKNOWN_PART;
      case "CommandExpansion":
      case "ProcessSubstitution":
        if (node.text === "``" && this.leading) this.structure(EMPTY_BACKQUOTES);
        else if (!this.partsOfTheirOwn || node.type === "ProcessSubstitution") this.nestedCommand();
        else if (!this.declares) this.givenUp(node, isListWithPipes(node) ? LISTED_FOR_OLDER : CUT_BY_OLDER);
        if (node.script !== undefined) this.nestedScript(node.script);
        return UNKNOWN_PART;
      case "ArithmeticExpansion":
        if (!isPlainArithmetic(node.text)) this.structure("arithmetic over something unknown");
        for (const script of scriptsIn(node.expression)) this.nestedScript(script);
        return { ...UNKNOWN_PART, arithmetic: true };
      case "BraceExpansion":
        this.structure("brace expansion");
        for (const part of node.parts ?? []) this.part(part);
        return UNKNOWN_PART;
      default:
        this.structure("a word that is not modelled");
        return UNKNOWN_PART;
    }
  }

  /** What is woven in is a part of its own. */
  private woven(quoted: Extract<SyntaxNode, { type: "DoubleQuoted" }>): PartFacts {
    const only = this.onlyWoven;
    this.onlyWoven = quoted.parts.length === 1;
    const facts = this.inserted(insertedParts(quoted));
    this.onlyWoven = only;
    return { ...facts, known: quoted.parts.some(({ text }) => text === "$HOME") };
  }

  private inserted(inserted: readonly WordPart[]): PartFacts {
    for (const part of inserted) {
      if (part.type === "ArithmeticExpansion") this.part(part);
      if (part.type === "CommandExpansion" && part.script !== undefined) {
        this.wovenScript(part.script, part.text);
        if (isPipeline(part)) this.givenUp(part, WOVEN_AND_CUT);
      }
      if (part.text === "$!") this.host.hazard({ kind: "structure", what: LAST_JOB, stage: "parts" });
    }
    return { ...PLAIN_PART, inserted };
  }

  private wovenScript(script: ParsedScript, text: string): void {
    const [only, ...more] = script.commands;
    if (more.length > 0 || /;\s*\)$/.test(text)) this.structure("a nested list of commands");
    if (this.inLoop) this.loopOverCommand();
    if (
      only?.command.type === "Redirected" ||
      (only?.command.type === "Command" && isOnlyRedirected(only.command))
    )
      this.structure("a nested redirection");
    this.host.woven(script);
  }

  /** Older clients mind it where it is all of the word. */
  private loopOverCommand(): void {
    const hazard = { kind: "structure", what: "a nested command", stage: "meaning" } as const;
    this.host.hazard(this.onlyWoven ? hazard : { ...hazard, only: "2.1.330" });
  }

  private givenUp(node: SubstitutionNode, pipe: string): void {
    const what = isPipeline(node) ? pipe : isList(node) ? LISTED_FOR_OLDER : null;
    if (what !== null) this.host.hazard({ kind: "structure", what, stage: "reading", only: "2.1.197" });
  }

  private nestedCommand(): void {
    if (this.open) this.host.hazard({ kind: "structure", what: QUOTED_ALL_THE_SAME, stage: "parts" });
    else this.structure("a nested command");
  }

  private nestedScript(script: ParsedScript): void {
    const { partsOfTheirOwn, inValue } = this;
    this.partsOfTheirOwn = false;
    this.inValue = false;
    this.host.script(script, inValue);
    this.partsOfTheirOwn = partsOfTheirOwn;
    this.inValue = inValue;
  }
}

interface PartFacts {
  known?: boolean;
  arithmetic?: boolean;
  /** Variables that were set to plain text before. */
  assigned?: readonly string[];
  /** What is known only when it runs. */
  inserted?: readonly WordPart[];
  literal: boolean;
  glob: boolean;
}

const PLAIN_PART: PartFacts = { literal: true, glob: false };
const UNKNOWN_PART: PartFacts = { literal: false, glob: false };
