import type { Call } from "../model/permission.ts";
import { fileChecks } from "./bash-files.ts";
import { allowRuleFor, factsOf, wideMatch } from "./bash-parts.ts";
import type { CommandFacts } from "./command-facts.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { isRemoval } from "./file-commands.ts";
import { compileGlob } from "./glob.ts";
import { isSuspendedInAutoMode } from "./launchers.ts";
import {
  approved,
  approvedBy,
  asked,
  checked,
  refused,
  runsByDefault,
  undecided,
  unsettled,
} from "./outcome.ts";
import { isReadOnlyCommand } from "./read-only.ts";
import type { CompiledRule } from "./rule-set.ts";
import { type CommandLine, parseCommandLine } from "./shell.ts";
import { parameterRule, unknownRule, wholeToolRule } from "./tool-rules.ts";
import type { DecisionResult } from "./types.ts";

/** Longer commands always ask unless a blanket rule stands (2.1.214 and later). */
const LONGEST_COMMAND = 10_000;

/** Never approved by a rule with a wildcard, only by one with the full text; deny rules look through some of them. */
const EXEC_WRAPPERS = new Set(["watch", "setsid", "ionice", "flock", "script", "strace", "ltrace"]);
/** They run their arguments as shell code, or change what later words mean: nothing vouches for them. */
const CODE_BUILTINS = new Set(["exec", "eval", "source", ".", "trap", "alias"]);
const VERSION_CONTROL = new Set(["git", "hg", "svn", "jj"]);

const FIND_ACTIONS = ["exec", "execdir", "ok", "okdir", "delete", "fprint", "fprint0", "fprintf", "fls"];
const FIND_ACTION = new RegExp(`^-(?:${FIND_ACTIONS.join("|")})$`);

/** A glob that could turn into an action of find when a file is called so. */
function mayBecomeAction(argument: string): boolean {
  if (!/[*?]/.test(argument)) return false;
  const glob = compileGlob(argument);
  return glob !== null && FIND_ACTIONS.some((action) => glob.matches(`-${action}`));
}

/** The decision for `Bash` and, with its own blanket rule, `Monitor`. */
export function decideShell(set: CompiledSet, call: Call): DecisionResult {
  const line = parseCommandLine(call.argument);
  const facts = factsOf(line, set);
  const files = fileChecks(set, facts);

  const denied = whole(set, "deny", call) ?? wideMatch(set.deny, facts, set, line.opaqueTexts);
  if (denied?.certain === true) return refused(denied.rule);
  if (files.denied !== null) return refused(files.denied);
  const sandboxed = isSandboxed(set, call, facts);
  // With the sandbox approving Bash, a bare ask rule is not applied; ask rules with content are.
  const askedBy =
    (sandboxed ? null : whole(set, "ask", call)) ?? wideMatch(set.ask, facts, set, line.opaqueTexts);
  if (askedBy?.certain === true) return asked(askedBy.rule);
  const open = denied ?? askedBy ?? openRule(set, call.tool, line);
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
  if (files.openRemoval && result.runs === true) {
    return undecided("it is not known whether the client sees this removal of a critical directory");
  }
  return result;
}

function whole(
  set: CompiledSet,
  list: "deny" | "ask",
  call: Call,
): { rule: CompiledRule; certain: true } | null {
  const rule = wholeToolRule(set[list], call.tool) ?? parameterRule(set[list], call);
  return rule === null ? null : { rule, certain: true };
}

/** A rule that may match, so far as is known. */
function openRule(set: CompiledSet, tool: string, line: CommandLine): { rule: CompiledRule } | null {
  for (const list of [set.deny, set.ask]) {
    const unknown = unknownRule(list, tool);
    if (unknown !== null) return { rule: unknown };
    // A text that does not parse may hide a command from the model that the client's own parser sees.
    const rule = line.parseError && set.client === "2.1.330" ? list.commands[0] : undefined;
    if (rule !== undefined && line.commands.length === 0) return { rule };
    // Bare `Bash` rules and Monitor: only known for allow.
    const bash = tool === "Monitor" ? list.wholeTools.get("Bash") : undefined;
    if (bash !== undefined) return { rule: bash };
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
  fileCheck: { reason: string; critical: boolean } | null,
  sandboxed: boolean,
): DecisionResult | null {
  if (fileCheck?.critical === true) return checked(fileCheck.reason);
  // The sandbox confines writes by itself.
  if (fileCheck !== null && !sandboxed && set.mode !== "bypassPermissions") {
    return set.mode === "auto"
      ? undecided("a classifier decides about protected paths in auto mode")
      : checked(fileCheck.reason);
  }
  for (const fact of facts) {
    const code = shellDashC(fact);
    if (code === null) continue;
    const inner = parseCommandLine(code);
    const innerFacts = factsOf(inner, set);
    const innerFiles = fileChecks(set, innerFacts);
    if (innerFiles.checked?.critical === true) return checked(innerFiles.checked.reason);
    if (set.client === "2.1.330") {
      // Recorded for removals only: `bash -c 'git push'` runs beside deny `Bash(git *)`.
      const removals = innerFacts.filter((fact) => isRemoval(fact.program));
      const denied = wideMatch(set.deny, removals, set, [])?.rule;
      if (denied !== undefined) {
        return checked(`the deny rule ${denied.text} matches a command inside this shell -c script`);
      }
    }
  }
  return null;
}

/** The script of `bash -c '…'`. */
function shellDashC(fact: CommandFacts): string | null {
  if (!/^(?:ba|z|da|k)?sh$/.test(fact.program)) return null;
  const flag = fact.words.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word.value));
  return flag < 0 ? null : (fact.words[flag + 1]?.value ?? null);
}

type Files = ReturnType<typeof fileChecks>;

function decideAllowed(
  set: CompiledSet,
  call: Call,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: Files,
): DecisionResult {
  if (set.mode === "bypassPermissions") return approvedBy("the mode bypassPermissions runs everything else");
  const unsandboxed = leavesSandbox(call);
  const blanket = wholeToolRule(set.allow, call.tool);
  if (blanket !== null && !unsandboxed) return suspendable(set, blanket);
  const unknown = unknownRule(set.allow, call.tool);
  const result = decideByParts(set, call, line, facts, files);
  if (unknown !== null && result.runs === false) {
    return undecided(`it is not known what the rule ${unknown.text} approves`);
  }
  if (blanket !== null && result.decision === "default" && result.runs === false) {
    // Measured with the sandbox on; without it nobody looked what the parameter does.
    return set.sandboxApprovesBash
      ? checked("leaving the sandbox asks even under a blanket rule")
      : undecided("it is not known whether leaving the sandbox asks where there is none");
  }
  return result;
}

/** On entry into auto mode the client suspends broad allow rules; plan mode may be judged the same way. */
function suspendable(set: CompiledSet, rule: CompiledRule): DecisionResult {
  const classified = set.mode === "auto" || (set.mode === "plan" && set.client === "2.1.330");
  if (classified && isSuspendedInAutoMode(rule)) {
    return undecided(`auto mode suspends the broad rule ${rule.text}; a classifier decides instead`);
  }
  return approved(rule);
}

function decideByParts(
  set: CompiledSet,
  call: Call,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: Files,
): DecisionResult {
  const hazard = hazardOf(set, line, facts);
  if (hazard !== null && hazard.certain) return unsettled(hazard.reason);
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
    if (part.kind === "mode") open ??= null;
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

function hazardOf(
  set: CompiledSet,
  line: CommandLine,
  facts: readonly CommandFacts[],
): { reason: string; certain: boolean } | null {
  const newer = set.client === "2.1.330";
  if (line.source.length > LONGEST_COMMAND) return { reason: "it is too long to be checked", certain: newer };
  if (line.parseError) {
    return newer
      ? { reason: "it does not parse as shell", certain: true }
      : { reason: "older clients judge text that does not parse in their own way", certain: false };
  }
  let open: string | null = null;
  for (const hazard of line.hazards) {
    if (hazard.kind === "background") return { reason: "a background job can't be checked", certain: true };
    if (hazard.kind === "structure")
      return { reason: `${hazard.what} can't be checked before it runs`, certain: true };
    if (hazard.kind === "variable-used") {
      open = `it is not known whether the client follows the variable ${hazard.name}`;
      continue;
    }
    if (!newer) continue;
    // Recorded with numbers only: `X=1;` and `for i in 1 2` ask. Loops over plain words were measured to run.
    if (hazard.numeric)
      return { reason: `the variable ${hazard.name} set in this command can't be checked`, certain: true };
    if (!hazard.loop) open ??= `it is not known whether setting ${hazard.name} asks`;
  }
  const directory = directoryHazard(set, facts);
  if (directory !== null) return directory;
  return open === null ? null : { reason: open, certain: false };
}

/** `cd` before version control, twice, or together with a written file. */
function directoryHazard(
  set: CompiledSet,
  facts: readonly CommandFacts[],
): { reason: string; certain: boolean } | null {
  const changes = facts.filter((fact) => fact.program === "cd");
  if (changes.length === 0) return null;
  if (changes.length > 1) return { reason: "several directory changes in one command", certain: true };
  const change = changes[0]!;
  if (change.words.length > 2) return { reason: "cd with more than one argument", certain: true };
  const writes = facts.some((fact) =>
    fact.command.redirects.some(
      (redirect) => redirect.direction === "write" && redirect.target?.value !== "/dev/null",
    ),
  );
  if (writes) return { reason: "a directory change together with a written file", certain: true };
  const newer = set.client === "2.1.330";
  const reads = facts.some((fact) =>
    fact.command.redirects.some((redirect) => redirect.direction === "read"),
  );
  if (reads && newer) return { reason: "a directory change together with a redirected input", certain: true };
  const redirected = facts.some((fact) =>
    fact.command.redirects.some((redirect) => redirect.direction === "write"),
  );
  if (redirected && !newer)
    return { reason: "a directory change together with a redirection", certain: true };
  const stays = change.words[1]?.value === "." || change.words[1]?.value === "./";
  if (!stays && facts.some((fact) => VERSION_CONTROL.has(fact.program))) {
    return { reason: "a directory change before a version-control command", certain: true };
  }
  return null;
}

type PartVerdict =
  | { kind: "rule"; rule: CompiledRule }
  | { kind: "read-only" }
  | { kind: "mode" }
  | { kind: "asks"; reason: string }
  | { kind: "undecided"; reason: string };

function judgePart(
  set: CompiledSet,
  call: Call,
  fact: CommandFacts,
  files: Files["parts"][number],
): PartVerdict {
  const name = fact.allow.words[0]?.value ?? "";
  const shown = fact.command.raw;
  if (files.asks !== null) return { kind: "asks", reason: files.asks };
  if (CODE_BUILTINS.has(name) || CODE_BUILTINS.has(fact.command.words[0]?.value ?? "")) {
    return { kind: "asks", reason: `'${name}' evaluates arguments as shell code` };
  }
  if (fact.allow.timeoutUnclear) {
    return { kind: "asks", reason: "timeout without a plain duration can't be checked" };
  }
  if (set.client === "2.1.330" && hasHiddenAssignment(fact)) {
    return { kind: "asks", reason: "a variable set in this command can't be checked before it runs" };
  }
  const match = allowRuleFor(set.allow, fact);
  if (match !== null) {
    if (!match.certain) {
      return { kind: "undecided", reason: `it is not known whether ${match.rule.text} covers ${shown}` };
    }
    if (match.exact || !heldBack(fact)) return { kind: "rule", rule: match.rule };
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

function judgeWithoutRule(call: Call, fact: CommandFacts, files: Files["parts"][number]): PartVerdict {
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

/** Programs that start others in a way no prefix rule vouches for. */
function heldBack(fact: CommandFacts): boolean {
  const name = fact.allow.words[0]?.value ?? "";
  if (EXEC_WRAPPERS.has(name)) return true;
  const args = fact.allow.words.slice(1).map((word) => word.value);
  switch (name) {
    case "find":
      return (
        args.some((arg) => FIND_ACTION.test(arg) || mayBecomeAction(arg)) ||
        fact.allow.words.some((word) => word.glob || word.arithmetic)
      );
    case "awk":
    case "gawk":
    case "mawk":
      return args.some((arg) => /system\s*\(|\|\s*(?:getline|")|"\s*\|/.test(arg));
    case "jq":
      return args.some((arg) => /^(?:-[a-zA-Z]*f|--from-file)$/.test(arg));
    default:
      return false;
  }
}
