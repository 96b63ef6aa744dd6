import type { Change } from "../model/change.ts";

/** A state of the repository that never was: the source of one side, with some inputs as the other side has them. */
export interface Counterfactual {
  source: "before" | "after";
  /** Rows of the inputs table, by path, that are as after the change; all others are as before it. In byte order. */
  moved: readonly string[];
}

/** What differs from before the change in a counterfactual, or why nobody could say. */
export type Answer = { kind: "known"; effects: ReadonlySet<string> } | { kind: "unknown"; because: string };

/** Answers in the order of the questions. What is asked twice may be answered from memory. */
export type Ask = (batch: readonly Counterfactual[]) => Promise<readonly Answer[]>;

/**
 * What a change is recognised by in a counterfactual. The direction belongs to it: a rule that widens only together
 * with what another input brings is not explained by the input that brought the rule.
 */
export function effectOf({ fingerprint, direction }: Change): string {
  return `${fingerprint} ${direction}`;
}
