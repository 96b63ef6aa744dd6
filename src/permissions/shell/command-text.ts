import type { ShellWord, SimpleCommand } from "./command-line.ts";

/** The command's text from one word on: the name without quotes, everything else as typed. */
export function textFrom(command: SimpleCommand, at: number): string {
  const words = command.words.slice(at);
  if (words.length === 0) return "";
  return nameOf(words[0]!) + textBehind(command, at);
}

/** What stands behind word `at` as typed, found from the end of the raw text. */
export function textBehind(command: SimpleCommand, at: number): string {
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

/** A program's name without quotes, unless it takes them to keep spaces in it. */
export function nameOf({ raw, value }: Pick<ShellWord, "raw" | "value">): string {
  return /\s/.test(value) && raw !== value ? raw : value;
}

/** The same of an assignment in front of it. */
export function assignedText({ raw, value }: Pick<ShellWord, "raw" | "value">): string {
  return nameOf({ raw, value: raw.slice(0, raw.indexOf("=") + 1) + value });
}

/** Of `$'git'` and `$"git"` in the place of the name the dollar sign stays. */
export function withoutQuotes(name: string): string {
  return name.replace(/^\$(["'])(\S*?)\1/, "$$$2");
}

export function textOfValues(words: readonly ShellWord[]): string {
  return words.map((word) => ` ${word.value}`).join("");
}

/** `node\\ x`: older clients do not take the backslash off. */
export function isOddName(word: ShellWord | undefined): boolean {
  return /\\\s/.test(word?.raw ?? "");
}

/** White space as rules with wildcards see it. What only looks like a space is left as it is. */
export function collapseSpace(text: string): string {
  return text.replace(/[ \t\v\f\r]+/g, " ").trim();
}

/** Without what quotes and backslashes keep from being expanded. */
export function expandedText(raw: string): string {
  return raw.replace(/\\.|(?<!\$)'[^']*'/gs, "");
}

/** The text of a word with the one variable that the clients know. */
export function valueWithHome({ knownVariable, value }: ShellWord, home: string): string {
  return knownVariable ? value.replaceAll("$HOME", home) : value;
}

export function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}
