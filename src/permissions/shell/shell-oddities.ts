import { hasQuoteInBraces } from "./braced-quotes.ts";
import type { HazardStage } from "./command-line.ts";

/**
 * Spellings that the client refuses to analyse, whatever the rules for the program say, because its own reading and
 * the shell's may differ. Each was measured; `client-facts/unanalysed.ts` holds the questions.
 */

/** What of the text as a whole can't be checked; null: nothing. */
export function oddText(source: string): string | null {
  if (/[\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff]/.test(source)) {
    return "white space that looks like something else";
  }
  if (/\\[ \t]|(?<![ \t])\\\n/.test(source)) return "white space behind a backslash";
  if (hasQuoteInBraces(source)) return "a quote in braces";
  if (!source.includes("<<") && COMMENT_BEHIND_OPERATOR.test(source)) return COMMENT_IN_LIST;
  return null;
}

/** Newer clients cannot read `make && # why⏎make install`. */
export const COMMENT_IN_LIST = "a comment behind && or ||";
const COMMENT_BEHIND_OPERATOR =
  /^(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^'"\\#]|(?<=[^\s;&|()])#)*?(?:&&|\|\|)(?:\s|\\\n)*#/s;

/** A backslash that nothing follows: in a comment, and in a quote that never closes, it is text. */
export function endsInBackslash(source: string): boolean {
  return source.match(LEXEMES)?.at(-1) === "\\";
}

const LEXEMES = /\\.|\\$|'[^']*(?:'|$)|"(?:[^"\\]|\\.|\\$)*"?|(?<=^|[\s;&|()])#[^\n]*|./gs;

/** What of one word as typed can't be checked. */
export function oddWord(raw: string): { what: string; stage: HazardStage } | null {
  if (/^=["']?[A-Za-z_]/.test(raw)) return unread("a word that begins with an equals sign");
  const bare = withoutQuoted(raw);
  if (hasOwnDollar(bare)) return unread(OWN_DOLLAR);
  if (isOddBrace(raw, bare)) return unread("braces that may expand");
  if (raw !== bare && /\n[ \t]*#/.test(raw)) {
    return { what: "a quoted line that begins like a comment", stage: "meaning" };
  }
  return null;
}

export const OWN_DOLLAR = "a dollar sign of its own";

/** `$`, `a$`, `$/x`: a dollar sign that begins no expansion. */
export function hasOwnDollar(raw: string): boolean {
  return /(?:^|[^\\])\$(?:$|[^\w({'"?!$#@*-])/.test(withoutQuoted(raw).replaceAll("$$", ""));
}

function withoutQuoted(raw: string): string {
  return raw.replace(/'[^']*'|"(?:[^"\\]|\\.)*"/gs, "");
}

/**
 * Braces that the shell may expand, or that hide what they hold: `@{1}..x`, `{a'b'}`, `'{'a,b}`, `{a\}`. Whatever a
 * word in one pair of quotes holds is text.
 */
function isOddBrace(raw: string, bare: string): boolean {
  if (!raw.includes("{") || /^(?:'[^']*'|"(?:[^"\\]|\\.)*")$/s.test(raw)) return false;
  const open = bare.replace(/\\.|\$\{/gs, "");
  if (/(?<!\$)\{[^}]*\\\}/.test(bare)) return true;
  if (open.includes("{") && /,|\.\./.test(open)) return true;
  return raw !== bare || raw.includes("\\")
    ? /(?<!\$)\{[^{}]*(?:,|\.\.)[^{}]*\}/.test(raw.replace(/['"\\]/g, ""))
    : false;
}

/** An equals sign of its own ends what the clients can read, but where a name stands or a variable is declared. */
export function hasOwnEqualsSign([first = "", ...rest]: readonly string[]): boolean {
  return rest.includes("=") && !/^(?:\[|declare|typeset|local|export|readonly)$/.test(first);
}

function unread(what: string): { what: string; stage: HazardStage } {
  return { what, stage: "reading" };
}

/** `$((1+1))` computes with plain numbers; names would be looked up. */
export function isPlainArithmetic(text: string): boolean {
  if (!text.startsWith("$((")) return false;
  return !/[A-Za-z_$`]/.test(text.slice(3, -2).replace(/\b0x[\da-f]+\b/gi, "0"));
}
