import type { Call } from "../../model/permission.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledList } from "../sets/rule-set.ts";
import { EARLY_END } from "../shell/early-heredocs.ts";
import { parseCommandLine } from "../shell/shell.ts";
import type { DecisionResult } from "../types.ts";

/**
 * A deny or ask rule alone keeps this line from running, and the line is no shell: which pieces of such text the clients
 * still hold rules against depends on where their parsers go on, and that is not modelled (decision 0022).
 */
export function restsOnDoubtfulText(
  set: CompiledSet,
  call: Call,
  { rule, runs }: DecisionResult,
  decide: (set: CompiledSet, call: Call) => DecisionResult,
): boolean {
  if (runs !== false || rule === undefined || rule.list === "allow") return false;
  if (
    !isDoubtful(call.argument) &&
    !(set.client === "2.1.197" && rule.list === "ask" && endsInside(call.argument))
  )
    return false;
  const without = { ...set, deny: withoutCommands(set.deny), ask: withoutCommands(set.ask) };
  return decide(without, call).runs !== false;
}

function isDoubtful(source: string): boolean {
  return !parseCommandLine(source).errors.every((error) => error === EARLY_END || AT_THE_END.test(error));
}

/** `if a;;then b; fi`, `if a; then; fi`: what older clients still hold ask rules against depends on the statement. */
function endsInside(source: string): boolean {
  return (
    /\b(?:if|while|until|for|select)\s[^\n]*(?:;|\bthen|\bdo|\belse)\s*;/.test(source) &&
    !/\bcase\s/.test(source)
  );
}

/** What is missing at the end leaves the pieces before it as they are. */
const AT_THE_END = /^expected command after|^expected redirect target|^a backslash at the end$/;

function withoutCommands(list: CompiledList): CompiledList {
  return { ...list, commands: [] };
}
