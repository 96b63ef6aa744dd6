/**
 * Spellings that the client refuses to analyse, whatever the rules for the program say, because its own reading and
 * the shell's may differ. Each was measured; `client-facts/unanalysed.ts` holds the questions.
 */

/** What of the text as a whole can't be checked; null: nothing. */
export function oddText(source: string): string | null {
  if (/[\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff]/.test(source)) {
    return "white space that looks like something else";
  }
  if (/\\[ \t]|\S\\\n/.test(source)) return "white space behind a backslash";
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(source)) return "a text that ends in a backslash";
  return null;
}

/** What of one word as typed can't be checked. */
export function oddWord(raw: string): string | null {
  if (raw === "=" || /^=[A-Za-z_]/.test(raw)) return "a word that begins with an equals sign";
  const bare = raw.replace(/'[^']*'|"(?:[^"\\]|\\.)*"/gs, "");
  if (/(?:^|[^\\])\$(?:$|[^\w({'"?!$#@*-])/.test(bare)) return "a dollar sign of its own";
  if (/\\[{}]/.test(bare) && bare.includes("{")) return "a brace behind a backslash";
  if (/(?:^|[^\\$])\{.*(?:,|\.\.)/s.test(bare)) return "a brace that does not close";
  if (raw !== bare && /\n[ \t]*#/.test(raw)) return "a quoted line that begins like a comment";
  return null;
}

/** `$((1+1))` computes with plain numbers; names would be looked up. */
export function isPlainArithmetic(text: string): boolean {
  if (!text.startsWith("$((")) return false;
  return !/[A-Za-z_$`]/.test(text.slice(3, -2).replace(/\b0x[\da-f]+\b/gi, "0"));
}
