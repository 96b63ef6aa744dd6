/**
 * Both clients end a word where a line goes on, be it in the middle of it: `npm\⏎ run` is two words, and so is `gi\⏎t`.
 * The same text, of the same length, in which the parser finds these words.
 */
export function withWordsEnded(source: string): string {
  if (!source.includes("\\\n") || source.includes("<<")) return source;
  return source.replace(QUOTED_OR_CONTINUED, (text: string, at: number) =>
    text === "\\\n" && !BEHIND_EQUALS.test(source.slice(0, at)) ? "  " : text,
  );
}

const QUOTED_OR_CONTINUED = /'[^']*'|"(?:\\.|[^"\\])*"|(?<=^|\s)#[^\n]*|\\./gs;

/** An assignment in front of a command takes its value from the next line. */
const BEHIND_EQUALS = /(?:^|[;&|\n])[ \t]*\w+=$/;

/** The value of a word in which quotes hold the end of a line that goes on: it stays there. */
export function valueOverLines(raw: string): string {
  return raw.replace(
    /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/gs,
    (_, double?: string, single?: string, escaped?: string) =>
      double?.replace(/\\([$`"\\])/g, "$1") ?? single ?? escaped ?? "",
  );
}
