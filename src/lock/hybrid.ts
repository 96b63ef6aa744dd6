import { compareText } from "../model/order.ts";
import { targetOf } from "./graph.ts";
import type { LockFile, LockNode } from "./parse.ts";
import { danglingEdges } from "./reach.ts";
import { renderLock } from "./render.ts";

/** A lock file that never was: one side's, with some inputs as the other side has them. */
export type Hybrid =
  | { kind: "hybrid"; lock: LockFile; text: string }
  /** It would hold inputs that lead nowhere (they follow what only the other side has), or a path leads to no flake. */
  | { kind: "refused"; because: string };

/**
 * The lock file `onto` with the inputs at `paths` (`company-standards`, `company-standards/nixpkgs`) as `from` has
 * them, each with all that hangs below it; an input that `from` does not have goes. What follows another input keeps
 * following the same path, which is looked up in the new file, as Nix does. Nodes that nothing leads to any more are
 * left out; where both sides use a key for different nodes, one of them gets a number.
 */
export function hybridLock(onto: LockFile, from: LockFile, paths: readonly string[]): Hybrid {
  for (const side of [onto, from]) {
    const [loose] = danglingEdges(side);
    if (loose !== undefined) return { kind: "refused", because: leadsNowhere(loose, "leads") };
  }
  const mixture = new Mixture(onto, from);
  // What contains others comes first, so that `a` does not undo `a/b`.
  for (const path of [...paths].sort(byDepth)) {
    const because = mixture.take(path.split("/"));
    if (because !== null) return { kind: "refused", because };
  }
  const lock = mixture.lock();
  const [loose] = danglingEdges(lock);
  if (loose !== undefined) return { kind: "refused", because: leadsNowhere(loose, "would lead") };
  // Few want the text, and it costs more than all the rest.
  return {
    kind: "hybrid",
    lock,
    get text() {
      return renderLock(lock);
    },
  };
}

function leadsNowhere({ node, name, target }: ReturnType<typeof danglingEdges>[number], leads: string) {
  return `${name} of node "${node.key}" ${leads} to "${target}", which is not there`;
}

function byDepth(a: string, b: string): number {
  return a.split("/").length - b.split("/").length || compareText(a, b);
}

/** Nodes of both sides side by side; edges between nodes are the nodes themselves until keys are given at the end. */
interface MixedNode {
  node: LockNode;
  side: LockFile;
  /** Edges that were set anew; all others are those of the side. */
  edges: Map<string, MixedEdge | null>;
}
type MixedEdge = MixedNode | readonly string[];

class Mixture {
  readonly #from: LockFile;
  readonly #root: MixedNode;
  readonly #known = new Map<LockNode, MixedNode>();

  constructor(onto: LockFile, from: LockFile) {
    this.#from = from;
    this.#root = this.#mixed(onto, onto.root);
  }

  /** null when it was done, else why not. */
  take(path: readonly string[]): string | null {
    const name = path.at(-1)!;
    const above = path.slice(0, -1);
    const parent = this.#own(above);
    if (parent === null) return `there is no input "${above.join("/")}" to set "${name}" in`;
    const giverKey = targetOf(this.#from, above);
    const edge = giverKey === null ? undefined : this.#from.nodes.get(giverKey)!.inputs.get(name);
    if (edge === undefined) {
      parent.edges.set(name, null);
      return null;
    }
    parent.edges.set(name, typeof edge === "string" ? this.#mixed(this.#from, edge) : edge);
    return null;
  }

  /** With a key for every node that something leads to: the one that it has, or the next that is free. */
  lock(): LockFile {
    const keys = new Map<MixedNode, string>([[this.#root, this.#root.node.key]]);
    const free = new FreeKeys(this.#root.node.key);
    const queue = [this.#root];
    for (const mixed of queue) {
      for (const [, edge] of this.#edges(mixed)) {
        if (!isNode(edge) || keys.has(edge)) continue;
        keys.set(edge, free.take(edge.node.key));
        queue.push(edge);
      }
    }
    const nodes = queue.map((mixed): [string, LockNode] => {
      const inputs = new Map(
        this.#edges(mixed).map(([name, edge]) => [name, isNode(edge) ? keys.get(edge)! : edge]),
      );
      const key = keys.get(mixed)!;
      return [key, { ...mixed.node, key, inputs }];
    });
    return { version: 7, root: this.#root.node.key, nodes: new Map(nodes), hidden: [] };
  }

  /** The node at a path, made this path's own where several inputs share it: what is set in it concerns one of them. */
  #own(path: readonly string[]): MixedNode | null {
    let at = this.#root;
    for (const [index, name] of path.entries()) {
      const edge = this.#edge(at, name);
      if (edge === undefined) return null;
      if (!isNode(edge)) {
        // It is the input that it follows, and is set there.
        if (index >= MAX_STEPS || edge.length > MAX_STEPS) return null;
        const found = this.#follow(edge, 0);
        if (found === null) return null;
        at = found;
        continue;
      }
      const own: MixedNode = { ...edge, edges: new Map(edge.edges) };
      at.edges.set(name, own);
      at = own;
    }
    return at;
  }

  #follow(path: readonly string[], depth: number): MixedNode | null {
    if (depth > MAX_STEPS) return null;
    let at = this.#root;
    for (const name of path) {
      const edge = this.#edge(at, name);
      const next = edge === undefined ? null : isNode(edge) ? edge : this.#follow(edge, depth + 1);
      if (next === null) return null;
      at = next;
    }
    return at;
  }

  #edges(mixed: MixedNode): [string, MixedEdge][] {
    const names = new Set([...mixed.node.inputs.keys(), ...mixed.edges.keys()]);
    return [...names].sort(compareText).flatMap((name): [string, MixedEdge][] => {
      const edge = this.#edge(mixed, name);
      return edge === undefined ? [] : [[name, edge]];
    });
  }

  #edge({ node, side, edges }: MixedNode, name: string): MixedEdge | undefined {
    const set = edges.get(name);
    if (set !== undefined) return set ?? undefined;
    const edge = node.inputs.get(name);
    return typeof edge === "string" ? this.#mixed(side, edge) : edge;
  }

  #mixed(side: LockFile, key: string): MixedNode {
    const node = side.nodes.get(key)!;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const mixed: MixedNode = { node, side, edges: new Map() };
    this.#known.set(node, mixed);
    return mixed;
  }
}

/** Longer chains of `follows` are nobody's honest lock file. */
const MAX_STEPS = 500;

function isNode(edge: MixedEdge): edge is MixedNode {
  return "node" in edge;
}

/** Keys as Nix makes them: `nixpkgs`, `nixpkgs_2`. */
class FreeKeys {
  readonly #taken: Set<string>;
  readonly #numbers = new Map<string, number>();

  constructor(taken: string) {
    this.#taken = new Set([taken]);
  }

  take(wanted: string): string {
    const stem = wanted.replace(/_\d+$/, "");
    let key = wanted;
    while (this.#taken.has(key)) {
      const number = (this.#numbers.get(stem) ?? 1) + 1;
      this.#numbers.set(stem, number);
      key = `${stem}_${number}`;
    }
    this.#taken.add(key);
    return key;
  }
}
