import type { ClientVersion } from "../model/semantics.ts";
import { DENY_WRAPPERS } from "./client-facts/wrappers.ts";
import type { AssignedVariable, ShellWord, SimpleCommand } from "./command-line.ts";
import { isHarmlessBeforeRule, type Prefix } from "./environment-prefixes.ts";
import { behindDenyWrapper, behindWrapper, isTimeoutWithoutDuration, startsAsIs } from "./wrappers.ts";

/**
 * What one simple command looks like to the two matchers. Allow rules see the command as typed, or its inner command
 * with harmless prefixes taken off; deny and ask rules see many more spellings (table in the reference, section 1.4).
 */
export interface CommandFacts {
  command: SimpleCommand;
  allow: AllowView;
  deny: DenyView;
  /** The inner command for path checks: wrappers and `env` taken off, base name of the program first. */
  program: string;
  words: ShellWord[];
}

export interface AllowView {
  /** As typed. */
  raw: string;
  /** Without harmless variables and wrappers, the program's name without quotes. */
  stripped: string;
  /** The words of `stripped`. */
  words: ShellWord[];
  /** What follows `xargs` without flags; prefix rules see that too. null: there is no such thing. */
  behindXargs: string | null;
  /** A variable stood in front that is not on the list, or not literal. */
  unsafePrefix: boolean;
  /** `timeout` stands there with something else in the place of the duration. */
  timeoutUnclear: boolean;
}

export interface DenyView {
  /** Texts for patterns with wildcards, white space made single. */
  texts: string[];
  /** Texts for exact patterns. */
  exactTexts: string[];
  /** Further texts for exact patterns in deny: unquoted variables may be empty. */
  vanishingTexts: string[];
}

export function commandFacts(command: SimpleCommand, client: ClientVersion): CommandFacts {
  const { words } = command;
  const allow = allowView(command, client);
  const inner = innerForPaths(words, client);
  return {
    command,
    allow,
    deny: denyView(command, client),
    program: baseName(inner[0]?.value ?? ""),
    words: inner,
  };
}

function allowView(command: SimpleCommand, client: ClientVersion): AllowView {
  const { words } = command;
  const leading = takeHarmless(command.assignments, client);
  const walk: Walk = { at: 0, unsafe: leading.unsafe, prefix: leading.rest, timeoutUnclear: false };
  stripHarmless(command, walk, client);
  const view: AllowView = {
    raw: command.raw,
    stripped: walk.prefix.map((item) => `${item.raw} `).join("") + textFrom(command, walk.at),
    words: words.slice(walk.at),
    behindXargs: null,
    unsafePrefix: walk.unsafe,
    timeoutUnclear: walk.timeoutUnclear,
  };
  const xargs = behindWrapper(words, walk.at, words[walk.at]?.value ?? "");
  if (!walk.unsafe && xargs !== null) {
    view.behindXargs = textFrom(command, xargs);
    const behind: Walk = { at: xargs, unsafe: false, prefix: [], timeoutUnclear: false };
    stripHarmless(command, behind, client);
    view.timeoutUnclear ||= behind.timeoutUnclear;
  }
  return view;
}

interface Walk {
  at: number;
  unsafe: boolean;
  prefix: AssignedVariable[];
  timeoutUnclear: boolean;
}

/** Walks inwards over wrappers and harmless assignments, up to `xargs`. */
function stripHarmless(command: SimpleCommand, walk: Walk, client: ClientVersion): void {
  const { words } = command;
  while (!walk.unsafe) {
    const name = words[walk.at]?.value ?? "";
    if (name === "xargs") return;
    if (isTimeoutWithoutDuration(words, walk.at)) walk.timeoutUnclear = true;
    const inner = behindWrapper(words, walk.at, name);
    if (inner === null) return;
    walk.at = inner;
    if (name === "time" && command.timed.length > 0) {
      const timed = takeHarmless(command.timed, client);
      walk.unsafe = timed.unsafe;
      walk.prefix = timed.rest;
    }
    // Behind a wrapper assignments are ordinary words; the client reads them as assignments again.
    while (!walk.unsafe && walk.at < words.length) {
      const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[walk.at]!.raw);
      if (assigned === null) break;
      const prefix = { name: assigned[1]!, raw: assigned[2]!, literal: words[walk.at]!.literal };
      if (isHarmlessBeforeRule(prefix, client)) walk.at += 1;
      else walk.unsafe = true;
    }
  }
}

/** Assignments from the first one that is not harmless on. */
function takeHarmless(
  assignments: readonly AssignedVariable[],
  client: ClientVersion,
): { rest: AssignedVariable[]; unsafe: boolean } {
  const first = assignments.findIndex((item) => !isHarmlessBeforeRule(prefixOf(item), client));
  return first < 0 ? { rest: [], unsafe: false } : { rest: assignments.slice(first), unsafe: true };
}

export function prefixOf({ name, raw, literal }: AssignedVariable): Prefix {
  return { name, raw: raw.slice(raw.indexOf("=") + 1), literal };
}

/** The command's text from one word on: the name without quotes, everything else as typed. */
function textFrom(command: SimpleCommand, at: number): string {
  const words = command.words.slice(at);
  if (words.length === 0) return "";
  const rest = textBehind(command, at);
  return words[0]!.value + rest;
}

/** What stands behind word `at` as typed, found from the end of the raw text. */
function textBehind(command: SimpleCommand, at: number): string {
  let from = 0;
  for (const assignment of command.timed.length > 0 ? command.timed : command.assignments) {
    const found = command.raw.indexOf(assignment.raw, from);
    if (found >= 0) from = found + assignment.raw.length;
  }
  if (command.timed.length > 0) from = 0;
  for (let i = 0; i <= at; i++) {
    const { raw } = command.words[i]!;
    const found = command.raw.indexOf(raw, from);
    if (found >= 0) from = found + raw.length;
  }
  return command.raw.slice(from);
}

function textOfValues(words: readonly ShellWord[]): string {
  return words.map((word) => ` ${word.value}`).join("");
}

/** The clients' own reading leaves the end of a line that a backslash continues inside the word. */
function valueAsSplit({ raw, value }: ShellWord): string {
  return /\S\\\n/.test(raw) && !/["']/.test(raw) ? raw.replace(/\\(.)/gs, "$1") : value;
}

/** `node\\ x` or a name continued on the next line: older clients do not take the backslash off. */
function isOddName(word: ShellWord | undefined): boolean {
  return /\\\s/.test(word?.raw ?? "");
}

export function collapseSpace(text: string): string {
  return text.replace(/\\\n/g, " ").replace(/\s+/g, " ").trim();
}

/**
 * The command at three depths: as typed, with the wrappers off that allow rules see through too, and with everything
 * off that only deny and ask rules see through. Nothing in between: deny `Bash(nohup *)` misses `nice nohup x`.
 */
function denyView(command: SimpleCommand, client: ClientVersion): DenyView {
  const older = client === "2.1.197";
  const view = new DenyTexts(command, older);
  view.typed();
  // Recorded: nothing assigned alone is held against a rule, so long as it is plain text.
  if (command.words.length === 0 && command.assignments.length === 1 && command.assignments[0]!.literal) {
    return view.nothing();
  }
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
  if (command.assignments.length > 0 || command.timed.length > 0 || !older) view.from(0, false);
  view.from(deep, true);
  const asIs = startsAsIs(command.words, 0, deep, "script");
  for (const start of asIs ? [0] : [0, deep]) view.from(walkMiddle(command, start, view, client), false);
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
    const text = expandedText(item.raw);
    return /[$`]|^\w+\+?=\(|[<>]\(/.test(text.replace(new RegExp(KNOWN_EXPANSION, "g"), ""));
  });
}

const KNOWN_EXPANSION = /\$(?:HOME|PWD)\b/;

/** Without what quotes and backslashes keep from being expanded. */
function expandedText(raw: string): string {
  return raw.replace(/\\.|(?<!\$)'[^']*'/gs, "");
}

/** Index of the innermost command that wrappers lead to which allow rules look through too. */
function walkMiddle(command: SimpleCommand, from: number, view: DenyTexts, client: ClientVersion): number {
  const { words } = command;
  let at = from;
  while (at < words.length) {
    const { value } = words[at]!;
    if (/^[A-Za-z_]\w*=/.test(value) && at + 1 < words.length && words[at]!.literal) {
      at += 1;
      continue;
    }
    const inner = behindWrapper(words, at, value) ?? behindDashes(words, at, value, client);
    if (inner === null) return at;
    view.passes(value);
    at = inner;
    // What xargs starts is compared as it stands.
    if (value === "xargs") return at;
  }
  return at;
}

/** The same through everything that only deny and ask rules look through; base names are seen at the end of it. */
function walkDeep(command: SimpleCommand, view: DenyTexts, client: ClientVersion): number {
  const { words } = command;
  let at = 0;
  while (at < words.length) {
    const { value } = words[at]!;
    if (/^[A-Za-z_]\w*=/.test(value) && at + 1 < words.length && words[at]!.literal) {
      at += 1;
      continue;
    }
    const name = view.older ? value : baseName(value);
    if (name === "xargs" || value === "stdbuf" || (value === "nice" && !isFlagged(words[at + 1]))) return at;
    const inner = behindDenyWrapper(words, at, name, client);
    if (inner === null) return at;
    view.passes(name);
    if (startsAsIs(words, at, inner, name)) return inner;
    at = inner;
  }
  return at;
}

/** `stdbuf -oL -- x`. */
function behindDashes(
  words: readonly ShellWord[],
  at: number,
  name: string,
  client: ClientVersion,
): number | null {
  return name === "stdbuf" ? behindDenyWrapper(words, at, name, client) : null;
}

function isFlagged(word: ShellWord | undefined): boolean {
  return word?.value.startsWith("-") === true;
}

class DenyTexts {
  readonly older: boolean;
  behindXargs = false;
  /** A builtin wrapper came off: older clients then join the words themselves. */
  normalised = false;
  /** Something came off that only deny and ask rules look through. */
  deep = false;
  /** Where it led to: from there on the clients compare words without quotes. */
  deepAt = 0;
  private readonly command: SimpleCommand;
  private readonly texts = new Set<string>();
  private readonly exact = new Set<string>();
  private readonly vanishing = new Set<string>();

  constructor(command: SimpleCommand, older: boolean) {
    this.command = command;
    this.older = older;
  }

  /** A wrapper comes off on the way. */
  passes(name: string): void {
    if (name === "xargs") this.behindXargs = true;
    if (Object.hasOwn(DENY_WRAPPERS, name)) this.deep = true;
    if (name === "command" || name === "builtin" || name === "noglob") this.normalised = true;
  }

  nothing(): DenyView {
    return { texts: [], exactTexts: [], vanishingTexts: [] };
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
    const behind =
      this.deep && (base || at >= this.deepAt) ? textOfValues(words.slice(1)) : textBehind(this.command, at);
    // Older clients compare what xargs starts as typed.
    const started = this.command.words[at - 1]?.value === "xargs";
    const own = this.older && started ? first.raw : valueAsSplit(first);
    const names = base && !this.older ? [...new Set([own, baseName(own)])] : [own];
    for (const name of names) {
      const text = collapseSpace(name + behind);
      const asTyped = this.older && !this.normalised ? (name + behind).trim() : text;
      this.add(text, this.behindXargs ? null : asTyped);
      if (this.older) continue;
      const kept = words.slice(1).filter((word) => !word.opaque);
      this.texts.add(collapseSpace([name, ...kept.map(valueAsSplit)].join(" ")));
      if (this.behindXargs) continue;
      const steady = kept.filter((word) => !word.arithmetic);
      this.exact.add([name, ...steady.map(valueAsSplit)].join(" "));
      const literal = steady.filter((word) => !word.simpleExpansion);
      this.vanishing.add([name, ...literal.map(valueAsSplit)].join(" "));
    }
  }

  result(): DenyView {
    return {
      texts: [...this.texts],
      exactTexts: [...this.exact],
      vanishingTexts: [...this.vanishing],
    };
  }
}

function innerForPaths(words: readonly ShellWord[], client: ClientVersion): ShellWord[] {
  let at = 0;
  for (let guard = 0; guard <= words.length; guard++) {
    const name = baseName(words[at]?.value ?? "");
    const inner =
      name === "env" ? behindDenyWrapper(words, at, name, client) : behindWrapper(words, at, name);
    if (inner === null) break;
    at = inner;
    while (/^[A-Za-z_]\w*=/.test(words[at]?.value ?? "") && at + 1 < words.length) at += 1;
  }
  return words.slice(at);
}

export function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}
