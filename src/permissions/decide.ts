import type { Call, RuleList } from "../model/permission.ts";
import { decideShell } from "./bash/bash.ts";
import { CLASSIFIED_TOOLS } from "./client-facts/classified.ts";
import { canonicalToolName } from "./rules/tool-catalogue.ts";
import { type CompiledSet, compileSet } from "./sets/compiled-set.ts";
import { undecided } from "./sets/outcome.ts";
import { decideRead, decideWrite, READING_TOOLS, WRITING_TOOLS } from "./tools/file-tools.ts";
import { decideAgent, decideMcp, decideOther, decideSkill, decideWebFetch } from "./tools/other-tools.ts";
import { decidePowerShell } from "./tools/powershell.ts";
import type { DecideOptions, DecisionResult, PermissionSet } from "./types.ts";

export interface CompiledPermissions {
  decide(call: Call): DecisionResult;
}

/** Prepares a set once, so that thousands of calls can be decided. */
export function compilePermissions(set: PermissionSet, options: DecideOptions): CompiledPermissions {
  return deciderOf(compileSet(set, options));
}

export function deciderOf(set: CompiledSet): CompiledPermissions {
  return { decide: (call) => inMode(set, decideCall(set, call), call) };
}

/** What the client of one version does with a call under these rules (reference, section 2.1). */
export function decide(set: PermissionSet, call: Call, options: DecideOptions): DecisionResult {
  return compilePermissions(set, options).decide(call);
}

function decideCall(set: CompiledSet, call: Call): DecisionResult {
  const tool = canonicalToolName(call.tool);
  const named = tool === call.tool ? call : { ...call, tool };
  if (tool === "Bash" || tool === "Monitor") return decideShell(set, named);
  if (tool === "PowerShell") return decidePowerShell(set, named);
  if (READING_TOOLS.has(tool)) return decideRead(set, named);
  if (WRITING_TOOLS.has(tool)) return decideWrite(set, named);
  if (tool === "WebFetch") return decideWebFetch(set, named);
  if (tool.startsWith("mcp__")) return decideMcp(set, named);
  if (tool === "Agent") return decideAgent(set, named);
  if (tool === "Skill") return decideSkill(set, named);
  return decideOther(set, named);
}

/** What the mode makes of what rules and defaults say. */
function inMode(set: CompiledSet, result: DecisionResult, call: Call): DecisionResult {
  const judged = set.classifier === null ? result : judgedByClassifier(set, result, call);
  if (set.refusesPrompts && judged.runs === false && judged.decision !== "deny") {
    return { ...judged, decision: "deny", reason: `${judged.reason}; what would ask is refused here` };
  }
  return judged;
}

/** Where a classifier is in play it decides what nobody else does: what runs then is not known. */
function judgedByClassifier(set: CompiledSet, result: DecisionResult, call: Call): DecisionResult {
  if (result.runs === true) {
    return isClassified(set, result, call)
      ? undecided(`a classifier judges every call of ${call.tool} in this mode`)
      : result;
  }
  if (result.decision === "deny" || result.decision === "undecided" || result.rule !== undefined)
    return result;
  if (result.check === "held" || result.check === "question") return result;
  if (result.check === "critical") {
    return set.client === "2.1.197" ? result : { ...result, decision: "deny" };
  }
  return undecided("a classifier decides in this mode");
}

function isClassified(set: CompiledSet, result: DecisionResult, call: Call): boolean {
  const tool = canonicalToolName(call.tool);
  return CLASSIFIED_TOOLS.some(
    (entry) =>
      entry.tool === tool &&
      entry.clients.includes(set.client) &&
      entry.modes.some((mode) => mode === set.classifier) &&
      !(entry.ruleHelps && result.rule !== undefined),
  );
}

const NO_RULES: PermissionSet = {
  allow: [],
  ask: [],
  deny: [],
  mode: null,
  additionalDirectories: [],
  bypassDisabled: false,
  sandboxApprovesBash: false,
  other: {},
};

/**
 * Does this one rule, standing in this list, cover the call? For allow: would it run because of the rule (commands
 * that only read may stand beside what the rule covers). Deny and ask have the wider matcher.
 */
export function matchesRule(
  rule: { list: RuleList; text: string },
  call: Call,
  options: DecideOptions,
): boolean | "undecided" {
  // Beside a deny or ask rule everything else is allowed, so that only the rule can leave the call open.
  const allow = rule.list === "allow" ? [rule.text] : [canonicalToolName(call.tool)];
  const result = decide({ ...NO_RULES, allow, [rule.list]: [rule.text] }, call, options);
  if (result.decision === "undecided") return "undecided";
  return result.rule?.list === rule.list;
}
