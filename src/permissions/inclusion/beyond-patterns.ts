import type { Call } from "../../model/permission.ts";
import { isTransparent } from "../commands/wrappers.ts";
import { fileOperands } from "../files/file-commands.ts";
import {
  approvedByDefault,
  approvedByGrant,
  approvedByRules,
  holding,
  perhapsApprovedByDefault,
  surelyHeld,
} from "./approvals.ts";
import { FAMILIES, type Family } from "./families.ts";
import { deniedPaths } from "./file-access.ts";
import { findGap } from "./gap.ts";
import { callWithParameter, coversParameter } from "./parameters.ts";
import { automatonOf, type ListedRule } from "./rule-language.ts";
import type { Searches } from "./searches.ts";
import { heldKey, type Side } from "./side.ts";

/**
 * Differences between two sets that the texts of one family do not show: forms nothing is known about, parameters,
 * Bash commands that path rules reach, the mode's classifier, and keys of the client that are not rules.
 */
export function beyondPatterns(before: Side, after: Side, searches: Searches): void {
  const lifted = before.held.filter((rule) => !after.heldKeys.has(heldKey(rule)));
  unknownForms(before, after, lifted, searches);
  for (const rule of lifted) liftedParameter(rule, after, searches);
  liftedFileAccess(lifted, after, searches);
  otherKeys(before, after, searches);
  if (!before.grants.has("bypass")) classifier(before, after, lifted, searches);
  powerShellAliases(lifted, after, searches);
}

function unknownForms(before: Side, after: Side, lifted: readonly ListedRule[], searches: Searches): void {
  const added = after.allow.filter((rule) => !before.allowKeys.has(rule.key));
  for (const { text, parsed, list } of [...added, ...lifted]) {
    if (parsed.kind !== "unknown") continue;
    const did = list === "allow" ? "approves" : "held back";
    searches.reasons.push(`it is not known what the ${list} rule ${text} ${did}: ${parsed.reason}`);
  }
}

/** A lifted `Tool(param:value)`: any call of the tool that is approved, with that parameter. */
function liftedParameter({ parsed, text }: ListedRule, after: Side, searches: Searches): void {
  if (parsed.kind !== "parameter" || after.held.some((rule) => coversParameter(rule, parsed))) return;
  const family = FAMILIES.find((one) => one.name === parsed.tool);
  const calls =
    family === undefined
      ? [{ tool: parsed.tool, argument: "" }]
      : approvedTexts(family, after, searches).map((word) => family.call(word));
  searches.extra.push(...calls.map((call) => callWithParameter(parsed, call)));
  const approves = after.allow.some((rule) => family?.kinds.has(rule.parsed.kind) ?? true);
  if (calls.length > 0 && (approves || after.grants.size > 0)) {
    searches.reasons.push(`calls that ${text} held back may run now`);
  }
}

const TEXTS_TRIED = 8;

/** A few calls that rules or the product approve on this side. */
function approvedTexts(family: Family, side: Side, searches: Searches): string[] {
  const patterns = [
    ...approvedByRules(family, side.allow, side).patterns,
    ...[...side.grants].flatMap((grant) => approvedByGrant(family, grant, side)),
    ...approvedByDefault(family, side),
    ...(family.shell ? [] : perhapsApprovedByDefault(family, side)),
  ];
  const held = surelyHeld(family, holding(family, side), side.context.client);
  const gap = findGap(family, [automatonOf({ patterns })], automatonOf(...held), searches.budget);
  const words = gap.kind === "gap" ? gap.gap.words : [];
  return words
    .flatMap((word) => (family.shell ? [`${word.trimEnd()} x`.trim(), word] : [word]))
    .slice(0, TEXTS_TRIED);
}

/** Deny rules on paths also reach readers, redirections and file commands in Bash; ask rules do not. */
function liftedFileAccess(lifted: readonly ListedRule[], after: Side, searches: Searches): void {
  const commands: Call[] = deniedPaths(lifted, after.held, searches);
  if (commands.length === 0) return;
  searches.extra.push(...commands);
  const movedToAsk = lifted.some((rule) => after.held.some((other) => other.key === rule.key));
  if (runsAnyCommand(after) || movedToAsk || after.allow.some(mayReachFiles)) {
    searches.reasons.push("Bash commands may reach files that a deny rule on paths protected");
  }
}

/** `Bash(cat *)`, and `Bash(*x)`, which covers `mkdir -p x`. */
function mayReachFiles({ parsed }: ListedRule): boolean {
  if (parsed.kind !== "command" || parsed.tool !== "Bash") return false;
  const { pattern } = parsed;
  const [program = "", ...more] = (pattern.kind === "exact" ? pattern.text : pattern.parts[0]!)
    .trimStart()
    .split(/\s/);
  const named = pattern.kind === "exact" || more.length > 0;
  return !named || fileOperands(program, [], "2.1.330") !== null || isTransparent(program);
}

function runsAnyCommand(side: Side): boolean {
  const blanket = side.allow.some(({ parsed }) => parsed.kind === "whole-tool" && parsed.tool === "Bash");
  return blanket || side.grants.has("sandboxed-bash") || side.grants.has("bypass");
}

/** Keys that only ever hold calls back when they are true. */
const HOLDING_KEYS: Readonly<Record<string, Call[]>> = {
  blockReadsOutsideWorkingDirectories: [{ tool: "Read", argument: "/etc/passwd" }],
  blockWritesOutsideWorkingDirectories: [{ tool: "Write", argument: "/tmp/x" }],
};

function otherKeys(before: Side, after: Side, searches: Searches): void {
  for (const [key, calls] of Object.entries(HOLDING_KEYS)) {
    if (before.set.other[key] !== true || after.set.other[key] === true) continue;
    searches.extra.push(...calls);
    searches.reasons.push(`${key} no longer holds calls back`);
  }
}

/** In auto mode a classifier lets calls pass that no rule names, and suspends broad rules. */
function classifier(before: Side, after: Side, lifted: readonly ListedRule[], searches: Searches): void {
  if (after.grants.has("classifier")) {
    if (!before.grants.has("classifier"))
      searches.reasons.push("in mode auto a classifier decides what runs");
    else if (lifted.length > 0) {
      searches.reasons.push("a rule was lifted, and in mode auto a classifier decides what runs");
    }
  }
  const { mode } = before.set;
  if ((mode === "auto" || mode === "plan") && after.set.mode !== mode && after.allow.length > 0) {
    searches.reasons.push(
      `in mode ${mode} the client may hold back what allow rules approve, and now it does not`,
    );
  }
}

/** Aliases make patterns of PowerShell meet that have no letter in common. */
function powerShellAliases(lifted: readonly ListedRule[], after: Side, searches: Searches): void {
  const isPowerShell = ({ parsed }: ListedRule) =>
    (parsed.kind === "command" || parsed.kind === "whole-tool") && parsed.tool === "PowerShell";
  if (after.allow.some(isPowerShell) && lifted.some(isPowerShell)) {
    searches.reasons.push("a rule for PowerShell was lifted, and aliases of its commands are not modelled");
  }
}
