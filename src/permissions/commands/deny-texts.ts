import { DENY_WRAPPERS } from "../client-facts/wrappers.ts";
import type { ShellWord, SimpleCommand } from "../shell/command-line.ts";
import {
  baseName,
  collapseSpace,
  isOddName,
  nameOf,
  textBehind,
  textOfValues,
  withoutQuotes,
} from "../shell/command-text.ts";
import { assignedBefore, comesOffAsText } from "./assignments-as-text.ts";
import { splitString } from "./wrappers.ts";

/** What deny and ask rules see of one simple command. */
export interface DenyView {
  /** Texts for patterns with wildcards, white space made single. */
  texts: string[];
  /** Texts for exact patterns. */
  exactTexts: string[];
  /** Further texts for exact patterns in deny: a home that may be empty. */
  vanishingTexts: string[];
  /** Texts for both with quotes as typed, where the client asks about the line whatever the rules are. */
  typedTexts: string[];
}

/** Words that the client knows: none that is an expansion, and nothing from a substitution on. */
export function visible(words: readonly ShellWord[]): readonly ShellWord[] {
  const end = words.findIndex((word) => word.expansion === "substitution");
  return (end < 0 ? words : words.slice(0, end)).filter((word) => word.expansion === null);
}

/** Beyond this, newer clients look at no text as it was typed. Measured: a tab is too much, `!`, `*` and `~` are not. */
function isPlainlyTyped(raw: string): boolean {
  return !/[;|&()<>{}#`\t\n]|\$["']/.test(raw.replace(/\$\{\w+\}/g, ""));
}

function joined(name: string, words: readonly ShellWord[]): string {
  const end = words.findLastIndex((word) => word.value !== "");
  return [name, ...words.slice(0, end + 1).map(({ value }) => value)].join(" ");
}

/** Without numbers, and variables that the line itself sets. */
function withoutComputed(words: readonly ShellWord[]): readonly ShellWord[] {
  return words.filter(({ expansion }) => expansion !== "arithmetic" && expansion !== "unknown");
}

/** Collects the texts of one command. */
export class DenyTexts {
  readonly older: boolean;
  private readonly unread: boolean;
  behindXargs = false;
  /** Any wrapper came off. */
  passed = false;
  /** A builtin wrapper came off: older clients then join the words themselves. */
  normalised = false;
  /** Something came off that only deny and ask rules look through. */
  deep = false;
  /** A wrapper came off that is known by its base name alone. */
  joins = false;
  /** From `deepAt` on the text is made of words without their quotes. */
  joined = false;
  /** What was assigned on the way holds a space, over which words are not told apart. */
  textOnly = false;
  /** Where it led to: from there on the clients compare words without quotes. */
  deepAt = 0;
  /** From here on no text is compared as typed: a wrapper in front has quotes in its own arguments. */
  wordsAt = Number.POSITIVE_INFINITY;
  private readonly command: SimpleCommand;
  private readonly texts = new Set<string>();
  private readonly exact = new Set<string>();
  private readonly vanishing = new Set<string>();
  private readonly typedBehind = new Set<string>();

  constructor(command: SimpleCommand, older: boolean, unread: boolean) {
    this.command = command;
    this.older = older;
    this.unread = unread;
  }

  /** A wrapper comes off on the way. */
  passes(name: string): void {
    this.passed = true;
    if (name === "xargs") this.behindXargs = true;
    if (Object.hasOwn(DENY_WRAPPERS, name)) this.deep = true;
    if (name === "command" || name === "builtin" || name === "noglob") this.normalised = true;
  }

  /** Behind arguments in quotes, only words are compared. */
  readsArguments(name: string, at: number, inner: number): void {
    const own = this.command.words.slice(at + 1, inner);
    if (/^(?:timeout|nice|stdbuf)$/.test(name) && own.some(({ raw, value }) => raw !== value))
      this.wordsAt = Math.min(this.wordsAt, inner);
  }

  typed(): void {
    const { raw } = this.command;
    if (this.older && isOddName(this.command.words[0])) {
      this.add(raw.trim(), raw.trim());
      return;
    }
    this.add(collapseSpace(raw), raw.trim());
  }

  add(text: string, exact: string | null): void {
    this.texts.add(text);
    if (exact !== null) this.exact.add(exact);
  }

  /** The command from one word on, its name without quotes; with `base` also by the program's base name. */
  from(at: number, base: boolean): void {
    const words = this.command.words.slice(at);
    const first = words[0];
    if (first === undefined || (this.older && isOddName(first))) return;
    // Older clients join the words where any wrapper came off.
    const through = this.deep || this.joins;
    const joined = base && (through || (this.older && at > 0));
    const splits = this.older && splitString(words, 0, first.value) !== null;
    const unquoted = !splits && !this.textOnly && (joined || (through && at >= this.deepAt));
    // Older clients compare what xargs starts as typed.
    const started = this.command.words[at - 1]?.value === "xargs";
    const own = withoutQuotes(this.older && !unquoted ? (started ? first.raw : nameOf(first)) : first.value);
    const asTyped = own + textBehind(this.command, at);
    const severalLines = this.unread && this.command.raw.includes("\n");
    const text = unquoted && !severalLines ? own + textOfValues(words.slice(1)) : asTyped;
    const plainFlags = at < this.wordsAt;
    const typed = plainFlags && this.isReachedAsText(at);
    if ((typed || (unquoted && plainFlags)) && !this.standsOnNextLine(at)) this.addText(text);
    const known = this.unread && !this.older ? visible(words.slice(1)) : words.slice(1);
    // What a wrapper starts is compared word by word by older clients, too, where they give the line up.
    const innermost = !this.behindXargs && !Object.hasOwn(DENY_WRAPPERS, first.value);
    const asWords = !this.older || !typed || (this.unread && at > 0 && innermost && !splits);
    if (this.older && base && at > 0) this.addComputed(own, known);
    if (asWords && !this.textOnly) this.addWords(plainFlags ? own : first.value, known);
    // `$'/bin/x'` is no path to them.
    if (this.older || !base || /^\$'[^']*'$/.test(first.raw)) return;
    const name = baseName(own);
    if (name !== own) this.addWords(name, known);
    if (!typed || !isPlainlyTyped(this.command.raw)) return;
    if (unquoted) this.typedBehind.add(collapseSpace(asTyped));
    if (name !== own) this.typedBehind.add(collapseSpace(name + textBehind(this.command, at)));
  }

  /** Does everything in front of word `at` come off as text? Otherwise the words alone are known. */
  private isReachedAsText(at: number): boolean {
    const { leadingRedirect, redirectedPrefix } = this.command;
    if (!this.older && (leadingRedirect || redirectedPrefix)) return false;
    return assignedBefore(this.command, at).every((raw) => comesOffAsText(raw, !this.older && this.unread));
  }

  private addText(text: string): void {
    const exact = this.older && !this.normalised ? text.trim() : collapseSpace(text);
    this.add(collapseSpace(text), this.behindXargs ? null : exact);
  }

  /** Where the client gives the line up, nothing comes off a text across the end of a line. */
  standsOnNextLine(at: number): boolean {
    const { raw, words } = this.command;
    if (!this.unread || !raw.includes("\n") || words[at] === undefined) return false;
    return raw.slice(0, raw.length - textBehind(this.command, at).length).includes("\n");
  }

  merge({ texts, exactTexts, vanishingTexts, typedTexts }: DenyView): void {
    for (const text of texts) this.texts.add(text);
    for (const text of exactTexts) this.exact.add(text);
    for (const text of vanishingTexts) this.vanishing.add(text);
    for (const text of typedTexts) this.typedBehind.add(text);
  }

  private addWords(name: string, words: readonly ShellWord[]): void {
    this.texts.add(collapseSpace(joined(name, words)));
    if (this.behindXargs) return;
    const sure = withoutComputed(words);
    this.exact.add(joined(name, sure));
    this.vanishing.add(
      joined(
        name,
        sure.filter(({ expansion }) => expansion !== "known"),
      ),
    );
  }

  /** Behind what only deny and ask rules look through, older clients too drop what is computed. */
  private addComputed(name: string, words: readonly ShellWord[]): void {
    const sure = withoutComputed(words);
    if (sure.length < words.length && !this.behindXargs) this.exact.add(joined(name, sure));
  }

  result(): DenyView {
    return {
      texts: [...this.texts],
      exactTexts: [...this.exact],
      vanishingTexts: [...this.vanishing],
      typedTexts: [...this.typedBehind],
    };
  }
}
