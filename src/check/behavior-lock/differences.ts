import { constraintJson, type DiffOptions, diffSnapshots } from "../../diff/index.ts";
import type { BehaviorLockState, LockDifference } from "../../model/behavior-lock.ts";
import { DIRECTIONS } from "../../model/change.ts";
import type { SourcedConstraint } from "../../model/constraint.ts";
import { canonicalJson } from "../../model/json.ts";
import { compareText } from "../../model/order.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { snapshotIn } from "./decode.ts";
import type { BehaviorLock } from "./format.ts";

/** Holds what is locked against a snapshot, as a check would hold two revisions against each other. */
export function compareLock(
  lock: BehaviorLock,
  snapshot: Snapshot,
  attribute: string,
  options: DiffOptions,
): BehaviorLockState {
  if (lock.attribute !== attribute) return { kind: "other-attribute", locked: lock.attribute };
  const locked = snapshotIn(lock);
  if (locked.context.permissions.rules.length > options.limits.permissionRules) {
    return { kind: "unreadable", because: "holds more permission rules than are compared" };
  }
  const differences = [
    ...clientDifference(lock, options),
    ...diffSnapshots(locked, snapshot, options).map(({ direction, summary, witness }) => ({
      direction,
      summary,
      ...(witness !== undefined && { witness: witness.call }),
    })),
    ...constraintDifferences(locked.foreignConstraints, inputConstraintsOf(snapshot)),
  ];
  return differences.length === 0
    ? { kind: "fits" }
    : { kind: "stale", differences: [...differences].sort(byGravity) };
}

/** Stable: what is equally grave stays in the order of the comparison. */
function byGravity(a: LockDifference, b: LockDifference): number {
  return DIRECTIONS.indexOf(a.direction) - DIRECTIONS.indexOf(b.direction);
}

/** The same rules can approve something else for another client. */
function clientDifference(lock: BehaviorLock, { client }: DiffOptions): LockDifference[] {
  if (lock.client === client) return [];
  return [
    {
      direction: "undecided",
      summary: `rules were read as Claude Code \`${lock.client}\` reads them, and are now read as \`${client}\` does`,
    },
  ];
}

type Sourced = Omit<SourcedConstraint, "from">;

function inputConstraintsOf(snapshot: Snapshot): Sourced[] {
  if (snapshot.kind === "absent") return [];
  // Those of `--org` are the caller's, and no part of what the repository locks.
  return snapshot.foreignConstraints.filter(({ source }) => source.startsWith("input:"));
}

/** With the directions that the flake's own constraints have. */
function constraintDifferences(before: readonly Sourced[], after: readonly Sourced[]): LockDifference[] {
  const [old, now] = [byName(before), byName(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return names.flatMap((name): LockDifference[] => {
    if (!old.has(name)) return [{ direction: "narrows", summary: `${name} added` }];
    if (!now.has(name)) return [{ direction: "widens", summary: `${name} removed` }];
    return old.get(name) === now.get(name) ? [] : [{ direction: "undecided", summary: `${name} changed` }];
  });
}

function byName(constraints: readonly Sourced[]): Map<string, string> {
  return new Map(
    constraints.map(({ source, id, constraint }) => [
      `constraint \`${id}\` of input \`${source.slice("input:".length)}\``,
      canonicalJson(constraintJson(constraint)),
    ]),
  );
}
