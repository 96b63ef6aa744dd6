import type { Direction } from "./change.ts";

/** Stands next to the `flake.nix` whose context it holds. */
export const BEHAVIOR_LOCK_FILE = "claude-context.lock.json";

/** What came of holding a behavior lock against the context that it should hold. */
export type BehaviorLockState =
  | { kind: "fits" }
  | { kind: "missing" }
  /** `because` goes on after the name of the file: "holds the marks of a merge". `line` is 1-based. */
  | { kind: "unreadable"; because: string; line?: number }
  /** It holds the context of another attribute. */
  | { kind: "other-attribute"; locked: string }
  /** What differs, gravest first; at least one. */
  | { kind: "stale"; differences: LockDifference[] };

/** A change from what is locked to what is evaluated. */
export interface LockDifference {
  direction: Direction;
  summary: string;
  /** A call that proves it, as `formatCall` writes it. */
  witness?: string;
}

/** The behavior lock of one flake at both ends of a check. */
export interface BehaviorLocks {
  /** Path in the repository. */
  file: string;
  /** A lock that does not fit blocks, and so does one that is not there. */
  frozen: boolean;
  /** The command line that writes it anew. */
  mend: string;
  /** null where there is no base, and where nobody asks since `after` fits. */
  before: BehaviorLockState | null;
  after: BehaviorLockState;
}
