import type { CommandFacts } from "../commands/command-facts.ts";
import { lineTexts, segmentsOf, withoutFiles } from "../commands/line-texts.ts";
import { keepsPipes } from "../commands/uncut-pipes.ts";
import type { PartFiles } from "../files/part-files.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledRule } from "../sets/rule-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { collapseSpace } from "../shell/command-text.ts";
import { parseCommandLine } from "../shell/shell.ts";
import type { FileChecks } from "./bash-files.ts";
import { hazardOf, isHarmlessAlone } from "./bash-hazards.ts";
import { ruleForTexts, wideMatch } from "./bash-parts.ts";
import { isUnclear, startsOthers } from "./command-meaning.ts";
import { setsNamedVariable } from "./command-unanalysed.ts";
import { factsOf } from "./line-facts.ts";
import { isUnread } from "./older-reading.ts";
import { hidesAssignment, judgePart } from "./part-verdict.ts";
import { listInFront, wholeTexts } from "./whole-line.ts";

/** An allow rule with the text of a whole line, as the clients write it when a user approves it for good. */
function ruleWithText(set: CompiledSet, text: string): CompiledRule | null {
  const trimmed = text.trim();
  const names = ({ parsed: { tool, pattern } }: CompiledSet["allow"]["commands"][number]): boolean =>
    tool === "Bash" && pattern.kind === "exact" && pattern.text === trimmed;
  // A question about the same text comes first.
  return set.ask.commands.some(names) ? null : (set.allow.commands.find(names) ?? null);
}

/** The allow rule that names a line, and holds. */
export function ruleForLine(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): CompiledRule | null {
  if (!hasExactRules(set)) return null;
  const hazard = hazardOf(set, line, facts);
  if (hazard !== null && !hazard.fullText) return null;
  const exact = ruleWithText(set, line.source) ?? ruleWithList(set, line);
  if (isReadAsText(set, line, facts)) return exact === null || asksAboutText(set, line, facts) ? null : exact;
  if (hazard === null && line.piped && !keepsPipes(line, facts)) return null;
  const byParts = hazard?.byParts === true;
  const whole = (hazard === null || byParts) && !line.piped;
  const rule = exact ?? (whole ? ruleWithWhole(set, line, facts, files.parts, byParts) : null);
  return rule === null || onePartAsks(set, line, facts, files.parts, byParts) ? null : rule;
}

/** To older clients what stands behind a list with a statement in it is a redirection of all of it: `a || { b; } > f`. */
function ruleWithList(set: CompiledSet, line: CommandLine): CompiledRule | null {
  if (set.client !== "2.1.197" || line.piped) return null;
  const text = listInFront(line.source);
  return text === null ? null : ruleWithText(set, text);
}

function hasExactRules({ allow }: CompiledSet): boolean {
  return allow.commands.some(({ parsed }) => parsed.pattern.kind === "exact");
}

/** An allow rule that names a line without what comes off in front of it, or without redirections: `timeout 5 a && b 2>&1`. */
function ruleWithWhole(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: readonly PartFiles[],
  moved: boolean,
): CompiledRule | null {
  if (facts.some((fact) => startsOthers(fact, set.client) || hidesAssignment(fact, set.client))) return null;
  const whole = wholeTexts(line, facts);
  if (whole === null) return null;
  const inner = ruleWithText(set, whole.inner);
  if (inner !== null || (set.client !== "2.1.197" && hasForeignTarget(facts, files, moved))) return inner;
  return whole.joined.map((text) => ruleWithText(set, text)).find((rule) => rule !== null) ?? null;
}

/** Newer clients leave out a redirection only where `acceptEdits` would let it be. */
function hasForeignTarget(
  facts: readonly CommandFacts[],
  files: readonly PartFiles[],
  moved: boolean,
): boolean {
  if (files.some(({ targetAsks }) => targetAsks)) return true;
  return (
    moved &&
    facts.some(({ command }) => command.redirects.some(({ target }) => target?.value !== "/dev/null"))
  );
}

/**
 * Measured: where two or more commands would not run by themselves, the rule that names their line comes before all
 * questions that rules and files ask about them. Where it is one alone, its question comes first; `moved`: it has one.
 */
function onePartAsks(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: readonly PartFiles[],
  moved = false,
): boolean {
  const isBeside = besideVariable(set, line, facts);
  const older = set.client === "2.1.197";
  const held = facts.flatMap((fact, at) => {
    const part = files[at]!;
    // Older clients count what writes a file as well.
    const writes = older && fact.command.redirects.some(({ direction }) => direction === "write");
    const asked = part.asks !== null || part.checked !== null || asksByRule(set, fact);
    const verdict = judgePart(set, fact, part);
    const unsure = verdict.kind === "read-only" && isBeside(fact) && fact.command.words.length > 0;
    if (!asked && !unsure && !writes && verdict.kind !== "asks" && verdict.kind !== "undecided") return [];
    return [{ asks: asked || part.pathAsks }];
  });
  return moved ? held.length < 2 : held.length === 1 && held[0]!.asks;
}

/** Recorded: beside a variable that the line sets nothing counts as only reading, so long as no pipe stands between them. */
export function besideVariable(
  { client }: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
): (fact: CommandFacts) => boolean {
  const { hazards, piped } = line;
  const set = hazards.flatMap((hazard) =>
    hazard.kind === "variable-set" && !isHarmlessAlone(hazard.assigned, client) ? [hazard] : [],
  );
  const loops = set.some(({ loop }) => loop === true) && !(client === "2.1.197" && onlyBegins(line));
  if (!piped || loops) {
    const all = set.length > 0 || (!piped && facts.some(({ command }) => setsNamedVariable(command.words)));
    return () => all;
  }
  const assigned = set.map((hazard) => hazard.assigned);
  const beside = betweenPipes(facts).filter((piece) =>
    piece.some(({ command }) => command.assignments.some((item) => assigned.includes(item))),
  );
  const negated = beside.flat().some(({ command }) => !command.top);
  return (fact) => negated || beside.some((piece) => piece.includes(fact));
}

/** `ls | for f do`: to older clients a loop over nothing, and nothing between two pipes. */
function onlyBegins(line: CommandLine): boolean {
  const loops = segmentsOf(line).filter((text) => /^\s*for\s/.test(text));
  return loops.length > 0 && loops.every((text) => /^\s*for\s+\w+(?:\s+in\s[^;]*)?\s*;?\s*do\s*$/.test(text));
}

function betweenPipes(facts: readonly CommandFacts[]): CommandFacts[][] {
  const pieces: CommandFacts[][] = [[]];
  for (const fact of facts) {
    if (fact.command.piped) pieces.push([]);
    pieces.at(-1)!.push(fact);
  }
  return pieces;
}

export function asksByRule(set: CompiledSet, fact: CommandFacts): boolean {
  return set.ask.commands.length > 0 && wideMatch(set.ask, [fact], set, null) !== null;
}

/** The client gives the line up: rules are compared with its text. */
export function isReadAsText(set: CompiledSet, line: CommandLine, facts: readonly CommandFacts[]): boolean {
  const weighed = line.hazards.some((hazard) => hazard.kind === "structure" && hazard.stage === "meaning");
  return weighed || isUnread(line, set) || facts.some((fact) => isUnclear(fact, set.client));
}

/** Of a single statement newer clients look at the first command, too: `{ a; b; }`. */
function asksAboutText(set: CompiledSet, line: CommandLine, facts: readonly CommandFacts[]): boolean {
  if (set.client === "2.1.197") return false;
  const top = facts.filter(
    ({ command: { top, words, assignments } }) => top && words.length + assignments.length > 0,
  );
  const single = line.otherTexts.length + top.length === 1;
  const first = top[0] ?? facts.find(({ command }) => command.test === null);
  if (single && first !== undefined && asksByRule(set, first)) return true;
  const { spaced } = lineTexts(line, set.client);
  return ruleForTexts(set.ask, spaced.map(collapseSpace), spaced) !== null;
}

/**
 * Commands between two pipes that an exact rule names together, as if they were a line of their own: beside allow
 * `Bash(cd api && make)` both clients run `cd api && make 2>&1 | tail`.
 */
export function namedSegments(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): ReadonlyMap<CommandFacts, CompiledRule> {
  const named = new Map<CommandFacts, CompiledRule>();
  if (!line.piped || !hasExactRules(set)) return named;
  const segments = segmentsOf(line).map((text) => parseCommandLine(withoutFiles(text)));
  // Where a pipe stands inside a statement the pieces hold other commands than the line.
  if (segments.reduce((sum, { commands }) => sum + commands.length, 0) !== facts.length) return named;
  let from = 0;
  for (const segment of segments) {
    const to = from + segment.commands.length;
    const rule = ruleForSegment(set, segment, files.parts.slice(from, to));
    if (rule !== null) for (const fact of facts.slice(from, to)) named.set(fact, rule);
    from = to;
  }
  return named;
}

function ruleForSegment(
  set: CompiledSet,
  segment: CommandLine,
  files: readonly PartFiles[],
): CompiledRule | null {
  const facts = factsOf(segment, set);
  if (facts.length === 0 || segment.errors.length > 0 || hazardOf(set, segment, facts) !== null) return null;
  if (facts.some((fact) => startsOthers(fact, set.client) || hidesAssignment(fact, set.client))) return null;
  const newer = set.client !== "2.1.197";
  if (newer && facts.some(({ command }) => setsNamedVariable(command.words))) return null;
  const rule = ruleWithText(set, segment.source) ?? ruleWithWhole(set, segment, facts, files, false);
  return rule === null || onePartAsks(set, segment, facts, files) ? null : rule;
}
