import type { CommandFacts } from "../commands/command-facts.ts";
import { segmentsOf } from "../commands/line-texts.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { parseCommandLine } from "../shell/shell.ts";

/**
 * Commands that are nothing once `> /dev/null` is taken off what stands between two pipes: no rule has to cover them.
 * `ls | > /dev/null` runs, where `ls; > /dev/null` asks. To older clients an assignment is nothing there, either.
 */
export function emptySegments(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
): ReadonlySet<CommandFacts> {
  const empty = new Set<CommandFacts>();
  if (line.pipes.length === 0 || facts.every(({ command }) => command.words.length > 0)) return empty;
  const segments = segmentsOf(line).map((text) => ({ text, ...parseCommandLine(text) }));
  // Where a pipe stands inside a statement the pieces hold other commands than the line.
  if (segments.reduce((sum, { commands }) => sum + commands.length, 0) !== facts.length) return empty;
  let at = 0;
  for (const { text, commands } of segments) {
    const left = text.replace(DISCARDED, "").trim();
    const nothing = left === "" || (set.client === "2.1.197" && ASSIGNMENTS.test(left));
    if (nothing && left !== text.trim())
      for (const fact of facts.slice(at, at + commands.length)) empty.add(fact);
    at += commands.length;
  }
  return empty;
}

const DISCARDED = /\d*>>?[ \t]*(?:\/dev\/null|"\/dev\/null"|'\/dev\/null')(?=\s|$)/g;
const ASSIGNMENTS = /^(?:[A-Za-z_]\w*=[\w./:-]*\s*)+$/;
