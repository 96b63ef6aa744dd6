import { checkChange } from "../../check/check.ts";
import { visible } from "../../render/escape.ts";
import { unusedApprovals } from "../../report/approvals.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import type { CheckOptions } from "../options.ts";
import { printError, printReport } from "../print.ts";

/** Evaluates both ends, judges the difference and prints the report. Returns the exit status. */
export async function run(options: CheckOptions, io: Io): Promise<number> {
  const outcome = await checkChange(
    checkRequest(options, io),
    createPorts(io.env, options.probe),
    currentProgram(),
  );
  if (outcome.kind === "not-evaluated") return printError(outcome.error, options, io);
  for (const fingerprint of unusedApprovals(outcome.report, options.approve)) {
    io.stderr.write(
      `nixclaude: no finding of this change is called ${visible(fingerprint)}; nothing was approved by it\n`,
    );
  }
  await printReport(outcome.report, "report", options, io);
  return outcome.report.exitCode;
}
