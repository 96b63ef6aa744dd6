import type { Hazard } from "./command-line.ts";

/** A text of the same length that the parser reads as the clients read the line. */
export interface OtherReading {
  text: string;
  /** What the clients note beside. */
  hazard: Hazard | null;
  /** Nothing is compared with the line as a whole. */
  textless: boolean;
}

interface ParserError {
  message: string;
  pos: number;
}

/** Where the clients' own parser reads on, and the shell's grammar ends: each of these was measured. null: nowhere. */
export function otherReading(source: string, errors: readonly ParserError[]): OtherReading | null {
  return (
    endOfCase(source, errors) ??
    behindStatement(source, errors) ??
    behindAssignment(source) ??
    arrayBehindCommand(source, errors) ??
    behindBackquotes(source) ??
    behindNameless(source, errors) ??
    behindHeredocs(source)
  );
}

/** `;;` outside `case` ends a command. */
function endOfCase(source: string, errors: readonly ParserError[]): OtherReading | null {
  const error = errors.find(({ message }) => message === "unexpected token ';;'");
  if (error === undefined || /^;;[;&]/.test(source.slice(error.pos))) return null;
  return { text: replaced(source, error.pos, "; "), hazard: null, textless: false };
}

/** Where something stands behind the end of a statement that would begin another one: `fi x`, `} x`, `done x`. */
function behindStatement(source: string, errors: readonly ParserError[]): OtherReading | null {
  const error = errors.find(({ message }) => message.startsWith("unexpected token"));
  if (error === undefined || !/[ \t]/.test(source[error.pos - 1] ?? "")) return null;
  if (!ENDED.test(source.slice(0, error.pos)) || CLOSES.test(source.slice(error.pos))) return null;
  return { text: replaced(source, error.pos - 1, "\n"), hazard: null, textless: false };
}

const ENDED = /(?:(?:^|[\s;&|])(?:fi|done|esac)|[})]|\]\])(?:[ \t]*\d*(?:>>?|<)[ \t]*[^\s;&|()<>]+)*[ \t]+$/;
const CLOSES = /^(?:(?:then|do|else|elif|fi|done|esac|in)(?![\w-])|[;&|<>)}])/;

/** Newer clients are not sure of a statement behind an assignment; older ones read it as if the assignment stood alone. */
export const STATEMENT_BEHIND_ASSIGNMENT = "a statement behind an assignment";
export const NEGATION_BEHIND_ASSIGNMENT = "a negation behind an assignment";

function behindAssignment(source: string): OtherReading | null {
  const found = ASSIGNED_STATEMENT.exec(source);
  if (found === null) return null;
  const [all, gap = ""] = found;
  const keyword = all.length + found.index;
  const negated = source[keyword] === "!";
  const what = negated ? NEGATION_BEHIND_ASSIGNMENT : STATEMENT_BEHIND_ASSIGNMENT;
  return {
    text: replaced(source, keyword - gap.length, `${" ".repeat(gap.length - 1)}\n`),
    hazard: { kind: "structure", what, stage: "parts" },
    textless: false,
  };
}

const VALUE = String.raw`(?:[<>]?\([^()]*\))?(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|\$\(\([^()]*\)\)|\$\([^()]*\)|\x60[^\x60]*\x60|[^\s;&|()<>\x60'"\\])*`;
const ASSIGNED_STATEMENT = new RegExp(
  String.raw`(?:^|[;&|\n]|(?<![\w-])(?:then|do|else|if|elif|while|until)[ \t])[ \t]*(?:[A-Za-z_]\w*\+?=(?!=)${VALUE}((?:[ \t]|[ \t]\\\n)+))+(?=(?:if|for|while|until|case|select|!)[ \t])`,
);

/** `env X=(a b) npm ci`: behind a word, too, the clients take an array for what a variable is set to. */
function arrayBehindCommand(source: string, errors: readonly ParserError[]): OtherReading | null {
  if (!errors.some(({ message }) => message.startsWith("unexpected token '('"))) return null;
  const found = ARRAY_AS_WORD.exec(source);
  if (found === null) return null;
  const [all, before = ""] = found;
  const array = all.slice(before.length);
  const text = replaced(source, found.index + before.length, `$${"_".repeat(array.length - 1)}`);
  return { text, hazard: null, textless: false };
}

const ARRAY_AS_WORD = /([^\s;&|()<>][ \t]+[A-Za-z_]\w*\+?=)\([^()`$;&|<>\n]*\)(?=[ \t])/;

/** Backquotes with nothing in them can't be read in front of a command, which stays one. */
function behindBackquotes(source: string): OtherReading | null {
  const found = EMPTY_BACKQUOTES.exec(source);
  if (found === null) return null;
  const [all, before = ""] = found;
  const text = replaced(source, found.index + before.length, " ".repeat(all.length - before.length));
  const what = "backquotes in the place of a command";
  return { text, hazard: { kind: "structure", what, stage: "reading" }, textless: true };
}

/** `cat <<` at the end of a line: a heredoc without a name takes everything that follows. */
function behindNameless(source: string, errors: readonly ParserError[]): OtherReading | null {
  if (!errors.some(({ message }) => message === "expected redirect target")) return null;
  const found = NAMELESS.exec(source);
  if (found === null) return null;
  const at = found.index + found[0].length;
  if (source.slice(at).trim() === "") return null;
  return { text: replaced(source, at, " ".repeat(source.length - at)), hazard: null, textless: false };
}

const NAMELESS = /^(?:[^"'\\#<\n]|<(?!<))*(?<!<)<<-?[ \t]*(?=\n)/;

const EMPTY_BACKQUOTES =
  /(^|[;&|\n({]|(?<![\w-])(?:then|do|else)[ \t])(?:[ \t]*`[ \t]*`)+[ \t]*(?=[^\s;&|()`])/;

function replaced(source: string, at: number, text: string): string {
  return source.slice(0, at) + text + source.slice(at + text.length);
}

/** Behind two heredocs that one list of commands begins, be it in a pipe, the clients see nothing more: `cat <<A <<B`. */
function behindHeredocs(source: string): OtherReading | null {
  const lines = source.split("\n");
  let at = 0;
  while (at < lines.length) {
    const begun = [...lines[at]!.matchAll(HEREDOC)];
    const end = closingLine(lines, at + 1, begun);
    if (end === null) return null;
    const from = lines.slice(0, end).join("\n").length;
    if (begun.length > 1 && ONE_LIST.test(lines[at]!) && source.slice(from).trim() !== "")
      return {
        text: replaced(source, from, " ".repeat(source.length - from)),
        hazard: null,
        textless: false,
      };
    at = end;
  }
  return null;
}

const HEREDOC = /(?<!<)<<(-?)[ \t]*(?:'(\w+)'|"(\w+)"|\\?(\w+))/g;
/** No other quotes, and nothing but `&&`, `||` and pipes between two heredocs. */
const ONE_LIST = /^[^"'\n]*<<(?:"\w+"|'\w+'|[^"'\n;&]|&&)*<<(?:"\w+"|'\w+'|[^"'\n])*$/;

/** The line behind the bodies of heredocs that begin in one line; null: one of them does not end. */
function closingLine(
  lines: readonly string[],
  from: number,
  begun: readonly RegExpExecArray[],
): number | null {
  let at = from;
  for (const [, tabs, ...names] of begun) {
    const name = names.find((one) => one !== undefined);
    while (at < lines.length && (tabs === "-" ? lines[at]!.replace(/^\t+/, "") : lines[at]) !== name) at += 1;
    if (at === lines.length) return null;
    at += 1;
  }
  return at;
}
