import { createHash } from "node:crypto";
import { type LockFile, parseLock, renderLock } from "../../lock/index.ts";
import { EvaluationError, NixclaudeError } from "../../model/errors.ts";
import { canonicalJson, type Json } from "../../model/json.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { mayCache, type Run } from "../evaluate.ts";
import { inFlake } from "../flake-directory.ts";
import type { EvaluationResult, HybridEvaluation, HybridPlan, SideEvaluation, Tree } from "../ports.ts";
import { snapshotOf } from "../side.ts";
import type { BisectedInput } from "./input.ts";
import { lockAt } from "./lock-at.ts";
import type { Clone } from "./ports.ts";

/** A flake, whose input is put at one commit after the other. */
export interface Onto {
  tree: Tree;
  lock: LockFile;
  /** From `overridesOf`. */
  overrides: readonly string[];
}

export interface Spot {
  onto: Onto;
  commit: string;
}

export type EvaluatedSpot =
  | { kind: "evaluated"; snapshot: Snapshot }
  /** As `git bisect skip` has it: what is wrong with this commit says nothing about the change. */
  | { kind: "unknown"; code: string; because: string };

/** Where the commits are found in locks; no path of a machine belongs into the name of a result. */
const ANYWHERE = "file:///clone";
/** The same every time, so they need not be tried again. */
const LASTING: readonly string[] = [
  "evaluation-failed",
  "import-from-derivation",
  "lock-malformed",
  "lock-stale",
];
/** Say nothing about the commit at all. */
const OF_THE_MACHINE: readonly string[] = ["disk-full", "cache-unwritable", "nix-killed", "nix-missing"];

/** Evaluates the flake with its input at commits; what was evaluated once comes from the cache. */
export class CommitEvaluator {
  readonly #run: Run;
  readonly #directory: string;
  readonly #clone: Clone;
  readonly #input: BisectedInput;
  readonly #dates = new Map<string, number>();
  nixVersion: string | null = null;
  evaluations = 0;
  cached = 0;

  constructor(run: Run, directory: string, clone: Clone, input: BisectedInput) {
    this.#run = run;
    this.#directory = directory;
    this.#clone = clone;
    this.#input = input;
  }

  /** Results in the order of the spots. One Nix process for all that is not known. */
  async evaluate(spots: readonly Spot[]): Promise<EvaluatedSpot[]> {
    const commits = [...new Set(spots.map(({ commit }) => commit))].filter(
      (commit) => !this.#dates.has(commit),
    );
    for (const { id, committed } of await this.#clone.facts(commits)) this.#dates.set(id, committed);
    const prepared = await Promise.all(spots.map((spot) => this.#prepare(spot)));
    const missing = new Map<string, Wanted>();
    for (const one of prepared) if (one.kind === "wanted") missing.set(one.key, one);
    const found = await this.#evaluateNow([...missing.values()]);
    return Promise.all(
      prepared.map((one, index) => {
        const stored = one.kind === "wanted" ? found.get(one.key)! : one.stored;
        return this.#understood(spots[index]!, stored);
      }),
    );
  }

  /** The input's own lock file at a commit; null when it has none. Throws LockError. */
  async ownLock(commit: string): Promise<LockFile | null> {
    const { flake, locked } = this.#input.node;
    if (!flake) return null;
    const file = inFlake(String(locked!.dir ?? ""), "flake.lock");
    const bytes = await this.#clone.readFile(commit, file);
    return bytes === null
      ? null
      : parseLock(new TextDecoder().decode(bytes), `<${this.#input.path}>/${file}`);
  }

  async #prepare(spot: Spot): Promise<Wanted | Known> {
    const lock = await this.#lockAt(spot, ANYWHERE);
    if (!("nodes" in lock)) return { kind: "known", stored: lock };
    const key = this.#key(spot, lock);
    const stored = mayCache(this.#run) ? await this.#run.ports.cache.get(key) : null;
    if (stored === null) return { kind: "wanted", spot, key };
    this.cached++;
    return { kind: "known", stored: stored as unknown as Stored };
  }

  async #lockAt({ onto, commit }: Spot, url: string): Promise<LockFile | Stored> {
    try {
      const { dir } = this.#input.node.locked!;
      const locked = {
        ...{ type: "git", url, rev: commit, shallow: true },
        // Newer versions of Nix tell a flake no date that does not stand in the lock.
        lastModified: this.#dates.get(commit)!,
        ...(dir === undefined ? {} : { dir }),
      };
      const own = await this.ownLock(commit);
      const hybrid = lockAt(onto.lock, this.#input.path, { locked, own }, onto.overrides);
      if (hybrid.kind === "hybrid") return hybrid.lock;
      return { kind: "failed", code: "lock-malformed", because: hybrid.because };
    } catch (error) {
      if (!(error instanceof NixclaudeError) || error.name !== "LockError") throw error;
      return { kind: "failed", code: error.code, because: error.message };
    }
  }

  #key({ onto, commit }: Spot, lock: LockFile): string {
    const { request, identity } = this.#run;
    const named = {
      program: identity.program,
      evaluator: identity.evaluator,
      tree: onto.tree.id,
      flakeDirectory: this.#directory,
      attribute: [...request.attribute],
      limits: { ...request.limits },
      lock: renderLock(lock),
      commit,
    };
    return `bisect-${createHash("sha256").update(canonicalJson(named)).digest("hex")}`;
  }

  /** A commit that ends the process takes others with it: those are tried alone. */
  async #evaluateNow(wanted: readonly Wanted[]): Promise<Map<string, Stored>> {
    const found = await this.#batch(wanted);
    const together = wanted.length > 1 ? wanted.filter(({ key }) => found.get(key)!.shared) : [];
    for (const one of together) for (const [key, alone] of await this.#batch([one])) found.set(key, alone);
    for (const { key } of wanted) {
      const { passing, shared: _, ...stored } = found.get(key)!;
      if (mayCache(this.#run) && !passing) await this.#run.ports.cache.put(key, stored as unknown as Json);
    }
    return found;
  }

  async #batch(wanted: readonly Wanted[]): Promise<Map<string, Batched>> {
    if (wanted.length === 0) return new Map();
    const repository = await this.#clone.serve([...new Set(wanted.map(({ spot }) => spot.commit))]);
    const plans = await Promise.all(
      wanted.map(async ({ spot }, index): Promise<HybridPlan> => {
        // It was made before, with another place for the commit.
        const lock = (await this.#lockAt(spot, `file://${repository}`)) as LockFile;
        return { id: `c${index}`, tree: spot.onto.tree, lock, mustFit: true };
      }),
    );
    const result = await this.#nix(plans);
    this.evaluations += wanted.length;
    this.nixVersion = result.nixVersion;
    return new Map(wanted.map(({ key }, index) => [key, batched(result.hybrids[`c${index}`]!, result)]));
  }

  #nix(plans: readonly HybridPlan[]): Promise<EvaluationResult> {
    const { request, ports, repository, trees } = this.#run;
    return ports.evaluator.evaluate({
      repository,
      flakeDirectory: this.#directory,
      attribute: [...request.attribute],
      sides: [],
      hybrids: { when: "always", plans },
      baseTree: trees.before,
      organisations: [],
      trust: request.trust,
      offline: request.offline,
      debug: request.debug,
      limits: request.limits,
    });
  }

  async #understood({ onto: { tree } }: Spot, stored: Stored): Promise<EvaluatedSpot> {
    if (stored.kind === "failed") return { kind: "unknown", code: stored.code, because: stored.because };
    const flake = {
      directory: this.#directory,
      sides: {
        before: { kind: "nothing" as const },
        after: { kind: "flake" as const, tree, evaluation: stored.evaluation },
      },
      organisations: {},
      nixVersion: null,
      evaluations: 0,
      cached: 0,
      limitsHit: [],
      cacheable: true,
    };
    try {
      return { kind: "evaluated", snapshot: await snapshotOf(this.#run, flake, "after") };
    } catch (error) {
      if (!(error instanceof NixclaudeError)) throw error;
      return { kind: "unknown", code: error.code, because: error.message };
    }
  }
}

interface Wanted {
  kind: "wanted";
  spot: Spot;
  key: string;
}
interface Known {
  kind: "known";
  stored: Stored;
}
type Stored =
  | { kind: "evaluated"; evaluation: SideEvaluation }
  | { kind: "failed"; code: string; because: string };

type Batched = Stored & {
  /** Another run could come to something else. */
  passing: boolean;
  /** Perhaps it is not to blame. */
  shared: boolean;
};

function batched(evaluation: HybridEvaluation, { cacheable, limitsHit }: EvaluationResult): Batched {
  if (evaluation.kind === "not-needed") throw new Error("a commit was asked for and not evaluated");
  if (evaluation.kind === "failed" && OF_THE_MACHINE.includes(evaluation.code)) {
    throw new EvaluationError(evaluation.code, evaluation.because, {
      hint: "Run the same command again; what was evaluated until then is kept.",
    });
  }
  const passing =
    evaluation.kind === "failed" ? !LASTING.includes(evaluation.code) : !cacheable || limitsHit.length > 0;
  return { ...evaluation, passing, shared: evaluation.kind === "failed" && evaluation.shared === true };
}
