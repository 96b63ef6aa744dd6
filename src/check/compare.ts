import { attributeCauses, type WorldsAtHand } from "../causes/index.ts";
import { applyWaivers, collectConstraints, judgeConstraints } from "../constraints/index.ts";
import { diffSnapshots } from "../diff/index.ts";
import type { ArtifactDrifts } from "../model/artifact-drift.ts";
import type { BehaviorLocks } from "../model/behavior-lock.ts";
import type { Change } from "../model/change.ts";
import type { InputChange } from "../model/lock.ts";
import type { ProbeReport } from "../model/probe.ts";
import type { FlakeReport, SideReport } from "../model/report.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { type Locks, RULES, runClientRules, runRules } from "../rules/index.ts";
import { callConstraintChecks } from "./constraint-checks.ts";
import type { Run } from "./evaluate.ts";
import { inFlake } from "./flake-directory.ts";
import { withCommits } from "./provenance/commits.ts";

/** Two ends that are held against each other, and what is known of how one became the other. */
export interface Compared {
  before: Snapshot;
  after: Snapshot;
  /** What moved in `flake.lock`. */
  inputs: readonly InputChange[];
  /** Paths in the repository that differ. */
  changedFiles: readonly string[];
  /** Directory of the flake in the tree, `""` for the root. */
  directory: string;
  /** How to ask what did not happen, of which these changes are to be explained. */
  worlds?: (changes: readonly Change[]) => WorldsAtHand;
  /** `flake.lock` itself, where it decides what is compared. */
  locks?: Locks;
  /** `claude-context.lock.json` at both ends; absent where there is none and none is asked for. */
  behaviorLock?: BehaviorLocks;
  /** Files that were rendered from the context; absent where there are none. */
  artifacts?: ArtifactDrifts;
}

/** From two snapshots to their part of the report: differences, causes, findings, waivers. */
export async function compareEnds(run: Run, attribute: string, compared: Compared): Promise<FlakeReport> {
  const { before, after, directory, locks, behaviorLock, artifacts } = compared;
  const { client, limits } = run.request;
  const different = diffSnapshots(before, after, { client, limits });
  const { changes, inputs } = await attributeCauses(different, {
    changedFiles: compared.changedFiles,
    inputs: compared.inputs,
    lockFile: inFlake(directory, "flake.lock"),
    worlds: compared.worlds?.(different) ?? { kind: "none" },
  });
  const probe = await probeOf(run, { before, after }, changes);
  const judged = {
    before,
    after,
    changes,
    inputChanges: inputs,
    client,
    limits,
    ...(probe !== null && { probe }),
    ...(locks !== undefined && { locks }),
    ...(behaviorLock !== undefined && { behaviorLock }),
    ...(artifacts !== undefined && { artifacts }),
  };
  const found =
    run.request.purpose === "probe"
      ? runClientRules(judged)
      : [
          ...runRules(judged),
          ...(await judgeConstraints({
            ...judged,
            nowSeconds: run.ports.clock.nowSeconds(),
            codeChanged: compared.changedFiles.some(mayBeCode),
            checkResults: await callConstraintChecks(run, { before, after, changes, directory }),
            flakeDirectory: directory,
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
    path: directory === "" ? "." : directory,
    attribute,
    before: sideReport(before),
    after: sideReport(after),
    changes: await withCommits(run, after, changes),
    inputs,
    findings,
    ...(probe !== null && { probe }),
  };
}

/** Nix code can read any file; it hardly depends on prose. */
function mayBeCode(file: string): boolean {
  return !/\.(?:md|markdown|txt)$/i.test(file);
}

/** Asks the real client where that is wanted; its door and all it needs is loaded only then. */
async function probeOf(
  run: Run,
  sides: { before: Snapshot; after: Snapshot },
  changes: readonly Change[],
): Promise<ProbeReport | null> {
  if (run.request.probeWith.length === 0) return null;
  return (await import("./probe/probe.ts")).probeEnds(run, sides, changes);
}

function sideReport({ kind, revision, tree }: Snapshot): SideReport {
  return { revision, tree, present: kind === "present" };
}
