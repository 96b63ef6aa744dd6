import { type Position, type Positions, positionOf } from "../model/position.ts";
import type { SchemaProblem } from "../model/snapshot.ts";

/** A part of the value that could not be judged: it did not evaluate, or a limit cut it off. Never a pass. */
export interface ContextFailure {
  /** Attribute path. */
  path: string;
  code: string;
  message: string;
  position?: Position;
}

export type ProblemWithoutPlace = Omit<SchemaProblem, "position">;

/** Collects what normalisation has to say, in the order in which it reads. */
export class Notes {
  readonly problems: ProblemWithoutPlace[] = [];
  readonly failures: ContextFailure[] = [];
  /** Names of the limits (keys of `Limits`) that were reached. */
  readonly limits = new Set<string>();

  problem(path: string, found: string, expected: string): void {
    this.problems.push({ path, found, expected, dropsFile: false });
  }

  /** A limit was reached at `path`: what lies beyond is unknown, so this is also a failure. */
  limit(path: string, limit: string, message: string): void {
    this.limits.add(limit);
    this.failures.push({ path, code: "limit-reached", message });
  }
}

/** Adds where each path stands; what has a position keeps it. */
export function placed<T extends { path: string; position?: Position }>(
  things: readonly T[],
  positions: Positions,
): T[] {
  return things.map((thing) => {
    const position = thing.position ?? positionOf(positions, thing.path);
    return position === undefined ? thing : { ...thing, position };
  });
}
