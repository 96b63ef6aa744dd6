import { attributeCauses, countEffects } from "../causes/index.ts";
import { applyWaivers, collectConstraints, judgeConstraints } from "../constraints/index.ts";
import { diffSnapshots } from "../diff/index.ts";
import { compareInputs, type LockFile, parseLock } from "../lock/index.ts";
import { NixclaudeError } from "../model/errors.ts";
import { attributePath } from "../model/position.ts";
import type { EvaluationFacts, FlakeReport, Report, SideReport } from "../model/report.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { buildReport } from "../report/index.ts";
import { RULES, runRules } from "../rules/index.ts";
import type { EvaluatedFlake, Run, SideName } from "./evaluate.ts";
import { inFlake } from "./flake-directory.ts";
import { noContext } from "./no-context.ts";
import { snapshotOf } from "./side.ts";

/** From evaluated flakes to the report: snapshots, differences, causes, findings, waivers, verdict. */
export async function judge(
  run: Run,
  flakes: readonly EvaluatedFlake[],
  { version, elapsedMs }: { version: string; elapsedMs(): number },
): Promise<Report> {
  const reports: FlakeReport[] = [];
  for (const flake of flakes) reports.push(await judgeFlake(run, flake));
  const { client, failOn, approve } = run.request;
  const evaluation = evaluationFacts(flakes, elapsedMs());
  return buildReport({ version, flakes: reports, client, failOn, approve, evaluation });
}

async function judgeFlake(run: Run, flake: EvaluatedFlake): Promise<FlakeReport> {
  const { client, limits, attribute } = run.request;
  const { before, after } = await snapshots(run, flake);
  const lockFile = inFlake(flake.directory, "flake.lock");
  const moved = compareInputs(await lockAt(run, "before", lockFile), await lockAt(run, "after", lockFile));
  const changes = attributeCauses(diffSnapshots(before, after, { client, limits }), {
    changedFiles: await changedFiles(run),
    inputs: moved,
    lockFile,
  });
  const compared = { before, after, changes, client, limits };
  const found = [
    ...runRules(compared),
    ...(await judgeConstraints({
      ...compared,
      nowSeconds: run.ports.clock.nowSeconds(),
      inputChanges: moved,
      flakeDirectory: flake.directory,
    })),
  ];
  const findings = applyWaivers(found, {
    before,
    after,
    changes,
    client,
    constraints: collectConstraints(before, after),
    ruleIds: RULES.map(({ id }) => id),
    today: run.identity.today,
  });
  return {
    path: flake.directory === "" ? "." : flake.directory,
    attribute: attribute.reduce<string>(attributePath, ""),
    before: sideReport(before),
    after: sideReport(after),
    changes,
    inputs: countEffects(moved, changes),
    findings,
  };
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

function sideReport({ kind, revision, tree }: Snapshot): SideReport {
  return { revision, tree, present: kind === "present" };
}

function evaluationFacts(flakes: readonly EvaluatedFlake[], durationMs: number): EvaluationFacts {
  const sum = (count: (flake: EvaluatedFlake) => number) =>
    flakes.reduce((total, flake) => total + count(flake), 0);
  return {
    nix: flakes.find(({ nixVersion }) => nixVersion !== null)?.nixVersion ?? null,
    evaluations: sum(({ evaluations }) => evaluations),
    cached: sum(({ cached }) => cached),
    durationMs,
    limitsHit: [...new Set(flakes.flatMap(({ limitsHit }) => limitsHit))].sort(),
  };
}
