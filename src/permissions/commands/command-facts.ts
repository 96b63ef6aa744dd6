import type { ClientVersion } from "../../model/semantics.ts";
import type { ShellWord, SimpleCommand } from "../shell/command-line.ts";
import { baseName, collapseSpace } from "../shell/command-text.ts";
import { writtenAnew } from "../shell/written-anew.ts";
import { type AllowView, allowView } from "./allow-view.ts";
import type { DenyView } from "./deny-texts.ts";
import { askView, denyView, startAsText } from "./deny-view.ts";
import { behindOwnFlags } from "./innermost-command.ts";
import { behindDenyWrapper, behindTimeout, behindWrapper } from "./wrappers.ts";

/**
 * What one simple command looks like to the two matchers. Allow rules see the command as typed, or its inner command
 * with harmless prefixes taken off; deny and ask rules see many more spellings (table in the reference, section 1.4).
 */
export interface CommandFacts {
  command: SimpleCommand;
  allow: AllowView;
  deny: DenyView;
  /** What ask rules see, which is less than refusals do behind a redirection. */
  ask: DenyView;
  /** The inner command for path checks: wrappers and `env` taken off, base name of the program first. */
  program: string;
  words: ShellWord[];
}

/**
 * `unread`: the client gives up reading the line, and sees less of the command's words. Where it does not, rules are
 * compared with the home that it knows, and not with `$HOME`.
 */
export function commandFacts(
  command: SimpleCommand,
  client: ClientVersion,
  reading: { unread: boolean; home: string },
): CommandFacts {
  const inner = innerForPaths(command.words, client);
  // Newer clients leave what stands in a group or subshell as it was typed.
  const asTyped = reading.unread || (command.hidden && client === "2.1.330");
  const seen = asTyped ? command : writtenAnew(command, reading.home, client);
  const anew = denyView(seen, client, reading.unread);
  const typed = seen === command ? anew : denyView(command, client, reading.unread);
  const typedTexts = client === "2.1.197" ? typed.typedTexts : [...typed.typedTexts, ...textAsTyped(command)];
  const deny = { ...anew, typedTexts };
  return {
    command,
    allow: allowView(seen, client),
    deny,
    ask: command.swallowedFrom === null ? deny : askView(seen, client, reading.unread),
    program: baseName(inner[0]?.value ?? ""),
    words: inner,
  };
}

/** A command as it was typed, which newer clients compare where they would ask whatever the rules are. */
function textAsTyped(command: SimpleCommand): string[] {
  const { assignments, leadingRedirect, redirectedPrefix, raw } = command;
  if (assignments.length === 0 || leadingRedirect || redirectedPrefix) return [];
  const start = startAsText(command, "2.1.330", true);
  return start === 0 ? [] : [collapseSpace(raw.slice(start))];
}

/** The duration may stand in quotes, and newer clients pass over dashes. */
function behindForPaths(
  words: readonly ShellWord[],
  at: number,
  name: string,
  client: ClientVersion,
): number | null {
  const newer = client === "2.1.330";
  const dashes = newer && words[at + 1]?.value === "--" ? 1 : 0;
  switch (name) {
    case "env":
      return newer ? behindOwnFlags(name, words, at) : behindDenyWrapper(words, at, name, client);
    case "stdbuf":
      return behindOwnFlags(name, words, at);
    case "timeout":
      return behindTimeout(words, at + dashes);
    case "nohup":
    case "nice":
      return behindWrapper(words, at + dashes, name);
    default:
      return behindWrapper(words, at, name);
  }
}

function innerForPaths(words: readonly ShellWord[], client: ClientVersion): ShellWord[] {
  let at = 0;
  for (let guard = 0; guard <= words.length; guard++) {
    const name = baseName(words[at]?.value ?? "");
    const inner = behindForPaths(words, at, name, client);
    if (inner === null) break;
    at = inner;
    while (/^[A-Za-z_]\w*=/.test(words[at]?.value ?? "") && at + 1 < words.length) at += 1;
  }
  return words.slice(at);
}

/** A variable is woven into one of its words. */
export function holdsVariable({ command }: CommandFacts): boolean {
  return command.words.some(({ woven }) => woven === "variable");
}
