import { checkChange } from "../../check/check.ts";
import type { Outcome } from "../../check/outcome.ts";
import type { CheckRequest } from "../../check/request.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import { parseOptions } from "../parse-options.ts";
import { printError, printReport } from "../print.ts";

/** What differs from hook to hook; everything else is as `nixclaude check` has it by default. */
export type HookQuestion = Partial<Pick<CheckRequest, "base" | "head" | "trust">>;

/** The one check behind every hook. */
export function checkFor(question: HookQuestion, io: Io): Promise<Outcome> {
  const request = { ...checkRequest(parseOptions({ staged: true }), io), ...question };
  return checkChange(request, createPorts(io.env), currentProgram());
}

/** Prints what is to be said, which is nothing when all is well, and returns the exit status. */
export async function tell(outcome: Outcome, io: Io): Promise<number> {
  const options = parseOptions({});
  if (outcome.kind === "not-evaluated") return printError(outcome.error, options, io);
  if (outcome.report.verdict === "pass") return 0;
  await printReport(outcome.report, "report", options, io);
  return outcome.report.exitCode;
}

/** Neither end says how Claude behaves: a branch of pages, notes, a repository without a context. */
export function hasNoContext(outcome: Outcome): boolean {
  return outcome.kind === "not-evaluated" && NO_CONTEXT.has(outcome.error.code);
}

const NO_CONTEXT = new Set(["no-context", "no-claude-context"]);
