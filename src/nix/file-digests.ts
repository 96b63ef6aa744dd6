import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type NamedTree, withFileReferences } from "../check/file-references.ts";
import { namedTree } from "../check/own-tree.ts";
import type { EvaluationPlan, SideEvaluation, Tree } from "../check/ports.ts";
import { openProjectTree } from "../check/project-tree.ts";
import type { RawValue } from "../model/raw-value.ts";
import { storeTree } from "./store-tree.ts";

type StoreNames = ReadonlyMap<string, readonly string[]>;

/** Notes what the files contain that command lines name. What was the same object stays the same object. */
export class FileDigests {
  readonly #plan: EvaluationPlan;
  readonly #storeDirectory: string;
  readonly #done = new Map<RawValue, Map<string, RawValue>>();

  /** @param storeDirectory where it lies on this disk. */
  constructor(plan: EvaluationPlan, storeDirectory: string) {
    this.#plan = plan;
    this.#storeDirectory = storeDirectory;
  }

  /** @param inputs last parts of store paths by the symbol that texts have for them; asked for when needed. */
  async side(side: SideEvaluation, tree: Tree, inputs: () => StoreNames): Promise<SideEvaluation> {
    if (side.kind === "absent") return side;
    return { ...side, value: await this.#value(side.value, tree, inputs) };
  }

  async #value(value: RawValue, tree: Tree, inputs: () => StoreNames): Promise<RawValue> {
    const byTree = this.#done.get(value) ?? new Map<string, RawValue>();
    this.#done.set(value, byTree);
    const known = byTree.get(tree.id);
    if (known !== undefined) return known;
    const made = await this.#withReferences(value, tree, inputs());
    // The same value over another tree, where it names no file that differs.
    const same = [...byTree.values()].find((other) => isDeepStrictEqual(other, made)) ?? made;
    byTree.set(tree.id, same);
    return same;
  }

  #withReferences(value: RawValue, tree: Tree, inputs: StoreNames) {
    const { repository, flakeDirectory: directory } = this.#plan;
    const trees = [...inputs].map(([symbol, names]): [string, NamedTree] => [
      symbol,
      together(names.map((name) => storeTree(join(this.#storeDirectory, name), name))),
    ]);
    const own = async () => namedTree(await openProjectTree(repository, tree), tree);
    return withFileReferences(value, { own, directory, inputs: new Map(trees) });
  }
}

/** Where one symbol stands for several trees, a change in any of them counts. */
function together(trees: readonly NamedTree[]): NamedTree {
  const [only] = trees;
  if (only !== undefined && trees.length === 1) return only;
  return {
    kindOf: (path) => {
      for (const tree of trees) {
        const kind = tree.kindOf(path);
        if (kind !== null) return kind;
      }
      return null;
    },
    digestOf: async (path) => {
      const there = trees.filter((tree) => path === "" || tree.kindOf(path) !== null);
      return [...(await Promise.all(there.map((tree) => tree.digestOf(path))))].sort().join(" ");
    },
  };
}
