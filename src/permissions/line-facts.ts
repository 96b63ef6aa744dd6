import { type CommandFacts, commandFacts } from "./command-facts.ts";
import type { CommandLine } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { isUnread } from "./older-reading.ts";
import { withQuotesKept } from "./quoted-words.ts";

/** All commands of a line as the matchers see them. */
export function factsOf(line: CommandLine, set: CompiledSet): CommandFacts[] {
  const reading = { unread: isUnread(line, set), home: set.surroundings.home };
  const newer = set.client !== "2.1.197";
  return line.commands.map((command) =>
    commandFacts(newer ? withQuotesKept(command, line) : command, set.client, reading),
  );
}
