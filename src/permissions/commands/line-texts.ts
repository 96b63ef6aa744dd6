import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandLine, ShellWord, SimpleCommand } from "../shell/command-line.ts";
import { nameOf, textBehind } from "../shell/command-text.ts";
import { parseCommandLine } from "../shell/shell.ts";
import { isCutWhenJoined } from "./assignments-as-text.ts";
import { startAsText } from "./deny-view.ts";
import { behindWrapper, isBareWrapper } from "./wrappers.ts";

/** A line, or what stands between two of its pipes, as rules see it as a whole. */
export interface LineTexts {
  /** As typed, but for comments in front. */
  typed: readonly string[];
  /** As the clients write it out again. */
  spaced: readonly string[];
  /** It begins or ends inside a statement. */
  cut: boolean;
}

/** The line as a whole, each text with and without what comes off in front of its first command. */
export function lineTexts(line: CommandLine, client: ClientVersion): LineTexts {
  const typed = line.source.replace(/^(?:\s|#[^\n]*\n)+/, "").trim();
  const first = line.commands.find(({ leads }) => leads) ?? null;
  const cut = line.errors.some((error) => error.startsWith("unexpected token"));
  return {
    typed: stripped(typed, first, client),
    spaced: stripped(spacedText(line, client), first, client),
    cut,
  };
}

/** The line as the client writes it out. Measured: of two heredocs behind one command older ones leave the second in it. */
export function spacedText({ spaced, source }: CommandLine, client: ClientVersion): string {
  return client === "2.1.197" && SECOND_HEREDOC.test(source) ? `${spaced} <<` : spaced;
}

const SECOND_HEREDOC = /^[^\n"']*<<[^<\n&|](?:[^\n&|]|&(?!&))*(?<!<)<<[^<\n][^\n]*\n[\s\S]*\n/;

/** The same for what stands between two pipes, wherever they stand; none: there is no pipe. */
export function segmentTexts(line: CommandLine, client: ClientVersion): LineTexts[] {
  return segmentsOf(line).map((source) => lineTexts(parseCommandLine(without(KEPT, source)), client));
}

/** Redirections are gone where the parts of a line are compared. */
export function withoutRedirections(part: string): string {
  return without(REDIRECTION, part);
}

/** Without the files that are written: descriptors stay, and so does `&> f`. */
export function withoutFiles(segment: string): string {
  return without(WRITTEN_FILE, segment);
}

const QUOTED = String.raw`'[^']*'|"(?:\\[\s\S]|[^"\\])*"`;
const TARGET = String.raw`\s*(?:${QUOTED}|[^\s;&|()<>"'])+`;
const REDIRECTION = String.raw`\s*(?:\d*|&)(?:>>?[|&]?|(?<!<)<(?![<(&]))${TARGET}`;
/** What of them is gone between pipes: `&> f` stays. */
const KEPT = REDIRECTION.replace("(?:\\d*|&)", "(?<!&)\\d*");
const WRITTEN_FILE = String.raw`\s*(?<!&)\d*(?:>>|>(?!\s*&))${TARGET}`;

/** What stands in quotes is left alone. */
function without(redirection: string, text: string): string {
  return text.replace(new RegExp(`(${QUOTED})|${redirection}`, "g"), (_, quoted?: string) => quoted ?? "");
}

/** What stands between the pipes of a line; none: there is no pipe. */
export function segmentsOf({ source, pipes }: CommandLine): string[] {
  if (pipes.length === 0) return [];
  const sorted = [...pipes].sort((a, b) => a.pos - b.pos);
  const starts = [0, ...sorted.map(({ end }) => end)];
  return starts.map((start, index) => source.slice(start, sorted[index]?.pos));
}

function stripped(text: string, first: SimpleCommand | null, client: ClientVersion): string[] {
  if (first === null || first.leadingRedirect || first.redirectedPrefix) return [text];
  if (!text.startsWith(first.raw) && !text.startsWith(first.words[0]?.raw ?? "\n")) return [text];
  const prefixed = first.assignments.length > 0 || first.timed.length > 0;
  if (prefixed && startAsText(first, client) === 0) return [text];
  const { words } = first;
  const whole = { ...first, raw: text };
  if (words.length === 0) return [text, ...commentIn(text.slice(first.raw.length))];
  const texts: string[] = [];
  let at: number | null = 0;
  while (at !== null && at < words.length) {
    const from: number = at;
    while (at + 1 < words.length && isAssigned(words[at]!)) at += 1;
    const behind = textBehind(whole, at);
    // Nothing comes off across the end of a line.
    if (text.slice(0, text.length - behind.length).includes("\n")) break;
    const { value }: ShellWord = words[at]!;
    const assigned = at > from || (prefixed && (at === 0 || words[at - 1]!.value === "time"));
    if (assigned || !comesOffAtOnce(words, at)) texts.push(nameOf(words[at]!) + behind);
    if (isBareWrapper(words, at)) texts.push(...commentIn(behind));
    at = value === "xargs" ? null : behindWrapper(words, at, value);
  }
  return [text, ...texts];
}

/** Measured: where nothing stands behind what comes off but a comment, that is the text. */
export function commentIn(behind: string): string[] {
  return /^[ \t]*#/.test(behind) ? [behind.trim()] : [];
}

/** Wrappers in a row come off together: deny `timeout *` misses `nohup timeout 5 x; ls $X`. */
function comesOffAtOnce(words: readonly ShellWord[], at: number): boolean {
  const { value } = words[at]!;
  if (value === "nice") return words[at + 1]?.value === "-n";
  return /^(?:timeout|time|nohup|command|builtin|noglob)$/.test(value);
}

/** A name in quotes is passed, too, so long as it is one word. */
function isAssigned({ literal, raw, value }: ShellWord): boolean {
  if (!literal || !/^[A-Za-z_]\w*=/.test(value) || isCutWhenJoined(value)) return false;
  return /^[A-Za-z_]\w*=/.test(raw) || !/\s/.test(value);
}
