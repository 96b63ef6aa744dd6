import type { Failure } from "./decode.ts";
import { formatPlace } from "./errors.ts";

/** Why a hybrid says nothing: one line for people. */
export interface HybridFailure {
  code: string;
  because: string;
  /** All ended together, and which of them was to blame is not known. */
  shared?: true;
}

/** So many values of one hybrid are left out one by one; with more it is left out itself. */
const MAX_VALUES = 4;
/** Each costs a run. */
const MAX_VALUES_IN_ALL = 24;

/** Codes of what is no fault of a value: whatever needed it cannot be had. */
const OF_THE_WHOLE = new Set(["fetch-failed", "hash-mismatch"]);

/** Which hybrids are out of the game, and why. */
export class HybridFailures {
  readonly failed = new Map<string, HybridFailure>();
  readonly #labels: readonly string[];
  readonly #nodes: ReadonlyMap<string, readonly string[]>;
  readonly #values = new Map<string, Set<string>>();
  #valuesInAll = 0;
  #ended = false;

  /** @param nodes labels of the hybrids that have a node, for nodes that nothing else has. */
  constructor(labels: readonly string[], nodes: ReadonlyMap<string, readonly string[]>) {
    this.#labels = labels;
    this.#nodes = nodes;
  }

  /** Whether the next run has hybrids in it. */
  get included(): boolean {
    return !this.#ended && this.#labels.some((label) => !this.failed.has(label));
  }

  /** Labels and nodes that the next run must not touch. */
  skipped(): string[] {
    const nodes = [...this.#nodes].filter(([, labels]) => labels.every((label) => this.failed.has(label)));
    return [...this.failed.keys(), ...nodes.map(([key]) => key)];
  }

  fail(label: string, failure: HybridFailure): void {
    this.failed.set(label, failure);
  }

  /** No hybrid can be part of a run any more. */
  failAll(failure: HybridFailure): void {
    const shared = { ...failure, shared: true } as const;
    this.restore(new Map(this.#labels.map((label) => [label, shared])));
    this.#ended = true;
  }

  /** Those that failed for this reason may try once more; gives why they had failed. */
  forgive(code: string): ReadonlyMap<string, HybridFailure> {
    const forgiven = this.#ended ? [] : [...this.failed].filter(([, failure]) => failure.code === code);
    for (const [label] of forgiven) this.failed.delete(label);
    return new Map(forgiven);
  }

  /** What had been forgiven counts again, where nothing else was found since. */
  restore(failures: ReadonlyMap<string, HybridFailure>): void {
    for (const [label, failure] of failures) if (!this.failed.has(label)) this.failed.set(label, failure);
  }

  /**
   * What becomes of a failure at a place (`hybrid-x:tools.rg`, `hybrid-x#inputs:`, a node): a value that is left out, a
   * hybrid that is, or null where the place is in no hybrid.
   * @param again it was left out before: it would fail for ever.
   */
  absorb(place: string, failure: Failure, again: boolean): "value" | "hybrid" | null {
    const colon = place.indexOf(":");
    const label = colon < 0 ? place : place.slice(0, colon);
    const users = this.#nodes.get(label);
    if (users !== undefined) {
      this.#failAt(users, failure);
      return "hybrid";
    }
    const owner = label.replace(/[#/].*$/s, "");
    if (!this.#labels.includes(owner)) return null;
    const isValue = label === owner && colon >= 0 && place.length > colon + 1;
    const mayBeLeftOut = isValue && !again && !OF_THE_WHOLE.has(failure.code);
    if (mayBeLeftOut && this.#leaveOut(owner, place)) return "value";
    this.#failAt([owner], failure);
    return "hybrid";
  }

  #leaveOut(label: string, place: string): boolean {
    const values = this.#values.get(label) ?? new Set();
    this.#values.set(label, values.add(place));
    this.#valuesInAll += 1;
    return values.size <= MAX_VALUES && this.#valuesInAll <= MAX_VALUES_IN_ALL;
  }

  #failAt(labels: readonly string[], { code, message, position }: Failure): void {
    const where = position === undefined ? "" : ` (${formatPlace(position)})`;
    const failure = { code, because: `${message}${where}` };
    const fresh = labels.filter((label) => !this.failed.has(label));
    // Nothing would change in the next run.
    if (fresh.length === 0) return this.failAll(failure);
    for (const label of fresh) this.failed.set(label, failure);
  }
}
