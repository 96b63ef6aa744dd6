import { corruptRepository, indexConflicts } from "./errors.ts";
import { pathFromLatin1 } from "./path-text.ts";
import { expandsInIsolation } from "./sparse-index.ts";
import type { Entry } from "./tree-builder.ts";
import type { View } from "./view.ts";

const EMPTY_TREE = {
  sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
};

/**
 * What the index would commit. `diff-index` against nothing, because its output is specified and says all that
 * `ls-files` leaves out: conflicts, and that `git add -N` has staged nothing yet.
 */
export async function readIndexEntries(view: View, indexFile: string): Promise<Entry[]> {
  const result = await view.git(
    [
      "diff-index",
      "--cached",
      "--raw",
      "-z",
      "--no-renames",
      "--full-index",
      "--no-abbrev",
      "--ita-invisible-in-index",
      // Without it, `.gitmodules` could hide a submodule.
      "--ignore-submodules=none",
      EMPTY_TREE[view.location.objectFormat],
    ],
    { indexFile, isolated: await expandsInIsolation(view, indexFile) },
  );
  if (result.exitCode !== 0) throw corruptRepository("The index", result);
  const changes = parseRawDiff(result.stdout);
  const conflicts = changes.filter((change) => change.status === "U").map((change) => change.path);
  if (conflicts.length > 0) throw indexConflicts([...new Set(conflicts)]);
  return changes.map(({ path, newMode, newId }) => ({ path, mode: newMode, id: newId }));
}

export interface RawChange {
  oldMode: string;
  newMode: string;
  oldId: string;
  newId: string;
  /** `A`, `M`, `D`, `T`, `U`. */
  status: string;
  path: string;
}

/**
 * `:100644 100755 <id> <id> M NUL path NUL`, as `--raw -z --no-renames` prints it. Taken apart as text of one byte a
 * character: with 50,000 entries a buffer for each costs more than Git itself.
 */
export function parseRawDiff(output: Buffer): RawChange[] {
  const parts = output.toString("latin1").split("\0");
  const changes: RawChange[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const head = parts[at]!;
    const idLength = (head.length - ":000000 000000   M".length) / 2;
    changes.push({
      oldMode: head.slice(1, 7),
      newMode: head.slice(8, 14),
      oldId: head.slice(15, 15 + idLength),
      newId: head.slice(16 + idLength, 16 + 2 * idLength),
      status: head.slice(17 + 2 * idLength),
      path: pathFromLatin1(parts[at + 1]!),
    });
  }
  return changes;
}
