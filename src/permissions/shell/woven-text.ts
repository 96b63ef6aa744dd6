import type { SyntaxNode, WordPart } from "unbash";
import { SET_PARAMETERS, SET_VARIABLES } from "../client-facts/variables.ts";
import type { ShellWord, Woven } from "./command-line.ts";
import { isPlainArithmetic } from "./shell-oddities.ts";
import { isTextOfCat } from "./word-nodes.ts";

type Quoted = Extract<SyntaxNode, { type: "DoubleQuoted" | "LocaleString" }>;

/** Stands in a word's value for what is known only when it runs, so that paths and flags can still be read around it. */
export const PLACEHOLDER = "…";

/** Newer clients ask about it wherever it stands. */
export const LAST_JOB = "the last job in a text";

/**
 * `"exit: $?"`, `"$PWD/x"`, `"on $(date)"`: text in double quotes around something that is known only when it runs.
 * Both clients take that for one word so long as the text around it has two characters or more: of a variable that is
 * set in every shell, of a calculation with plain numbers, and of a nested command, which is then a part of its own.
 */
export function isWoven(quoted: Quoted): boolean {
  const inserted = insertedParts(quoted);
  return inserted.length > 0 && inserted.every(mayBeInserted) && textAround(quoted) >= ENOUGH_TEXT;
}

const ENOUGH_TEXT = 2;

function mayBeInserted(part: SyntaxNode): boolean {
  switch (part.type) {
    case "SimpleExpansion":
      return isSetInEveryShell(part.text.slice(1));
    case "CommandExpansion":
      return true;
    case "ArithmeticExpansion":
      return isPlainArithmetic(part.text);
    default:
      return false;
  }
}

/** `X=$PWD`, `X=$?`: as the whole of a value the clients take it for such a text, too. */
export function isSetInEveryShell(name: string): boolean {
  return SET_VARIABLES.has(name) || SET_PARAMETERS.has(name);
}

function isHome(part: SyntaxNode): boolean {
  return part.type === "SimpleExpansion" && part.text === "$HOME";
}

/** What of it is known only when it runs, in the order of the text. */
export function insertedParts(quoted: Quoted): WordPart[] {
  return quoted.parts.filter((part) => part.type !== "Literal" && !isHome(part) && !isTextOfCat(part));
}

export function wovenBy(parts: readonly WordPart[]): Woven {
  if (parts.some(({ type, text }) => type === "SimpleExpansion" && !SET_PARAMETERS.has(text.slice(1))))
    return "variable";
  if (parts.some(({ type }) => type === "CommandExpansion")) return "command";
  return parts.some(({ type }) => type === "ArithmeticExpansion") ? "calculation" : "parameter";
}

/** Characters that stand there whatever runs; a home is text that the clients know. */
function textAround({ parts }: Quoted): number {
  const texts = parts.map((part) => {
    if (part.type === "Literal") return part.text.replace(/\\([\\"$`\n])/g, "$1");
    return isHome(part) ? part.text : "";
  });
  return [...texts.join("")].length;
}

/** Nothing but `$?` and its like is woven in: newer and older clients then read the text as it was typed. */
export function holdsParameterOnly(raw: string): boolean {
  return holdsParameter(raw) && !/\$[A-Za-z_]/.test(raw) && !raw.includes("\n");
}

export function holdsParameter(raw: string): boolean {
  return /\$[?$#!-]/.test(raw.replace(/'[^']*'/g, ""));
}

/** In a test, a variable or parameter that is woven in is compared with nothing that is known. */
export function isUnknownInTest({ woven, raw }: Pick<ShellWord, "woven" | "raw">): boolean {
  return woven === "variable" || (woven !== null && holdsParameter(raw));
}

/** What of a command no client takes for text where something is woven in; null: nothing. */
export function knownWhenItRuns(words: readonly ShellWord[]): string | null {
  if (words[0] !== undefined && words[0].woven !== null) return "a command name";
  return words[0]?.value === "printf" && words.some(({ woven }) => woven !== null) ? "what is printed" : null;
}

/** `"--name=$USER"`; a dash that nothing follows is text, and so is one in front of a path, be it a home. */
export function isWovenFlag({ woven, value, raw }: ShellWord): boolean {
  return woven !== null && /^-(?!-\s)/.test(value) && !/^"?-+(?:\/|\$HOME\b)/.test(raw);
}
