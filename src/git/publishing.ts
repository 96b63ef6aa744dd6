import type { PublishedTree, Tree } from "../check/ports.ts";
import { corruptRepository, missingObjects } from "./errors.ts";
import { type BuiltTree, buildTree } from "./tree-builder.ts";
import type { View } from "./view.ts";

/** Makes commits in the private repository. */
export interface Publisher {
  publish(tree: Tree): Promise<PublishedTree>;
  publishFiles(files: Record<string, string>): Promise<PublishedTree>;
}

/**
 * Nothing of a synthetic commit may depend on when, where or by whom it is made: Nix keeps what it fetched by commit
 * id, so that today's "after" costs nothing as tomorrow's "before".
 */
const SIGNATURE = "nixclaude <nixclaude@localhost> 946684800 +0000";

export function createPublisher(view: View): Publisher {
  const commit = (tree: string): PublishedTree => {
    const text = `tree ${tree}\nauthor ${SIGNATURE}\ncommitter ${SIGNATURE}\n\nnixclaude\n`;
    const id = view.store.write("commit", Buffer.from(text));
    view.store.setHead(id);
    return { repository: view.store.repository, commit: id };
  };
  return {
    publish: async (tree) => {
      if (view.location.partial) await requireAllObjects(view, tree);
      return commit(tree.id);
    },
    publishFiles: async (files) => {
      const entries = Object.entries(files).map(([path, text]) => ({
        path,
        mode: "100644",
        id: view.store.write("blob", Buffer.from(text)),
      }));
      const built = buildTree(entries, (content) => view.store.idOf("tree", content));
      for (const content of built.trees.values()) view.store.write("tree", content);
      return commit(built.id);
    },
  };
}

/** Stores those of the trees that the repository does not have yet. */
export async function storeTrees(view: View, built: BuiltTree): Promise<void> {
  const ids = [...built.trees.keys()];
  const result = await view.git(["cat-file", "--batch-check=%(objectname)"], {
    input: Buffer.from(ids.map((id) => `${id}\n`).join("")),
  });
  const lines = result.stdout.toString("latin1").split("\n").slice(0, -1);
  if (result.exitCode !== 0 || lines.length !== ids.length) throw corruptRepository("The index", result);
  ids.forEach((id, index) => {
    if (lines[index] !== id) view.store.write("tree", built.trees.get(id)!);
  });
}

/** A partial clone lacks files that an evaluation would read, and nothing is fetched on the way. */
async function requireAllObjects(view: View, tree: Tree): Promise<void> {
  const result = await view.git(["rev-list", "--objects", "--missing=print", "--no-object-names", tree.id]);
  if (result.exitCode !== 0) throw corruptRepository(`The tree of ${tree.label}`, result);
  const missing = result.stdout
    .toString("latin1")
    .split("\n")
    .filter((line) => line.startsWith("?"));
  if (missing.length > 0)
    throw missingObjects(
      `The tree of ${tree.label}`,
      missing.map((line) => line.slice(1)),
      true,
    );
}
