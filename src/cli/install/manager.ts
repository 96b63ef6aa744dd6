import type { GitHook } from "../hooks/names.ts";
import type { FileChange } from "./file-change.ts";

export const MANAGER_NAMES = ["lefthook", "pre-commit", "husky", "git"] as const;
export type ManagerName = (typeof MANAGER_NAMES)[number];

/** What runs the hooks of a repository, and how our lines get into its files. */
export interface HookManager {
  name: ManagerName;
  /** Does the repository with this root use it? */
  isUsed(root: string): boolean;
  /**
   * The files with our lines for exactly these hooks, whatever of ours was there before; without any for none. Nothing
   * is written. Throws UsageError where our lines cannot stand.
   */
  changes(root: string, hooks: readonly GitHook[]): Promise<FileChange[]>;
  /** Mode of a file that was not there. */
  newMode: number;
  /** What is left to do by hand; null: nothing. */
  next(hooks: readonly GitHook[]): string | null;
}
