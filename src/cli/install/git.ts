import { findHooksDirectory } from "../../git/hooks-directory.ts";
import { UsageError } from "../../model/errors.ts";
import type { HookManager } from "./manager.ts";
import { scriptChanges } from "./script-hooks.ts";

/** Git's own hooks directory. */
export const gitHooks: HookManager = {
  name: "git",
  isUsed: () => true,
  newMode: 0o755,
  changes: async (root, hooks) => {
    const { path: directory, ownedByRepository } = await findHooksDirectory(root);
    if (hooks.length > 0 && !ownedByRepository) {
      throw new UsageError(
        "hook-not-changed",
        `core.hooksPath leads out of this repository, to ${directory}, which other repositories use, too; nothing was changed`,
        { hint: "Call `nixclaude hook pre-commit` from that hook yourself, and let its exit status count." },
      );
    }
    if (hooks.length > 0 && /(^|\/)\.husky\/_$/.test(directory)) {
      throw new UsageError("hook-not-changed", "husky writes this repository's hooks; nothing was changed", {
        hint: "Run `nixclaude install --with husky`: its lines go into .husky/pre-commit.",
      });
    }
    return ownedByRepository ? scriptChanges(directory, hooks, { mustBeExecutable: true }) : [];
  },
  next: () => null,
};
