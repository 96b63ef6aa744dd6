import type { Demand, SourcedConstraint } from "../model/constraint.ts";
import { ContextError } from "../model/errors.ts";
import type { Position } from "../model/position.ts";
import { sourceInWords } from "./collect.ts";
import { kindOf } from "./kinds/index.ts";
import type { Semantics, Unreadable } from "./kinds/kind.ts";

export interface UnreadableDemand extends Unreadable {
  constraint: SourcedConstraint;
  demand: Demand;
}

/** Demands that cannot be applied as they are written. */
export async function unreadableDemands(
  constraints: readonly SourcedConstraint[],
  semantics: Semantics,
): Promise<UnreadableDemand[]> {
  const found: UnreadableDemand[] = [];
  for (const constraint of constraints) {
    for (const demand of constraint.constraint.demands) {
      const unreadable = await kindOf(demand).unreadable?.(demand, semantics);
      if (unreadable) found.push({ ...unreadable, constraint, demand });
    }
  }
  return found;
}

/** A constraint that is in force and says nothing that can be applied must stop the run: it would hold for nothing. */
export function unreadableError(
  demands: readonly UnreadableDemand[],
  positionOf: (constraint: SourcedConstraint) => Position | undefined,
): ContextError {
  const lines = demands.map(({ constraint, problem }) => {
    const position = positionOf(constraint);
    const place = position === undefined ? "" : ` (${position.file}:${position.line}:${position.column})`;
    return `the constraint ${constraint.id} of ${sourceInWords(constraint.source)}${place} cannot be applied: ${problem}`;
  });
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : "";
  return new ContextError(demands[0]!.code ?? "constraint-unreadable", `${lines[0]}${more}`, {
    hint: demands[0]!.hint,
    details: lines,
  });
}
