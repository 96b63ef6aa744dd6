import type { CommandFacts } from "../commands/command-facts.ts";
import { commentIn } from "../commands/line-texts.ts";
import { isBareWrapper } from "../commands/wrappers.ts";
import type { CommandLine, SimpleCommand } from "../shell/command-line.ts";
import { textBehind } from "../shell/command-text.ts";

/** The texts under which a line of several commands is compared with exact allow rules, besides its own. */
export interface WholeTexts {
  /** Without comments in front, and without what comes off in front of its first command: `CI=1 a && b`. */
  inner: string;
  /**
   * Its commands without redirections, one as typed, several as `a && b || c ; d`, with and without what comes off in
   * front; none where anything else is in it.
   */
  joined: readonly string[];
}

/** Measured: what a rule with the text of a whole line approves is not only that text. null: no such text. */
export function wholeTexts({ source }: CommandLine, facts: readonly CommandFacts[]): WholeTexts | null {
  const places = placesOf(source, facts);
  const [first] = places ?? [];
  const last = places?.at(-1);
  if (places === null || first === undefined || last === undefined) return null;
  const begin = COMMENTS.exec(source)![0].length;
  // Where a keyword begins the line nothing comes off: `! a`, `if a; then b; fi`.
  const start = begin === first.at ? first.at + cutInFront(first.fact) : begin;
  const end = WRITTEN.exec(source.slice(last.end).replace(/(?:^|\s)#.*$/s, ""));
  const closed = end?.[1] === undefined ? "" : " ;";
  const comment = endsInWrapper(first.fact) ? commentIn(source.slice(first.end)) : [];
  return {
    inner: comment[0] ?? source.slice(start).trim(),
    joined: [...new Set(end === null || (closed && places.length === 1) ? [] : [start, begin])].flatMap(
      (at) => {
        const text = joinedText(source, at, places);
        return text === null ? [] : [text + closed];
      },
    ),
  };
}

function endsInWrapper({ command, allow }: CommandFacts): boolean {
  return !allow.unsafePrefix && isBareWrapper(command.words, command.words.length - allow.words.length);
}

/** Nothing comes off behind a redirection, or across the end of a line. */
function cutInFront({ command, allow }: CommandFacts): number {
  const { raw, words, leadingRedirect, redirectedPrefix } = command;
  if (leadingRedirect || redirectedPrefix) return 0;
  const cut = raw.endsWith(allow.stripped)
    ? raw.length - allow.stripped.length
    : startOfWord(command, allow.unsafePrefix ? words.length : words.length - allow.words.length);
  return raw.slice(0, cut).includes("\n") ? 0 : cut;
}

/** Where a word stands in the text of its command; 0: there is none. */
function startOfWord(command: SimpleCommand, at: number): number {
  const word = command.words[at];
  return word === undefined ? 0 : command.raw.length - textBehind(command, at).length - word.raw.length;
}

const REDIRECTIONS = String.raw`(?:\s*(?:(?:\d*>[>|]?|&>>?|\d*<)\s*[^\s;&|<>()]+|\d*>&\d|>&\s*[^\s\d;&|<>()-][^\s;&|<>()]*))*`;
/** Nothing but redirections, and the sign that ends the last command. */
const WRITTEN = new RegExp(`^${REDIRECTIONS}(?:\\s*(;))?\\s*$`);
/** What stands between two commands of a list. */
const BETWEEN = new RegExp(String.raw`^${REDIRECTIONS}\s*(?:\\\n\s*)?(&&|\|\||;)(?:\s|\\\n)*$`);

/** A list without the redirections behind it, and with one space around what joins it; null: there is no list, or none of them. */
export function listInFront(source: string): string | null {
  if (!/&&|\|\|/.test(source)) return null;
  for (const { index } of source.matchAll(REDIRECTS)) {
    const behind = source.slice(index);
    if (behind.includes("$") || WRITTEN.exec(behind) === null) continue;
    const text = source.slice(0, index).trimEnd();
    if (!/&&|\|\|/.test(text) || /[})]$/.test(text)) return null;
    return text.replace(OPERATORS, (all, operator?: string) =>
      operator === undefined ? all : ` ${operator} `,
    );
  }
  return null;
}

const REDIRECTS = /(?<!\d)\d*[<>]|&>/g;
const OPERATORS = /'[^']*'|"(?:\\.|[^"\\])*"|\s*(&&|\|\|)\s*/gs;

const COMMENTS = /^(?:\s|#[^\n]*\n)*/;

interface Place {
  fact: CommandFacts;
  at: number;
  end: number;
}

/** Where each command stands, but for those inside others; null: one of them does not stand there as it is compared. */
function placesOf(source: string, facts: readonly CommandFacts[]): Place[] | null {
  const places: Place[] = [];
  for (const fact of facts) {
    const { raw } = fact.command;
    let at = source.indexOf(raw, places.at(-1)?.end ?? 0);
    // What is woven into its words comes before it.
    while (at < 0 && places.length > 0) {
      const inside = places.pop()!;
      at = source.indexOf(raw, places.at(-1)?.end ?? 0);
      if (at > inside.at || (at >= 0 && at + raw.length < inside.end)) return null;
    }
    if (at < 0) return null;
    places.push({ fact, at, end: at + raw.length });
  }
  return places;
}

/** One command as it is typed, several with what joins them. */
function joinedText(source: string, start: number, places: readonly Place[]): string | null {
  if (places.length === 1) return source.slice(start, places[0]!.end);
  // A line that goes on is written anew before it is joined.
  if (places.some(({ fact }) => fact.command.raw.includes("\\\n"))) return null;
  let text = source.slice(start, places[0]!.end);
  for (const [index, { fact, at }] of places.entries()) {
    if (index === 0) continue;
    const operator = BETWEEN.exec(source.slice(places[index - 1]!.end, at))?.[1];
    if (operator === undefined) return null;
    text += ` ${operator} ${fact.command.raw}`;
  }
  return text;
}
