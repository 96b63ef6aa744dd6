import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readPreCommitHook } from "../git-hook-file.ts";
import { newHook, withBlock } from "../hook-block.ts";
import type { Io } from "../io.ts";
import { packagePath } from "../package-directory.ts";
import { replaceFile } from "../replace-file.ts";

/** Adds our lines to the repository's pre-commit hook, or writes one. */
export async function run(io: Io): Promise<number> {
  const hook = await readPreCommitHook(io.cwd);
  const template = readFileSync(join(packagePath("hooks"), "pre-commit"), "latin1");
  const wanted = hook.content === null ? newHook(template) : withBlock(hook.content, template);
  if (wanted === hook.content) {
    io.stderr.write(`Already installed in ${hook.path}.\n`);
    return 0;
  }
  mkdirSync(dirname(hook.path), { recursive: true });
  replaceFile(hook.path, wanted);
  if (hook.content === null) chmodSync(hook.path, 0o755);
  io.stderr.write(`Every commit is checked now, by ${hook.path}.\n`);
  return 0;
}
