import { NixclaudeError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import type { Report } from "../model/report.ts";
import { type EvaluatedFlake, evaluateFlake, mayCacheReport, type Run } from "./evaluate.ts";
import { flakeDirectories } from "./flake-directory.ts";
import type { Program } from "./identity.ts";
import { fromCache } from "./known.ts";
import { withRun } from "./open.ts";
import type { Outcome } from "./outcome.ts";
import type { Ports } from "./ports.ts";
import type { CheckRequest } from "./request.ts";

/**
 * The use case: from two revisions to one report. Everything that could not be told ends in `not-evaluated`;
 * an error of our own is thrown on.
 */
export async function checkChange(request: CheckRequest, ports: Ports, program: Program): Promise<Outcome> {
  try {
    return { kind: "checked", report: await reportOn(request, ports, program) };
  } catch (error) {
    if (error instanceof NixclaudeError) return { kind: "not-evaluated", error };
    throw error;
  }
}

function reportOn(request: CheckRequest, ports: Ports, program: Program): Promise<Report> {
  const startedMs = ports.clock.monotonicMs();
  const elapsedMs = () => Math.round(ports.clock.monotonicMs() - startedMs);
  ports.evaluator.prepare();
  return withRun(request, ports, program, async ({ run, key, known }) => {
    if (known !== null) return fromCache(known, elapsedMs());
    const { flakes, judge } = await evaluateAll(run);
    const { report, cacheable } = await judge.judge(run, flakes, { version: program.version, elapsedMs });
    if (mayCacheReport(run) && cacheable) await ports.cache.put(key, report as unknown as Json);
    return report;
  });
}

/** Evaluates all flakes; what understands and judges them is loaded while the first Nix runs, and never before. */
async function evaluateAll(run: Run) {
  let loading: Promise<typeof import("./judge.ts")> | undefined;
  const load = () => {
    loading ??= import("./judge.ts");
    return loading;
  };
  const whileNixRuns = () => void load();
  const flakes: EvaluatedFlake[] = [];
  for (const directory of flakeDirectories(run.repository.root, run.request.directory, run.request.flakes)) {
    flakes.push(await evaluateFlake(run, directory, whileNixRuns));
  }
  return { flakes, judge: await load() };
}
