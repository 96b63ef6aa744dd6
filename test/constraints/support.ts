import { type JudgeInput, judgeConstraints } from "../../src/constraints/index.ts";
import { diffSnapshots } from "../../src/diff/index.ts";
import type { Change } from "../../src/model/change.ts";
import type { Finding } from "../../src/model/finding.ts";
import { DEFAULT_LIMITS } from "../../src/model/limits.ts";
import type { LockedInput, PlacedInput } from "../../src/model/lock.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import type { AbsentSnapshot, PresentSnapshot, Snapshot } from "../../src/model/snapshot.ts";
import { contextOf, snapshotOf, type Writable, type WritableSet } from "../support/context.ts";

/** 2026-01-31T00:00:00Z. */
export const NOW_SECONDS = 1_769_817_600;
export const DAY_SECONDS = 86_400;

const OPTIONS = { client: DEFAULT_CLIENT, limits: DEFAULT_LIMITS };

export const NO_BASE: AbsentSnapshot = { kind: "absent", reason: "no-base", revision: null, tree: null };

/** Judges a change as the use case does; `changes` are only there when they are given. */
export function judge(before: Snapshot, after: Snapshot, rest: Partial<JudgeInput> = {}): Promise<Finding[]> {
  return judgeConstraints({
    before,
    after,
    changes: [],
    inputChanges: [],
    checkResults: [],
    flakeDirectory: "",
    codeChanged: true,
    nowSeconds: NOW_SECONDS,
    ...OPTIONS,
    ...rest,
  });
}

export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
  return diffSnapshots(before, after, OPTIONS);
}

/** One constraint under the id `c`, as this flake states it, and the rest of the context. */
export function withConstraint(constraint: WritableSet, context: WritableSet = {}): PresentSnapshot {
  return snapshotOf({ ...context, constraints: { c: constraint } });
}

export function withInputs(snapshot: PresentSnapshot, ...inputs: LockedInput[]): PresentSnapshot {
  const placed = inputs.map(({ name, reference, lastModified, line }) =>
    placedOf(name, reference, { lastModified, line: line ?? 1 }),
  );
  return {
    ...snapshot,
    inputs: Object.fromEntries(inputs.map((input) => [input.name, input])),
    placedInputs: Object.fromEntries(placed.map((input) => [input.path, input])),
  };
}

/** With inputs of inputs as well. */
export function withPlaced(snapshot: PresentSnapshot, ...inputs: PlacedInput[]): PresentSnapshot {
  const placed = Object.fromEntries(inputs.map((input) => [input.path, input]));
  return { ...snapshot, placedInputs: { ...snapshot.placedInputs, ...placed } };
}

export function placedOf(path: string, reference: string, rest: Partial<PlacedInput> = {}): PlacedInput {
  const lastModified = NOW_SECONDS - 3 * DAY_SECONDS;
  return { path, reference, lastModified, line: 7, key: path, lies: "in-own-source", ...rest };
}

export function inputOf(name: string, reference: string, rest: Partial<LockedInput> = {}): LockedInput {
  return {
    name,
    reference,
    revision: "1".repeat(40),
    lastModified: NOW_SECONDS - 3 * DAY_SECONDS,
    nodeId: `${name} 1`,
    line: 7,
    ...rest,
  };
}

/** The constraints of another flake that applies to a snapshot. */
export function withForeign(
  snapshot: PresentSnapshot,
  source: `input:${string}` | `org:${string}`,
  constraints: { [id: string]: Writable },
): PresentSnapshot {
  const foreign = Object.entries(contextOf({ constraints }).constraints);
  return {
    ...snapshot,
    foreignConstraints: [
      ...snapshot.foreignConstraints,
      ...foreign.map(([id, constraint]) => ({ id, source, constraint })),
    ],
    foreignPositions: {
      ...snapshot.foreignPositions,
      ...Object.fromEntries(
        foreign.map(([id], index) => [
          `${source} ${id}`,
          { file: "flake.nix", line: index + 10, column: 5, input: source.replace(/^input:/, "") },
        ]),
      ),
    },
  };
}

export function messagesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ message }) => message);
}
