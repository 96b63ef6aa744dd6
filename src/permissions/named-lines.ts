import type { FileChecks } from "./bash-files.ts";
import type { CommandFacts } from "./command-facts.ts";
import type { CommandLine } from "./command-line.ts";
import { unanalysedUse } from "./command-unanalysed.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { heldBack } from "./held-back.ts";
import { factsOf } from "./line-facts.ts";
import { segmentsOf, withoutFiles } from "./line-texts.ts";
import type { CompiledRule } from "./rule-set.ts";
import { parseCommandLine } from "./shell.ts";
import { wholeTexts } from "./whole-line.ts";

/** An allow rule with the text of a whole line, as the clients write it when a user approves it for good. */
export function ruleWithText(set: CompiledSet, text: string): CompiledRule | null {
  const trimmed = text.trim();
  const exact = set.allow.commands.find(
    ({ parsed: { tool, pattern } }) =>
      tool === "Bash" && pattern.kind === "exact" && pattern.text === trimmed,
  );
  return exact ?? null;
}

/** An allow rule with the text of a line without what comes off in front of it: `timeout 5 a 2>&1`. */
export function ruleWithInner(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
): CompiledRule | null {
  const whole = line.piped ? null : wholeTexts(line, facts);
  if (whole === null || facts.some((fact) => startsOthers(fact, set))) return null;
  const bare = facts.length === 1 ? whole.joined : null;
  return ruleWithText(set, whole.inner) ?? (bare === null ? null : ruleWithText(set, bare));
}

/** An allow rule that names a line of several commands in another spelling. */
export function ruleWithWhole(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): CompiledRule | null {
  const whole = line.piped || facts.length === 1 ? null : wholeTexts(line, facts);
  if (whole === null) return null;
  const asks = (at: number): boolean => files.parts[at]!.asks !== null;
  // A file that is written is not looked at where the rest of the line is named.
  const asksOtherwise = facts.some(({ command }, at) => asks(at) && !command.redirected);
  if (asksOtherwise) return null;
  const joined = whole.joined === null ? null : ruleWithText(set, whole.joined);
  return joined ?? ruleWithText(set, whole.inner);
}

/**
 * Commands between two pipes that an exact rule names together, as if they were a line of their own: beside allow
 * `Bash(cd api && make)` both clients run `cd api && make 2>&1 | tail`.
 */
export function namedSegments(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
): ReadonlyMap<CommandFacts, CompiledRule> {
  const named = new Map<CommandFacts, CompiledRule>();
  if (!line.piped || !set.allow.commands.some(({ parsed }) => parsed.pattern.kind === "exact")) return named;
  let from = 0;
  for (const text of segmentsOf(line).map(withoutFiles)) {
    const segment = parseCommandLine(text);
    const own = factsOf(segment, set);
    const rule = ruleForSegment(set, segment, own);
    if (rule !== null) for (const fact of facts.slice(from, from + own.length)) named.set(fact, rule);
    from += own.length;
  }
  // Where a pipe stands inside a statement the pieces hold other commands than the line.
  return from === facts.length ? named : new Map();
}

function ruleForSegment(
  set: CompiledSet,
  segment: CommandLine,
  facts: readonly CommandFacts[],
): CompiledRule | null {
  const [first] = facts;
  if (first === undefined || segment.errors.length > 0 || segment.hazards.length > 0) return null;
  if (facts.length === 1 && startsOthers(first, set)) return null;
  const whole = wholeTexts(segment, facts);
  if (whole === null) return null;
  const joined = whole.joined === null ? null : ruleWithText(set, whole.joined);
  return ruleWithText(set, segment.source) ?? ruleWithText(set, whole.inner) ?? joined;
}

/** Beside other commands not even an exact rule vouches for what runs its arguments. */
export function startsOthers(fact: CommandFacts, { client }: Pick<CompiledSet, "client">): boolean {
  return unanalysedUse(fact.command.words, client) !== null || heldBack(fact, client);
}
