import { createHash } from "node:crypto";
import type { Counterfactual } from "../../causes/index.ts";
import { hybridLock, type LockFile, renderLock, resolveLock } from "../../lock/index.ts";
import { haveSameInputs } from "../../lock/same-inputs.ts";
import { NixclaudeError } from "../../model/errors.ts";
import { canonicalJson, type Json } from "../../model/json.ts";
import type { InputChange } from "../../model/lock.ts";
import { compareText } from "../../model/order.ts";
import type { Tree } from "../ports.ts";

/** One side: its tree, and what its lock file says. */
export interface LockedTree {
  tree: Tree;
  lock: LockFile;
}

export type Mixture =
  /** Equal keys: the same source with the same inputs, which evaluates to the same. */
  { kind: "mixture"; key: string; tree: Tree; lock: LockFile } | { kind: "refused"; because: string };

/** Makes the lock files of what did not happen out of those of both sides. */
export class Mixtures {
  readonly #sides: Record<"before" | "after", LockedTree>;
  readonly #rows: readonly InputChange[];
  /** Direct inputs that one side alone has: they come with its source. */
  readonly #structural: ReadonlySet<string>;
  readonly #directory: string;
  readonly #keys: { before: string; after: string; afterFromBefore: string | null };

  /** @throws LockError when one of the locks cannot be understood. */
  constructor(
    sides: Record<"before" | "after", LockedTree>,
    rows: readonly InputChange[],
    { directory, isEdited }: { directory: string; isEdited: boolean },
  ) {
    this.#sides = sides;
    this.#rows = [...rows].sort((a, b) => depth(a.path) - depth(b.path) || compareText(a.path, b.path));
    this.#directory = directory;
    const oneSided = rows.filter(({ path, kind }) => isTop(path) && (kind === "added" || kind === "removed"));
    this.#structural = new Set(oneSided.map(({ path }) => path));
    const { before, after } = sides;
    const [old, now] = [this.#inputsOf(before.lock), this.#inputsOf(after.lock)];
    this.#keys = {
      before: keyOf(before.tree, old),
      after: keyOf(after.tree, now),
      afterFromBefore: isEdited || oneSided.length > 0 ? null : keyOf(before.tree, now),
    };
  }

  /** The side that a mixture comes to. Where the sources differ in the lock file alone, its text is left aside. */
  sideOf(key: string): "before" | "after" | null {
    if (key === this.#keys.before) return "before";
    return key === this.#keys.after || key === this.#keys.afterFromBefore ? "after" : null;
  }

  at({ source, moved }: Counterfactual): Mixture {
    const { tree } = this.#sides[source];
    try {
      const lock = this.#lockWith(source, new Set(moved));
      if (typeof lock === "string") return { kind: "refused", because: lock };
      return { kind: "mixture", key: keyOf(tree, this.#inputsOf(lock)), tree, lock };
    } catch (error) {
      if (error instanceof NixclaudeError) return { kind: "refused", because: error.message };
      throw error;
    }
  }

  /** null when moving everything gives the new lock file; else why no mixture can be trusted. */
  misfit(): string | null {
    const all = this.at({ source: "after", moved: this.#rows.map(({ path }) => path) });
    if (all.kind === "refused") return all.because;
    const { lock } = this.#sides.after;
    const isWhole =
      all.key === this.#keys.after || (this.#resolved(lock) === null && haveSameInputs(all.lock, lock));
    return isWhole ? null : "the two lock files differ in more than the inputs that moved";
  }

  /** Text says why there is no such lock file. */
  #lockWith(source: "before" | "after", moved: ReadonlySet<string>): LockFile | string {
    const isMoved = (path: string) =>
      this.#structural.has(topOf(path)) ? source === "after" : moved.has(path);
    let lock = this.#sides.before.lock;
    for (const { paths, side } of takings(this.#rows, isMoved)) {
      const hybrid = hybridLock(lock, this.#sides[side].lock, paths);
      if (hybrid.kind === "refused") return hybrid.because;
      lock = hybrid.lock;
    }
    return lock;
  }

  #inputsOf(lock: LockFile): Json {
    return this.#resolved(lock) ?? renderLock(lock);
  }

  /** null: inputs in a circle, and the like. */
  #resolved(lock: LockFile): Json {
    const resolution = resolveLock(lock, this.#directory);
    return resolution.kind === "resolved" ? Object.fromEntries(resolution.graph.inputs) : null;
  }
}

/**
 * What to take from which side, in order. An input brings all below it, so a row has to be taken only where it is
 * another side's than the row above it.
 */
function takings(rows: readonly InputChange[], isMoved: (path: string) => boolean) {
  const taken = new Map<string, boolean>();
  const steps: { paths: string[]; side: "before" | "after" }[] = [];
  for (const { path } of rows) {
    const wanted = isMoved(path);
    taken.set(path, wanted);
    if (wanted === (taken.get(nearestAbove(path, taken)) ?? false)) continue;
    const side = wanted ? "after" : "before";
    const last = steps.at(-1);
    if (last?.side === side) last.paths.push(path);
    else steps.push({ paths: [path], side });
  }
  return steps;
}

function nearestAbove(path: string, taken: ReadonlyMap<string, boolean>): string {
  let at = path;
  do at = at.slice(0, Math.max(0, at.lastIndexOf("/")));
  while (at !== "" && !taken.has(at));
  return at;
}

function keyOf(tree: Tree, inputs: Json): string {
  return createHash("sha256")
    .update(canonicalJson([tree.id, inputs]))
    .digest("hex");
}

function depth(path: string): number {
  return path.split("/").length;
}

function isTop(path: string): boolean {
  return !path.includes("/");
}

function topOf(path: string): string {
  return path.split("/")[0]!;
}
