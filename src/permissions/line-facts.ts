import { type CommandFacts, commandFacts } from "./command-facts.ts";
import type { CommandLine } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { isUnread } from "./older-reading.ts";

/** All commands of a line as the matchers see them. */
export function factsOf(line: CommandLine, set: CompiledSet): CommandFacts[] {
  const reading = { unread: isUnread(line, set), home: set.surroundings.home };
  return line.commands.map((command) => commandFacts(command, set.client, reading));
}
