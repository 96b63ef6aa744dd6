import type { ClientVersion } from "../../model/semantics.ts";
import type { ShellWord, SimpleCommand } from "../shell/command-line.ts";
import { baseName } from "../shell/command-text.ts";
import { ARITHMETIC, isArrayAsWord, isBrokenElement, isCutWhenJoined } from "./assignments-as-text.ts";
import type { DenyTexts } from "./deny-texts.ts";
import { assignsAt, behindDenyWrapper, behindWrapper, isTransparent, onlyAssigns } from "./wrappers.ts";

/** Index of the innermost command that wrappers lead to which allow rules look through too. */
export function walkMiddle(
  command: SimpleCommand,
  from: number,
  view: DenyTexts,
  client: ClientVersion,
): number {
  const { words } = command;
  let at = from;
  // What a wrapper starts is compared before its assignments come off, and behind them.
  let started = false;
  let prefixed = false;
  while (at < words.length) {
    const { value } = words[at]!;
    if (isPlainAssignment(words, at, view, client)) {
      if (started) view.from(at, false);
      prefixed ||= started;
      started = false;
      at += 1;
      continue;
    }
    if (prefixed) view.from(at, false);
    prefixed = false;
    const inner = behindWrapper(words, at, value) ?? behindDashes(words, at, value, client);
    if (inner === null) return at;
    view.passes(value);
    view.readsArguments(value, at, inner);
    at = inner;
    started = true;
    // What xargs starts is compared as it stands.
    if (value === "xargs") return at;
  }
  return at;
}

/** The same of the command through everything that only deny and ask rules look through; base names are seen at the end of it. */
export function walkDeep(command: SimpleCommand, view: DenyTexts, client: ClientVersion): number {
  const { words } = command;
  let at = 0;
  let wrapper = "";
  // What a wrapper starts that allow rules see through, too, keeps its assignments here.
  let started = false;
  while (at < words.length) {
    const { value } = words[at]!;
    if (!started && assignsAt(words, at)) {
      if (at > 0 && isBrokenElement(words[at]!, wrapper, client)) return at;
      at += 1;
      continue;
    }
    const name = view.older ? value : baseName(value);
    const last = name === "stdbuf" || (name === "nice" && words[at + 1]?.value !== "-n");
    const piped = name === "xargs" && value !== name ? behindWrapper(words, at, name) : null;
    if (piped !== null) view.from(piped, false);
    if (name === "xargs" || (last && name === value)) return at;
    const inner = behindDenyWrapper(words, at, name, client);
    if (inner === null) return at;
    view.passes(name);
    if (name !== value) view.joins = true;
    view.readsArguments(name, at, inner);
    // Measured: `/usr/bin/stdbuf -oL env x` and `/usr/bin/nice env x` are looked through up to `env`.
    if (last) return inner;
    if (onlyAssigns(words, inner, name)) return words.length;
    at = inner;
    wrapper = name;
    started = isTransparent(name) && !PASSED_BY_SHELL.test(name);
  }
  return at;
}

/** `stdbuf -oL -- x`, `nice -5 -- x`, `nohup -- x`. */
export function behindDashes(
  words: readonly ShellWord[],
  at: number,
  name: string,
  client: ClientVersion,
): number | null {
  return /^(?:stdbuf|nice|nohup)$/.test(name) ? behindDenyWrapper(words, at, name, client) : null;
}

/** Behind a wrapper that allow rules see through too, an assignment is passed as text: nothing in it may expand. */
function isPlainAssignment(
  words: readonly ShellWord[],
  at: number,
  view: DenyTexts,
  client: ClientVersion,
): boolean {
  if (!assignsAt(words, at)) return false;
  if (at > 0 && isBrokenElement(words[at]!, words[at - 1]!.value, client)) return false;
  const value = words[at]!.value.replace(/^[^=]*=/, "");
  const counted = view.older && /^(?:nice|stdbuf)$/.test(words[0]?.value ?? "");
  if (counted && (value.search(ARITHMETIC) >= 0 || isArrayAsWord(words[at]!))) return false;
  if (isArrayAsWord(words[at]!)) return true;
  const spaced = /\s/.test(value.replace(ARITHMETIC, ""));
  // Where the clients join words again, quotes are gone.
  if (isCutWhenJoined(value) || (spaced && view.joined && at >= view.deepAt)) return false;
  view.textOnly ||= spaced;
  return isPlainValue(value);
}

export function isPlainValue(value: string): boolean {
  return !/[$`]/.test(value.replace(ARITHMETIC, "").replace(/\$HOME\b/g, ""));
}

const PASSED_BY_SHELL = /^(?:command|builtin|noglob)$/;
