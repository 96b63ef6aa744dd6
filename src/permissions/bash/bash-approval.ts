import type { Call } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import { approved, approvedBy, runsByDefault, undecided, unsettled } from "../sets/outcome.ts";
import type { CompiledRule } from "../sets/rule-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import type { DecisionResult } from "../types.ts";
import type { FileChecks } from "./bash-files.ts";
import { hazardOf, isOverlooked } from "./bash-hazards.ts";
import { emptySegments } from "./empty-segments.ts";
import { besideVariable, namedSegments, ruleForLine } from "./named-lines.ts";
import { judgePart } from "./part-verdict.ts";

/** The decision of allow rules for single programs, of the mode and of the read-only set, part by part. */
export function decideByParts(
  set: CompiledSet,
  call: Call,
  line: CommandLine,
  facts: readonly CommandFacts[],
  files: FileChecks,
): DecisionResult {
  const named = ruleForLine(set, line, facts, files);
  if (named !== null) return approved(named);
  const hazard = hazardOf(set, line, facts);
  if (hazard !== null) return unsettled(hazard.reason);
  const segments = namedSegments(set, line, facts, files);
  const empty = emptySegments(set, line, facts);
  let by: CompiledRule | null = null;
  const isBeside = besideVariable(set, line, facts);
  let open: string | null = null;
  for (const [index, fact] of facts.entries()) {
    if (empty.has(fact)) continue;
    const rule = segments.get(fact) ?? null;
    const part =
      rule !== null && files.parts[index]!.asks === null
        ? ({ kind: "rule", rule } as const)
        : judgePart(set, fact, files.parts[index]!);
    if (part.kind === "read-only" && isBeside(fact) && fact.command.words.length > 0) {
      return unsettled(`no rule covers ${fact.command.raw}`);
    }
    if (part.kind === "asks") return unsettled(part.reason);
    if (part.kind === "undecided") open ??= part.reason;
    if (part.kind === "rule") by ??= part.rule;
  }
  if (open !== null) return undecided(open);
  if (facts.length === 0 && line.commands.length === 0) {
    return call.argument.trim() === "" ? undecided("an empty command") : emptyLine(line, set.client);
  }
  if (by !== null) return approved(by);
  if (files.byMode) return approvedBy("the mode acceptEdits runs file commands in the working directories");
  return runsByDefault("it only reads, so the client runs it without a rule");
}

/** Only comments, `[[ … ]]` and the like. */
function emptyLine(line: CommandLine, client: ClientVersion): DecisionResult {
  return line.errors.some((error) => !isOverlooked(error, client))
    ? unsettled("it is no complete command")
    : runsByDefault("it runs no command");
}
