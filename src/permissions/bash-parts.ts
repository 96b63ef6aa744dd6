import { assertNever } from "../model/assert-never.ts";
import { isOverlooked } from "./bash-hazards.ts";
import { type CommandFacts, commandFacts } from "./command-facts.ts";
import type { CommandLine } from "./command-line.ts";
import { isUnclear } from "./command-meaning.ts";
import { matchesCommandPattern } from "./command-pattern.ts";
import { collapseSpace } from "./command-text.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { isCut } from "./cut-substitutions.ts";
import { isGivenUp } from "./early-heredocs.ts";
import { fileOperands } from "./file-commands.ts";
import { lineTexts, segmentTexts } from "./line-texts.ts";
import { isUnread, olderReading } from "./older-reading.ts";
import type { CompiledCommandRule, CompiledList, CompiledRule } from "./rule-set.ts";
import { parseCommandLine } from "./shell.ts";

/** All commands of a line as the matchers see them. */
export function factsOf(line: CommandLine, set: CompiledSet): CommandFacts[] {
  const reading = { unread: isUnread(line, set), home: set.surroundings.home };
  return line.commands.map((command) => commandFacts(command, set.client, reading));
}

export type Match = { rule: CompiledRule; certain: boolean } | null;

/** A text, or a command in its spellings, that is held against a rule. */
interface Candidate {
  texts: readonly string[];
  exactTexts: readonly string[];
  fact: CommandFacts | null;
}

/** Does a deny or ask rule match any command of the line? `asks`: the client asks about it whatever the rules are. */
export function wideMatch(
  list: CompiledList,
  given: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine | null,
  asks = false,
): Match {
  if (list.commands.length === 0) return null;
  const facts = line === null ? given : withoutStayingPut(given, set, line);
  if (line !== null && isGivenUp(line)) {
    const texts = lineTexts(line, set.client).typed;
    const rule = list.commands.find((one) => one.parsed.tool === "Bash" && matchesText(one, texts, texts));
    return rule === undefined ? null : { rule, certain: true };
  }
  const statements = (line?.statementTexts ?? []).map(statementCandidate);
  const candidates =
    line !== null && set.client === "2.1.197"
      ? olderCandidates(list, facts, set, line)
      : newerCandidates(list, facts, set, line, asks);
  const single = facts.length === 1 && line?.spaced === facts[0]!.command.raw;
  const whole = line === null ? [] : wholeCandidates(list, facts, set, line, asks && !single);
  const all = [...whole, ...statements, ...candidates];
  const newer = set.client === "2.1.330";
  const exactFirst = list.list === "deny" ? set.ask : null;
  const readable =
    line?.hazards.every(({ kind }) => kind !== "structure") === true &&
    !facts.some((fact) => isUnclear(fact, set.client) || (newer && fact.command.timed.length > 0));
  for (const rule of list.commands) {
    if (rule.parsed.tool !== "Bash") continue;
    const glob = rule.parsed.pattern.kind === "glob";
    for (const { texts, exactTexts, fact } of all) {
      const named =
        fact === null ? facts.some((one) => namesExactly(exactFirst, one)) : namesExactly(exactFirst, fact);
      if (glob && readable && named && !namesWithColon(rule, texts)) continue;
      if (matchesText(rule, texts, exactTexts)) return { rule, certain: true };
    }
  }
  return null;
}

/** A change into the project, letter for letter, is compared with nothing where the client reads the line. */
function withoutStayingPut(
  facts: readonly CommandFacts[],
  set: CompiledSet,
  line: CommandLine,
): readonly CommandFacts[] {
  if (isUnread(line, set) || line.hazards.some(({ kind }) => kind === "background")) return facts;
  const text = `cd ${set.surroundings.project}`;
  return facts.filter(({ command }) => command.hidden || command.redirected || command.raw.trim() !== text);
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
  const read = !isUnread(line, set) && (newer || !facts.some((fact) => isUnclear(fact, set.client)));
  const stays = `cd ${set.surroundings.project}`;
  const segments = read ? segmentTexts(line, set.client) : [];
  return [
    { texts, exactTexts: exact, fact: null },
    ...segments.map(({ typed, spaced, cut }) => ({
      texts: (newer || cut) && typed[0] !== stays ? spaced.map(collapseSpace) : [],
      exactTexts: refuses ? [...typed, ...spaced] : newer ? spaced : [],
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
    return asks ? withTypedTexts(candidate, fact) : candidate;
  });
  if (line === null) return commands;
  return isBroken(line) ? roughCandidates(list, set, line) : commands;
}

/** A home may be empty to refusals, and to questions about programs whose files are looked at. */
function commandCandidate({ list }: CompiledList, fact: CommandFacts): Candidate {
  const { texts, exactTexts, vanishingTexts } = fact[list === "deny" ? "deny" : "ask"];
  const empty =
    list === "deny" || (fact.program !== "git" && fileOperands(fact.program, [], "2.1.330") !== null);
  return { texts, exactTexts: empty ? [...exactTexts, ...vanishingTexts] : exactTexts, fact };
}

function withTypedTexts({ texts, exactTexts }: Candidate, fact: CommandFacts): Candidate {
  const { typedTexts } = fact.deny;
  return { texts: [...texts, ...typedTexts], exactTexts: [...exactTexts, ...typedTexts], fact };
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
  const first = line.commands.find(({ leads }) => leads);
  if (first === undefined) return textCandidate(line.spaced);
  if (first.words.length === 0) return textCandidate(line.source);
  const whole = { ...first, raw: line.spaced };
  return {
    ...commandFacts(whole, set.client, { unread: true, home: set.surroundings.home }).deny,
    fact: null,
  };
}

/** What stands at the top of the line, be it a command or a statement. */
function topCandidates(list: CompiledList, facts: readonly CommandFacts[], line: CommandLine): Candidate[] {
  const top = facts.filter(({ command }) => command.top);
  return [...top.map((fact) => commandCandidate(list, fact)), ...line.otherTexts.map(textCandidate)];
}

/** What pipes cut off behind the first one, as text; a bracket that closes nothing ends a command there. */
function cutCandidates({ source }: CommandLine): Candidate[] {
  const pieces = source.split(/(?<!\|)\|&?(?!\|)/).slice(1);
  return pieces.map((piece) => {
    const text = collapseSpace(piece);
    return { texts: [text, text.replace(/\).*$/s, "")], exactTexts: [text], fact: null };
  });
}

/** No exact pattern is compared with a whole statement. */
function statementCandidate(text: string): Candidate {
  return { texts: [collapseSpace(text)], exactTexts: [], fact: null };
}

function textCandidate(text: string): Candidate {
  return { texts: [collapseSpace(text)], exactTexts: [text.trim()], fact: null };
}

/** Where a line does not parse, what stands between its separators is still held against rules. */
function roughCandidates(list: CompiledList, set: CompiledSet, { source, errors }: CommandLine): Candidate[] {
  const older = set.client === "2.1.197";
  const inTest = errors.some((error) => error.startsWith("expected ']]'"));
  const pieces = source.split(
    inTest ? /([;\n]+)/ : older ? /([;&|\n`]+|(?<!\()\))/ : /([;&|\n]+|\((?!\))|(?<!\()\))/,
  );
  const rough = pieces.flatMap((piece, at) => {
    if (at % 2 === 1 || (inTest && piece.includes("[[")) || (older && /\((?!\))/.test(piece))) return [];
    const text = collapseSpace(piece).replace(ROUGH_START, "").replace(/\\$/, "");
    // Behind a bracket that closes nothing comes off.
    return pieces[at - 1] === ")" ? [textCandidate(text)] : roughCandidate(text, list, set);
  });
  return older || inTest ? rough : [...rough, ...statementsWithParentheses(source)];
}

/** Such a part is a text, and the command that it reads as. */
function roughCandidate(text: string, list: CompiledList, set: CompiledSet): Candidate[] {
  const line = parseCommandLine(text);
  const commands = line.errors.length > 0 ? [] : factsOf(line, set);
  return [textCandidate(text), ...commands.map((fact) => withTypedTexts(commandCandidate(list, fact), fact))];
}

/** Newer clients compare a statement such as `foo (x)` as it stands, too: without assignments in front and a comment behind. */
function statementsWithParentheses(source: string): Candidate[] {
  return source
    .split(/[;&|\n]+/)
    .filter((part) => /[^\s(]\s*\(/.test(part))
    .map((part) =>
      textCandidate(
        part
          .trim()
          .replace(/^(?:\w+=\S*\s+)+/, "")
          .replace(/\s#.*$/, ""),
      ),
    );
}

const ROUGH_START =
  /^(?:(?:(?:then|do|else|elif|fi|done|esac|if|while|until)(?=\s|$)|[!()}`]|\w+\(\)\s*\{|\{(?=\s))\s*)+/;

/** Measured: a rule that names the whole command comes before those with wildcards, so that it asks and is not refused. */
function namesExactly(list: CompiledList | null, { allow, ask }: CommandFacts): boolean {
  if (list === null) return false;
  return list.commands.some((rule) => {
    const { tool, pattern } = rule.parsed;
    if (tool !== "Bash") return false;
    if (pattern.kind === "exact") return ask.exactTexts.includes(pattern.text);
    return allow.behindXargs === null && namesWithColon(rule, ask.texts);
  });
}

/** `x:*` names the command x, too; `x *` does not. */
function namesWithColon({ normal, text }: CompiledCommandRule, texts: readonly string[]): boolean {
  if (normal.kind !== "glob" || !/:\*\s*\)$/.test(text)) return false;
  return texts.includes(normal.parts[0]!.slice(0, -1));
}

function matchesText(
  rule: CompiledCommandRule,
  texts: readonly string[],
  exactTexts: readonly string[],
): boolean {
  const { pattern } = rule.parsed;
  if (pattern.kind === "exact") return exactTexts.some((text) => matchesCommandPattern(pattern, text));
  const single = rule.normal;
  return texts.some((text) => matchesCommandPattern(single, text));
}

export interface Coverage {
  rule: CompiledRule;
  /** The rule names the command's full text. */
  exact: boolean;
  /** … with everything in front of it, so that nothing was taken off. */
  full: boolean;
}

/** The allow rule that covers one command. */
export function allowRuleFor(list: CompiledList, facts: CommandFacts): Coverage | null {
  const { raw, behindXargs } = facts.allow;
  // A redirection in front keeps the client from taking anything off.
  const stripped =
    facts.command.leadingRedirect || facts.command.redirectedPrefix ? raw : facts.allow.stripped;
  const texts = [collapseSpace(raw), collapseSpace(stripped)];
  for (const rule of list.commands) {
    if (rule.parsed.tool !== "Bash") continue;
    const { pattern } = rule.parsed;
    if (pattern.kind === "exact") {
      if (pattern.text === raw || pattern.text === stripped.trim()) {
        return { rule, exact: true, full: pattern.text === raw };
      }
      continue;
    }
    const normal = rule.normal;
    if (texts.some((text) => matchesCommandPattern(normal, text))) return { rule, exact: false, full: false };
    // Behind xargs only rules that end in a wildcard are tried.
    const prefix = pattern.parts.at(-1) === "" && facts.program !== "find";
    if (prefix && behindXargs !== null && matchesCommandPattern(normal, collapseSpace(behindXargs))) {
      return { rule, exact: false, full: false };
    }
  }
  return null;
}
