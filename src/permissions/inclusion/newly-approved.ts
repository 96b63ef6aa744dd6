import type { Call } from "../../model/permission.ts";
import { absolutePath } from "../paths.ts";
import { isProtectedPath } from "../protected-paths.ts";
import {
  approvedByDefault,
  approvedByGrant,
  approvedByRules,
  holding,
  irregularSamples,
  perhapsApprovedByDefault,
  surelyApprovedByRules,
  surelyHeld,
  widelyHeld,
  widelyStripped,
  withoutQuotes,
} from "./approvals.ts";
import type { Piece } from "./automaton.ts";
import { ANY } from "./characters.ts";
import { commandPieces, isIrregular, outranksWildcards } from "./commands.ts";
import { FAMILIES, type Family } from "./families.ts";
import { callWithParameter, coversParameter, type ParameterRule } from "./parameters.ts";
import { type LanguagePart, type ListedRule, languageOf, surelyMatching } from "./rule-language.ts";
import type { Searches } from "./searches.ts";
import { heldKey, type Side } from "./side.ts";

type RunsBefore = (call: Call) => boolean;

/** Fills in what `after` lets run and `before` does not, family by family. */
export function newlyApproved(before: Side, after: Side, runsBefore: RunsBefore, searches: Searches): void {
  const changes = changesBetween(before, after);
  for (const family of FAMILIES) {
    if (family.name === "Monitor" && !speaksOfMonitor(before) && !speaksOfMonitor(after)) continue;
    approvedAnew(family, before, after, changes, runsBefore, searches);
    heldNoLonger(family, before, after, changes, searches);
  }
}

/** What differs between the rules of the two sides, whatever the family. */
interface Changes {
  /** Allow rules of `before` that surely approved what they seem to. */
  approving: readonly ListedRule[];
  /** Allow rules of `after` that may approve more than these. */
  added: readonly ListedRule[];
  /** Ask and deny rules that are no more. */
  lifted: ReadonlySet<ListedRule>;
}

function changesBetween(before: Side, after: Side): Changes {
  const heldUp = before.set.mode === "plan" && after.set.mode !== "plan";
  const approving = hasSamePaths(before, after) ? before.allow : surelyMatching(before.allow);
  const approvedKeys = new Set(approving.map(({ key }) => key));
  return {
    approving,
    added: heldUp ? after.allow : after.allow.filter(({ key }) => !approvedKeys.has(key)),
    lifted: new Set(before.held.filter((rule) => !after.heldKeys.has(heldKey(rule)))),
  };
}

/** Without rules of its own it is judged by the rules of Bash, whose family is searched anyway. */
function speaksOfMonitor(side: Side): boolean {
  return [...side.allow, ...side.held].some(
    ({ parsed }) =>
      parsed.kind === "tool-glob" || (parsed.kind === "whole-tool" && parsed.tool === "Monitor"),
  );
}

/** Calls that an allow rule, mode or directory of `after` approves and none of `before` did. */
function approvedAnew(
  family: Family,
  before: Side,
  after: Side,
  { approving, added }: Changes,
  runsBefore: RunsBefore,
  searches: Searches,
): void {
  if (before.grants.has("bypass")) return;
  const rules = added.filter(
    (rule) => family.kinds.has(rule.parsed.kind) && !namesWhatRuns(rule, family, runsBefore),
  );
  const anew = approvedByRules(family, rules, after);
  searches.unmodelled(anew);
  const newGrants = [...after.grants].filter((grant) => !before.grants.has(grant) || grant === "edits");
  const patterns = [
    ...anew.patterns,
    ...newGrants.flatMap((grant) => approvedByGrant(family, grant, after)),
    ...approvedByDefault(family, after),
  ];
  if (patterns.length === 0) return;
  const known = [
    ...surelyApprovedByRules(family, approving, before).patterns,
    ...[...before.grants].flatMap((grant) => approvedByGrant(family, grant, before)),
    ...approvedByDefault(family, before),
    // Whoever could run any command could also watch one: a bare `Bash` counts as covering Monitor.
    ...(family.name === "Monitor" && before.allow.some(isBareBash) ? [family.everything] : []),
  ];
  const held = surelyHeld(family, holding(family, after), after.context.client);
  const inside = [[{ patterns }]];
  const result = searches.search({
    family,
    what: "new approvals",
    inside,
    outside: [{ patterns: known }, ...held],
  });
  if (family.name === "Read") searches.extra.push(...protectedReads(family, rules, before));
  if (!family.shell) return;
  if (result === "none" && patterns.includes(family.everything) && !known.includes(family.everything)) {
    blanketAnew(family, patterns, held, searches);
  }
  if (family.name === "Bash" && before.grants.has("sandboxed-bash"))
    beyondSandbox(before, after, rules, searches);
  // Such a rule approves what no wildcard does, so that being covered by letters says nothing.
  for (const { parsed } of rules) {
    if (parsed.kind !== "command") continue;
    const { pattern } = parsed;
    if (pattern.kind === "exact" && outranksWildcards(pattern))
      searches.extra.push(family.call(pattern.text));
    // Behind xargs exact rules are not tried, and rules with a wildcard at the end are.
    if (pattern.kind === "glob" && pattern.bareForm && before.exactCommands.has(pattern.parts[0]!.trim())) {
      searches.extra.push(family.call(`xargs ${pattern.parts[0]!.trim()}`));
    }
  }
}

/** An Edit rule lets everything be read but protected paths, so that a rule for reading may add those. */
function protectedReads(family: Family, added: readonly ListedRule[], before: Side): Call[] {
  const edits = before.allow.some(({ parsed }) => parsed.kind === "path" && parsed.action === "edit");
  if (!edits || added.length === 0) return [];
  const named = added.flatMap(({ parsed }) => (parsed.kind === "path" ? [parsed.pattern] : []));
  const { home, project } = before.context.surroundings;
  const paths = named.map((pattern) => absolutePath(pattern.replace(/^\/\//, "/"), project, home));
  const samples = PROTECTED_SAMPLES.map((path) => absolutePath(path, project, home));
  return [...samples, ...paths.filter(isProtectedPath)].map(family.call);
}

const PROTECTED_SAMPLES = [
  "~/.bashrc",
  "~/.claude.json",
  "~/.claude/settings.json",
  "~/.git/config",
  "~/.gitconfig",
  "/etc/.git/config",
  "/srv/.envrc",
];

/** Then the same patterns take the same paths back, whatever that means. */
function hasSamePaths(before: Side, after: Side): boolean {
  const pathsAreIn = (one: Side, other: Side) =>
    one.allow.every(({ parsed, key }) => parsed.kind !== "path" || other.allowKeys.has(key));
  return pathsAreIn(before, after) && pathsAreIn(after, before);
}

function isBareBash({ parsed }: ListedRule): boolean {
  return parsed.kind === "whole-tool" && parsed.tool === "Bash";
}

/** What only a blanket rule vouches for: substitutions, background jobs, redirects (reference, section 1.5). */
export const BEYOND_PREFIX_RULES: readonly string[] = [
  "echo $(whoami)",
  "sleep 1 &",
  "(whoami)",
  "eval whoami",
  "whoami > /tmp/x",
];

/** A blanket rule approves more than any union of prefix rules, even one whose letters cover everything. */
function blanketAnew(
  family: Family,
  patterns: Piece[][],
  held: readonly LanguagePart[],
  searches: Searches,
): void {
  const request = { family, what: "blanket approval", inside: [[{ patterns }]], outside: held };
  if (searches.search(request) !== "none") searches.extra.push(...BEYOND_PREFIX_RULES.map(family.call));
}

/**
 * The sandbox approves neither `eval` nor what asks to run outside it; a blanket rule approves the first, and rules
 * with a specifier the second (reference, section 2.5).
 */
function beyondSandbox(before: Side, after: Side, added: readonly ListedRule[], searches: Searches): void {
  const family = FAMILIES.find(({ name }) => name === "Bash")!;
  const outside = surelyHeld(family, holding(family, after), after.context.client);
  const blanket = added.some(isBareBash) || (after.grants.has("bypass") && !before.grants.has("bypass"));
  const evaluated = [
    { patterns: commandPieces({ kind: "glob", parts: ["eval ", ""], bareForm: true }, false) },
  ];
  if (blanket && !before.allow.some(isBareBash)) {
    searches.search({ family, what: "evaluated text", inside: [evaluated], outside });
  }
  if (after.held.some((rule) => coversParameter(rule, UNSANDBOXED))) return;
  const specific = (rules: readonly ListedRule[]) => rules.filter(({ parsed }) => parsed.kind === "command");
  const known = { patterns: approvedByRules(family, specific(before.allow), before).patterns };
  const patterns = approvedByRules(family, specific(added), after).patterns;
  const gap = searches.find({
    family,
    what: "unsandboxed calls",
    inside: [[{ patterns }]],
    outside: [known, ...outside],
  });
  if (gap.kind === "none") return;
  const words = gap.kind === "gap" ? gap.gap.words.flatMap((word) => [`${word.trim()} x`, word.trim()]) : [];
  searches.extra.push(...words.map((word) => callWithParameter(UNSANDBOXED, family.call(word))));
  searches.reasons.push("commands may run outside the sandbox by rules that are new");
}

const UNSANDBOXED: ParameterRule = {
  kind: "parameter",
  tool: "Bash",
  parameter: "dangerouslyDisableSandbox",
  valuePattern: "true",
};

/**
 * `Bash(git status)` names one command that runs without any rule: approving it changes nothing, since what may stand
 * around its text is looked at in the same way in both cases.
 */
function namesWhatRuns({ parsed }: ListedRule, family: Family, runsBefore: RunsBefore): boolean {
  return (
    family.name === "Bash" &&
    parsed.kind === "command" &&
    parsed.pattern.kind === "exact" &&
    !isIrregular(parsed.pattern) &&
    READS_BY_ITSELF.test(parsed.pattern.text) &&
    runsBefore(family.call(parsed.pattern.text))
  );
}

/** Programs that the client may run without a rule: only for these it is worth asking the matcher. */
const READS_BY_ITSELF =
  /^(?:git|ls|cat|echo|pwd|head|tail|grep|rg|find|fd|wc|which|diff|stat|du|tree|file|sort|date|whoami|id|uname|hostname|ps|df|node|python3|docker|jq|printf|test|true|false|sleep|basename|dirname|realpath|readlink|cut|md5sum|sha256sum)(?: |$)/;

/** Calls that `after` approves and that an ask or deny rule of `before` held back. */
function heldNoLonger(family: Family, before: Side, after: Side, changes: Changes, searches: Searches): void {
  const lifted = holding(family, before).filter((rule) => changes.lifted.has(rule));
  const language = languageOf(family, lifted);
  if (language.patterns.length + language.unmodelled.length === 0) return;
  searches.unmodelled(language);
  const what = "lifted rules";
  const outside = surelyHeld(family, holding(family, after), after.context.client);
  const expanded = withExpansions(family, lifted);
  const core = [{ patterns: [...language.patterns, ...expanded] }];
  // Both sides look through the same prefixes: what is held behind them is held in front of them.
  const rest = searches.find({ family, what, inside: [core], outside });
  if (rest.kind === "none") return;

  const byRules = approvedByRules(family, after.allow, after);
  const byGrants = [...after.grants].flatMap((grant) => approvedByGrant(family, grant, after));
  const approved = [...byRules.patterns, ...byGrants];
  // Nothing but a blanket rule vouches for variables.
  const patterns = approved.includes(family.everything)
    ? [...language.patterns, ...expanded]
    : language.patterns;
  const liftedWidely = [widelyHeld(family, patterns)];
  const quoted = withoutQuotes(family, after.allow);
  searches.extra.push(...irregularSamples(family, after.allow));
  const approvedPlainly = [{ patterns: [...approved, ...quoted, ...approvedByDefault(family, after)] }];
  searches.search({ family, what, inside: [approvedPlainly, liftedWidely], outside });
  if (family.shell) {
    searches.search({ family, what, inside: [[widelyStripped(family, approved)], [{ patterns }]], outside });
    insideScripts(family, approved, rest.kind === "gap" ? rest.gap.words : ["rm x"], searches);
  }
  if (family.name === "Bash") searches.extra.push(...readingSamples(lifted).map(family.call));
  const byDefault = [{ patterns: perhapsApprovedByDefault(family, after) }];
  searches.search({ family, what, inside: [byDefault, liftedWidely], outside, hint: true });
}

/** Commands that lifted rules held back and that may run without any rule, since they only read. */
function readingSamples(lifted: readonly ListedRule[]): string[] {
  return lifted.flatMap(({ parsed }) => {
    if (parsed.kind !== "command" || parsed.tool !== "Bash") return [];
    const { pattern } = parsed;
    if (pattern.kind === "exact") return [pattern.text];
    const text = pattern.parts.join("").trim();
    return pattern.parts[0] === "" ? READERS.map((reader) => `${reader} ${text}`) : [text];
  });
}

const READERS = ["ls", "echo x", "git log"];

const SHELLS = ["bash", "sh", "zsh", "dash", "ksh"];

/** Deny rules on removals also look into `bash -c '…'`. */
function insideScripts(
  family: Family,
  approved: Piece[][],
  words: readonly string[],
  searches: Searches,
): void {
  const removals = words.filter((word) => /^(?:rm|rmdir)(?: |$)/.test(word));
  if (removals.length === 0) return;
  const script = SHELLS.map((shell): Piece[] => [
    { kind: "text", text: `${shell} -` },
    { kind: "many", of: ANY },
  ]);
  const request = {
    family,
    what: "scripts",
    inside: [[{ patterns: approved }], [{ patterns: script }]],
    outside: [],
  };
  if (searches.find(request).kind === "none") return;
  for (const word of removals) {
    searches.extra.push(...SHELLS.map((shell) => family.call(`${shell} -c '${word.trim()} x'`)));
  }
  searches.reasons.push("a deny rule on removals was lifted, and a shell may be given a script");
}

/** An exact deny or ask rule also sees its command with words in it that expand to nothing. */
export function withExpansions(family: Family, rules: readonly ListedRule[]): Piece[][] {
  if (!family.shell) return [];
  return rules.flatMap(({ list, parsed }): Piece[][] => {
    if (list === "allow" || parsed.kind !== "command" || parsed.tool !== "Bash") return [];
    if (parsed.pattern.kind !== "exact") return [];
    const words = parsed.pattern.text.split(" ");
    return words.map((_, i) => [{ kind: "text", text: words.toSpliced(i + 1, 0, "$x").join(" ") }]);
  });
}
