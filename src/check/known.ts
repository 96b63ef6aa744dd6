import type { Report } from "../model/report.ts";
import type { Program } from "./identity.ts";
import { withRun } from "./open.ts";
import type { Ports } from "./ports.ts";
import type { CheckRequest } from "./request.ts";

/**
 * The report, if the very same question was answered before; null when it must be worked out. Stands apart from
 * `checkChange` so that what asks only this loads nothing that evaluates or judges.
 */
export function knownReport(request: CheckRequest, ports: Ports, program: Program): Promise<Report | null> {
  return withRun(request, ports, program, async ({ known }) => known);
}
