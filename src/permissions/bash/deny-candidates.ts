import { assertNever } from "../../model/assert-never.ts";
import { type CommandFacts, holdsVariable } from "../commands/command-facts.ts";
import { lineTexts, segmentTexts, spacedText } from "../commands/line-texts.ts";
import { whatIsRead } from "../commands/redirected-texts.ts";
import { keepsPipes } from "../commands/uncut-pipes.ts";
import { changeToProject } from "../files/directory-changes.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledList } from "../sets/rule-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { collapseSpace } from "../shell/command-text.ts";
import { isCut, isCutInText, pipedPieces } from "../shell/cut-substitutions.ts";
import { parseCommandLine } from "../shell/shell.ts";
import { isOverlooked } from "./bash-hazards.ts";
import {
  asOneCommand,
  type Candidate,
  commandCandidate,
  statementCandidate,
  textCandidate,
  withTypedTexts,
} from "./candidate.ts";
import { isUnclear } from "./command-meaning.ts";
import { keptGroups, withGroupsKept } from "./groups-behind-words.ts";
import { isUnread, olderReading } from "./older-reading.ts";
import { roughCandidates } from "./rough-candidates.ts";

/** All that deny or ask rules are compared with. Without a line the commands stand for themselves. */
export function candidatesOf(
  list: CompiledList,
  facts: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine | null,
  asks: boolean,
): Candidate[] {
  if (line === null) return newerCandidates(list, facts, set, null, asks);
  const [only] = facts;
  const single =
    facts.length === 1 &&
    (line.spaced === only!.command.raw || (line.errors.length === 0 && only!.command.swallowedFrom !== null));
  const candidates =
    set.client === "2.1.197"
      ? olderCandidates(list, facts, set, line)
      : newerCandidates(list, facts, set, line, asks);
  return [
    ...wholeCandidates(list, facts, set, line, asks && !single),
    ...line.statementTexts.map(statementCandidate),
    ...candidates,
  ];
}

/**
 * The line as a whole, and what stands between its pipes. A refusal may name them by their text; patterns are compared
 * with the whole by newer clients where they would ask by themselves (`asks`), and with what a pipe cuts out of a
 * statement by both.
 */
function wholeCandidates(
  { list }: CompiledList,
  facts: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine,
  asks: boolean,
): Candidate[] {
  const newer = set.client === "2.1.330";
  const refuses = list === "deny";
  const whole = lineTexts(line, set.client);
  const exact = refuses ? [...whole.typed, ...whole.spaced] : asks ? whole.spaced : [];
  const texts = asks ? whole.spaced.map(collapseSpace) : [];
  const read =
    !isUnread(line, set) &&
    (newer ||
      (olderReading(line, facts, set) !== "nothing" && !facts.some((fact) => isUnclear(fact, set.client))));
  const stays = changeToProject(set);
  const segments = read && !keepsPipes(line, facts) ? segmentTexts(line, set.client) : [];
  // Where each part runs by a rule of its own, newer clients hold refusals of a text alone against what pipes cut out.
  const compares = newer && (asks || facts.some(holdsVariable));
  return [
    { texts, exactTexts: exact, fact: null },
    ...segments.map(({ typed, spaced, cut }) => ({
      texts: (compares || (!newer && cut)) && typed[0] !== stays ? spaced.map(collapseSpace) : [],
      exactTexts: refuses ? [...typed, ...spaced] : compares ? spaced : [],
      fact: null,
    })),
  ];
}

function newerCandidates(
  list: CompiledList,
  facts: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine | null,
  asks: boolean,
): Candidate[] {
  const commands = facts.map((fact) => {
    const candidate = commandCandidate(list, fact);
    return asks ? withTypedTexts(list, candidate, fact) : candidate;
  });
  if (line === null) return commands;
  if (asks) commands.push(...line.negatedTexts.map(textCandidate));
  return isBroken(line) ? roughCandidates(list, set, line) : commands;
}

/** Nothing of it is certain but its text. A quote or substitution that never closes does not break a line. */
function isBroken(line: CommandLine): boolean {
  return line.errors.some(
    (error) =>
      !error.startsWith("unterminated") &&
      !error.startsWith("expected redirect") &&
      !isOverlooked(error, "2.1.330"),
  );
}

function olderCandidates(
  list: CompiledList,
  facts: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine,
): Candidate[] {
  const reading = olderReading(line, facts, set);
  const refuses = list.list === "deny";
  switch (reading) {
    case "nothing":
      return [];
    case "text":
      if (/\)\)\s*$/.test(line.source) && !isReadable(line.source.trim())) return [];
      if (refuses && isCutInText(line)) return textCutCandidates(list, set, line);
      return refuses
        ? [
            wholeCandidate(line, set),
            ...(isBroken(line) || isCut(line)
              ? roughCandidates(list, set, line)
              : topCandidates(list, facts, line)),
          ]
        : [wholeCandidate(line, set), ...(isCut(line) ? cutCandidates(line) : [])];
    case "commands":
      return refuses
        ? [wholeCandidate(line, set), ...facts.map((fact) => commandCandidate(list, fact))]
        : [wholeCandidate(line, set)];
    case "refusals":
      return refuses ? facts.map((fact) => commandCandidate(list, fact)) : [];
    case "everything":
      return facts.map((fact) => commandCandidate(list, fact));
    default:
      return assertNever(reading);
  }
}

/** The line as if it were one command: what stands in front of its first is taken off, the rest stays. */
function wholeCandidate(line: CommandLine, set: CompiledSet): Candidate {
  const kept = keptGroups(withGroupsKept(line.source));
  const { commands } = kept === null ? line : parseCommandLine(kept.words);
  const first = commands.find(({ leads }) => leads);
  if (first === undefined) return textCandidate(line.spaced);
  if (first.words.length === 0) return textCandidate(line.source);
  const swallows = first.swallowedFrom !== null && first.swallowedFrom > 0;
  const read = swallows ? { ...whatIsRead(first, set.client), swallowedFrom: null } : first;
  return asOneCommand(read, spacedText(line, set.client), set);
}

/** What stands at the top of the line, be it a command or a statement. */
function topCandidates(list: CompiledList, facts: readonly CommandFacts[], line: CommandLine): Candidate[] {
  const top = facts.filter(({ command }) => command.top);
  return [
    ...top.map((fact) => commandCandidate(list, fact)),
    ...line.otherTexts.filter(isReadable).map(textCandidate),
  ];
}

/** Calculations that do not parse, such as `((a b))`, are nothing to older clients. */
function isReadable(statement: string): boolean {
  if (!statement.startsWith("((")) return true;
  return !/[^\w\s$"[\]{}()+\-*/%<>=!&|^?:,~]|[\w"\])]\s+[\w"$(]/.test(statement);
}

/** What pipes cut off behind the first one, as text; a bracket that closes nothing ends a command there. */
function cutCandidates(line: CommandLine): Candidate[] {
  return pipedPieces(line).slice(1).map(cutCandidate);
}

function cutCandidate(piece: string): Candidate {
  const text = collapseSpace(piece);
  return { texts: [text, text.replace(/\).*$/s, "")], exactTexts: [text], fact: null };
}

/** Of a line cut inside a text: each piece as it stands, and the commands of those that do not begin in that text. */
function textCutCandidates(list: CompiledList, set: CompiledSet, line: CommandLine): Candidate[] {
  let quotes = 0;
  return pipedPieces(line).flatMap((piece) => {
    const inside = quotes % 2 === 1;
    quotes += piece.match(/(?<!\\)"/g)?.length ?? 0;
    const cut = {
      ...cutCandidate(piece),
      exactTexts: [collapseSpace(piece), collapseSpace(piece.replace(/\).*$/s, ""))],
    };
    if (inside || STATEMENT.test(piece)) return [cut];
    return [cut, ...roughCandidates(list, set, { ...line, source: piece })];
  });
}

const STATEMENT = /(?:^|[;&\n(])\s*(?:if|for|while|until|case|select)\s/;
