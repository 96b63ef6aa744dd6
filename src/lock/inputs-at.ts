import { compareText } from "../model/order.ts";
import { targetOf } from "./graph.ts";
import type { LockFile, LockNode } from "./parse.ts";

/** An input at its place in a lock file. */
export interface InputAt {
  /** `company-standards/nixpkgs`. */
  path: string;
  name: string;
  /** Path of the flake that has the input; null: the flake that is locked. */
  above: string | null;
  /** The node of that flake. */
  parent: LockNode;
  /** Text: a node of its own; list: a path that it follows. */
  edge: string | readonly string[];
  /** What it is. */
  node: LockNode;
}

/** Every input by its path, by level. Below an input that follows another there are no paths of their own. */
export function inputsAt(lock: LockFile): ReadonlyMap<string, InputAt> {
  const inputs = known.get(lock) ?? walk(lock);
  known.set(lock, inputs);
  return inputs;
}

/** Asked for by every rule about the lock, and walked once. */
const known = new WeakMap<LockFile, ReadonlyMap<string, InputAt>>();

function walk(lock: LockFile): Map<string, InputAt> {
  const found = new Map<string, InputAt>();
  // A node is opened where it is met first; otherwise paths could outnumber nodes without bound, or never end.
  const opened = new Set<string>();
  const queue = below(lock, lock.nodes.get(lock.root)!, null);
  for (const input of queue) {
    found.set(input.path, input);
    const followsBelow = input.above !== null && typeof input.edge !== "string";
    if (followsBelow || opened.has(input.node.key)) continue;
    opened.add(input.node.key);
    for (const child of below(lock, input.node, input.path)) queue.push(child);
  }
  return found;
}

function below(lock: LockFile, parent: LockNode, above: string | null): InputAt[] {
  return [...parent.inputs]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, edge]): InputAt[] => {
      const key = targetOf(lock, edge);
      if (key === null || key === lock.root) return [];
      const path = above === null ? name : `${above}/${name}`;
      return [{ path, name, above, parent, edge, node: lock.nodes.get(key)! }];
    });
}
