import type { Change } from "../../model/change.ts";
import type { CommitFacts } from "../ports.ts";

/** What `nixclaude bisect --format json` prints. */
export interface BisectResult {
  schemaVersion: 1;
  tool: { name: "nixclaude"; version: string };
  input: { path: string; reference: string; from: string; to: string };
  /** First parents only. */
  history: { commits: number; merges: number };
  /** What the input changes, in the order in which it came to be. */
  changes: BisectedChange[];
  /** Seen at a commit on the way and gone at the end. Nobody looks for these: there may be more. */
  passing: { change: ChangeFacts; seenAt: string }[];
  /** Changes between base and head that are not this input's doing, or not with its own lock alone. */
  others: ChangeFacts[];
  /** Inputs below this one that `flake.lock` has at another revision than the input's own lock. */
  differentlyLocked: string[];
  evaluation: { nix: string | null; evaluations: number; cached: number; durationMs: number };
}

export type ChangeFacts = Omit<Change, "id" | "causes" | "position" | "textDiff">;

export interface BisectedChange {
  change: ChangeFacts;
  /** Where it first appears, among all that was looked at. */
  first: Found;
  /** It went away again: since when it is there to stay. */
  stays?: Found;
  /**
   * Does the input alone make this change, on the flake as it was at the base? null: that could not be told.
   */
  alone: boolean | null;
  /** The same place before it came to this, at a commit that was looked at. */
  earlier?: { commit: string; change: ChangeFacts };
}

export type Found =
  | ({ kind: "commit" } & FoundCommit)
  /** One of these made it; they cannot be told apart. */
  | { kind: "range"; commits: number; from: FoundCommit; to: FoundCommit; because: string };

export interface FoundCommit extends CommitFacts {
  /** How many other commits a merge brought; 0: no merge. */
  merged: number;
  /** What it changed, on the forge that has it. */
  url?: string;
}

/** Could every change be laid on a commit? */
export function isComplete({ changes }: BisectResult): boolean {
  return changes.every(({ first, stays }) => first.kind === "commit" && stays?.kind !== "range");
}
