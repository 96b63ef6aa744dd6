import { compareInputs, type LockFile, parseLock } from "../lock/index.ts";
import { NixclaudeError } from "../model/errors.ts";
import { attributePath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { EvaluationFacts, FlakeReport, Report } from "../model/report.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { buildReport } from "../report/index.ts";
import type { Locks } from "../rules/index.ts";
import { behaviorLocks } from "./behavior-lock/index.ts";
import { CLIENT_FILES, clientFilesBeside, withoutWaiverRemarks } from "./client-files-beside.ts";
import { type Compared, compareEnds } from "./compare.ts";
import { type Counterfactuals, counterfactualsBetween } from "./counterfactuals/index.ts";
import type { EvaluatedFlake, EvaluationWork, RawSide, Run, SideName } from "./evaluate.ts";
import { inFlake } from "./flake-directory.ts";
import { noContext } from "./no-context.ts";
import { renderedFiles } from "./rendering/rendered-files.ts";
import { snapshotOf } from "./side.ts";

/** The report, and whether the same question would have the same answer tomorrow. */
export interface Judgement {
  report: Report;
  cacheable: boolean;
}

/** From evaluated flakes to the report: snapshots, differences, causes, findings, waivers, verdict. */
export async function judge(
  run: Run,
  flakes: readonly EvaluatedFlake[],
  { version, elapsedMs }: { version: string; elapsedMs(): number },
): Promise<Judgement> {
  const reports: FlakeReport[] = [];
  const work: EvaluationWork[] = [...flakes];
  for (const flake of flakes) {
    const counterfactuals = flake.counterfactuals ?? (await counterfactualsOf(run, flake));
    reports.push(...(await judgeFlake(run, flake, counterfactuals)));
    if (counterfactuals !== null) work.push(counterfactuals.facts);
  }
  const { client, failOn, approve } = run.request;
  const evaluation = evaluationFacts(work, elapsedMs());
  const report = buildReport({ version, flakes: reports, client, failOn, approve, evaluation });
  return { report, cacheable: work.every(({ cacheable }) => cacheable) };
}

/** What did not happen lies between two evaluated sides. */
async function counterfactualsOf(run: Run, { sides, directory }: EvaluatedFlake) {
  if (sides.before.kind !== "flake" || sides.after.kind !== "flake") return null;
  return counterfactualsBetween(run, directory);
}

async function judgeFlake(
  run: Run,
  flake: EvaluatedFlake,
  counterfactuals: Counterfactuals | null,
): Promise<FlakeReport[]> {
  const { attribute } = run.request;
  const { before, after } = await snapshots(run, flake);
  const lockFile = inFlake(flake.directory, "flake.lock");
  const locks: Locks = {
    before: await lockAt(run, "before", lockFile),
    after: await lockAt(run, "after", lockFile),
    file: lockFile,
    declared: { before: declaredInputs(flake.sides.before), after: declaredInputs(flake.sides.after) },
  };
  const behaviorLock = await behaviorLocks(run, flake.directory, { before, after });
  const rendered = await renderedFiles(run, flake, { before, after });
  const compared: Compared = {
    before,
    after,
    inputs: compareInputs(locks.before, locks.after),
    changedFiles: await changedFiles(run),
    directory: flake.directory,
    ...(counterfactuals !== null && {
      worlds: (changes) => counterfactuals.worlds({ flake, before, changes }),
    }),
    // Without a flake beside it, nothing reads a lock file.
    ...(flake.sides.after.kind === "flake" && { locks }),
    ...(behaviorLock !== null && { behaviorLock }),
    ...(rendered !== null && { artifacts: rendered.drifts }),
  };
  const name = attribute.reduce<string>(attributePath, "");
  // What the context alone renders to was judged with it.
  const beside = rendered?.onlyRendered === true ? null : await clientFilesBeside(run, compared);
  return [
    await compareEnds(run, name, compared),
    ...(beside === null ? [] : [withoutWaiverRemarks(await compareEnds(run, CLIENT_FILES, beside))]),
  ];
}

async function snapshots(run: Run, flake: EvaluatedFlake): Promise<Record<SideName, Snapshot>> {
  const before = await snapshotOf(run, flake, "before").catch((error: unknown) => {
    throw withWayOn(error);
  });
  const after = await snapshotOf(run, flake, "after");
  if (before.kind === "absent" && after.kind === "absent") throw noContext(after, flake.directory);
  return { before, after };
}

async function lockAt({ repository, trees }: Run, side: SideName, file: string): Promise<LockFile | null> {
  const tree = trees[side];
  const bytes = tree === null ? null : await repository.readFile(tree, file);
  return bytes === null ? null : parseLock(new TextDecoder().decode(bytes), file);
}

function declaredInputs(side: RawSide): RawValue | null {
  return side.kind === "flake" && side.evaluation.kind === "present" ? side.evaluation.declaredInputs : null;
}

async function changedFiles({ repository, trees }: Run): Promise<string[]> {
  return trees.before === null
    ? repository.listFiles(trees.after, "")
    : repository.changedFiles(trees.before, trees.after);
}

/** A base that cannot be judged is no reason to pass, but there is a way to go on without it. */
function withWayOn(error: unknown): unknown {
  if (!(error instanceof NixclaudeError)) return error;
  return error.inContext(
    "before the change",
    "To judge the change as if nothing had been there before, use --base none.",
  );
}

function evaluationFacts(work: readonly EvaluationWork[], durationMs: number): EvaluationFacts {
  const sum = (count: (one: EvaluationWork) => number) => work.reduce((total, one) => total + count(one), 0);
  return {
    nix: work.find(({ nixVersion }) => nixVersion !== null)?.nixVersion ?? null,
    evaluations: sum(({ evaluations }) => evaluations),
    cached: sum(({ cached }) => cached),
    durationMs,
    limitsHit: [...new Set(work.flatMap(({ limitsHit }) => limitsHit))].sort(),
  };
}
