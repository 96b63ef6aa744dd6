import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { Repository, RevisionSpec, Tree } from "../../src/check/ports.ts";
import { createRevisionPort } from "../../src/git/index.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  openRepository,
  type TestRepository,
} from "../support/repository.ts";

export const INDEX: RevisionSpec = { kind: "index" };
export const WORK_TREE: RevisionSpec = { kind: "worktree", includeUntracked: false };
export const EVERYTHING: RevisionSpec = { kind: "worktree", includeUntracked: true };
export const HEAD: RevisionSpec = { kind: "revision", name: "HEAD" };

const opened: Repository[] = [];
afterEach(async () => {
  for (const repository of opened.splice(0)) await repository.close();
});

/** Opens the repository of a directory; closed after the test. */
export async function open(directory: string, env: Record<string, string> = {}): Promise<Repository> {
  const repository = await createRevisionPort({ env: cleanGitEnvironment(env) }).open(directory);
  opened.push(repository);
  return repository;
}

export async function resolve(
  directory: string,
  spec: RevisionSpec,
  env: Record<string, string> = {},
): Promise<Tree | null> {
  return (await open(directory, env)).resolve(spec);
}

export async function textOf(repository: Repository, tree: Tree, path: string): Promise<string | null> {
  const bytes = await repository.readFile(tree, path);
  return bytes === null ? null : Buffer.from(bytes).toString("utf8");
}

/** The tree that Git itself would commit, found out in a copy of the repository. */
export function treeByGit(repository: TestRepository, ...add: string[]): string {
  const copy = join(createDirectory(), "copy");
  cpSync(repository.root, copy, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  const other = openRepository(copy);
  if (add.length > 0) other.git("add", ...add);
  return other.git("write-tree");
}

/** What a promise was rejected with. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string; hint: string }> {
  try {
    await promise;
  } catch (error) {
    const { name, code, message, hint } = error as {
      name: string;
      code: string;
      message: string;
      hint: string;
    };
    return { name, code, message, hint } as never;
  }
  throw new Error("was not rejected");
}
