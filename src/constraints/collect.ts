import {
  type Constraint,
  type ConstraintSource,
  demandJson,
  type SourcedConstraint,
} from "../model/constraint.ts";
import { canonicalJson } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import { attributePath, type Position, positionOf } from "../model/position.ts";
import type { Snapshot } from "../model/snapshot.ts";

/**
 * Every constraint that applies to a change: the flake's own and those of its direct inputs and organisations, from
 * the base and from the head. Nothing is merged but what is equal: the same id from two sources, or in two versions,
 * applies twice, so that neither can loosen the other. Ordered by source, id and side.
 */
export function collectConstraints(before: Snapshot, after: Snapshot): SourcedConstraint[] {
  const old = constraintsOf(before);
  const now = constraintsOf(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return keys.flatMap((key): SourcedConstraint[] => {
    const base = old.get(key);
    const head = now.get(key);
    if (base !== undefined && head !== undefined && isSame(base.constraint, head.constraint)) {
      return [{ ...head, from: "both" }];
    }
    const sides: SourcedConstraint[] = [];
    if (base !== undefined) sides.push({ ...base, from: "before" });
    if (head !== undefined) sides.push({ ...head, from: "after" });
    return sides;
  });
}

export type Located = Omit<SourcedConstraint, "from">;

/** By source and id. */
export function constraintsOf(snapshot: Snapshot): Map<string, Located> {
  if (snapshot.kind === "absent") return new Map();
  const own = Object.entries(snapshot.context.constraints).map(
    ([id, constraint]): Located => ({ id, source: "self", constraint }),
  );
  return new Map([...own, ...snapshot.foreignConstraints].map((one) => [keyOf(one), one]));
}

/** As the keys of `PresentSnapshot.foreignPositions`. */
export function keyOf({ source, id }: Pick<SourcedConstraint, "source" | "id">): string {
  return `${source} ${id}`;
}

/** Where a constraint stands in one snapshot. */
export function constraintPositionIn(
  snapshot: Snapshot,
  constraint: Pick<SourcedConstraint, "source" | "id">,
): Position | undefined {
  if (snapshot.kind === "absent") return undefined;
  return constraint.source === "self"
    ? positionOf(snapshot.positions, attributePath("constraints", constraint.id))
    : snapshot.foreignPositions[keyOf(constraint)];
}

/** `this flake`, `the input company-standards`, `the organisation github:acme/standards`. */
export function sourceInWords(source: ConstraintSource): string {
  if (source === "self") return "this flake";
  return source.startsWith("org:")
    ? `the organisation ${source.slice("org:".length)}`
    : `the input ${source.slice("input:".length)}`;
}

/** Descriptions and links may differ: they judge nothing. */
function isSame(a: Constraint, b: Constraint): boolean {
  return judgement(a) === judgement(b);
}

/** Everything that it asks; of a Nix function only that there is one. */
export function judgement({ severity, waivable, demands }: Constraint): string {
  return canonicalJson({ severity, waivable, demands: demands.map(demandJson) });
}
