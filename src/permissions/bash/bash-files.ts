import type { CommandFacts } from "../commands/command-facts.ts";
import { changesDirectory, type Whereabouts, whereabouts, withHome } from "../files/directory-changes.ts";
import { fileOperands } from "../files/file-commands.ts";
import { PartFiles } from "../files/part-files.ts";
import { pathRule } from "../files/path-access.ts";
import { removes } from "../files/removals.ts";
import { removedRoot } from "../files/unknown-roots.ts";
import { isReadOnly } from "../read-only/read-only.ts";
import { absolutePath } from "../rules/paths.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledRule } from "../sets/rule-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { wideMatch } from "./bash-parts.ts";
import { unclearReads } from "./blocked-reads.ts";
import { isBypassed } from "./bypassed-removals.ts";
import type { LineAnalysis } from "./line-analysis.ts";

/** What the client's file checks say to the paths that a command line reads and writes. */
export interface FileChecks {
  denied: CompiledRule | null;
  /** A check that no allow rule lifts. */
  checked: FileCheck | null;
  /** One for each command. */
  parts: readonly PartFiles[];
  /** A part runs because of the mode. */
  byMode: boolean;
}

export interface FileCheck {
  reason: string;
  critical: boolean;
  /** It stands in `bypassPermissions`, too. */
  always: boolean;
}

export function fileChecks(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
  analysis: LineAnalysis,
): FileChecks {
  const parts = partsOf(set, facts);
  const byMode = parts.some((part) => part.usesMode || (part.byMode && set.mode === "acceptEdits"));
  const refuses = (fact: CommandFacts): boolean =>
    analysis === "full" || (analysis === "joined" && !fact.command.nested && !fact.command.hidden);
  const refusing = parts.filter((_, at) => refuses(facts[at]!) && !isAsked(set, facts[at]!));
  const denied = refusing.find((part) => part.denied !== null)?.denied ?? null;
  const blind =
    analysis === "none" || analysis === "broken-off" || (analysis === "joined" && set.client === "2.1.197");
  const seen = blind ? null : checkOf(set, parts, analysis, facts);
  const blocked = unclearReads(set, facts, analysis);
  const unclear = blocked === null ? null : { reason: blocked, critical: false, always: true };
  return {
    denied,
    checked: criticalOf(set, line, facts, parts, analysis) ?? seen ?? unclear,
    parts,
    byMode,
  };
}

/** `rm -rf /x (y)`: no client reads the command that the parenthesis breaks. */
function endsInParenthesis(line: CommandLine, { command }: CommandFacts): boolean {
  if (!line.errors.some((error) => error.startsWith("unexpected token '('"))) return false;
  const at = line.source.indexOf(command.raw);
  return at >= 0 && /^\s*\(/.test(line.source.slice(at + command.raw.length));
}

/** Both clients read the ends of a pipe one by one, and redirections of the line after that. */
function partsOf(set: CompiledSet, facts: readonly CommandFacts[]): PartFiles[] {
  const whole = whereabouts(set, facts);
  const segments = segmentsOf(facts);
  const apart = segments.length > 1;
  const start: Whereabouts = { kind: "steady", directories: [set.surroundings.project] };
  const lifted =
    set.client === "2.1.197" && apart && !facts.every(({ command }) => isReadOnly(command, set.client));
  const targets = apart ? { settled: false } : undefined;
  return segments.flatMap((segment) => {
    const where = whereabouts(set, segment, apart);
    const uncertain = where.kind === "lost" && guardsReads(set);
    const parts = segment.map((fact) => {
      // The change itself starts where the line does.
      const from = changesDirectory(fact) ? start : where;
      const part = new PartFiles(set, fact, from, targets);
      part.redirects(apart);
      part.operands(uncertain);
      if (apart && where.kind === "followed") part.deniedAsks ??= deniedAtStart(set, fact);
      // Beside a change that leads somewhere they are left to the question that it is.
      if (apart) part.redirectsApart(whole.kind === "steady" ? start : { ...whole, kind: "lost" }, lifted);
      return part;
    });
    if (set.client !== "2.1.197") leaveToQuestion(set, segment, parts);
    return parts;
  });
}

/** Measured: beside a command that names files newer clients ask about a change into a directory that they would refuse. */
function leaveToQuestion(
  set: CompiledSet,
  segment: readonly CommandFacts[],
  parts: readonly PartFiles[],
): void {
  const at = segment.findIndex(changesDirectory);
  const part = parts[at];
  const behind = segment.slice(at + 1);
  if (part === undefined || !behind.some((fact) => fileOperands(fact.program, fact.words, set.client)))
    return;
  if (part.denied === null) return;
  for (const one of parts.slice(at)) {
    one.deniedAsks ??= one.denied;
    one.denied = null;
  }
}

/** In a line with pipes what is only read is looked at once more from where the line starts, and asks. */
function deniedAtStart(set: CompiledSet, fact: CommandFacts): CompiledRule | null {
  const operands = changesDirectory(fact) ? null : fileOperands(fact.program, fact.words, set.client);
  if (operands === null || operands.writes.length > 0) return null;
  const { project, home } = set.surroundings;
  const paths = operands.reads.filter(({ literal }) => literal).map((word) => withHome(word, set));
  return (
    paths.map((path) => pathRule(set.deny, "read", absolutePath(path, project, home))).find(Boolean) ?? null
  );
}

function segmentsOf(facts: readonly CommandFacts[]): CommandFacts[][] {
  const segments: CommandFacts[][] = [[]];
  for (const fact of facts) {
    if (fact.command.piped) segments.push([]);
    segments.at(-1)!.push(fact);
  }
  return segments;
}

/** Newer clients ask about relative reads anywhere beside a directory change, so long as a `Read` deny rule stands. */
export function guardsReads(set: CompiledSet): boolean {
  if (set.client === "2.1.197") return false;
  return set.deny.wholeTools.has("Read") || set.deny.paths.some((rule) => rule.parsed.action === "read");
}

/** An ask rule for the command comes before its files. */
function isAsked(set: CompiledSet, fact: CommandFacts): boolean {
  return set.ask.commands.length > 0 && wideMatch(set.ask, [fact], set, null)?.certain === true;
}

/** Where older clients cannot read the line they still see `rm $X/`, and newer ones every removal. */
function criticalOf(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
  parts: readonly PartFiles[],
  analysis: LineAnalysis,
): FileCheck | null {
  const blind = set.client === "2.1.197" && analysis !== "full";
  for (const [at, fact] of facts.entries()) {
    if (endsInParenthesis(line, fact)) continue;
    const root = removedRoot(set, line, fact);
    const hidden = blind || isBypassed(set, line, fact);
    const reason = root === null ? (hidden ? undefined : parts[at]!.removal?.reason) : removes(root);
    if (reason !== undefined) return { reason, critical: true, always: true };
  }
  return null;
}

function checkOf(
  set: CompiledSet,
  parts: readonly PartFiles[],
  analysis: LineAnalysis,
  facts: readonly CommandFacts[],
): FileCheck | null {
  // Beside a directory change newer clients look at no file of a line with groups.
  const moved = analysis !== "full" && whereabouts(set, facts).kind !== "steady";
  const held = (part: PartFiles): CompiledRule | null =>
    part.deniedAsks ?? (analysis === "full" ? null : part.denied);
  const rule = parts.map(held).find((one) => one !== null) ?? null;
  if (rule !== null && !moved) {
    return { reason: `the deny rule ${rule.text} matches`, critical: false, always: true };
  }
  const check = parts.map((part) => part.checked).find((one) => one !== null) ?? null;
  return check === null || analysis === "grouped" ? null : { ...check, critical: false };
}
