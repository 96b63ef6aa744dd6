import type { Constraint } from "../model/constraint.ts";
import { kindOf } from "./kinds/index.ts";

/** What a constraint asks, one sentence for each demand: for `explain`. */
export function describeConstraint({ demands }: Constraint): string[] {
  return demands.map((demand) => kindOf(demand).describe(demand));
}
