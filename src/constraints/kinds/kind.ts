import type { Change } from "../../model/change.ts";
import type { Demand, SourcedConstraint } from "../../model/constraint.ts";
import type { FindingFact } from "../../model/finding.ts";
import type { Limits } from "../../model/limits.ts";
import type { InputChange } from "../../model/lock.ts";
import type { Call } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import type { PresentSnapshot, Snapshot } from "../../model/snapshot.ts";
import type { CheckFinding } from "../check-findings.ts";

/** The member of the union with this kind; several kinds may share one shape. */
export type DemandOf<K extends Demand["kind"]> = Demand extends infer D
  ? D extends { kind: infer Shared }
    ? K extends Shared
      ? D & { kind: K }
      : never
    : never
  : never;

/** Everything that rules mean depends on. */
export interface Semantics {
  client: ClientVersion;
  limits: Pick<Limits, "inclusionSteps">;
}

/** What a demand is held against: always the state after the change. */
export interface DemandInput extends Semantics {
  constraint: SourcedConstraint;
  after: PresentSnapshot;
  before: Snapshot;
  changes: readonly Change[];
  /** What moved in `flake.lock`. */
  inputChanges: readonly InputChange[];
  /** What the Nix functions of constraints found. */
  checkFindings: ReadonlyMap<SourcedConstraint, readonly CheckFinding[]>;
  /** Seconds since 1970-01-01 UTC. */
  nowSeconds: number;
}

/** `key` tells findings of one demand about one subject apart; it must hold from revision to revision. */
export type DemandFact = FindingFact & { key?: string };

/** Why a demand cannot be applied as it is written, and what to write. */
export interface Unreadable {
  problem: string;
  hint: string;
}

/** How a demand asks less than it did; `call` is one that it no longer objects to. */
export interface Loosening {
  what: string;
  call?: Call;
  /** It may be so: nobody can tell. */
  uncertain?: true;
}

/** One kind of demand: `src/constraints/kinds/<kind>.ts`. */
export interface DemandKind<K extends Demand["kind"]> {
  kind: K;
  /** One sentence that says when it holds. */
  describe(demand: DemandOf<K>): string;
  /** Absent: every demand of this kind can be applied. */
  unreadable?(demand: DemandOf<K>, semantics: Semantics): Unreadable | null | Promise<Unreadable | null>;
  /** One fact for each violation; none: it holds. */
  check(demand: DemandOf<K>, input: DemandInput): DemandFact[] | Promise<DemandFact[]>;
  /** null when the demands of the same constraint as it is now ask at least as much. What cannot be told is looser. */
  loosened(before: DemandOf<K>, now: readonly Demand[], semantics: Semantics): Loosening | null;
}

/** The demands of these kinds. */
export function ofKind<K extends Demand["kind"]>(demands: readonly Demand[], kind: K): DemandOf<K>[] {
  return demands.filter((demand): demand is DemandOf<K> & Demand => demand.kind === kind);
}
