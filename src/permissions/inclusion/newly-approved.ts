import type { Call } from "../../model/permission.ts";
import {
  approvedByDefault,
  approvedByGrant,
  approvedByRules,
  holding,
  surelyApprovedByRules,
  surelyHeld,
} from "./approvals.ts";
import { beyondSandbox, blanketAnew, isBareBash } from "./blanket-approval.ts";
import { type Changes, changesBetween } from "./changes.ts";
import { isIrregular, outranksWildcards } from "./commands.ts";
import { FAMILIES, type Family } from "./families.ts";
import { heldNoLonger } from "./held-no-longer.ts";
import { protectedReads } from "./protected-reads.ts";
import type { ListedRule } from "./rule-language.ts";
import type { Searches } from "./searches.ts";
import type { Side } from "./side.ts";

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
  searches.samples.push(...protectedReads(family, rules, before));
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
