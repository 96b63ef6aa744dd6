import type { Redirection } from "unbash";
import type { CommandLine } from "./command-line.ts";

/** What both clients say nothing about: they give the line up before they take it apart. */
export const EARLY_END = "a heredoc that may end early";

/** The line as one text, for whoever compares it: nothing of it was taken apart. */
export function isGivenUp({ errors }: Pick<CommandLine, "errors">): boolean {
  return errors.includes(EARLY_END);
}

type Heredoc = Extract<Redirection, { type: "HereDoc" }>;

/**
 * Does a line of the heredoc begin with its delimiter, and go on to something that closes a group or a substitution:
 * `EOF)`, `EOF; }`, "EOF x`"? Measured: wherever the heredoc stands, closed or not, quoted or not. Both clients then
 * compare nothing but the text of the whole line, as typed, and look at no file.
 */
export function mayEndEarly({ delimiter, operator }: Heredoc, textFrom: (pos: number) => string): boolean {
  if (delimiter === undefined) return false;
  const [, ...lines] = textFrom(delimiter.end).split("\n");
  const word = delimiter.value;
  for (const typed of lines) {
    const line = operator === "<<-" ? typed.replace(/^\t+/, "") : typed;
    if (line === word) return false;
    if (line.startsWith(word) && /[)}`]/.test(line.slice(word.length))) return true;
  }
  return false;
}
