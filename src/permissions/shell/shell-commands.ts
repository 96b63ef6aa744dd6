import type { Assignment, Redirection, Word } from "unbash";
import { type BracketTest, writtenOut } from "./bracket-tests.ts";
import {
  type AssignedVariable,
  type CommandLine,
  EMPTY_COMMAND,
  type FileRedirect,
  type HazardStage,
  PLAIN_WORD,
  type ShellWord,
} from "./command-line.ts";
import {
  type CommandNode,
  heredocOf,
  joinedValue,
  NAME_AND_PARENTHESIS,
  swallowedFrom,
  withoutSpans,
  wordStart,
} from "./command-nodes.ts";
import { commandOddities } from "./command-oddities.ts";
import { expandedText } from "./command-text.ts";
import { EARLY_END, mayEndEarly } from "./early-heredocs.ts";
import { oddRedirections, textBehind } from "./odd-redirections.ts";
import { type WordHost, WordReader } from "./shell-words.ts";
import { isUnknownInTest } from "./woven-text.ts";

interface CommandPlace {
  top: boolean;
  hidden: boolean;
  piped: boolean;
  nesting: number;
}

/** Reads simple commands, their words, assignments and redirections into the line. */
export class CommandReader {
  private readonly line: CommandLine;
  private readonly words: WordReader;
  /** The text that positions refer to. */
  private source: string;
  /** What follows a heredoc in the line that it starts in: clients take it for a part of the heredoc. */
  private behindHeredoc: { from: number; to: number } | null = null;

  constructor(line: CommandLine, scripts: Pick<WordHost, "script" | "woven">) {
    this.line = line;
    this.source = line.source;
    this.words = new WordReader({ hazard: (hazard) => line.hazards.push(hazard), ...scripts });
  }

  word(node: Word): ShellWord {
    return this.words.word(node);
  }

  /** Does what begins here belong to a heredoc, as the client reads it? */
  isSwallowed(position: number): boolean {
    const { behindHeredoc } = this;
    return behindHeredoc !== null && position >= behindHeredoc.from && position < behindHeredoc.to;
  }

  command(node: CommandNode, source: string, place: CommandPlace): void {
    const outer = this.source;
    this.source = source;
    const top = place.top && !this.isSwallowed(node.pos);
    const assignments = node.prefix
      .filter((item): item is Assignment => item.type === "Assignment")
      .map((item) => this.words.assignment(item, this.textOf(item), true));
    const joined = joinedValue(node);
    const last = assignments.at(-1);
    if (joined !== null && last !== undefined) {
      assignments[assignments.length - 1] = {
        ...last,
        raw: last.raw + joined,
        literal: false,
        known: false,
        computed: false,
        glob: false,
        woven: null,
      };
    }
    const redirects = node.redirects.flatMap((redirect) => this.redirect(redirect));
    const words = this.wordsOf(node);
    if (words.length === 0) this.setVariables(assignments);
    this.oddities(node, words, assignments);
    const kept = this.keptHereStrings(node);
    // Where nothing is run the redirection itself is what rules are compared with.
    const bare = words.length === 0 && node.redirects.every(({ type }) => type === "Redirect");
    this.line.commands.push({
      raw: bare ? this.textOf(node) : this.textWithoutRedirects(node, kept),
      assignments,
      timed: [],
      words,
      tail: kept.map((redirect) => ` ${this.textOf(redirect)}`).join(""),
      redirects,
      hidden: place.hidden,
      top,
      leads: place.top && this.leads(node),
      swallowedFrom: swallowedFrom(node),
      leadingRedirect: assignments.length === 0 && node.prefix.some((item) => item.type !== "Assignment"),
      redirectedPrefix:
        node.prefix[0]?.type === "Assignment" &&
        node.redirects.some((redirect) => node.name !== undefined && redirect.pos < node.name.pos),
      piped: place.piped,
      nested: place.nesting > 0,
      redirected: node.redirects.length > 0,
      swallowsWords: swallowedFrom(node) !== null,
      test: null,
    });
    this.source = outer;
  }

  /** `for name in words`. */
  loop(name: string, nodes: readonly Word[]): void {
    const words = nodes.map((word) => this.words.loopWord(word));
    const literal = words.every((word) => word.literal);
    const assigned = {
      name,
      raw: name,
      value: words[0]?.value ?? "",
      literal,
      known: literal,
      computed: false,
      glob: false,
      woven: null,
    };
    this.line.hazards.push({ kind: "variable-set", assigned, loop: true });
  }

  /** `[[ … ]]` alone reads nothing but file facts; what its words expand to is still looked at. */
  test(nodes: readonly Word[], text: string, place: CommandPlace): void {
    let expands = false;
    const words: ShellWord[] = [];
    for (const node of nodes) {
      const before = this.line.hazards.length;
      const word = this.words.word(node);
      words.push(word);
      const { glob, knownVariable, arithmetic, woven, raw } = word;
      // Nothing is expanded here but variables.
      const added = this.line.hazards.splice(before);
      this.line.hazards.push(
        ...added.filter((hazard) => hazard.kind !== "structure" || hazard.what !== "brace expansion"),
      );
      expands ||= glob || knownVariable || arithmetic || isUnknownInTest({ woven, raw });
    }
    // What expands is a command like any other, which no list of harmless ones knows. In a group the rest is not looked at.
    if (expands || !place.hidden) this.text(text, { text: writtenOut(text, words), plain: !expands }, place);
    if (!/\s-(?:eq|ne|lt|le|gt|ge)\s/.test(text)) return;
    if (!nodes.every((node) => /^-?\d+$/.test(node.text))) {
      this.structure("a comparison of numbers with something else", "meaning");
    }
  }

  /** What the client takes for a command of one word. */
  text(text: string, test: BracketTest | null, { hidden, piped, nesting }: CommandPlace): void {
    const words = [{ ...PLAIN_WORD, raw: text, value: text }];
    const nested = nesting > 0;
    this.line.commands.push({ ...EMPTY_COMMAND, raw: text, words, test, hidden, piped, nested });
  }

  redirectsOfStatement(redirects: readonly Redirection[]): void {
    const collected = redirects.flatMap((redirect) => this.redirect(redirect));
    if (collected.length > 0) this.line.commands.push({ ...EMPTY_COMMAND, redirects: collected });
  }

  /** A keyword becomes the first word of the command that was read last: what it nests came before it. */
  putInFront(words: readonly string[]): void {
    const command = this.line.commands.at(-1);
    if (command === undefined) return;
    // Behind a word no nested command is a part of its own.
    if (command.assignments.some(({ raw }) => /\$\((?!\()|`/.test(expandedText(raw)))) {
      this.structure("a nested command");
    }
    command.words.unshift(...words.map((word) => ({ ...PLAIN_WORD, raw: word, value: word })));
    command.raw = `${words.join(" ")} ${command.raw}`;
    if (command.words[words.length]?.raw === "=") this.structure("an equals sign of its own");
    if (command.swallowedFrom !== null) command.swallowedFrom += words.length;
    command.timed = [...command.assignments];
    command.assignments = [];
  }

  private structure(what: string, stage: HazardStage = "reading"): void {
    this.line.hazards.push({ kind: "structure", what, stage });
  }

  private textOf(node: { pos: number; end: number }): string {
    return this.source.slice(node.pos, node.end);
  }

  /** What the parser takes and no client does: `zz ( a`, `[a]`, `fi""nd`. */
  private nameErrors({ text, end }: Word, prefixed: boolean): void {
    const { errors } = this.line;
    if (/^[ \t]*\(/.test(this.source.slice(end))) errors.push(NAME_AND_PARENTHESIS);
    if (!prefixed && /^\[./s.test(text)) errors.push(`a bracket glued to the name ${text}`);
    if (/^(?:fi|done|esac|then|else|elif|do)(?=["'])/.test(text))
      errors.push(`unexpected keyword in ${text}`);
  }

  private wordsOf(node: CommandNode): ShellWord[] {
    const words: ShellWord[] = [];
    const { name } = node;
    const end = heredocOf(node);
    if (name !== undefined && name.pos < end) {
      // A line that only backquotes make is text to the clients.
      if (node.suffix.length === 0 && /^`[^`]*`$/.test(name.text)) {
        this.line.errors.push("unexpected backquotes in the place of a command");
        return [{ ...PLAIN_WORD, raw: name.text, value: name.text, literal: false }];
      }
      this.nameErrors(name, node.prefix.length > 0);
      const word = this.words.word(name);
      if (joinedValue(node) === null) words.push(word);
    }
    for (const item of node.args.filter(({ pos }) => pos < end)) {
      if (item.type === "Word") words.push(this.words.word(item));
      else words.push(this.declared(item));
    }
    return words;
  }

  /** `export X=1`. */
  private declared(node: Assignment): ShellWord {
    const assigned = this.words.declared(node, this.textOf(node));
    const known = /^(?!CommandExpansion|ArithmeticExpansion)/;
    if (node.value.type === "Word" && node.value.parts?.some(({ type }) => !known.test(type))) {
      this.structure("a variable whose value is known when it runs", "meaning");
    }
    if (assigned.woven !== null) this.structure("a variable whose value is known when it runs", "meaning");
    const value = node.value.type === "Word" ? `${assigned.name}=${assigned.value}` : assigned.raw;
    return { ...PLAIN_WORD, raw: assigned.raw, value, literal: assigned.literal };
  }

  private setVariables(assignments: readonly AssignedVariable[]): void {
    for (const assigned of assignments) this.line.hazards.push({ kind: "variable-set", assigned });
    if (assignments.length > 1) this.structure("several variables set at once");
    for (const assignment of assignments) this.words.remember(assignment);
  }

  private leads({ pos }: CommandNode): boolean {
    const before = this.source.slice(0, pos).replace(/^(?:\s|#[^\n]*\n)+/, "");
    return /^(?:(?:time(?:\s+(?:-p|--))*|coproc)\s)?\s*$/.test(before);
  }

  /** A here-string is part of the text that rules see. */
  private keptHereStrings(node: CommandNode): readonly Redirection[] {
    return node.redirects.filter(({ type }) => type === "HereString");
  }

  private textWithoutRedirects(node: CommandNode, kept: readonly Redirection[]): string {
    const spans = node.redirects.filter(
      (redirect) => !kept.includes(redirect) && redirect.pos >= wordStart(node),
    );
    return withoutSpans(this.source, node.pos, Math.min(node.end, heredocOf(node)), spans);
  }

  private oddities(
    node: CommandNode,
    words: readonly ShellWord[],
    assignments: readonly AssignedVariable[],
  ): void {
    const textOf = (item: { pos: number; end: number }): string => this.textOf(item);
    for (const oddity of commandOddities(node, words, assignments, textOf))
      this.line.hazards.push({ kind: "structure", ...oddity });
    for (const { what, stage } of oddRedirections(node, words, this.source)) this.structure(what, stage);
    for (const redirect of node.redirects) {
      if (redirect.type === "HereDoc")
        this.behindHeredoc = textBehind(redirect, this.source) ?? this.behindHeredoc;
    }
  }

  private redirect(node: Redirection): FileRedirect[] {
    if (node.type === "HereDoc") {
      if (mayEndEarly(node, (pos) => this.source.slice(pos))) this.line.errors.push(EARLY_END);
      if (node.delimiter?.quoted !== true) {
        this.structure("a heredoc that the shell expands");
        for (const part of node.body.parts ?? []) {
          // No client looks for commands in backquotes there.
          if (part.type !== "CommandExpansion" || !part.text.startsWith("`")) this.words.part(part);
        }
      }
      return [];
    }
    const target = node.target === undefined ? null : this.words.word(node.target);
    if (node.type === "HereString") return [];
    if (target?.woven === "command") this.structure("a target that is known only when it runs");
    const plain = node.operator === ">" || node.operator === ">>";
    if (target === null) return [{ direction: "write", target, plain }];
    const duplicates = node.operator === ">&" || node.operator === "<&";
    if (duplicates && /^(?:\d+|-)$/.test(target.value)) return [];
    return [{ direction: node.operator === "<" || node.operator === "<&" ? "read" : "write", target, plain }];
  }
}
