import type { CommandFacts } from "./command-facts.ts";
import type { CommandLine, SimpleCommand } from "./command-line.ts";
import { textBehind } from "./command-text.ts";

/** The texts under which a line of several commands is compared with exact allow rules, besides its own. */
export interface WholeTexts {
  /** Without comments in front, and without what comes off in front of its first command: `CI=1 a && b`. */
  inner: string;
  /** Its commands without redirections, one as typed, several as `a && b || c`; null where anything else is in it. */
  joined: string | null;
}

/** Measured: what a rule with the text of a whole line approves is not only that text. null: no such text. */
export function wholeTexts({ source }: CommandLine, facts: readonly CommandFacts[]): WholeTexts | null {
  if (facts.length === 0) return null;
  const places = placesOf(source, facts);
  if (places === null) return null;
  const [first] = facts;
  const start = places[0]! + cutInFront(first!);
  const end = places.at(-1)! + facts.at(-1)!.command.raw.length;
  if (!COMMENTS.test(source.slice(0, places[0]!))) return null;
  const behind = source.slice(end).replace(/(?:^|\s)#.*$/s, "");
  const ends = WRITTEN.test(behind);
  return {
    inner: source.slice(start).trim(),
    joined: !ends ? null : facts.length > 1 ? joinedText(source, places, facts) : source.slice(start, end),
  };
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

const REDIRECTIONS = String.raw`(?:\s*\d*>(?:>?\s*[^\s;&|<>()]+|&\d))*`;
/** Nothing but redirections. */
const WRITTEN = new RegExp(`^${REDIRECTIONS}\\s*$`);
/** What stands between two commands of a list. */
const BETWEEN = new RegExp(String.raw`^${REDIRECTIONS}\s*(?:\\\n\s*)?(&&|\|\|)(?:\s|\\\n)*$`);

const COMMENTS = /^(?:\s|#[^\n]*\n)*$/;

/** Where each command begins; null: one of them does not stand there as it is compared. */
function placesOf(source: string, facts: readonly CommandFacts[]): number[] | null {
  let from = 0;
  const places: number[] = [];
  for (const { command } of facts) {
    const at = source.indexOf(command.raw, from);
    if (at < 0) return null;
    places.push(at);
    from = at + command.raw.length;
  }
  return places;
}

function joinedText(
  source: string,
  places: readonly number[],
  facts: readonly CommandFacts[],
): string | null {
  // A line that goes on is written anew before it is joined.
  if (facts.some(({ command }) => command.raw.includes("\\\n"))) return null;
  let text = facts[0]!.command.raw.slice(cutInFront(facts[0]!));
  for (const [index, { command }] of facts.entries()) {
    if (index === 0) continue;
    const between = source.slice(places[index - 1]! + facts[index - 1]!.command.raw.length, places[index]);
    const operator = BETWEEN.exec(between)?.[1];
    if (operator === undefined) return null;
    text += ` ${operator} ${command.raw}`;
  }
  return text;
}
