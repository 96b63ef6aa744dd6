import type { SourcedConstraint } from "./constraint.ts";
import type { ClaudeContext } from "./context.ts";
import type { JsonObject } from "./json.ts";
import type { LockedInput, PlacedInput } from "./lock.ts";
import type { Position, Positions } from "./position.ts";

/** A context at one revision with its provenance; or the fact that there is none. */
export type Snapshot = AbsentSnapshot | PresentSnapshot;

export interface SnapshotOrigin {
  /** Commit id; null for the index, the work tree, and "no base". */
  revision: string | null;
  /** Id of the Git tree that was read; null when there is no base. */
  tree: string | null;
}

export interface AbsentSnapshot extends SnapshotOrigin {
  kind: "absent";
  reason: "no-base" | "no-flake" | "no-attribute" | "no-files";
}

export interface PresentSnapshot extends SnapshotOrigin {
  kind: "present";
  /** `flake`: the flake's output; `files`: the client's own files. */
  from: "flake" | "files";
  context: ClaudeContext;
  positions: Positions;
  /** What does not fit the schema; the rest of the context is still there. */
  problems: SchemaProblem[];
  /** The flake's direct inputs as locked, by name; empty for files. */
  inputs: Record<string, LockedInput>;
  /** Every input of the lock's graph by path, nested ones included. */
  placedInputs: Record<string, PlacedInput>;
  /** Constraints of inputs and `--org` flakes; the flake's own stand in `context.constraints`. */
  foreignConstraints: Omit<SourcedConstraint, "from">[];
  /** Positions of foreign constraints by `source` + " " + id. */
  foreignPositions: Record<string, Position>;
  /** The flake's own `nixConfig`. */
  nixConfig: JsonObject;
}

export interface SchemaProblem {
  /** Attribute path. */
  path: string;
  found: string;
  expected: string;
  /** Nearest known key, when the key is unknown. */
  nearest?: string;
  position?: Position;
  /** The client would drop the whole settings file for it (a list or known key of the wrong type). */
  dropsFile: boolean;
}
