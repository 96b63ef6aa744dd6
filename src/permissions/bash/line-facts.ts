import { type CommandFacts, commandFacts } from "../commands/command-facts.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { withQuotesKept } from "../shell/quoted-words.ts";
import { isUnread } from "./older-reading.ts";

/** All commands of a line as the matchers see them. */
export function factsOf(line: CommandLine, set: CompiledSet): CommandFacts[] {
  const reading = { unread: isUnread(line, set), home: set.surroundings.home };
  const newer = set.client !== "2.1.197";
  return line.commands.map((command) =>
    commandFacts(newer ? withQuotesKept(command, line) : command, set.client, reading),
  );
}
