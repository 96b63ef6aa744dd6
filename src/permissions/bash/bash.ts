import type { Call } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { type CommandFacts, holdsVariable } from "../commands/command-facts.ts";
import { segmentsOf } from "../commands/line-texts.ts";
import { behindDenyWrappers } from "../commands/wrappers.ts";
import { changesDirectory, withoutStayingPut } from "../files/directory-changes.ts";
import { isRemoval } from "../files/file-commands.ts";
import { isReadOnly } from "../read-only/read-only.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import { approved, approvedBy, asked, checked, refused, undecided } from "../sets/outcome.ts";
import type { CompiledRule } from "../sets/rule-set.ts";
import { parameterRule, unknownRule, wholeToolRule } from "../sets/tool-rules.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { baseName } from "../shell/command-text.ts";
import { hazardsFor } from "../shell/cut-substitutions.ts";
import { isGivenUp } from "../shell/early-heredocs.ts";
import { parseCommandLine } from "../shell/shell.ts";
import { LAST_JOB } from "../shell/woven-text.ts";
import type { DecisionResult } from "../types.ts";
import { decideByParts } from "./bash-approval.ts";
import { type FileCheck, type FileChecks, fileChecks } from "./bash-files.ts";
import { allowRuleFor, wideMatch } from "./bash-parts.ts";
import { decideBeforeAsks } from "./before-asks.ts";
import { isUnclear } from "./command-meaning.ts";
import { setsPlainVariable } from "./command-unanalysed.ts";
import { directoryHazard } from "./directory-hazards.ts";
import { restsOnDoubtfulText } from "./doubtful-text.ts";
import { analysisOf, INNER_PIPE } from "./line-analysis.ts";
import { factsOf } from "./line-facts.ts";
import { isUnread } from "./older-reading.ts";

/** The decision for `Bash` and, with its own blanket rule, `Monitor`. */
export function decideShell(set: CompiledSet, given: Call): DecisionResult {
  const result = decideAsRead(set, given);
  return restsOnDoubtfulText(set, given, result, decideAsRead)
    ? undecided(`the line does not parse, and it is not known whether the rule ${result.rule!.text} sees it`)
    : result;
}

function decideAsRead(set: CompiledSet, given: Call): DecisionResult {
  const call = { ...given, argument: withoutStayingPut(given.argument, set) };
  const line = hazardsFor(parseCommandLine(call.argument), set.client);
  const facts = isGivenUp(line) ? [] : factsOf(line, set);
  const analysis = analysisOf(set, line, facts);
  const files = fileChecks(set, line, facts, analysis);

  const sandboxed = isSandboxed(set, call, facts);
  const deniedWhole = whole(set, "deny", call);
  // Older clients come to a bare ask rule before they come to deny rules with content.
  const askedFirst = set.client === "2.1.197" && !sandboxed ? wholeToolRule(set.ask, call.tool) : null;
  if (deniedWhole === null && askedFirst !== null) return asked(askedFirst);
  const asks = asksByItself(set, call, line, facts, files);
  const denied = deniedWhole ?? wideMatch(set.deny, facts, set, line, asks);
  if (denied?.certain === true) return refused(denied.rule);
  if (files.denied !== null) return refused(files.denied);
  // With the sandbox approving Bash, a bare ask rule is not applied; ask rules with content are.
  const askedWhole = sandboxed ? null : whole(set, "ask", call);
  const settled = denied === null && askedWhole === null && openRule(set, call.tool) === null;
  const before =
    settled && analysis !== "broken-off" ? decideBeforeAsks(set, call, line, facts, files) : null;
  if (before !== null && before.result !== null) return before.result;
  const questioned = facts.filter((fact) => before?.answered.has(fact) !== true);
  const askedBy = askedWhole ?? wideMatch(set.ask, questioned, set, line, asks);
  if (askedBy?.certain === true) return asked(askedBy.rule);
  const open = denied ?? askedBy ?? openRule(set, call.tool);
  if (analysis === "broken-off")
    return checked("it is not certain that it was read as the shell will", "critical");
  const lifted = liftChecks(set, facts, files.checked, sandboxed);
  if (lifted !== null) return lifted;
  if (sandboxed && open === null) {
    return approvedBy("the sandbox approves what it can confine (autoAllowBashIfSandboxed)");
  }

  const result = decideAllowed(set, call, line, facts, files);
  // What may be refused or asked is never reported as running.
  if (open !== null && result.runs !== false) {
    return undecided(`it is not known whether the rule ${open.rule.text} matches`);
  }
  return result;
}

/** Newer clients hold rules against the text of a whole line where they would ask, be it that a blanket rule lifts that. */
function asksByItself(
  set: CompiledSet,
  call: Call,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): boolean {
  if (isGivenUp(line)) return false;
  if (set.client === "2.1.197") return false;
  // What a rule for files refuses asks before that.
  if (files.parts.some(({ deniedAsks }) => deniedAsks !== null)) return false;
  // What never closes at the end of the line is closed there.
  if (line.errors.some((error) => /^expected '[)}]'/.test(error)) || /<<<\s*$/.test(line.source))
    return false;
  // A pipeline with a variable woven in is compared in parts alone.
  if (facts.some(holdsVariable) && line.pipes.length > 0) return false;
  return (
    // A pipe alone only where not every part runs by a rule of its own.
    (line.pipes.length > 0 && decideByParts(set, call, line, facts, files).runs !== true) ||
    isUnread(line, set) ||
    line.hazards.some((hazard) => hazard.kind === "structure" && hazard.what !== LAST_JOB) ||
    facts.some((fact) => isUnclear(fact, set.client) && !setsPlainVariable(fact.command.words)) ||
    directoryHazard(set, facts, line) !== null ||
    files.checked !== null ||
    files.parts.some(
      ({ asks, pathAsks }, at) =>
        asks !== null || (pathAsks && allowRuleFor(set.allow, facts[at]!, set.client) === null),
    )
  );
}

/** What takes Bash away, or asks about it, does the same to Monitor. */
function whole(
  set: CompiledSet,
  list: "deny" | "ask",
  call: Call,
): { rule: CompiledRule; certain: true } | null {
  const rule =
    wholeToolRule(set[list], call.tool) ??
    parameterRule(set[list], call) ??
    (call.tool === "Monitor" ? wholeToolRule(set[list], "Bash") : null);
  return rule === null ? null : { rule, certain: true };
}

/** A rule that may match, so far as is known. */
function openRule(set: CompiledSet, tool: string): { rule: CompiledRule } | null {
  for (const list of [set.deny, set.ask]) {
    const unknown = unknownRule(list, tool);
    if (unknown !== null) return { rule: unknown };
  }
  return null;
}

/** The sandbox approves the call unless it leaves the sandbox or evaluates text. */
function isSandboxed(set: CompiledSet, call: Call, facts: readonly CommandFacts[]): boolean {
  const evaluates = facts.some((fact) => fact.words[0]?.value === "eval");
  return set.sandboxApprovesBash && call.tool === "Bash" && !leavesSandbox(call) && !evaluates;
}

function leavesSandbox(call: Call): boolean {
  return call.tool === "Bash" && call.parameters?.dangerouslyDisableSandbox === true;
}

/** Checks that no allow rule lifts. */
function liftChecks(
  set: CompiledSet,
  facts: readonly CommandFacts[],
  fileCheck: FileCheck | null,
  sandboxed: boolean,
): DecisionResult | null {
  if (fileCheck?.critical === true) return checked(fileCheck.reason, "critical");
  // The sandbox confines writes by itself.
  if (fileCheck !== null && !sandboxed && (set.mode !== "bypassPermissions" || fileCheck.always === true)) {
    return checked(fileCheck.reason);
  }
  if (set.client === "2.1.197") return null;
  for (const fact of facts) {
    const code = shellDashC(fact, set.client);
    if (code === null) continue;
    const inner = parseCommandLine(code);
    const innerFacts = factsOf(inner, set);
    const innerFiles = fileChecks(set, inner, innerFacts, "none");
    if (innerFiles.checked?.critical === true) return checked(innerFiles.checked.reason, "critical");
    // Recorded for removals only: `bash -c 'git push'` runs beside deny `Bash(git *)`.
    const removals = innerFacts.filter((fact) => isRemoval(fact.program));
    const denied = wideMatch(set.deny, removals, set, null)?.rule;
    if (denied !== undefined) {
      return checked(`the deny rule ${denied.text} matches a command inside this shell -c script`);
    }
  }
  return null;
}

/** The script of `bash -c '…'`, whatever wrappers stand in front that deny rules look through, but for `xargs`. */
function shellDashC({ command }: CommandFacts, client: ClientVersion): string | null {
  const words = command.words.slice(behindDenyWrappers(command.words, client));
  if (!/^(?:ba|z|da|k)?sh$/.test(baseName(words[0]?.value ?? ""))) return null;
  const flag = words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word.value));
  return flag < 0 ? null : (words[flag + 1]?.value ?? null);
}

/** A job in the background of which every part runs without a rule: not even a blanket rule lets both clients run it. */
function isDeferred(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): boolean {
  const deferred = line.hazards.some(({ kind }) => kind === "background");
  if (!deferred || line.errors.length > 0) return false;
  if (line.hazards.some(({ kind }) => kind !== "background")) return false;
  if (facts.filter(changesDirectory).length > 1) return false;
  if (set.client === "2.1.197" && facts.some((fact) => isUnclear(fact, set.client))) return false;
  return facts.every((fact, at) => {
    const { asks, byMode } = files.parts[at]!;
    if (asks !== null || fact.command.timed.length > 0 || fact.command.words[0]?.value === "time")
      return false;
    const runs = (byMode && set.mode === "acceptEdits") || isReadOnly(fact.command, set.client);
    return runs || allowRuleFor(set.allow, fact, set.client) !== null;
  });
}

/** A pipe inside a statement cuts it in two: the line runs where each piece would. null: it is no such line, or does not. */
function decideBetweenPipes(set: CompiledSet, call: Call, line: CommandLine): DecisionResult | null {
  const structures = line.hazards.filter(({ kind }) => kind === "structure");
  const cut =
    structures.length > 0 && structures.every((hazard) => "what" in hazard && hazard.what === INNER_PIPE);
  if (!cut || set.mode === "bypassPermissions") return null;
  const results = segmentsOf(line).map((argument) => decideShell(set, { ...call, argument }));
  return results.every(({ runs }) => runs === true) ? (results.at(-1) ?? null) : null;
}

function decideAllowed(
  set: CompiledSet,
  call: Call,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): DecisionResult {
  if (set.mode === "bypassPermissions") return approvedBy("the mode bypassPermissions runs everything else");
  // Where there is no sandbox to leave, the parameter changes nothing.
  const unsandboxed = set.sandboxEnabled && leavesSandbox(call);
  const blanket = wholeToolRule(set.allow, call.tool);
  if (blanket !== null && !unsandboxed) {
    return isDeferred(set, line, facts, files)
      ? checked("what would run by itself asks when it is sent to the background")
      : approved(blanket);
  }
  const unknown = unknownRule(set.allow, call.tool);
  const result = decideBetweenPipes(set, call, line) ?? decideByParts(set, call, line, facts, files);
  if (unknown !== null && result.runs === false) {
    return undecided(`it is not known what the rule ${unknown.text} approves`);
  }
  if (blanket !== null && result.decision === "default" && result.runs === false) {
    return checked("leaving the sandbox asks even under a blanket rule");
  }
  return result;
}
