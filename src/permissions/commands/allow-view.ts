import type { ClientVersion } from "../../model/semantics.ts";
import type { AssignedVariable, ShellWord, SimpleCommand } from "../shell/command-line.ts";
import { assignedText, textFrom } from "../shell/command-text.ts";
import { isHarmlessBeforeRule, type Prefix } from "../shell/environment-prefixes.ts";
import { behindWrapper } from "./wrappers.ts";

/** What allow rules see of one simple command. */
export interface AllowView {
  /** As typed. */
  raw: string;
  /** Without harmless variables and wrappers, the program's name without quotes. */
  stripped: string;
  /** The same without quotes around what the first assignment left sets, as refusals see it. */
  unquoted: string;
  /** The words of `stripped`. */
  words: ShellWord[];
  /** What follows `xargs` without flags; prefix rules see that too. null: there is no such thing. */
  behindXargs: string | null;
  /** A variable stood in front that is not on the list, or not literal. */
  unsafePrefix: boolean;
}

export function allowView(command: SimpleCommand, client: ClientVersion): AllowView {
  const { words } = command;
  const leading = takeHarmless(command.assignments, client);
  const walk: Walk = { at: 0, unsafe: leading.unsafe, prefix: leading.rest };
  stripHarmless(command, walk);
  // A redirection in front keeps the client from taking anything off.
  const behindFile = command.leadingRedirect || command.redirectedPrefix;
  const timed = command.timed.length > 0 && client === "2.1.197";
  const typed = walk.at === 0 && walk.prefix.length === command.assignments.length;
  const unquoted = behindFile ? command.raw : startingText(command, walk, true);
  const view: AllowView = {
    raw: command.raw,
    stripped: behindFile || typed || timed ? unquoted : startingText(command, walk, false),
    unquoted,
    words: words.slice(walk.at),
    behindXargs: null,
    unsafePrefix: walk.unsafe,
  };
  const xargs = behindWrapper(words, walk.at, words[walk.at]?.value ?? "");
  if (!walk.unsafe && xargs !== null) {
    view.behindXargs = textFrom(command, xargs);
    const behind: Walk = { at: xargs, unsafe: false, prefix: [] };
    stripHarmless(command, behind);
  }
  return view;
}

/** What is left: only its first word may lose its quotes, be that an assignment. */
function startingText(command: SimpleCommand, { at, prefix }: Walk, unquoted: boolean): string {
  const first = prefix[0];
  if (first === undefined) return textFrom(command, at);
  let start = 0;
  for (const item of command.timed.length > 0 ? command.timed : command.assignments) {
    start = command.raw.indexOf(item.raw, start);
    if (item === first) break;
    start += item.raw.length;
  }
  const behind = command.raw.slice(start + first.raw.length);
  return (unquoted ? assignedText(first) : first.raw) + behind;
}

interface Walk {
  at: number;
  unsafe: boolean;
  prefix: readonly AssignedVariable[];
}

/** Walks inwards over wrappers and harmless assignments, up to `xargs`. */
function stripHarmless(command: SimpleCommand, walk: Walk): void {
  const { words } = command;
  while (!walk.unsafe) {
    const name = words[walk.at]?.value ?? "";
    if (name === "xargs") return;
    const inner = behindWrapper(words, walk.at, name);
    if (inner === null) return;
    walk.at = inner;
    // Behind a wrapper no assignment comes off.
    if (name === "time" && command.timed.length > 0) {
      walk.unsafe = true;
      walk.prefix = command.timed;
    } else if (/^[A-Za-z_]\w*=/.test(words[inner]?.raw ?? "")) {
      walk.unsafe = true;
    }
  }
}

/** Assignments from the first one that is not harmless on. */
function takeHarmless(
  assignments: readonly AssignedVariable[],
  client: ClientVersion,
): { rest: AssignedVariable[]; unsafe: boolean } {
  const first = assignments.findIndex(
    (item) => item.raw.startsWith(`${item.name}+=`) || !isHarmlessBeforeRule(prefixOf(item), client),
  );
  return first < 0 ? { rest: [], unsafe: false } : { rest: assignments.slice(first), unsafe: true };
}

export function prefixOf({ name, raw, literal, computed }: AssignedVariable): Prefix {
  return {
    name,
    raw: raw.slice(raw.indexOf("=") + 1),
    literal: literal || (computed && !/\$\((?!\()|`/.test(raw)),
  };
}
