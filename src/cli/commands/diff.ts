import { checkChange } from "../../check/check.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import type { CheckOptions } from "../options.ts";
import { printError, printReport } from "../print.ts";

/** The same without judgement: changes and causes only. Returns 0 when the difference could be told. */
export async function run(options: CheckOptions, io: Io): Promise<number> {
  const outcome = await checkChange(checkRequest(options, io), createPorts(io.env), currentProgram());
  if (outcome.kind === "not-evaluated") return printError(outcome.error, options, io);
  await printReport(outcome.report, "changes", options, io);
  return 0;
}
