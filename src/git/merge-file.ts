import { dirname } from "node:path";
import type { Environment } from "./location.ts";
import { runGit } from "./process.ts";
import { gitEnvironment } from "./view.ts";

/**
 * Merges three files as texts, as Git does without a driver; the result, with marks where both sides changed the same
 * lines, goes into `ours`.
 */
export async function markConflict(
  files: { base: string; ours: string; theirs: string },
  env: Environment,
): Promise<void> {
  await runGit({
    args: ["merge-file", "-L", "ours", "-L", "base", "-L", "theirs", files.ours, files.base, files.theirs],
    cwd: dirname(files.ours),
    env: gitEnvironment(env, { GIT_CEILING_DIRECTORIES: dirname(files.ours) }),
  });
}
