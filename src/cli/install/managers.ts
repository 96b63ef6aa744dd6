import { gitHooks } from "./git.ts";
import { husky } from "./husky.ts";
import { lefthook } from "./lefthook.ts";
import type { HookManager, ManagerName } from "./manager.ts";
import { preCommit } from "./pre-commit.ts";

/** In the order in which they are looked for; Git's own hooks are always there. */
export const MANAGERS: readonly HookManager[] = [lefthook, preCommit, husky, gitHooks];

/** The one that is named, or else the first that the repository uses. */
export function chooseManager(name: ManagerName | undefined, root: string): HookManager {
  return MANAGERS.find((manager) => (name === undefined ? manager.isUsed(root) : manager.name === name))!;
}
