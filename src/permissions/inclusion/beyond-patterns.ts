import type { Call } from "../../model/permission.ts";
import type { ParsedRule } from "../types.ts";
import {
  approvedByDefault,
  approvedByGrant,
  approvedByRules,
  heldBack,
  holding,
  perhapsApprovedByDefault,
  preludesOf,
} from "./approvals.ts";
import { FAMILIES, type Family } from "./families.ts";
import { findGap } from "./gap.ts";
import type { Gaps } from "./newly-approved.ts";
import { automatonOf, type ListedRule } from "./rule-language.ts";
import type { Budget } from "./search.ts";
import { heldKey, type Side } from "./side.ts";

/**
 * Differences between two sets that the texts of one family do not show: forms nothing is known about, parameters,
 * Bash commands that path rules reach, and keys of the client that are not rules.
 */
export function beyondPatterns(before: Side, after: Side, budget: Budget): Pick<Gaps, "extra" | "reasons"> {
  const found = { extra: [] as Call[], reasons: [] as string[] };
  unknownForms(before, after, found);
  liftedParameters(before, after, budget, found);
  liftedFileAccess(before, after, budget, found);
  otherKeys(before, after, found);
  classifier(before, after, found);
  powerShellAliases(before, after, found);
  return found;
}

type Found = Pick<Gaps, "extra" | "reasons">;

function lifted(before: Side, after: Side): ListedRule[] {
  return before.held.filter((rule) => !after.heldKeys.has(heldKey(rule)));
}

function added(before: Side, after: Side): ListedRule[] {
  return after.allow.filter((rule) => !before.allowKeys.has(rule.key));
}

function unknownForms(before: Side, after: Side, found: Found): void {
  for (const { text, parsed } of added(before, after)) {
    if (parsed.kind === "unknown")
      found.reasons.push(`it is not known what ${text} approves: ${parsed.reason}`);
  }
  for (const { text, parsed, list } of lifted(before, after)) {
    if (parsed.kind === "unknown") {
      found.reasons.push(`it is not known what the ${list} rule ${text} held back: ${parsed.reason}`);
    }
  }
}

type ParameterRule = Extract<ParsedRule, { kind: "parameter" }>;

/** A lifted `Tool(param:value)`: any call of the tool that is approved, with that parameter. */
function liftedParameters(before: Side, after: Side, budget: Budget, found: Found): void {
  for (const { parsed } of lifted(before, after)) {
    if (parsed.kind !== "parameter" || stillHeld(parsed, after)) continue;
    const named = parsed.parameter === "subagent_type" || parsed.parameter === "skill";
    const value =
      parsed.valuePattern.replaceAll("*", "") === "" ? true : parsed.valuePattern.replaceAll("*", "x");
    if (named) {
      found.extra.push({ tool: parsed.tool, argument: value === true ? "x" : value });
      continue;
    }
    const family = FAMILIES.find((one) => one.name === parsed.tool);
    const words = family === undefined ? [parsed.tool] : approvedWords(family, after, budget);
    const parameters = { [parsed.parameter]: value };
    for (const word of words) {
      const call = family === undefined ? { tool: word, argument: "" } : family.call(word);
      found.extra.push({ ...call, parameters });
    }
    if (words.length > 0 && family !== undefined && after.allow.length + after.grants.size > 0) {
      found.reasons.push(`calls of ${parsed.tool} with ${parsed.parameter} are no longer held back`);
    }
  }
}

function stillHeld({ tool, parameter, valuePattern }: ParameterRule, after: Side): boolean {
  return after.held.some(
    ({ parsed }) =>
      (parsed.kind === "whole-tool" && parsed.tool === tool) ||
      (parsed.kind === "parameter" &&
        parsed.tool === tool &&
        parsed.parameter === parameter &&
        (parsed.valuePattern === "*" || parsed.valuePattern === valuePattern)),
  );
}

/** A few calls that rules or the product approve on this side. */
function approvedWords(family: Family, side: Side, budget: Budget): string[] {
  const approved = [
    ...approvedByRules(family, side.allow, side).patterns,
    ...[...side.grants].flatMap((grant) => approvedByGrant(family, grant, side)),
    ...approvedByDefault(family, side),
    ...(family.name === "Bash" ? [] : perhapsApprovedByDefault(family, side)),
  ];
  if (approved.length === 0) return [];
  const held = heldBack(family, holding(family, side), side).patterns;
  const { surely } = preludesOf(family);
  const gap = findGap(
    family,
    [automatonOf({ patterns: approved })],
    automatonOf({ patterns: held, ...surely }),
    budget,
  );
  if (gap.kind !== "gap") return [];
  return gap.gap.words
    .flatMap((word) => (family.shell ? [`${word.trimEnd()} x`.trim(), word] : [word]))
    .slice(0, 8);
}

/** Deny rules on paths also reach readers, redirections and file commands in Bash; ask rules do not. */
function liftedFileAccess(before: Side, after: Side, budget: Budget, found: Found): void {
  for (const action of ["read", "edit"] as const) {
    const family = FAMILIES.find((one) => one.name === (action === "read" ? "Read" : "NotebookEdit"))!;
    const denies = (side: Side) =>
      side.held.filter(
        ({ list, parsed }) => list === "deny" && parsed.kind === "path" && parsed.action === action,
      );
    const gone = denies(before).filter((rule) => !after.heldKeys.has(heldKey(rule)));
    if (gone.length === 0) continue;
    const inside = automatonOf({ patterns: heldBack(family, gone, before).patterns });
    const outside = automatonOf({ patterns: heldBack(family, denies(after), after).patterns });
    const gap = findGap(family, [inside], outside, budget);
    if (gap.kind === "none") continue;
    const paths = gap.kind === "gap" ? gap.gap.words.map((word) => family.call(word).argument) : [];
    for (const path of paths.filter((path) => PLAIN_PATH.test(path)).slice(0, 8)) {
      for (const command of action === "read" ? [`cat ${path}`] : [`echo x > ${path}`, `cp x ${path}`]) {
        found.extra.push({ tool: "Bash", argument: command });
      }
    }
    if (runsAnyCommand(after) || movedToAsk(gone, after)) {
      found.reasons.push(
        `Bash commands may ${action === "read" ? "read" : "write"} what a deny rule protected`,
      );
    }
  }
}

const PLAIN_PATH = /^[\w./~+@-]+$/;

function movedToAsk(gone: readonly ListedRule[], after: Side): boolean {
  return (
    after.allow.length + after.grants.size > 0 &&
    gone.some((rule) => after.held.some((other) => other.key === rule.key))
  );
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

function otherKeys(before: Side, after: Side, found: Found): void {
  for (const [key, calls] of Object.entries(HOLDING_KEYS)) {
    if (before.set.other[key] !== true || after.set.other[key] === true) continue;
    found.extra.push(...calls);
    found.reasons.push(`${key} no longer holds calls back`);
  }
}

/** In auto mode a classifier lets calls pass that no rule names. */
function classifier(before: Side, after: Side, found: Found): void {
  if (before.grants.has("bypass")) return;
  const auto = after.grants.has("classifier");
  if (auto && !before.grants.has("classifier"))
    found.reasons.push("in mode auto a classifier decides what runs");
  if (auto && before.grants.has("classifier") && lifted(before, after).length > 0) {
    found.reasons.push("a rule was lifted, and in mode auto a classifier decides what runs");
  }
  const suspended = before.grants.has("classifier") || before.set.mode === "plan";
  if (suspended && after.set.mode !== before.set.mode && after.allow.length > 0) {
    found.reasons.push(`in mode ${before.set.mode} some allow rules are suspended, and now they are not`);
  }
}

/** Aliases make patterns of PowerShell meet that have no letter in common. */
function powerShellAliases(before: Side, after: Side, found: Found): void {
  const concerns = ({ parsed }: ListedRule) => parsed.kind === "command" && parsed.tool === "PowerShell";
  const approves = after.allow.some(
    ({ parsed }) =>
      (parsed.kind === "command" || parsed.kind === "whole-tool") && parsed.tool === "PowerShell",
  );
  if (approves && lifted(before, after).some(concerns)) {
    found.reasons.push("a rule for PowerShell was lifted, and aliases of its commands are not modelled");
  }
}
