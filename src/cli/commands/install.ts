import { findHooksDirectory } from "../../git/hooks-directory.ts";
import { CHECKING_HOOKS, TRAILER_HOOKS } from "../hooks/names.ts";
import { applyChanges } from "../install/file-change.ts";
import type { ManagerName } from "../install/manager.ts";
import { chooseManager } from "../install/managers.ts";
import type { Io } from "../io.ts";

/** Adds our lines to the files of what runs this repository's hooks. Running it twice changes nothing. */
export async function run(asked: { with?: ManagerName; trailer: boolean }, io: Io): Promise<number> {
  const { root } = await findHooksDirectory(io.cwd);
  const manager = chooseManager(asked.with, root);
  const hooks = [...CHECKING_HOOKS, ...(asked.trailer ? TRAILER_HOOKS : [])];
  const changes = await manager.changes(root, hooks);
  const changed = applyChanges(changes, manager.newMode);
  if (changed.length === 0) {
    const present = changes.filter(({ after }) => after !== null);
    io.stderr.write(`Already installed in ${present.map(({ path }) => path).join(", ")}.\n`);
    return 0;
  }
  io.stderr.write(`Commits and pushes are checked now, by ${manager.name}: ${changed.join(", ")}.\n`);
  const next = manager.next(hooks);
  if (next !== null) io.stderr.write(`${next}\n`);
  return 0;
}
