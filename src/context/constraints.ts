import type { Constraint } from "../model/constraint.ts";
import type { Positions } from "../model/position.ts";
import { EMPTY_SET, type RawValue } from "../model/raw-value.ts";
import { constraintOf } from "./constraint-demands.ts";
import { flattenPositions, positionsRecord } from "./positions.ts";
import { entriesOf, entryOf } from "./read.ts";

export interface NormalisedConstraints {
  constraints: Record<string, Constraint>;
  /** By attribute path below `basePath`: `constraints.no-force-push.forbid.allow`. */
  positions: Positions;
}

export function normaliseConstraints(raw: RawValue | undefined, basePath: string): NormalisedConstraints {
  const value = raw ?? EMPTY_SET;
  return {
    constraints: Object.fromEntries(entriesOf(value).map(([id, entry]) => [id, constraintOf(entry)])),
    positions: positionsRecord(flattenPositions(value, basePath)),
  };
}

/** The constraints of another flake's `claudeContext`; nothing else of it matters here. `source` is for messages. */
export function normaliseForeignConstraints(raw: RawValue, _source: string): NormalisedConstraints {
  return normaliseConstraints(entryOf(raw, "constraints"), "constraints");
}
