import type { ClientVersion } from "../model/semantics.ts";
import { type AllowView, allowView } from "./allow-view.ts";
import type { ShellWord, SimpleCommand } from "./command-line.ts";
import { baseName } from "./command-text.ts";
import type { DenyView } from "./deny-texts.ts";
import { denyView } from "./deny-view.ts";
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
  /** Texts as typed, where words are written anew: exact refusals see these, too. */
  typedTexts: readonly string[];
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
  reading: { unread: boolean; home: string; alone?: boolean },
): CommandFacts {
  const inner = innerForPaths(command.words, client);
  const known = reading.unread ? command : withHome(command, reading.home, client);
  const seen = reading.unread ? command : asWritten(known, client);
  const seenAsTyped = reading.alone === true || !command.words.some(({ woven }) => woven === "variable");
  return {
    command,
    allow: allowView(seen, client),
    deny: denyView(seen, client, reading.unread),
    typedTexts: seen !== known && seenAsTyped ? denyView(known, client, false).exactTexts : [],
    program: baseName(inner[0]?.value ?? ""),
    words: inner,
  };
}

/** Where a variable is woven in, and by older clients a command, words are written anew before rules are compared. */
function asWritten(command: SimpleCommand, client: ClientVersion): SimpleCommand {
  const anew = ({ woven }: ShellWord): boolean =>
    woven === "variable" || (woven === "command" && client === "2.1.197");
  if (!command.words.some(anew)) return command;
  return rewritten(command, command.words, (word) => (anew(word) ? `'${word.value}'` : null));
}

/** The command with some of its words in another spelling. */
function rewritten(
  command: SimpleCommand,
  given: readonly ShellWord[],
  spell: (word: ShellWord) => string | null,
): SimpleCommand {
  let { raw } = command;
  const words = given.map((word) => {
    const text = spell(word);
    if (text === null) return word;
    const at = raw.indexOf(word.raw);
    if (at >= 0) raw = raw.slice(0, at) + text + raw.slice(at + word.raw.length);
    return { ...word, raw: text };
  });
  return { ...command, raw, words };
}

/** The home that the clients know; older ones write what is in quotes anew. */
function withHome(command: SimpleCommand, home: string, client: ClientVersion): SimpleCommand {
  if (command.words.every((word) => !word.knownVariable)) return command;
  const words = command.words.map((word) =>
    word.knownVariable ? { ...word, value: word.value.replaceAll("$HOME", home) } : word,
  );
  const spell = ({ value, knownVariable }: ShellWord): string | null => {
    if (!knownVariable) return null;
    return client === "2.1.197" && /\s/.test(value) ? `'${value}'` : value;
  };
  return rewritten(command, words, spell);
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
