import { BEHAVIOR_LOCK_FILE, type BehaviorLocks } from "../../model/behavior-lock.ts";
import { attributePath } from "../../model/position.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { Run, SideName } from "../evaluate.ts";
import { inFlake } from "../flake-directory.ts";
import { mendingCommand } from "./mending-command.ts";
import { stateOf, storedLock } from "./state.ts";

/**
 * The behavior lock of one flake, as the trees of the check have it; null where there is none and nobody asks for one.
 * What lies beside a tree on the disk is never looked at.
 */
export async function behaviorLocks(
  { request, repository, trees }: Run,
  directory: string,
  snapshots: Record<SideName, Snapshot>,
): Promise<BehaviorLocks | null> {
  const file = inFlake(directory, BEHAVIOR_LOCK_FILE);
  // Mostly there is none, and then the tree is not searched for a link of that name.
  if (!request.frozen && (await repository.readFile(trees.after, file)) === null) return null;
  const stored = await storedLock(repository, trees.after, directory);
  const attribute = request.attribute.reduce<string>(attributePath, "");
  const after = stateOf(stored, snapshots.after, attribute, request);
  const isAsked = after.kind !== "fits" && trees.before !== null;
  return {
    file,
    frozen: request.frozen,
    mend: mendingCommand(request, directory, attribute),
    before: isAsked
      ? stateOf(await storedLock(repository, trees.before!, directory), snapshots.before, attribute, request)
      : null,
    after,
  };
}
