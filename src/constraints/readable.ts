import type { Demand, SourcedConstraint } from "../model/constraint.ts";
import { ContextError } from "../model/errors.ts";
import type { Position } from "../model/position.ts";
import type { BrokenCheck } from "./check-results.ts";
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
  const lines = demands.map(
    ({ constraint, problem }) => `${named(constraint, positionOf)} cannot be applied: ${problem}`,
  );
  return errorOf("constraint-unreadable", lines, demands[0]!.hint);
}

/** A Nix function that did not say whether its constraint holds must stop the run as well. */
export function checkError(
  checks: readonly BrokenCheck[],
  positionOf: (constraint: SourcedConstraint) => Position | undefined,
): ContextError {
  const lines = checks.map(({ constraint, problem, position }) => {
    const place = position === undefined ? "" : ` at ${formatted(position)}`;
    return `the check of ${named(constraint, positionOf)} cannot tell: ${problem}${place}`;
  });
  return errorOf(
    "constraint-check-failed",
    [...new Set(lines)],
    "Mend the function where it stands; if only the base's version is at fault, --base none goes on without it.",
  );
}

function named(
  constraint: SourcedConstraint,
  positionOf: (constraint: SourcedConstraint) => Position | undefined,
): string {
  const position = positionOf(constraint);
  const place = position === undefined ? "" : ` (${formatted(position)})`;
  return `the constraint ${constraint.id} of ${sourceInWords(constraint.source)}${place}`;
}

function formatted({ input, file, line, column }: Position): string {
  return `${input === undefined ? "" : `<${input}>/`}${file}:${line}:${column}`;
}

function errorOf(code: string, lines: readonly string[], hint: string): ContextError {
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : "";
  return new ContextError(code, `${lines[0]}${more}`, { hint, details: lines });
}
