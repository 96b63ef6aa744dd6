import type { Json } from "../../model/json.ts";
import { evaluationKey, hybridKey } from "../cache-key.ts";
import { type EvaluatedFlake, mayCache, type Run, type SideName } from "../evaluate.ts";
import type { HybridEvaluation, SideEvaluation } from "../ports.ts";
import { isAnswer, isSame } from "./same.ts";

/** What is kept of an evaluation: most are like one of the sides, which is kept anyway. */
type Stored = { like: string } | { evaluation: SideEvaluation } | { code: string; because: string };

/** Evaluations of what did not happen, kept from run to run as those of the sides are. */
export class HybridStore {
  readonly #run: Run;
  readonly #flake: Pick<EvaluatedFlake, "directory" | "sides">;

  constructor(run: Run, flake: Pick<EvaluatedFlake, "directory" | "sides">) {
    this.#run = run;
    this.#flake = flake;
  }

  async get(mixture: string): Promise<HybridEvaluation | null> {
    if (!mayCache(this.#run)) return null;
    const stored = (await this.#run.ports.cache.get(this.#keyOf(mixture))) as unknown as Stored | null;
    if (stored === null) return null;
    if ("code" in stored) return { kind: "failed", ...stored };
    if ("evaluation" in stored) return { kind: "evaluated", evaluation: stored.evaluation };
    const like = this.#sidesByKey().get(stored.like);
    return like === undefined ? null : { kind: "evaluated", evaluation: like };
  }

  async put(mixture: string, hybrid: HybridEvaluation): Promise<void> {
    const stored = this.#stored(hybrid);
    if (stored !== null && mayCache(this.#run)) {
      await this.#run.ports.cache.put(this.#keyOf(mixture), stored as unknown as Json);
    }
  }

  #stored(hybrid: HybridEvaluation): Stored | null {
    if (hybrid.kind === "not-needed") return null;
    if (hybrid.kind === "failed") {
      return isAnswer(hybrid.code) ? { code: hybrid.code, because: hybrid.because } : null;
    }
    const { evaluation } = hybrid;
    const { sides } = this.#flake;
    const like = (["before", "after"] as const).find((name) => isSame(evaluation, sides[name]));
    return like === undefined ? { evaluation } : { like: this.#sideKey(like)! };
  }

  #sidesByKey(): Map<string, SideEvaluation> {
    const { sides } = this.#flake;
    return new Map(
      (["before", "after"] as const).flatMap((name): [string, SideEvaluation][] => {
        const side = sides[name];
        return side.kind === "flake" ? [[this.#sideKey(name)!, side.evaluation]] : [];
      }),
    );
  }

  #sideKey(name: SideName): string | null {
    const side = this.#flake.sides[name];
    const { request, identity } = this.#run;
    return side.kind === "flake" ? evaluationKey(request, side.tree, this.#flake.directory, identity) : null;
  }

  #keyOf(mixture: string): string {
    const { request, identity } = this.#run;
    return hybridKey(request, mixture, this.#flake.directory, identity);
  }
}
