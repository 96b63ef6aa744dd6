import type { LockFile } from "../../lock/index.ts";
import type { Run, SideName } from "../evaluate.ts";
import type { Tree } from "../ports.ts";
import type { CommitEvaluator } from "./evaluate-commits.ts";
import type { BisectedInput } from "./input.ts";
import type { Clone } from "./ports.ts";

/** Everything one bisect works with. */
export interface Work {
  run: Run;
  /** Of the flake in the tree, `""` for the root. */
  directory: string;
  input: BisectedInput;
  ends: Record<SideName, { tree: Tree; lock: LockFile }>;
  clone: Clone;
  evaluator: CommitEvaluator;
  report(progress: Progress): void;
}

/** What is said while it runs. */
export type Progress =
  | { kind: "history"; path: string; from: string; to: string; commits: number; directory: string }
  | { kind: "changes"; changes: number }
  /** `inQuestion`: commits left, for the change of which least is known. */
  | { kind: "round"; evaluations: number; cached: number; inQuestion: number };
