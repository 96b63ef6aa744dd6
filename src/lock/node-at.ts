import { targetOf } from "./graph.ts";
import type { LockFile, LockNode } from "./parse.ts";

/** The node that an input path (`company-standards/nixpkgs`) leads to, through `follows`; null where it leads nowhere. */
export function inputNodeAt(lock: LockFile, path: string): LockNode | null {
  let node = lock.nodes.get(lock.root) ?? null;
  for (const name of path.split("/")) {
    const edge = node?.inputs.get(name);
    const key = edge === undefined ? null : targetOf(lock, edge);
    node = key === null ? null : (lock.nodes.get(key) ?? null);
  }
  return node;
}
