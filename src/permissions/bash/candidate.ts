import { type CommandFacts, commandFacts } from "../commands/command-facts.ts";
import { fileOperands } from "../files/file-commands.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledList } from "../sets/rule-set.ts";
import type { SimpleCommand } from "../shell/command-line.ts";
import { collapseSpace } from "../shell/command-text.ts";

/** A text, or a command in its spellings, that is held against a rule. */
export interface Candidate {
  texts: readonly string[];
  exactTexts: readonly string[];
  fact: CommandFacts | null;
}

/** `grep $HOME f`: what grep looks for is no file. */
function seeksHome({ program, words }: CommandFacts): boolean {
  const sought = words.slice(1).find(({ value }) => !value.startsWith("-"));
  return /^[ef]?grep$/.test(program) && sought?.knownVariable === true;
}

/** A home may be empty to refusals, and to questions about programs whose files are looked at. */
export function commandCandidate({ list }: CompiledList, fact: CommandFacts): Candidate {
  const { texts, exactTexts, vanishingTexts } = fact[list === "deny" ? "deny" : "ask"];
  const files = fact.program !== "git" && fileOperands(fact.program, [], "2.1.330") !== null;
  const empty = list === "deny" || (files && !seeksHome(fact));
  return { texts, exactTexts: empty ? [...exactTexts, ...vanishingTexts] : exactTexts, fact };
}

export function withTypedTexts(
  { list }: CompiledList,
  { texts, exactTexts }: Candidate,
  fact: CommandFacts,
): Candidate {
  const { typedTexts } = fact[list === "deny" ? "deny" : "ask"];
  return { texts: [...texts, ...typedTexts], exactTexts: [...exactTexts, ...typedTexts], fact };
}

/** No exact pattern is compared with a whole statement. */
export function statementCandidate(text: string): Candidate {
  return { texts: [collapseSpace(text)], exactTexts: [], fact: null };
}

export function textCandidate(text: string): Candidate {
  return { texts: [collapseSpace(text)], exactTexts: [text.trim()], fact: null };
}

/** A command with another text, be that the line that begins with it. */
export function asOneCommand(
  first: SimpleCommand,
  raw: string,
  { client, surroundings }: CompiledSet,
): Candidate {
  return {
    ...commandFacts({ ...first, raw }, client, { unread: true, home: surroundings.home }).deny,
    fact: null,
  };
}
