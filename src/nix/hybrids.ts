import type { EvaluationPlan, HybridEvaluation, HybridPlan, Tree } from "../check/ports.ts";
import type { InputGraph } from "../lock/index.ts";
import { LockError } from "../model/errors.ts";
import { graphOf, inDirectory, type PlannedFlake, readLock } from "./flakes.ts";
import type { Publisher } from "./publish.ts";
import type { ToolHybrid } from "./tool-flake.ts";

/** A flake with other inputs than its own lock file names. */
export interface PlannedHybrid extends PlannedFlake {
  entry: ToolHybrid;
  subject: Extract<PlannedFlake["subject"], { kind: "hybrid" }>;
}

export type HybridPlanning =
  | { kind: "planned"; hybrid: PlannedHybrid }
  /** There is nothing to evaluate. */
  | { kind: "settled"; id: string; evaluation: HybridEvaluation };

/** @param flakes what is evaluated beside it: what `flake.nix` says of itself is asked once for each tree. */
export async function planHybrid(
  plan: EvaluationPlan,
  hybrid: HybridPlan,
  flakes: readonly PlannedFlake[],
  publisher: Publisher,
): Promise<HybridPlanning> {
  const { repository, flakeDirectory: dir } = plan;
  const { id, tree, lock } = hybrid;
  const twin = flakes.find(({ subject }) => subject.kind === "side" && subject.tree.id === tree.id);
  if (twin === undefined && (await repository.readFile(tree, inDirectory(dir, "flake.nix"))) === null) {
    return {
      kind: "settled",
      id,
      evaluation: { kind: "evaluated", evaluation: { kind: "absent", reason: "no-flake" } },
    };
  }
  const graph = resolved(() => graphOf(lock, dir));
  if (graph instanceof LockError) return failedBefore(id, graph);
  if (graph === null) {
    const because = "its inputs depend on each other in a circle, or lie outside the tree that declares them";
    return { kind: "settled", id, evaluation: { kind: "failed", code: "lock-unsupported", because } };
  }
  const published = await publisher.tree(tree);
  return {
    kind: "planned",
    hybrid: {
      entry: {
        label: `hybrid-${id}`,
        source: published.source,
        dir,
        attribute: plan.attribute,
        graph,
        native: null,
        like: twin?.entry.label ?? null,
      },
      subject: { kind: "hybrid", id, tree },
      lock,
      marks: published.marks,
    },
  };
}

/** Inputs of trees that are not evaluated themselves; of those that cannot be resolved, none. */
export async function sideGraphs(plan: EvaluationPlan, trees: readonly Tree[]): Promise<InputGraph[]> {
  const locks = await Promise.all(trees.map((tree) => readLock(plan, tree)));
  return locks.flatMap((lock) => {
    const graph = lock === null ? null : resolved(() => graphOf(lock, plan.flakeDirectory));
    return graph === null || graph instanceof LockError ? [] : [graph];
  });
}

function failedBefore(id: string, { code, message }: LockError): HybridPlanning {
  return { kind: "settled", id, evaluation: { kind: "failed", code, because: message } };
}

function resolved<T>(resolve: () => T): T | LockError {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof LockError) return error;
    throw error;
  }
}
