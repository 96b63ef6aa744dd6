import type { EvaluationPlan, HybridEvaluation, HybridPlan, Tree } from "../check/ports.ts";
import type { InputGraph } from "../lock/index.ts";
import { LockError } from "../model/errors.ts";
import { graphOf, inDirectory, type PlannedFlake, readLock } from "./flakes.ts";
import type { HybridFailure } from "./hybrid-failures.ts";
import { type NativeOptions, planNative } from "./native-hybrids.ts";
import type { ToolHybrid } from "./tool-flake.ts";

/** A flake with other inputs than its own lock file names. */
export interface PlannedHybrid extends PlannedFlake {
  entry: ToolHybrid;
  subject: Extract<PlannedFlake["subject"], { kind: "hybrid" }>;
  mustFit: boolean;
}

export type HybridPlanning =
  | { kind: "planned"; hybrid: PlannedHybrid }
  /** There is nothing to evaluate. */
  | { kind: "settled"; evaluation: HybridEvaluation };

/** @param flakes what is evaluated beside it: what `flake.nix` says of itself is asked once for each tree. */
export async function planHybrid(
  plan: EvaluationPlan,
  { id, tree, lock, mustFit = false }: HybridPlan,
  flakes: readonly PlannedFlake[],
  native: NativeOptions,
): Promise<HybridPlanning> {
  const { repository, flakeDirectory: dir } = plan;
  const twin = flakes.find(({ subject }) => subject.kind === "side" && subject.tree.id === tree.id);
  if (twin === undefined && (await repository.readFile(tree, inDirectory(dir, "flake.nix"))) === null) {
    return { kind: "settled", evaluation: NO_FLAKE };
  }
  const graph = resolved(() => graphOf(lock, dir));
  if (graph instanceof LockError) return failed({ code: graph.code, because: graph.message });
  const byNix = graph === null ? await planNative(tree, lock, native) : null;
  if (byNix !== null && "code" in byNix) return failed(byNix);
  const { source, marks } = byNix?.published ?? (await native.publisher.tree(tree));
  const entry = {
    label: `hybrid-${id}`,
    source,
    dir,
    attribute: plan.attribute,
    graph,
    native: byNix?.reference ?? null,
    like: twin?.entry.label ?? null,
  };
  return { kind: "planned", hybrid: { entry, subject: { kind: "hybrid", id, tree }, lock, marks, mustFit } };
}

const NO_FLAKE: HybridEvaluation = {
  kind: "evaluated",
  evaluation: { kind: "absent", reason: "no-flake" },
};

/** Inputs of trees that are not evaluated themselves; of those that cannot be resolved, none. */
export async function sideGraphs(plan: EvaluationPlan, trees: readonly Tree[]): Promise<InputGraph[]> {
  const locks = await Promise.all(trees.map((tree) => readLock(plan, tree)));
  return locks.flatMap((lock) => {
    const graph = lock === null ? null : resolved(() => graphOf(lock, plan.flakeDirectory));
    return graph === null || graph instanceof LockError ? [] : [graph];
  });
}

function failed(failure: HybridFailure): HybridPlanning {
  return { kind: "settled", evaluation: { kind: "failed", ...failure } };
}

function resolved<T>(resolve: () => T): T | LockError {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof LockError) return error;
    throw error;
  }
}
