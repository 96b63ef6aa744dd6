import type { Answer, Ask, Counterfactual } from "../../causes/index.ts";
import { NixclaudeError } from "../../model/errors.ts";
import type { Run } from "../evaluate.ts";
import type { EvaluationResult, HybridEvaluation, HybridPlans, Tree } from "../ports.ts";
import type { Effects, Sides } from "./effects.ts";
import type { Mixture, Mixtures } from "./mixtures.ts";
import { isAnswer } from "./same.ts";
import { HybridStore } from "./store.ts";

type Open = Extract<Mixture, { kind: "mixture" }>;

/** What a search for causes cost beside the sides. */
export interface SearchFacts {
  evaluations: number;
  cached: number;
  limitsHit: string[];
  nixVersion: string | null;
  /** Nothing that was found out can be different tomorrow. */
  cacheable: boolean;
}

/** One mixture in so many that ends its process (time, memory) is found out; the rest is left unknown. */
const EXPLOSIONS_MAX = 2;

/** Evaluates what did not happen: the first questions beside the sides, later ones in processes of their own. */
export class Oracle {
  readonly #run: Run;
  readonly #directory: string;
  readonly #mixtures: Mixtures;
  readonly #known = new Map<string, HybridEvaluation>();
  /** What ended together with others: perhaps only one of them is to blame. */
  readonly #suspects = new Set<string>();
  /** What can be kept for the next run, and is not yet. */
  readonly #lasting = new Set<string>();
  readonly #first: Map<string, Open>;
  readonly facts: SearchFacts = {
    evaluations: 0,
    cached: 0,
    limitsHit: [],
    nixVersion: null,
    cacheable: true,
  };

  constructor(run: Run, directory: string, mixtures: Mixtures, first: readonly Counterfactual[]) {
    this.#run = run;
    this.#directory = directory;
    this.#mixtures = mixtures;
    this.#first = byId(this.#open(first.map((question) => mixtures.at(question))));
  }

  /** To be evaluated in the same process as both sides, if these differ. */
  get beside(): HybridPlans {
    return { when: "if-sides-differ", plans: plansOf(this.#first) };
  }

  /** What came out beside the sides, whose evaluations are counted with theirs. */
  learn(result: EvaluationResult): void {
    this.#remember(this.#first, result);
  }

  /** How the search for causes asks. */
  asking(sides: Sides): Ask {
    // It compares and judges, and is loaded while Nix runs: until then nobody waits for it.
    const loading = import("./effects.ts").then(({ Effects }) => new Effects(this.#run, sides));
    const store = new HybridStore(this.#run, sides.flake);
    return async (batch) => {
      const effects = await loading;
      const mixtures = batch.map((question) => this.#mixtures.at(question));
      await this.#evaluate(this.#open(mixtures), store);
      return Promise.all(mixtures.map((mixture) => this.#answer(mixture, sides, effects)));
    };
  }

  async #answer(mixture: Mixture, { flake }: Sides, effects: Effects): Promise<Answer> {
    if (mixture.kind === "refused") return { kind: "unknown", because: mixture.because };
    const side = this.#mixtures.sideOf(mixture.key);
    const raw = side === null ? null : flake.sides[side];
    if (raw?.kind === "flake") {
      return effects.of({ kind: "evaluated", evaluation: raw.evaluation }, raw.tree);
    }
    return effects.of(this.#known.get(mixture.key)!, mixture.tree);
  }

  /** Each once, without those that need no evaluation. */
  #open(mixtures: readonly Mixture[]): Open[] {
    const open = new Map<string, Open>();
    for (const mixture of mixtures) {
      if (mixture.kind === "refused" || this.#mixtures.sideOf(mixture.key) !== null) continue;
      if (!this.#known.has(mixture.key)) open.set(mixture.key, mixture);
    }
    return [...open.values()];
  }

  async #evaluate(open: readonly Open[], store: HybridStore): Promise<void> {
    const stored = await Promise.all(open.map(({ key }) => store.get(key)));
    const missing = open.filter(({ key }, index) => {
      const hybrid = stored[index]!;
      if (hybrid === null) return true;
      this.#known.set(key, hybrid);
      this.facts.cached++;
      return false;
    });
    await this.#together(missing.filter(({ key }) => !this.#suspects.has(key)));
    await this.#oneByOne(missing.filter(({ key }) => this.#suspects.has(key)));
    await this.#keep(store);
  }

  async #keep(store: HybridStore): Promise<void> {
    const keys = [...this.#lasting];
    this.#lasting.clear();
    await Promise.all(keys.map((key) => store.put(key, this.#known.get(key)!)));
  }

  async #together(mixtures: readonly Open[]): Promise<void> {
    if (mixtures.length === 0) return;
    const planned = byId(mixtures);
    const result = await this.#evaluateNow(planned);
    this.facts.evaluations += result.evaluations;
    if (result.nixVersion !== "") this.facts.nixVersion = result.nixVersion;
    this.facts.limitsHit.push(...result.limitsHit);
    this.#remember(planned, result);
  }

  async #oneByOne(mixtures: readonly Open[]): Promise<void> {
    let explosions = 0;
    for (const mixture of mixtures) {
      if (explosions >= EXPLOSIONS_MAX) {
        this.#known.set(mixture.key, NOT_TRIED);
        this.facts.cacheable = false;
        continue;
      }
      await this.#together([mixture]);
      if (endedItsProcess(this.#known.get(mixture.key))) explosions++;
    }
  }

  #remember(planned: ReadonlyMap<string, Open>, { hybrids, cacheable, limitsHit }: EvaluationResult): void {
    const isLasting = cacheable && limitsHit.length === 0;
    for (const [id, { key }] of planned) {
      const hybrid = hybrids[id] ?? NOT_TRIED;
      // Values of the sides may be the same, and files that they name not.
      if (hybrid.kind === "not-needed") continue;
      if (endedItsProcess(hybrid) && planned.size > 1) {
        this.#suspects.add(key);
        continue;
      }
      this.#known.set(key, hybrid);
      if (isLasting) this.#lasting.add(key);
      if (!isLasting || (hybrid.kind === "failed" && !isAnswer(hybrid.code))) this.facts.cacheable = false;
    }
  }

  async #evaluateNow(planned: ReadonlyMap<string, Open>): Promise<EvaluationResult> {
    const { request, ports, repository, trees } = this.#run;
    const sides = [trees.before, trees.after].filter((tree): tree is Tree => tree !== null);
    try {
      return await ports.evaluator.evaluate({
        repository,
        flakeDirectory: this.#directory,
        attribute: [...request.attribute],
        sides: [],
        hybrids: { when: "always", plans: plansOf(planned), sides },
        baseTree: trees.before,
        organisations: [],
        trust: request.trust,
        offline: request.offline,
        debug: request.debug,
        limits: request.limits,
      });
    } catch (error) {
      // Both sides are known: what happened can be judged, though not every cause be named.
      if (error instanceof NixclaudeError) return allFailed(planned, error);
      throw error;
    }
  }
}

function allFailed(planned: ReadonlyMap<string, Open>, { code, message }: NixclaudeError): EvaluationResult {
  const failed: HybridEvaluation = { kind: "failed", code, because: message };
  return {
    sides: {},
    hybrids: Object.fromEntries([...planned.keys()].map((id) => [id, failed])),
    organisations: {},
    nixVersion: "",
    evaluations: 0,
    limitsHit: [],
    cacheable: false,
  };
}

const NOT_TRIED: HybridEvaluation = {
  kind: "failed",
  code: "not-tried",
  because:
    "several mixtures of old and new inputs reach a limit when they are evaluated; the rest was not tried",
};

const LIMITS = new Set(["evaluation-timeout", "evaluation-memory", "evaluation-output"]);

function endedItsProcess(hybrid: HybridEvaluation | undefined): boolean {
  return hybrid?.kind === "failed" && LIMITS.has(hybrid.code);
}

function byId(mixtures: readonly Open[]): Map<string, Open> {
  return new Map(mixtures.map((mixture, index) => [`h${index}`, mixture]));
}

function plansOf(planned: ReadonlyMap<string, Open>): HybridPlans["plans"] {
  return [...planned].map(([id, { tree, lock }]) => ({ id, tree, lock }));
}
