import type { ClientVersion } from "../model/semantics.ts";
import { allowView } from "./allow-view.ts";
import { testView } from "./bracket-tests.ts";
import { DENY_WRAPPERS } from "./client-facts/wrappers.ts";
import type { ShellWord, SimpleCommand } from "./command-line.ts";
import {
  baseName,
  collapseSpace,
  expandedText,
  isOddName,
  nameOf,
  textBehind,
  textOfValues,
  valueAsSplit,
} from "./command-text.ts";
import { parseCommandLine } from "./shell.ts";
import { holdsParameter } from "./woven-text.ts";
import {
  assignsAt,
  behindDenyWrapper,
  behindWrapper,
  isTransparent,
  splitString,
  startsAsIs,
} from "./wrappers.ts";

/** What deny and ask rules see of one simple command. */
export interface DenyView {
  /** Texts for patterns with wildcards, white space made single. */
  texts: string[];
  /** Texts for exact patterns. */
  exactTexts: string[];
  /** Further texts for exact patterns in deny: a home that may be empty. */
  vanishingTexts: string[];
}

/** `unread`: the client gives up reading the line, and drops words that it cannot know. */
export function denyView(command: SimpleCommand, client: ClientVersion, unread: boolean): DenyView {
  const older = client === "2.1.197";
  // Recorded: nothing assigned alone is held against a rule, so long as it is plain text.
  if (command.words.length === 0 && command.assignments.length === 1 && command.assignments[0]!.literal) {
    return { texts: [], exactTexts: [], vanishingTexts: [] };
  }
  const test = testView(command, !older, unread);
  if (test !== null) return test;
  const read = command.swallowedFrom === null ? command : withoutSwallowed(command, command.swallowedFrom);
  if (older) return viewOf(unread ? onlyVisible(read) : read, client, unread);
  const views = [...new Set([command, read])].map((one) => viewOf(one, client, unread));
  return {
    texts: views.flatMap((view) => view.texts),
    exactTexts: views.flatMap((view) => view.exactTexts),
    vanishingTexts: views.flatMap((view) => view.vanishingTexts),
  };
}

/** Clients take what stands behind a redirection for further targets of it. */
function withoutSwallowed(command: SimpleCommand, from: number): SimpleCommand {
  const last = textBehind(command, from - 1);
  const raw = command.raw.slice(0, command.raw.length - last.length);
  return { ...command, raw, words: command.words.slice(0, from) };
}

function onlyVisible(command: SimpleCommand): SimpleCommand {
  const [first, ...rest] = command.words;
  return first === undefined ? command : { ...command, words: [first, ...visible(rest)] };
}

/** Words that the client knows: none that is an expansion, and nothing from a substitution on. */
function visible(words: readonly ShellWord[]): readonly ShellWord[] {
  const end = words.findIndex((word) => word.expansion === "substitution");
  return (end < 0 ? words : words.slice(0, end)).filter((word) => word.expansion === null);
}

/**
 * The command at three depths: as typed, with the wrappers off that allow rules see through too, and with everything
 * off that only deny and ask rules see through. Nothing in between: deny `Bash(nohup *)` misses `nice nohup x`.
 */
function viewOf(command: SimpleCommand, client: ClientVersion, unread: boolean): DenyView {
  const older = client === "2.1.197";
  const view = new DenyTexts(command, older, unread);
  view.typed();
  // Recorded: behind `time` and an assignment that is not known nothing is seen.
  if (command.timed.some(({ value }) => !isPlainValue(value))) return view.result();
  if (older && unseenByOlder(command)) {
    const inner = walkDeep(command, view, client);
    if (view.deep || view.normalised) view.from(inner, true);
    return view.result();
  }
  const allow = allowView(command, client);
  if (!isOddName(allow.words[0])) view.add(collapseSpace(allow.stripped), allow.stripped);
  if (allow.behindXargs !== null && !older) view.add(collapseSpace(allow.behindXargs), null);
  const deep = walkDeep(command, view, client);
  view.deepAt = deep;
  for (const inner of commandsInSplitString(command, deep, client)) view.merge(viewOf(inner, client, unread));
  if (command.assignments.length > 0 || command.timed.length > 0 || !older) view.from(0, false);
  view.from(deep, true);
  const asIs = startsAsIs(command.words, 0, deep, "script");
  const plain = command.assignments.every(({ value }) => isPlainValue(value));
  view.joined = view.deep || !plain;
  const starts = [...(plain || deep === 0 ? [0] : []), ...(asIs ? [] : [deep])];
  for (const start of starts) view.from(walkMiddle(command, start, view, client), false);
  return view.result();
}

/**
 * What stands in front keeps older clients from finding the command, unless they find it through a wrapper that only
 * refusals look through: `X=$X git`, `X=(a) git`, `> f git`, `X=1 > f git`.
 */
function unseenByOlder(command: SimpleCommand): boolean {
  const known = command.assignments.some((item) => KNOWN_EXPANSION.test(expandedText(item.raw)));
  if (command.leadingRedirect || (command.redirectedPrefix && !known)) return true;
  return command.assignments.some((item) => {
    if (item.woven !== null && item.computed && !holdsParameter(item.raw)) return false;
    const text = expandedText(item.raw);
    return /[$`]|^\w+\+?=\(|[<>]\(/.test(text.replace(new RegExp(KNOWN_EXPANSION, "g"), ""));
  });
}

const KNOWN_EXPANSION = /\$(?:HOME|PWD)\b/;

/** What the value of `env -S` starts. */
function commandsInSplitString(
  { words }: SimpleCommand,
  at: number,
  client: ClientVersion,
): readonly SimpleCommand[] {
  const value = words[at]?.value ?? "";
  const text = splitString(words, at, client === "2.1.197" ? value : baseName(value));
  // Of a line of several commands the first one; what starts another such line is not looked into again.
  const line = text === null ? null : parseCommandLine(text);
  const first = line?.commands.find(({ top }) => top);
  const begins = first !== undefined && line!.source.trimStart().startsWith(first.raw);
  return begins && first.words[0]?.value !== "env" ? [first] : [];
}

/** Index of the innermost command that wrappers lead to which allow rules look through too. */
function walkMiddle(command: SimpleCommand, from: number, view: DenyTexts, client: ClientVersion): number {
  const { words } = command;
  let at = from;
  // What a wrapper starts is compared before its assignments come off.
  let started = false;
  while (at < words.length) {
    const { value } = words[at]!;
    if (isPlainAssignment(words, at, view)) {
      if (started) view.from(at, false);
      started = false;
      at += 1;
      continue;
    }
    const inner = behindWrapper(words, at, value) ?? behindDashes(words, at, value, client);
    if (inner === null) return at;
    view.passes(value);
    at = inner;
    started = true;
    // What xargs starts is compared as it stands.
    if (value === "xargs") return at;
  }
  return at;
}

/** Where a command begins behind what the clients take off its text: plain assignments, and wrappers. */
export function startAsText(command: SimpleCommand, client: ClientVersion): number {
  if (![...command.assignments, ...command.timed].every(({ value }) => isPlainValue(value))) return 0;
  const at = walkMiddle(command, 0, new DenyTexts(command, client === "2.1.197", false), client);
  const first = command.words[at];
  if (first === undefined) return 0;
  const start = command.raw.length - textBehind(command, at).length - first.raw.length;
  // Not where it stands on a line of its own.
  return command.raw.slice(0, start).includes("\n") ? 0 : start;
}

/** The same through everything that only deny and ask rules look through; base names are seen at the end of it. */
function walkDeep(command: SimpleCommand, view: DenyTexts, client: ClientVersion): number {
  const { words } = command;
  let at = 0;
  // What a wrapper starts that allow rules see through, too, keeps its assignments here.
  let started = false;
  while (at < words.length) {
    const { value } = words[at]!;
    if (!started && assignsAt(words, at)) {
      at += 1;
      continue;
    }
    const name = view.older ? value : baseName(value);
    if (name === "xargs" || value === "stdbuf" || (value === "nice" && words[at + 1]?.value !== "-n"))
      return at;
    const inner = behindDenyWrapper(words, at, name, client);
    if (inner === null) return at;
    view.passes(name);
    if (startsAsIs(words, at, inner, name)) return inner;
    at = inner;
    started = isTransparent(name) && !PASSED_BY_SHELL.test(name);
  }
  return at;
}

/** `stdbuf -oL -- x`, `nice -5 -- x`. */
function behindDashes(
  words: readonly ShellWord[],
  at: number,
  name: string,
  client: ClientVersion,
): number | null {
  return name === "stdbuf" || name === "nice" ? behindDenyWrapper(words, at, name, client) : null;
}

function olderName(word: ShellWord): string {
  const name = nameOf(word);
  return name === word.value ? valueAsSplit(word) : name;
}

/** Behind a wrapper that allow rules see through too, an assignment is passed as text: nothing in it may expand. */
function isPlainAssignment(words: readonly ShellWord[], at: number, view: DenyTexts): boolean {
  if (!assignsAt(words, at)) return false;
  const value = words[at]!.value.replace(/^[^=]*=/, "");
  // Where the clients join words again, quotes are gone.
  if (view.joined && at >= view.deepAt && /[\s;&|<>()]/.test(value.replace(ARITHMETIC, ""))) return false;
  const counted = view.older && /^(?:nice|stdbuf)$/.test(words[0]?.value ?? "");
  return isPlainValue(value) && !(counted && value.search(ARITHMETIC) >= 0);
}

function isPlainValue(value: string): boolean {
  return !/[$`]/.test(value.replace(ARITHMETIC, "").replace(/\$HOME\b/g, ""));
}

const ARITHMETIC = /\$\(\(.*?\)\)/gs;

const PASSED_BY_SHELL = /^(?:command|builtin|noglob)$/;

class DenyTexts {
  readonly older: boolean;
  private readonly unread: boolean;
  behindXargs = false;
  /** A builtin wrapper came off: older clients then join the words themselves. */
  normalised = false;
  /** Something came off that only deny and ask rules look through. */
  deep = false;
  /** From `deepAt` on the text is made of words without their quotes. */
  joined = false;
  /** Where it led to: from there on the clients compare words without quotes. */
  deepAt = 0;
  private readonly command: SimpleCommand;
  private readonly texts = new Set<string>();
  private readonly exact = new Set<string>();
  private readonly vanishing = new Set<string>();

  constructor(command: SimpleCommand, older: boolean, unread: boolean) {
    this.command = command;
    this.older = older;
    this.unread = unread;
  }

  /** A wrapper comes off on the way. */
  passes(name: string): void {
    if (name === "xargs") this.behindXargs = true;
    if (Object.hasOwn(DENY_WRAPPERS, name)) this.deep = true;
    if (name === "command" || name === "builtin" || name === "noglob") this.normalised = true;
  }

  typed(): void {
    const { raw } = this.command;
    if (this.older && isOddName(this.command.words[0])) {
      this.add(raw.trim(), raw.trim());
      return;
    }
    // A line that goes on behind a space is one line to exact patterns.
    this.add(collapseSpace(raw), raw.replace(/[ \t]\\\n[ \t]*/g, " ").trim());
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
    const unquoted = this.deep && (base || at >= this.deepAt);
    const behind = unquoted ? textOfValues(words.slice(1)) : textBehind(this.command, at);
    // Older clients compare what xargs starts as typed.
    const started = this.command.words[at - 1]?.value === "xargs";
    const own = this.older && !unquoted ? (started ? first.raw : olderName(first)) : valueAsSplit(first);
    const names = base && !this.older ? [...new Set([own, baseName(own)])] : [own];
    for (const name of names) {
      const text = collapseSpace(name + behind);
      const asTyped = this.older && !this.normalised ? (name + behind).trim() : text;
      this.add(text, this.behindXargs ? null : asTyped);
      if (this.older) {
        // What a wrapper starts is compared word by word, too, where the client gives the line up.
        if (this.unread && at > 0 && !this.behindXargs) this.addWords(name, words.slice(1));
        continue;
      }
      this.addWords(name, this.unread ? visible(words.slice(1)) : words.slice(1));
    }
  }

  merge({ texts, exactTexts, vanishingTexts }: DenyView): void {
    for (const text of texts) this.texts.add(text);
    for (const text of exactTexts) this.exact.add(text);
    for (const text of vanishingTexts) this.vanishing.add(text);
  }

  private addWords(name: string, words: readonly ShellWord[]): void {
    const joined = (kept: readonly ShellWord[]): string => {
      const end = kept.findLastIndex((word) => word.value !== "");
      return [name, ...kept.slice(0, end + 1).map(valueAsSplit)].join(" ");
    };
    this.texts.add(collapseSpace(joined(words)));
    if (this.behindXargs) return;
    const computed = words.filter((word) => word.expansion !== "arithmetic");
    this.exact.add(joined(computed));
    this.vanishing.add(joined(computed.filter((word) => word.expansion !== "known")));
  }

  result(): DenyView {
    return {
      texts: [...this.texts],
      exactTexts: [...this.exact],
      vanishingTexts: [...this.vanishing],
    };
  }
}
