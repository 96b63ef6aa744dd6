import type { Call } from "../../model/permission.ts";
import {
  approvedByDefault,
  approvedByGrant,
  approvedByRules,
  heldBack,
  holding,
  perhapsApprovedByDefault,
  preludesOf,
} from "./approvals.ts";
import type { Automaton, Piece } from "./automaton.ts";
import { isIrregular } from "./commands.ts";
import { FAMILIES, type Family } from "./families.ts";
import { findGap, type Gap } from "./gap.ts";
import { automatonOf, type ListedRule } from "./rule-language.ts";
import type { Budget } from "./search.ts";
import { heldKey, type Side } from "./side.ts";

/** What a search over all families came to: gaps to be verified, and why nothing may be concluded without one. */
export interface Gaps {
  gaps: Gap[];
  /** Calls worth trying that no automaton gives. */
  extra: Call[];
  reasons: string[];
}

/** Only calls that this automaton accepts in the family; null: no limit. */
export type Within = (family: Family) => Automaton | null;

export function newlyApproved(
  before: Side,
  after: Side,
  within: Within,
  runsBefore: RunsBefore,
  budget: Budget,
): Gaps {
  const found: Gaps = { gaps: [], extra: [], reasons: [] };
  for (const family of FAMILIES) {
    if (!concerns(family, before, after)) continue;
    const limit = within(family);
    const search = (kind: string, inside: Automaton[], outside: Automaton, hint = false) => {
      const result = findGap(family, limit === null ? inside : [...inside, limit], outside, budget);
      if (result.kind === "open") {
        if (!hint) found.reasons.push(`the search for ${kind} of ${family.name} reached its limit of steps`);
      } else if (result.kind === "gap") {
        found.gaps.push(hint ? { ...result.gap, hint: true } : result.gap);
      }
      return result.kind;
    };
    approvedAnew(family, before, after, runsBefore, found, search);
    heldNoLonger(family, before, after, search);
  }
  return found;
}

/** Most sets speak about few tools, and a family without a difference needs no search. */
function concerns(family: Family, before: Side, after: Side): boolean {
  if (family.name !== "Monitor") return true;
  return [before, after].some((side) =>
    [...side.allow, ...side.held].some(
      ({ parsed }) =>
        parsed.kind === "tool-glob" || (parsed.kind === "whole-tool" && parsed.tool === "Monitor"),
    ),
  );
}

type RunsBefore = (call: Call) => boolean;

/**
 * `Bash(git status)` names one command that runs without any rule: approving it changes nothing. Shell syntax around
 * the text does not make a difference either, since it is looked at in the same way.
 */
function namesWhatRuns(rule: ListedRule, family: Family, runsBefore: RunsBefore): boolean {
  const { parsed } = rule;
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
  /^(?:git|ls|cat|echo|pwd|head|tail|grep|rg|find|fd|wc|which|diff|stat|du|tree|file|sort|date|whoami|id|uname|hostname|ps|df|node|python3|docker|jq|printf|test|true|false|sleep|basename|dirname|realpath|readlink|cut|md5sum|sha256sum) ?/;

type SearchFor = (kind: string, inside: Automaton[], outside: Automaton, hint?: boolean) => string;

/** Calls that an allow rule, mode or directory of `after` approves and none of `before` did. */
function approvedAnew(
  family: Family,
  before: Side,
  after: Side,
  runsBefore: RunsBefore,
  found: Gaps,
  search: SearchFor,
): void {
  if (before.grants.has("bypass")) return;
  const heldUp = before.set.mode === "plan" && after.set.mode !== "plan";
  const rules = heldUp
    ? after.allow
    : after.allow.filter(
        (rule) => !before.allowKeys.has(rule.key) && !namesWhatRuns(rule, family, runsBefore),
      );
  const anew = approvedByRules(family, rules, after);
  found.reasons.push(...anew.reasons);
  const grants = [...after.grants].filter((grant) => !before.grants.has(grant) || grant === "edits");
  const inside: Piece[][] = [
    ...anew.patterns,
    ...grants.flatMap((grant) => approvedByGrant(family, grant, after)),
    ...approvedByDefault(family, after),
  ];
  if (inside.length === 0) return;
  const held = heldBack(family, surelyMatching(holding(family, after)), after).patterns;
  const { surely } = preludesOf(family);
  const known = [
    ...approvedByRules(family, before.allow, before).patterns,
    ...[...before.grants].flatMap((grant) => approvedByGrant(family, grant, before)),
    ...approvedByDefault(family, before),
    // Whoever could run any command could also watch one: a bare `Bash` counts as covering Monitor.
    ...(family.name === "Monitor" && before.allow.some(isBareBash) ? [family.everything] : []),
  ];
  const insideAutomaton = automatonOf({ patterns: inside });
  const result = search(
    "new approvals",
    [insideAutomaton],
    automatonOf({ patterns: known }, { patterns: held, ...surely }),
  );
  if (family.shell && result === "none")
    blanketAnew(family, inside, known, insideAutomaton, held, found, search);
  if (family.shell) beyondWildcards(family, rules, found);
}

function isBareBash({ parsed }: ListedRule): boolean {
  return parsed.kind === "whole-tool" && parsed.tool === "Bash";
}

/** What only a blanket rule vouches for: substitutions, background jobs, redirects (reference, section 1.5). */
const BEYOND_PREFIX_RULES = ["echo $(whoami)", "sleep 1 &", "(whoami)", "eval whoami", "whoami > /tmp/x"];

/** A blanket rule approves more than any union of prefix rules, even one whose letters cover everything. */
function blanketAnew(
  family: Family,
  inside: Piece[][],
  known: Piece[][],
  insideAutomaton: Automaton,
  held: Piece[][],
  found: Gaps,
  search: SearchFor,
): void {
  if (!inside.includes(family.everything) || known.includes(family.everything)) return;
  const { surely } = preludesOf(family);
  if (search("blanket approval", [insideAutomaton], automatonOf({ patterns: held, ...surely })) === "none")
    return;
  found.extra.push(...BEYOND_PREFIX_RULES.map(family.call));
}

/** Exact rules approve some commands that no wildcard does, so their texts say nothing about being covered. */
function beyondWildcards(family: Family, rules: readonly ListedRule[], found: Gaps): void {
  for (const { parsed } of rules) {
    if (parsed.kind === "command" && parsed.pattern.kind === "exact")
      found.extra.push(family.call(parsed.pattern.text));
  }
}

/** Calls that `after` approves and that an ask or deny rule of `before` held back. */
function heldNoLonger(family: Family, before: Side, after: Side, search: SearchFor): void {
  const removed = holding(family, before).filter((rule) => !after.heldKeys.has(heldKey(rule)));
  if (removed.length === 0) return;
  const lifted = heldBack(family, removed, before);
  if (lifted.patterns.length === 0 && lifted.reasons.length === 0) return;
  const { surely, widely, stripped } = preludesOf(family);
  const held = heldBack(family, surelyMatching(holding(family, after)), after).patterns;
  const outside = automatonOf({ patterns: held, ...surely });
  const core = automatonOf({ patterns: lifted.patterns });
  if (lifted.reasons.length === 0 && search("lifted rules", [core], outside, true) === "none") return;

  const approvals = approvedByRules(family, after.allow, after);
  const byGrants = [...after.grants].flatMap((grant) => approvedByGrant(family, grant, after));
  const approved = automatonOf({
    patterns: [...approvals.patterns, ...byGrants, ...approvedByDefault(family, after)],
  });
  const approvedWidely = automatonOf({ patterns: [...approvals.patterns, ...byGrants], ...stripped });
  const liftedWidely = automatonOf({ patterns: lifted.patterns, ...widely });
  search("lifted rules", [approved, liftedWidely], outside);
  if (family.shell) search("lifted rules", [approvedWidely, core], outside);
  const byDefault = perhapsApprovedByDefault(family, after);
  if (byDefault.length > 0)
    search("lifted rules", [automatonOf({ patterns: byDefault }), liftedWidely], outside, true);
}

/** Rules of which it is certain what they match: letters of quotes and operators are compared in other ways. */
export function surelyMatching(rules: readonly ListedRule[]): ListedRule[] {
  return rules.filter(({ parsed }) => parsed.kind !== "command" || !isIrregular(parsed.pattern));
}
