import { existsSync, readFileSync } from "node:fs";
import { corruptRepository } from "./errors.ts";
import { readObjects } from "./objects.ts";
import type { View } from "./view.ts";

/** Signature of the extension that says that an index holds whole directories as one entry. */
const SPARSE_DIRECTORIES = "sdir";

/** Without these, Git replaces the directories even where it could do without. */
const KEEP_SPARSE = ["core.sparseCheckout", "core.sparseCheckoutCone", "index.sparse"].flatMap((key) => [
  "-c",
  `${key}=true`,
]);

/**
 * Whether commands on this index must run isolated. Most Git commands first replace the directories of a sparse
 * index by their files, and in doing so write all trees of the result: that would touch the times of the user's
 * objects. Copies of the trees that they need are put where they see nothing else.
 */
export async function expandsInIsolation(view: View, indexFile: string): Promise<boolean> {
  if (!existsSync(indexFile) || !readFileSync(indexFile).includes(SPARSE_DIRECTORIES)) return false;
  const listed = await view.git([...KEEP_SPARSE, "ls-files", "--sparse", "--stage", "-z"], { indexFile });
  if (listed.exitCode !== 0) throw corruptRepository("The index", listed);
  const roots = listed.stdout
    .toString("latin1")
    .split("\0")
    .filter((line) => line.startsWith("040000 "))
    .map((line) => line.split(" ")[1]!);
  if (roots.length === 0) return false;
  const below = await view.git(
    ["rev-list", "--objects", "--filter=blob:none", "--no-object-names", "--stdin"],
    { input: Buffer.from(roots.map((id) => `${id}\n`).join("")) },
  );
  if (below.exitCode !== 0) throw corruptRepository("The index", below);
  const trees = below.stdout.toString("latin1").split("\n").filter(Boolean);
  for (const tree of await readObjects(view, trees, "The index")) view.store.writeIsolated("tree", tree);
  return true;
}
