import { findHooksDirectory } from "../../git/hooks-directory.ts";
import { applyChanges } from "../install/file-change.ts";
import type { ManagerName } from "../install/manager.ts";
import { MANAGERS } from "../install/managers.ts";
import type { Io } from "../io.ts";

/** Takes our lines out again, of the manager that is named or of all; a file that is nothing else goes. */
export async function run(asked: { with?: ManagerName }, io: Io): Promise<number> {
  const { root } = await findHooksDirectory(io.cwd);
  const managers = MANAGERS.filter(({ name }) => asked.with === undefined || asked.with === name);
  const changed: string[] = [];
  for (const manager of managers) {
    changed.push(...applyChanges(await manager.changes(root, []), manager.newMode));
  }
  io.stderr.write(
    changed.length === 0
      ? "Nothing of nixclaude is in the hooks of this repository.\n"
      : `Commits and pushes are no longer checked; as before: ${changed.join(", ")}.\n`,
  );
  return 0;
}
