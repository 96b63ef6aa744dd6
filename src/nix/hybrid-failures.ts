import type { Failure } from "./decode.ts";
import { formatPlace } from "./errors.ts";

/** Why a hybrid says nothing: one line for people. */
export interface HybridFailure {
  code: string;
  because: string;
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
  #included: boolean;

  /** @param nodes labels of the hybrids that have a node, for nodes that nothing else has. */
  constructor(labels: readonly string[], nodes: ReadonlyMap<string, readonly string[]>) {
    this.#labels = labels;
    this.#nodes = nodes;
    this.#included = labels.length > 0;
  }

  /** Whether the next run has hybrids in it. */
  get included(): boolean {
    return this.#included;
  }

  /** Labels and nodes that the next run must not touch. */
  skipped(): string[] {
    const nodes = [...this.#nodes].filter(([, labels]) => labels.every((label) => this.failed.has(label)));
    return [...this.failed.keys(), ...nodes.map(([key]) => key)];
  }

  /** No hybrid can be part of a run any more. */
  failAll(failure: HybridFailure): void {
    for (const label of this.#labels) if (!this.failed.has(label)) this.failed.set(label, failure);
    this.#included = false;
  }

  /**
   * What becomes of a failure at a place (`hybrid-x:tools.rg`, `hybrid-x#inputs:`, a node): a value that is left out, a
   * hybrid that is, or null where the place is in no hybrid.
   */
  absorb(place: string, failure: Failure): "value" | "hybrid" | null {
    const colon = place.indexOf(":");
    const label = colon < 0 ? place : place.slice(0, colon);
    const users = this.#nodes.get(label);
    if (users !== undefined) {
      this.#fail(users, failure);
      return "hybrid";
    }
    const owner = label.replace(/[#/].*$/s, "");
    if (!this.#labels.includes(owner)) return null;
    const isValue = label === owner && colon >= 0 && place.length > colon + 1;
    if (isValue && !OF_THE_WHOLE.has(failure.code) && this.#mayLeaveOut(owner, place)) return "value";
    this.#fail([owner], failure);
    return "hybrid";
  }

  #mayLeaveOut(label: string, place: string): boolean {
    const values = this.#values.get(label) ?? new Set();
    this.#values.set(label, values);
    // One that fails though it was left out would do so for ever.
    if (values.has(place)) return false;
    values.add(place);
    this.#valuesInAll += 1;
    return values.size <= MAX_VALUES && this.#valuesInAll <= MAX_VALUES_IN_ALL;
  }

  #fail(labels: readonly string[], { code, message, position }: Failure): void {
    const where = position === undefined ? "" : ` (${formatPlace(position)})`;
    const failure = { code, because: `${message}${where}` };
    const fresh = labels.filter((label) => !this.failed.has(label));
    // Nothing would change in the next run.
    if (fresh.length === 0) return this.failAll(failure);
    for (const label of fresh) this.failed.set(label, failure);
    if (this.failed.size === this.#labels.length) this.#included = false;
  }
}
