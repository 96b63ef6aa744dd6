import { diffSnapshots } from "../../src/diff/index.ts";
import type { Change, Surface } from "../../src/model/change.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { DEFAULT_LIMITS, type Limits } from "../../src/model/limits.ts";
import { type ClientVersion, DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import type { AbsentSnapshot, PresentSnapshot, Snapshot } from "../../src/model/snapshot.ts";
import { snapshotOf, type WritableSet } from "../support/context.ts";

export const ABSENT: AbsentSnapshot = { kind: "absent", reason: "no-base", revision: null, tree: null };

export interface DiffSettings {
  client?: ClientVersion;
  limits?: Partial<Limits>;
}

/** Changes between two contexts as a user would write them; null: there is none. */
export function changesBetween(
  before: WritableSet | null,
  after: WritableSet | null,
  settings: DiffSettings = {},
): Change[] {
  return changesOf(asSnapshot(before), asSnapshot(after), settings);
}

export function changesOf(
  before: Snapshot,
  after: Snapshot,
  { client = DEFAULT_CLIENT, limits = {} }: DiffSettings = {},
): Change[] {
  return diffSnapshots(before, after, { client, limits: { ...DEFAULT_LIMITS, ...limits } });
}

function asSnapshot(json: WritableSet | null): Snapshot {
  return json === null ? ABSENT : snapshotOf(json);
}

/** `widens permissions.allow[0] added`: what a table of cases compares. */
export function inShort(changes: readonly Change[], surface?: Surface): string[] {
  return changes
    .filter((change) => surface === undefined || change.surface === surface)
    .map(({ direction, path, kind }) => `${direction} ${path} ${kind}`);
}

export function withPositions(json: JsonObject, positions: PresentSnapshot["positions"]): PresentSnapshot {
  return snapshotOf(json as WritableSet, { positions });
}
