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
  const startedMs = ports.clock.monotonicMs();
  return withRun(request, ports, program, async ({ known }) =>
    known === null ? null : fromCache(known, Math.round(ports.clock.monotonicMs() - startedMs)),
  );
}

/** A report that was kept, with how this run came by it. */
export function fromCache(report: Report, durationMs: number): Report {
  const { evaluations, cached, ...facts } = report.evaluation;
  return { ...report, evaluation: { ...facts, evaluations: 0, cached: evaluations + cached, durationMs } };
}
