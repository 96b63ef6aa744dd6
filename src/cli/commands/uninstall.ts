import { rmSync } from "node:fs";
import { readPreCommitHook } from "../git-hook-file.ts";
import { withoutBlock } from "../hook-block.ts";
import type { Io } from "../io.ts";
import { replaceFile } from "../replace-file.ts";

/** Takes our lines out of the repository's pre-commit hook; a hook that is nothing else goes. */
export async function run(io: Io): Promise<number> {
  const { path, content } = await readPreCommitHook(io.cwd);
  const before = content === null ? null : withoutBlock(content);
  if (before === content) {
    io.stderr.write(`Nothing of nixclaude is in ${path}.\n`);
    return 0;
  }
  if (before === null) rmSync(path);
  else replaceFile(path, before);
  io.stderr.write(`Commits are no longer checked; ${path} is as it was.\n`);
  return 0;
}
