import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HookManager } from "./manager.ts";
import { scriptChanges } from "./script-hooks.ts";

/** https://typicode.github.io/husky: `.husky/NAME` is run by `sh -e`, executable or not. */
export const husky: HookManager = {
  name: "husky",
  isUsed: (root) => existsSync(join(root, ".husky")),
  newMode: 0o755,
  changes: async (root, hooks) => scriptChanges(join(root, ".husky"), hooks, { mustBeExecutable: false }),
  next: () => "Commit .husky; where husky is not set up yet, run `npx husky`.",
};
