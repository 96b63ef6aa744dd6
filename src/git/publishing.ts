import type { PublishedTree, ReplacedFile, Tree } from "../check/ports.ts";
import { corruptRepository, missingObjects } from "./errors.ts";
import { readObjects } from "./objects.ts";
import { pathToBytes } from "./path-text.ts";
import { type BuiltTree, buildTree, parseTree, TREE_MODE, treeWith } from "./tree-builder.ts";
import type { View } from "./view.ts";

/** Makes commits in the private repository. */
export interface Publisher {
  publish(tree: Tree, replaced?: ReplacedFile): Promise<PublishedTree>;
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
    publish: async (tree, replaced) => {
      if (view.location.partial) await requireAllObjects(view, tree);
      if (replaced === undefined) return commit(tree.id);
      const file = view.store.write("blob", Buffer.from(replaced.text));
      return commit(await withFile(view, tree, replaced.path.split("/"), file));
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

/** Writes the tree with one file in place of what is there, and the trees above it; gives the id of the whole. */
async function withFile(view: View, tree: Tree, path: readonly string[], file: string): Promise<string> {
  const idBytes = view.location.objectFormat === "sha1" ? 20 : 32;
  const replace = async (
    treeId: string | undefined,
    [name, ...below]: readonly string[],
  ): Promise<string> => {
    const [content] =
      treeId === undefined ? [] : await readObjects(view, [treeId], `The tree of ${tree.label}`);
    const old = content ?? Buffer.alloc(0);
    const bytes = pathToBytes(name!);
    const child = parseTree(old, idBytes).find(
      (entry) => entry.name.equals(bytes) && entry.mode === TREE_MODE,
    );
    const entry =
      below.length === 0
        ? { mode: "100644", name: bytes, id: file }
        : { mode: TREE_MODE, name: bytes, id: await replace(child?.id, below) };
    return view.store.write("tree", treeWith(old, idBytes, entry));
  };
  return replace(tree.id, path);
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
