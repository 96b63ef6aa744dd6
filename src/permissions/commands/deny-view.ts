import type { ClientVersion } from "../../model/semantics.ts";
import {
  type AssignedVariable,
  EMPTY_COMMAND,
  PLAIN_WORD,
  type SimpleCommand,
} from "../shell/command-line.ts";
import {
  baseName,
  collapseSpace,
  expandedText,
  isOddName,
  textBehind,
  textOfValues,
} from "../shell/command-text.ts";
import { altersCommands } from "../shell/environment-prefixes.ts";
import { parseCommandLine } from "../shell/shell.ts";
import { holdsParameter } from "../shell/woven-text.ts";
import { type AllowView, allowView } from "./allow-view.ts";
import { comesOffAsText, isCutWhenJoined } from "./assignments-as-text.ts";
import { DenyTexts, type DenyView, visible } from "./deny-texts.ts";
import { bareRedirections, whatIsRead } from "./redirected-texts.ts";
import { testView } from "./test-view.ts";
import { behindDashes, isPlainValue, walkDeep, walkMiddle } from "./wrapper-walks.ts";
import { assignsAt, behindWrapper, commandByFlag, splitString } from "./wrappers.ts";

/** `unread`: the client gives up reading the line, and drops words that it cannot know. */
export function denyView(command: SimpleCommand, client: ClientVersion, unread: boolean): DenyView {
  const older = client === "2.1.197";
  if (command.words.length === 0 && command.redirects.length > 0) return bareRedirections(command);
  // Recorded: nothing assigned alone is held against a rule, so long as it is plain text.
  if (setsPlainly(command, client)) return NOTHING_SEEN;
  const test = testView(command, !older, unread);
  if (test !== null) return test;
  const whole = unread ? withoutEqualsSigns(command) : command;
  const read = whatIsRead(whole, client);
  if (older) return viewOf(unread ? onlyVisible(read) : read, client, unread);
  // A wrapper is passed as if what can't be known were not there, too.
  const views = [...new Set([whole, read, unread ? onlyVisible(whole) : whole])].map((one) =>
    viewOf(one, client, unread),
  );
  return {
    texts: views.flatMap((view) => view.texts),
    exactTexts: views.flatMap((view) => view.exactTexts),
    vanishingTexts: views.flatMap((view) => view.vanishingTexts),
    typedTexts: views.flatMap((view) => view.typedTexts),
  };
}

/** … and changes nothing about the shell; inside a statement newer clients see none at all. */
function setsPlainly({ words, assignments, timed, top }: SimpleCommand, client: ClientVersion): boolean {
  const [only, ...more] = assignments;
  if (words.length > 0 || timed.length > 0 || only === undefined || more.length > 0) return false;
  return only.literal && !((top || client === "2.1.197") && altersCommands(only, client));
}

const NOTHING_SEEN: DenyView = { texts: [], exactTexts: [], vanishingTexts: [], typedTexts: [] };

/** An equals sign of its own is no word to the clients, but as a name. */
function withoutEqualsSigns(command: SimpleCommand): SimpleCommand {
  if (!/\s=\s/.test(command.raw)) return command;
  const words = command.words.filter(({ raw }, at) => at === 0 || raw !== "=");
  return words.length === command.words.length ? command : { ...command, words };
}

/** Ask rules see of a command what newer clients read of it; refusals see all that stands there, too. */
export function askView(command: SimpleCommand, client: ClientVersion, unread: boolean): DenyView {
  return denyView({ ...whatIsRead(command, client), swallowedFrom: null }, client, unread);
}

function onlyVisible(command: SimpleCommand): SimpleCommand {
  const [first, ...rest] = command.words;
  const kept = visible(rest);
  return first === undefined || kept.length === rest.length
    ? command
    : { ...command, words: [first, ...kept] };
}

/**
 * The command at three depths: as typed, with the wrappers off that allow rules see through too, and with everything
 * off that only deny and ask rules see through. Nothing in between: deny `Bash(nohup *)` misses `nice nohup x`.
 */
function viewOf(command: SimpleCommand, client: ClientVersion, unread: boolean): DenyView {
  const older = client === "2.1.197";
  const view = new DenyTexts(command, older, unread);
  view.typed();
  // Recorded: behind `time` and an assignment that is not known nothing is seen.
  if (command.timed.some(isUnknownBehindTime)) return view.result();
  view.textOnly = command.timed.some(({ value }) => /\s/.test(value));
  if (older && unseenByOlder(command, unread)) {
    const inner = walkDeep(command, view, client);
    if (view.passed || namesInQuotes(command)) view.from(inner, true);
    return view.result();
  }
  const allow = allowView(command, client);
  const stripped = command.words.length - allow.words.length;
  const hidden = isOddName(allow.words[0]) || isCutAtDashes(command, allow, client);
  if (!hidden && !view.standsOnNextLine(stripped)) {
    for (const text of [allow.stripped, allow.unquoted]) view.add(collapseSpace(text), text);
  }
  if (allow.behindXargs !== null && !older) view.add(collapseSpace(allow.behindXargs), null);
  const deep = walkDeep(command, view, client);
  view.deepAt = deep;
  for (const inner of commandsInFlags(command, deep, client))
    view.merge(innermostView(inner, client, unread));
  if (command.assignments.length > 0 || command.timed.length > 0 || !older) view.from(0, false);
  view.from(deep, true);
  const plain = command.assignments.every(({ value }) => isPlainValue(value));
  view.joined = view.deep || !plain;
  const starts = [...(plain || deep === 0 ? [0] : []), ...(isSecondNice(command, deep, older) ? [] : [deep])];
  for (const start of starts) view.from(walkMiddle(command, start, view, client), false);
  for (const inner of commandsInText(command, deep, view)) {
    const again = new DenyTexts(inner, older, unread);
    again.from(walkMiddle(inner, 0, again, client), false);
    view.merge(again.result());
  }
  return view.result();
}

/** Of a command that a flag gives, with all wrappers off: `env -S 'sudo npm ci'` is no `sudo npm ci`. */
function innermostView(command: SimpleCommand, client: ClientVersion, unread: boolean): DenyView {
  const view = new DenyTexts(command, client === "2.1.197", unread);
  const deep = walkDeep(command, view, client);
  view.from(deep, true);
  for (const inner of commandsInFlags(command, deep, client))
    view.merge(innermostView(inner, client, unread));
  view.from(walkMiddle(command, deep, view, client), false);
  return view.result();
}

/**
 * What stands in front keeps older clients from finding the command, unless they find it through a wrapper: `X=$X git`,
 * `X=(a) git`, `X=$((1)) git`, `> f git`, `X=1 > f git`.
 */
function unseenByOlder(
  { assignments, leadingRedirect, redirectedPrefix }: SimpleCommand,
  unread: boolean,
): boolean {
  if (leadingRedirect || redirectedPrefix) return true;
  return assignments.some((item) => {
    if (
      !unread &&
      item.woven !== null &&
      item.woven !== "calculation" &&
      item.computed &&
      !holdsParameter(item.raw)
    )
      return false;
    return UNSEEN.test(expandedText(item.raw));
  });
}

/** `'X'=1 git`: no assignment to a shell, but passed as one. */
function namesInQuotes({ words }: SimpleCommand): boolean {
  return assignsAt(words, 0) && /^[^=]*["'\\]/.test(words[0]!.raw);
}

const UNSEEN = /[$`]|^\w+\+?=\(|[<>]\(/;

/** Older clients take off one `nice` without a number: what `nice -n 5 sudo nice x` starts they do not see. */
function isSecondNice({ words }: SimpleCommand, deep: number, older: boolean): boolean {
  return older && deep > 0 && words[0]!.value === "nice" && words[deep]?.value === "nice";
}

/** What the value of a wrapper's flag starts. */
function commandsInFlags(
  { words }: SimpleCommand,
  at: number,
  client: ClientVersion,
): readonly SimpleCommand[] {
  const value = words[at]?.value ?? "";
  const name = client === "2.1.197" ? value : baseName(value);
  const command = commandByFlag(words, at, name, client);
  if (command !== null) return [commandOfText(command)];
  const text = splitString(words, at, name);
  // Of a line of several commands the first one; what starts another such line is not looked into again.
  const line = text === null ? null : parseCommandLine(text);
  const first = line?.commands.find(({ top }) => top);
  const begins = first !== undefined && line!.source.trimStart().startsWith(first.raw);
  const again = first?.words[0]?.value === "env";
  const unseen = again && (first.words[0]!.quoted || splitString(first.words, 0, "env") !== null);
  return begins && !unseen ? [first] : [];
}

/** `watch 'timeout 5 npm ci'`: what is in quotes there is a text like any other, behind which no `sudo` is looked for. */
function commandsInText({ words }: SimpleCommand, at: number, view: DenyTexts): readonly SimpleCommand[] {
  const text = words[at]?.value ?? "";
  if (!view.deep || !/[ \t\n]/.test(text) || ASSIGNED.test(text)) return [];
  return [commandOfText(textOfValues(words.slice(at)))];
}

const ASSIGNED = /^[A-Za-z_]\w*=/;

/** A text cut at its white space, whatever it means to a shell. */
function commandOfText(text: string): SimpleCommand {
  const parts = text.trim().split(/[ \t\n]+/);
  const words = parts.map((part) => ({ ...PLAIN_WORD, raw: part, value: part }));
  return { ...EMPTY_COMMAND, raw: parts.join(" "), words };
}

/** `time nice -5 -- x`: the dashes are all that is left of the wrapper. */
function isCutAtDashes({ words }: SimpleCommand, allow: AllowView, client: ClientVersion): boolean {
  const name = allow.words[0]?.value ?? "";
  if (allow.words.length === words.length || name === "stdbuf") return false;
  return behindWrapper(allow.words, 0, name) === null && behindDashes(allow.words, 0, name, client) !== null;
}

/**
 * Where a command begins behind what the clients take off its text: plain assignments, and wrappers. `asks`: newer clients
 * would ask whatever the rules are.
 */
export function startAsText(command: SimpleCommand, client: ClientVersion, asks = false): number {
  if (!command.assignments.every(({ raw }) => comesOffAsText(raw, asks))) return 0;
  if (command.timed.some(isUnknownBehindTime)) return 0;
  if (client === "2.1.197" && unseenByOlder(command, false)) return 0;
  const view = new DenyTexts(command, client === "2.1.197", false);
  view.joined = asks;
  const at = walkMiddle(command, 0, view, client);
  const first = command.words[at];
  if (first === undefined) return 0;
  const start = command.raw.length - textBehind(command, at).length - first.raw.length;
  // Not where it stands on a line of its own.
  return command.raw.slice(0, start).includes("\n") ? 0 : start;
}

function isUnknownBehindTime({ raw, value, woven }: AssignedVariable): boolean {
  return !isPlainValue(value) || woven !== null || /[<>]\(/.test(raw) || isCutWhenJoined(value);
}
