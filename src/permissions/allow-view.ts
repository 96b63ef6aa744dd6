import type { ClientVersion } from "../model/semantics.ts";
import type { AssignedVariable, ShellWord, SimpleCommand } from "./command-line.ts";
import { textFrom } from "./command-text.ts";
import { isHarmlessBeforeRule, type Prefix } from "./environment-prefixes.ts";
import { behindWrapper, isTimeoutWithoutDuration } from "./wrappers.ts";

/** What allow rules see of one simple command. */
export interface AllowView {
  /** As typed. */
  raw: string;
  /** Without harmless variables and wrappers, the program's name without quotes. */
  stripped: string;
  /** The words of `stripped`. */
  words: ShellWord[];
  /** What follows `xargs` without flags; prefix rules see that too. null: there is no such thing. */
  behindXargs: string | null;
  /** A variable stood in front that is not on the list, or not literal. */
  unsafePrefix: boolean;
  /** `timeout` stands there with something else in the place of the duration. */
  timeoutUnclear: boolean;
}

export function allowView(command: SimpleCommand, client: ClientVersion): AllowView {
  const { words } = command;
  const leading = takeHarmless(command.assignments, client);
  const walk: Walk = { at: 0, unsafe: leading.unsafe, prefix: leading.rest, timeoutUnclear: false };
  stripHarmless(command, walk, client);
  const view: AllowView = {
    raw: command.raw,
    stripped: walk.prefix.map((item) => `${item.raw} `).join("") + textFrom(command, walk.at),
    words: words.slice(walk.at),
    behindXargs: null,
    unsafePrefix: walk.unsafe,
    timeoutUnclear: walk.timeoutUnclear,
  };
  const xargs = behindWrapper(words, walk.at, words[walk.at]?.value ?? "");
  if (!walk.unsafe && xargs !== null) {
    view.behindXargs = textFrom(command, xargs);
    const behind: Walk = { at: xargs, unsafe: false, prefix: [], timeoutUnclear: false };
    stripHarmless(command, behind, client);
    view.timeoutUnclear ||= behind.timeoutUnclear;
  }
  return view;
}

interface Walk {
  at: number;
  unsafe: boolean;
  prefix: AssignedVariable[];
  timeoutUnclear: boolean;
}

/** Walks inwards over wrappers and harmless assignments, up to `xargs`. */
function stripHarmless(command: SimpleCommand, walk: Walk, client: ClientVersion): void {
  const { words } = command;
  while (!walk.unsafe) {
    const name = words[walk.at]?.value ?? "";
    if (name === "xargs") return;
    if (isTimeoutWithoutDuration(words, walk.at)) walk.timeoutUnclear = true;
    const inner = behindWrapper(words, walk.at, name);
    if (inner === null) return;
    walk.at = inner;
    if (name === "time" && command.timed.length > 0) {
      const timed = takeHarmless(command.timed, client);
      walk.unsafe = timed.unsafe;
      walk.prefix = timed.rest;
    }
    // Behind a wrapper assignments are ordinary words; the client reads them as assignments again.
    while (!walk.unsafe && walk.at < words.length) {
      const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[walk.at]!.raw);
      if (assigned === null) break;
      const prefix = { name: assigned[1]!, raw: assigned[2]!, literal: words[walk.at]!.literal };
      if (isHarmlessBeforeRule(prefix, client)) walk.at += 1;
      else walk.unsafe = true;
    }
  }
}

/** Assignments from the first one that is not harmless on. */
function takeHarmless(
  assignments: readonly AssignedVariable[],
  client: ClientVersion,
): { rest: AssignedVariable[]; unsafe: boolean } {
  const first = assignments.findIndex((item) => !isHarmlessBeforeRule(prefixOf(item), client));
  return first < 0 ? { rest: [], unsafe: false } : { rest: assignments.slice(first), unsafe: true };
}

export function prefixOf({ name, raw, literal }: AssignedVariable): Prefix {
  return { name, raw: raw.slice(raw.indexOf("=") + 1), literal };
}
