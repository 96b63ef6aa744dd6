import { cpSync } from "node:fs";
import { join } from "node:path";
import { createDirectory, openRepository, type TestRepository } from "../support/repository.ts";

const originals = new Map<string, TestRepository>();

/**
 * A copy of a repository that is made once per test file: where many tests begin with the same commits, making them takes
 * longer than the tests. `key` names what is made.
 */
export function copied(key: string, make: () => TestRepository): TestRepository {
  let original = originals.get(key);
  if (original === undefined) {
    original = make();
    originals.set(key, original);
  }
  const root = join(createDirectory(), "repo");
  cpSync(original.root, root, { recursive: true, preserveTimestamps: true });
  return openRepository(root);
}
