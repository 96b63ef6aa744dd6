import type { Call } from "../model/permission.ts";
import type { FileChecks, PartFiles } from "./bash-files.ts";
import { hazardOf } from "./bash-hazards.ts";
import { allowRuleFor } from "./bash-parts.ts";
import { CODE_BUILTINS } from "./client-facts/unanalysed.ts";
import type { CommandFacts } from "./command-facts.ts";
import type { CommandLine } from "./command-line.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { heldBack } from "./held-back.ts";
import { isSuspendedInAutoMode } from "./launchers.ts";
import { approved, approvedBy, runsByDefault, undecided, unsettled } from "./outcome.ts";
import { isReadOnlyCommand } from "./read-only.ts";
import type { CompiledRule } from "./rule-set.ts";
import type { DecisionResult } from "./types.ts";

/** On entry into auto mode the client suspends broad allow rules; plan mode may be judged the same way. */
export function suspendable(set: CompiledSet, rule: CompiledRule): DecisionResult {
  const classified = set.mode === "auto" || (set.mode === "plan" && set.client === "2.1.330");
  if (classified && isSuspendedInAutoMode(rule)) {
    return undecided(`auto mode suspends the broad rule ${rule.text}; a classifier decides instead`);
  }
  return approved(rule);
}

/** The decision of allow rules for single programs, of the mode and of the read-only set, part by part. */
export function decideByParts(
  set: CompiledSet,
  call: Call,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): DecisionResult {
  const hazard = hazardOf(set, line, facts);
  if (hazard?.certain) {
    const exact = ruleWithText(set, call.argument);
    // Recorded for plain lists of commands only: `Bash(a && b)` approves nothing.
    return exact !== null && line.hazards.length > 0
      ? undecided(`it is not known whether the full text in ${exact.text} vouches for it`)
      : unsettled(hazard.reason);
  }
  let by: CompiledRule | null = null;
  let open: string | null = hazard?.reason ?? null;
  for (const [index, fact] of facts.entries()) {
    const part = judgePart(set, call, fact, files.parts[index]!);
    if (part.kind === "asks") return unsettled(part.reason);
    if (part.kind === "undecided") open ??= part.reason;
    if (part.kind === "rule") {
      const suspended = suspendable(set, part.rule);
      if (suspended.runs !== true) return suspended;
      by ??= part.rule;
    }
  }
  if (open !== null) return undecided(open);
  if (facts.length === 0 && line.commands.length === 0) {
    return call.argument.trim() === "" ? undecided("an empty command") : emptyLine(line);
  }
  if (by !== null) return approved(by);
  if (files.byMode) return approvedBy("the mode acceptEdits runs file commands in the working directories");
  return runsByDefault("it only reads, so the client runs it without a rule");
}

/** Only comments, `[[ … ]]` and the like. */
function emptyLine(line: CommandLine): DecisionResult {
  return line.parseError ? unsettled("it does not parse") : runsByDefault("it runs no command");
}

/** An allow rule whose text is the whole line. */
function ruleWithText(set: CompiledSet, text: string): CompiledRule | null {
  const trimmed = text.trim();
  const exact = set.allow.commands.find(
    ({ parsed: { tool, pattern } }) =>
      tool === "Bash" && pattern.kind === "exact" && pattern.text === trimmed,
  );
  return exact ?? null;
}

type PartVerdict =
  | { kind: "rule"; rule: CompiledRule }
  | { kind: "read-only" }
  | { kind: "mode" }
  | { kind: "asks"; reason: string }
  | { kind: "undecided"; reason: string };

function judgePart(set: CompiledSet, call: Call, fact: CommandFacts, files: PartFiles): PartVerdict {
  const name = fact.allow.words[0]?.value ?? "";
  const shown = fact.command.raw;
  if (files.asks !== null) return { kind: "asks", reason: files.asks };
  const match = allowRuleFor(set.allow, fact);
  // Full texts approve even what no wildcard does.
  if (match?.exact === true && match.full) return { kind: "rule", rule: match.rule };
  if (CODE_BUILTINS.has(name) || CODE_BUILTINS.has(fact.command.words[0]?.value ?? "")) {
    return { kind: "asks", reason: `'${name}' evaluates arguments as shell code` };
  }
  if (fact.allow.timeoutUnclear) {
    return { kind: "asks", reason: "timeout without a plain duration can't be checked" };
  }
  if (set.client === "2.1.330" && hasHiddenAssignment(fact)) {
    return { kind: "asks", reason: "a variable set in this command can't be checked before it runs" };
  }
  if (match !== null) {
    if (!match.certain) {
      return { kind: "undecided", reason: `it is not known whether ${match.rule.text} covers ${shown}` };
    }
    if (match.exact || !heldBack(fact)) return { kind: "rule", rule: match.rule };
    if (fact.command.words[0]?.value !== name) {
      // `timeout 5 watch x` under `Bash(timeout *)`: approved by its own text, or held back for what it starts.
      return { kind: "undecided", reason: `it is not known whether ${match.rule.text} vouches for ${shown}` };
    }
    return { kind: "asks", reason: `what '${name}' starts can't be checked before it runs` };
  }
  // A redirection or assignment alone runs nothing; its file and value were judged above.
  if (fact.command.words.length === 0) return { kind: "read-only" };
  if (set.mode === "acceptEdits" && files.byMode !== "no") {
    return files.byMode === "yes"
      ? { kind: "mode" }
      : { kind: "undecided", reason: `it is not known whether acceptEdits runs ${shown}` };
  }
  return judgeWithoutRule(call, fact, files);
}

function judgeWithoutRule(call: Call, fact: CommandFacts, files: PartFiles): PartVerdict {
  const shown = fact.command.raw;
  const { unsafePrefix, words } = fact.allow;
  if (unsafePrefix === true) return { kind: "asks", reason: `no rule covers ${shown}` };
  const typed = words.length === fact.command.words.length && !fact.command.nested;
  const readOnly = words.every((word) => word.literal || word.arithmetic)
    ? isReadOnlyCommand(words, typed)
    : "undecided";
  if (readOnly === false) {
    return files.writesAreRuled
      ? { kind: "undecided", reason: `it is not known whether Edit rules alone approve ${shown}` }
      : { kind: "asks", reason: `no rule covers ${shown}` };
  }
  if (call.tool === "Monitor" || readOnly === "undecided" || unsafePrefix === "undecided") {
    return { kind: "undecided", reason: `it is not known whether the client takes ${shown} for read-only` };
  }
  return { kind: "read-only" };
}

/** What reads as an assignment but stands where the shell takes it for a program: `'X=1' git`, `nohup X=1 git`. */
function hasHiddenAssignment(fact: CommandFacts): boolean {
  const { words, timed } = fact.command;
  const assigns = (index: number): boolean => /^[A-Za-z_]\w*=/.test(words[index]?.value ?? "");
  if (assigns(0) || timed.length > 0) return true;
  return ["nohup", "time", "command", "builtin", "noglob"].includes(words[0]?.value ?? "") && assigns(1);
}
