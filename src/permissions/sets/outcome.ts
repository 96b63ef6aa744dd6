import type { Check, DecisionResult } from "../types.ts";
import type { CompiledRule } from "./rule-set.ts";

/** The few ways a call can end, so that every family words them alike. */
export function refused(by: CompiledRule): DecisionResult {
  return { decision: "deny", runs: false, rule: rule(by), reason: `the deny rule ${by.text} matches` };
}

export function asked(by: CompiledRule): DecisionResult {
  return { decision: "ask", runs: false, rule: rule(by), reason: `the ask rule ${by.text} matches` };
}

/** A person is asked because of a check that no allow rule lifts. */
export function checked(reason: string, check: Check = "protected"): DecisionResult {
  return { decision: "ask", runs: false, reason, check };
}

/** Refused whatever a person says, and by no rule. */
export function blocked(reason: string): DecisionResult {
  return { decision: "deny", runs: false, reason };
}

export function approved(by: CompiledRule): DecisionResult {
  return { decision: "allow", runs: true, rule: rule(by), reason: `the allow rule ${by.text} covers it` };
}

export function approvedBy(reason: string): DecisionResult {
  return { decision: "allow", runs: true, reason };
}

/** No rule settles it and the product runs it. */
export function runsByDefault(reason: string): DecisionResult {
  return { decision: "default", runs: true, reason };
}

/** No rule settles it and a person is asked. */
export function unsettled(reason: string): DecisionResult {
  return { decision: "default", runs: false, reason };
}

export function undecided(reason: string): DecisionResult {
  return { decision: "undecided", runs: "undecided", reason };
}

function rule(by: CompiledRule): { list: CompiledRule["list"]; text: string } {
  return { list: by.list, text: by.text };
}
