import { NixclaudeError, RevisionError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import type { Report } from "../model/report.ts";
import { type CacheIdentity, reportKey } from "./cache-key.ts";
import type { Outcome } from "./outcome.ts";
import type { Ports, Repository } from "./ports.ts";
import type { CheckRequest } from "./request.ts";

/** The program that runs: its version for the report, and an identity that differs for every build. */
export interface Program {
  version: string;
  build: string;
}

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

async function reportOn(request: CheckRequest, ports: Ports, program: Program): Promise<Report> {
  const startedMs = ports.clock.monotonicMs();
  const repository = await ports.revisions.open(request.directory);
  try {
    const trees = await resolveTrees(repository, request);
    const identity = await identify(ports, program);
    const key = reportKey(request, repository.root, { base: trees.before, head: trees.after }, identity);
    const useCache = request.cache && request.organisations.length === 0;
    const stored = useCache ? await ports.cache.get(key) : null;
    const elapsedMs = () => Math.round(ports.clock.monotonicMs() - startedMs);
    if (stored !== null) return fromCache(stored as unknown as Report, elapsedMs());
    // Loaded only now: a hook whose answer is known must not pay for the engine.
    const { judge } = await import("./judge.ts");
    const judged = await judge({
      request,
      ports,
      repository,
      trees,
      identity,
      version: program.version,
      elapsedMs,
    });
    if (useCache && judged.cacheable) await ports.cache.put(key, judged.report as unknown as Json);
    return judged.report;
  } finally {
    await repository.close();
  }
}

async function resolveTrees(repository: Repository, request: CheckRequest) {
  const before = await repository.resolve(request.base);
  const after = await repository.resolve(request.head);
  if (after === null) {
    throw new RevisionError("no-head", "there is no revision to check yet", {
      hint: "Commit or stage something first, or name a revision with --head.",
    });
  }
  return { before, after };
}

async function identify(ports: Ports, program: Program): Promise<CacheIdentity> {
  return {
    program: program.build,
    evaluator: (await ports.evaluator.fingerprint()) ?? "no nix",
    today: ports.clock.today(),
  };
}

function fromCache(report: Report, durationMs: number): Report {
  const { evaluations, cached, ...facts } = report.evaluation;
  return {
    ...report,
    evaluation: { ...facts, evaluations: 0, cached: evaluations + cached, durationMs },
  };
}
