import { checkChange } from "../../check/check.ts";
import { UsageError } from "../../model/errors.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import { parseOptions } from "../parse-options.ts";
import { printError, printReport } from "../print.ts";

/**
 * The entry that Git hooks call. `pre-commit`: what is staged against HEAD; silent when all is well, so that a
 * commit reads as it always did.
 */
export async function run(name: string, _args: readonly string[], io: Io): Promise<number> {
  if (name !== "pre-commit") {
    throw new UsageError("unknown-hook", `nixclaude has no hook "${name}"`, {
      hint: "The hook it has is pre-commit.",
    });
  }
  const options = parseOptions({ staged: true });
  const outcome = await checkChange(checkRequest(options, io), createPorts(io.env), currentProgram());
  if (outcome.kind === "checked" && outcome.report.verdict === "pass") return 0;
  if (outcome.kind === "not-evaluated") return printError(outcome.error, options, io);
  await printReport(outcome.report, "report", options, io);
  return outcome.report.exitCode;
}
