import { type ChangeFacts, firstQuestions, isSourceEdited, type WorldsAtHand } from "../../causes/index.ts";
import { compareInputs, parseLock } from "../../lock/index.ts";
import { LockError } from "../../model/errors.ts";
import type { Run } from "../evaluate.ts";
import { inFlake } from "../flake-directory.ts";
import type { EvaluationResult, HybridPlans, Tree } from "../ports.ts";
import type { Sides } from "./effects.ts";
import { type LockedTree, Mixtures } from "./mixtures.ts";
import { Oracle, type SearchFacts } from "./oracle.ts";

export type { Sides } from "./effects.ts";
export type { SearchFacts } from "./oracle.ts";

/** What did not happen between two sides, and what of it was evaluated so far. */
export class Counterfactuals {
  readonly #oracle: Oracle;
  readonly #misfit: string | null;

  constructor(oracle: Oracle, misfit: string | null) {
    this.#oracle = oracle;
    this.#misfit = misfit;
  }

  get facts(): SearchFacts {
    return this.#oracle.facts;
  }

  /** What to evaluate in the same process as the sides. */
  get beside(): HybridPlans | null {
    const { beside } = this.#oracle;
    return this.#misfit === null && beside.plans.length > 0 ? beside : null;
  }

  learn(result: EvaluationResult): void {
    if (this.beside !== null) this.#oracle.learn(result);
  }

  worlds(sides: Sides): WorldsAtHand {
    if (this.#misfit !== null) return { kind: "inexpressible", because: this.#misfit };
    return { kind: "asked", ask: this.#oracle.asking(sides) };
  }
}

/**
 * null: there are no two lock files that differ, so nothing but an edit can have made a change; or one of them cannot
 * be understood, which is an error of the side.
 */
export async function counterfactualsBetween(run: Run, directory: string): Promise<Counterfactuals | null> {
  const { before, after } = run.trees;
  const file = inFlake(directory, "flake.lock");
  try {
    const [old, now] = await Promise.all([
      before && lockedTree(run, before, file),
      lockedTree(run, after, file),
    ]);
    if (old === null || now === null) return null;
    const inputs = compareInputs(old.lock, now.lock);
    if (inputs.length === 0) return null;
    const changedFiles = await run.repository.changedFiles(old.tree, now.tree);
    const facts: Omit<ChangeFacts, "worlds"> = { changedFiles, inputs, lockFile: file };
    const isEdited = isSourceEdited(facts);
    const mixtures = new Mixtures({ before: old, after: now }, inputs, { directory, isEdited });
    const misfit = mixtures.misfit();
    return new Counterfactuals(new Oracle(run, directory, mixtures, firstQuestions(facts)), misfit);
  } catch (error) {
    if (error instanceof LockError) return null;
    throw error;
  }
}

async function lockedTree(run: Run, tree: Tree, file: string): Promise<LockedTree | null> {
  const bytes = await run.repository.readFile(tree, file);
  return bytes === null ? null : { tree, lock: parseLock(new TextDecoder().decode(bytes), file) };
}
