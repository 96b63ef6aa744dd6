import type { ClientVersion } from "../model/semantics.ts";
import { isHarmlessAssignment } from "./environment-prefixes.ts";
import type { AssignedVariable, ShellWord, SimpleCommand } from "./shell.ts";
import { stripWrapper } from "./wrappers.ts";

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
  /** The same with `xargs` kept: exact rules do not look behind it. */
  strippedForExact: string;
  /** A variable stood in front that is not on the list, or not literal. */
  unsafePrefix: boolean | "undecided";
  /** `xargs` was taken off: fine for rules, but not for the read-only set. */
  throughXargs: boolean;
}

export interface DenyView {
  /** Texts for patterns with wildcards, white space made single. */
  texts: string[];
  /** Further texts for exact patterns: unquoted expansions may vanish. */
  exactTexts: string[];
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
  let unsafePrefix: boolean | "undecided" = false;
  let at = 0;
  let exactAt = 0;
  let xargs = false;
  const leading = takeHarmless(command.assignments);
  unsafePrefix = leading.unsafe;
  let prefix = leading.rest;
  while (unsafePrefix === false) {
    const name = words[at]?.value ?? "";
    const step = stripWrapper(words, at, "allow", name);
    if (step.kind === "undecided") {
      unsafePrefix = "undecided";
      break;
    }
    if (step.kind === "none") break;
    if (name === "xargs") xargs = true;
    at = step.at;
    if (!xargs) exactAt = at;
    if (name === "time" && command.timed.length > 0) {
      const timed = takeHarmless(command.timed);
      unsafePrefix = timed.unsafe;
      prefix = timed.rest;
    }
    // Behind a wrapper assignments are ordinary words; the client reads them as assignments again.
    while (unsafePrefix === false && at < words.length) {
      const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[at]!.raw);
      if (assigned === null) break;
      const harmless = isHarmlessAssignment(assigned[1]!, assigned[2]!, words[at]!.literal);
      if (harmless !== true) {
        unsafePrefix = harmless === false ? true : "undecided";
        break;
      }
      at += 1;
      if (!xargs) exactAt = at;
    }
  }
  const prefixText = prefix.map((item) => `${item.raw} `).join("");
  return {
    raw: command.raw,
    stripped: prefixText + textFrom(command, at),
    words: words.slice(at),
    strippedForExact: prefixText + textFrom(command, exactAt),
    unsafePrefix,
    throughXargs: xargs,
  };
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

function denyView(command: SimpleCommand, client: ClientVersion): DenyView {
  const older = client === "2.1.197";
  const texts = new Set<string>([collapseSpace(command.raw)]);
  const exactTexts = new Set<string>([command.raw.trim()]);
  const uncertainTexts = new Set<string>();
  if (older && command.leadingRedirect)
    return { texts: [...texts], exactTexts: [...exactTexts], uncertainTexts: [] };
  if (older && command.assignments.some((item) => !item.literal && /[$`]/.test(item.raw))) {
    return { texts: [...texts], exactTexts: [...exactTexts], uncertainTexts: [] };
  }
  const { words } = command;
  // Rules may name assignments themselves: `Bash(FOO=1 git *)`.
  for (let i = 1; i < command.assignments.length; i++) {
    const from = command.raw.indexOf(command.assignments[i]!.raw);
    if (from > 0) texts.add(collapseSpace(command.raw.slice(from)));
  }
  let at = 0;
  let throughXargs = false;
  for (let guard = 0; guard <= words.length && at < words.length; guard++) {
    addDenyTexts(command, at, older, throughXargs, texts, exactTexts);
    const assignment = /^[A-Za-z_]\w*=/.test(words[at]!.value);
    const name = older ? words[at]!.value : baseName(words[at]!.value);
    const step = assignment
      ? ({ kind: "inner", at: at + 1 } as const)
      : stripWrapper(words, at, "deny", name);
    if (step.kind === "none") break;
    if (step.kind === "undecided") {
      for (let later = at + 1; later < words.length; later++) {
        addDenyTexts(command, later, older, throughXargs, uncertainTexts, uncertainTexts);
      }
      break;
    }
    if (name === "xargs") throughXargs = true;
    at = step.at;
  }
  return { texts: [...texts], exactTexts: [...exactTexts], uncertainTexts: [...uncertainTexts] };
}

function addDenyTexts(
  command: SimpleCommand,
  at: number,
  older: boolean,
  throughXargs: boolean,
  texts: Set<string>,
  exactTexts: Set<string>,
): void {
  const words = command.words.slice(at);
  const first = words[0];
  if (first === undefined) return;
  const behind = textBehind(command, at);
  const names = older ? [first.value] : [...new Set([first.value, baseName(first.value)])];
  for (const name of names) {
    texts.add(collapseSpace(name + behind));
    if (!throughXargs) exactTexts.add(older ? (name + behind).trim() : collapseSpace(name + behind));
    if (older) continue;
    const kept = words.slice(1).filter((word) => !word.opaque);
    texts.add([name, ...kept.map((word) => word.value)].join(" "));
    const steady = kept.filter((word) => !word.simpleExpansion);
    if (!throughXargs) exactTexts.add([name, ...steady.map((word) => word.value)].join(" "));
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
