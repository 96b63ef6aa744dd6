import type { ClientVersion } from "../model/semantics.ts";
import type { AssignedVariable, ShellWord, SimpleCommand } from "./command-line.ts";
import { isHarmlessAssignment } from "./environment-prefixes.ts";
import { isTimeoutWithoutDuration, stripWrapper } from "./wrappers.ts";

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
  /** Inner commands of which it is not known whether the client sees them: unknown flags, unmeasured variables. */
  uncertain: string[];
  /** A variable stood in front that is not on the list, or not literal. */
  unsafePrefix: boolean | "undecided";
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
  /** A wrapper's flags were not understood: the inner command may begin at any later word. */
  uncertainTexts: string[];
}

export function commandFacts(command: SimpleCommand, client: ClientVersion): CommandFacts {
  const { words } = command;
  const allow = allowView(command);
  const inner = innerForPaths(words);
  return {
    command,
    allow,
    deny: denyView(command, client),
    program: baseName(inner[0]?.value ?? ""),
    words: inner,
  };
}

function allowView(command: SimpleCommand): AllowView {
  const { words } = command;
  const leading = takeHarmless(command.assignments);
  const walk = { at: 0, unsafe: leading.unsafe, prefix: leading.rest, timeoutUnclear: false };
  stripHarmless(command, walk);
  const view: AllowView = {
    raw: command.raw,
    stripped: walk.prefix.map((item) => `${item.raw} `).join("") + textFrom(command, walk.at),
    words: words.slice(walk.at),
    behindXargs: null,
    uncertain: walk.unsafe === "undecided" ? laterTexts(command, walk.at) : [],
    unsafePrefix: walk.unsafe,
    timeoutUnclear: walk.timeoutUnclear,
  };
  const xargs = stripWrapper(words, walk.at, "allow", words[walk.at]?.value ?? "");
  if (walk.unsafe === false && xargs.kind === "inner") {
    const behind = { at: xargs.at, unsafe: false, prefix: [], timeoutUnclear: false } as typeof walk;
    view.behindXargs = textFrom(command, xargs.at);
    stripHarmless(command, behind);
    view.timeoutUnclear ||= behind.timeoutUnclear;
    if (behind.at !== xargs.at) view.uncertain.push(textFrom(command, behind.at));
  }
  return view;
}

/** How far an inner command is looked for behind flags that are not known. */
const UNCERTAIN_DEPTH = 32;

/** The command from any word on. */
function laterTexts(command: SimpleCommand, from: number): string[] {
  const words = command.words.slice(from, from + UNCERTAIN_DEPTH);
  return words.map((_, index) => textFrom(command, from + index));
}

/** Walks inwards over wrappers and harmless assignments, up to `xargs`. */
function stripHarmless(
  command: SimpleCommand,
  walk: { at: number; unsafe: boolean | "undecided"; prefix: AssignedVariable[]; timeoutUnclear: boolean },
): void {
  const { words } = command;
  while (walk.unsafe === false) {
    const name = words[walk.at]?.value ?? "";
    if (name === "xargs") return;
    if (isTimeoutWithoutDuration(words, walk.at)) walk.timeoutUnclear = true;
    const step = stripWrapper(words, walk.at, "allow", name);
    if (step.kind === "none") return;
    if (step.kind === "undecided") {
      walk.unsafe = "undecided";
      return;
    }
    walk.at = step.at;
    if (name === "time" && command.timed.length > 0) {
      const timed = takeHarmless(command.timed);
      walk.unsafe = timed.unsafe;
      walk.prefix = timed.rest;
    }
    // Behind a wrapper assignments are ordinary words; the client reads them as assignments again.
    while (walk.unsafe === false && walk.at < words.length) {
      const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[walk.at]!.raw);
      if (assigned === null) break;
      const harmless = isHarmlessAssignment(assigned[1]!, assigned[2]!, words[walk.at]!.literal);
      if (harmless === true) walk.at += 1;
      else walk.unsafe = harmless === false ? true : "undecided";
    }
  }
}

/** Assignments from the first one that is not harmless on. */
function takeHarmless(assignments: readonly AssignedVariable[]): {
  rest: AssignedVariable[];
  unsafe: boolean | "undecided";
} {
  for (let i = 0; i < assignments.length; i++) {
    const { name, value, literal } = assignments[i]!;
    const harmless = isHarmlessAssignment(name, value, literal);
    if (harmless !== true) {
      return { rest: assignments.slice(i), unsafe: harmless === false ? true : "undecided" };
    }
  }
  return { rest: [], unsafe: false };
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
  const unseen = command.leadingRedirect || command.assignments.some((item) => /[$`]/.test(item.raw));
  if (older && unseen) return view.result();
  const allow = allowView(command);
  view.add(collapseSpace(allow.stripped), allow.stripped);
  if (allow.behindXargs !== null) view.add(collapseSpace(allow.behindXargs), null);
  const middle = walkWrappers(command, "allow", view);
  const deep = walkWrappers(command, "deny", view);
  if (command.assignments.length > 0 || command.timed.length > 0 || !older) view.from(0, false);
  view.from(middle.at, false);
  view.from(deep.at, true);
  return view.result();
}

/** Index of the innermost command that the list's wrappers lead to. */
function walkWrappers(command: SimpleCommand, list: "allow" | "deny", view: DenyTexts): { at: number } {
  const { words } = command;
  let at = 0;
  while (at < words.length) {
    const { value } = words[at]!;
    if (/^[A-Za-z_]\w*=/.test(value) && at + 1 < words.length) {
      at += 1;
      continue;
    }
    const name = list === "deny" && !view.older ? baseName(value) : value;
    // Exact rules do not look behind xargs; recorded: base names are not seen behind stdbuf.
    const step = stripWrapper(words, at, list, name);
    if (step.kind === "none") break;
    if (step.kind === "undecided") {
      view.uncertainFrom(at + 1);
      break;
    }
    if (name === "xargs") {
      view.from(at, list === "deny");
      view.behindXargs = true;
    }
    if (name === "stdbuf" && list === "deny") break;
    if (name === "command" || name === "builtin" || name === "noglob") view.normalised = true;
    at = step.at;
  }
  return { at };
}

class DenyTexts {
  readonly older: boolean;
  behindXargs = false;
  /** A builtin wrapper came off: older clients then join the words themselves. */
  normalised = false;
  private readonly command: SimpleCommand;
  private readonly texts = new Set<string>();
  private readonly exact = new Set<string>();
  private readonly vanishing = new Set<string>();
  private readonly uncertain = new Set<string>();

  constructor(command: SimpleCommand, older: boolean) {
    this.command = command;
    this.older = older;
  }

  typed(): void {
    const { raw } = this.command;
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
    if (first === undefined) return;
    const behind = textBehind(this.command, at);
    const names = base && !this.older ? [...new Set([first.value, baseName(first.value)])] : [first.value];
    for (const name of names) {
      const text = collapseSpace(name + behind);
      const asTyped = this.older && !this.normalised ? (name + behind).trim() : text;
      this.add(text, this.behindXargs ? null : asTyped);
      if (this.older) continue;
      const kept = words.slice(1).filter((word) => !word.opaque);
      this.texts.add([name, ...kept.map((word) => word.value)].join(" "));
      if (this.behindXargs) continue;
      const steady = kept.filter((word) => !word.arithmetic);
      this.exact.add([name, ...steady.map((word) => word.value)].join(" "));
      const literal = steady.filter((word) => !word.simpleExpansion);
      this.vanishing.add([name, ...literal.map((word) => word.value)].join(" "));
    }
  }

  uncertainFrom(start: number): void {
    const end = Math.min(this.command.words.length, start + UNCERTAIN_DEPTH);
    for (let at = start; at < end; at++) {
      this.uncertain.add(collapseSpace(this.command.words[at]!.value + textBehind(this.command, at)));
    }
  }

  result(): DenyView {
    return {
      texts: [...this.texts],
      exactTexts: [...this.exact],
      vanishingTexts: [...this.vanishing],
      uncertainTexts: [...this.uncertain],
    };
  }
}

function innerForPaths(words: readonly ShellWord[]): ShellWord[] {
  let at = 0;
  for (let guard = 0; guard <= words.length; guard++) {
    const name = baseName(words[at]?.value ?? "");
    const step = stripWrapper(words, at, name === "env" ? "deny" : "allow", name);
    if (step.kind !== "inner") break;
    at = step.at;
    while (/^[A-Za-z_]\w*=/.test(words[at]?.value ?? "") && at + 1 < words.length) at += 1;
  }
  return words.slice(at);
}

export function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}
