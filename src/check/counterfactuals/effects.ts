import { createHash } from "node:crypto";
import { type Answer, effectOf } from "../../causes/index.ts";
import { diffSnapshots } from "../../diff/index.ts";
import type { Change } from "../../model/change.ts";
import { NixclaudeError } from "../../model/errors.ts";
import { canonicalJson, type Json } from "../../model/json.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { EvaluatedFlake, RawSide, Run } from "../evaluate.ts";
import type { HybridEvaluation, SideEvaluation, Tree } from "../ports.ts";
import { snapshotOf } from "../side.ts";
import { isAnswer, isSame, nixConfigOf } from "./same.ts";

/** Both sides as they were compared. */
export interface Sides {
  flake: EvaluatedFlake;
  before: Snapshot;
  changes: readonly Change[];
}

/** What differs from before the change in evaluations of what did not happen; equal values are compared once. */
export class Effects {
  readonly #run: Run;
  readonly #sides: Sides;
  readonly #known = new Map<string, Answer>();

  constructor(run: Run, sides: Sides) {
    this.#run = run;
    this.#sides = sides;
  }

  async of(hybrid: HybridEvaluation, tree: Tree): Promise<Answer> {
    switch (hybrid.kind) {
      case "evaluated":
        return this.#of(hybrid.evaluation, tree);
      case "failed":
        return failed(hybrid.code, hybrid.because);
      case "not-needed":
        // The sides have the same value, so nothing can have changed it.
        return NOTHING;
    }
  }

  async #of(evaluation: SideEvaluation, tree: Tree): Promise<Answer> {
    const { sides } = this.#sides.flake;
    if (isSame(evaluation, sides.before)) return NOTHING;
    if (isSame(evaluation, sides.after)) {
      return { kind: "known", effects: new Set(this.#sides.changes.map(effectOf)) };
    }
    const key = digestOf(evaluation);
    const known = this.#known.get(key) ?? (await this.#compared(evaluation, tree));
    this.#known.set(key, known);
    return known;
  }

  async #compared(evaluation: SideEvaluation, tree: Tree): Promise<Answer> {
    const { client, limits } = this.#run.request;
    const { flake, before } = this.#sides;
    try {
      // What other flakes ask for is judged at the sides.
      const own = evaluation.kind === "absent" ? evaluation : { ...evaluation, inputs: {} };
      const side: RawSide = { kind: "flake", tree, evaluation: own };
      const world = await snapshotOf(this.#run, { ...flake, sides: { before: side, after: side } }, "after");
      const changes = diffSnapshots(before, world, { client, limits });
      return { kind: "known", effects: new Set(changes.map(effectOf)) };
    } catch (error) {
      if (error instanceof NixclaudeError) return failed(error.code, error.message);
      throw error;
    }
  }
}

const NOTHING: Answer = { kind: "known", effects: new Set() };

/**
 * Where an expression throws or misses an attribute, that is how this mixture behaves: it has no context, and nothing
 * of the change is in it. Everything else (time, memory, the network) says nothing about it.
 */
function failed(code: string, because: string): Answer {
  return isAnswer(code) ? NOTHING : { kind: "unknown", because };
}

function digestOf(evaluation: SideEvaluation): string {
  const said =
    evaluation.kind === "absent"
      ? evaluation.reason
      : { value: evaluation.value as unknown as Json, nixConfig: nixConfigOf(evaluation) };
  return createHash("sha256").update(canonicalJson(said)).digest("hex");
}
