import { targetOf } from "./graph.ts";
import type { LockFile, LockNode } from "./parse.ts";

/** Nodes that no input leads to, in the order of the file. */
export function unreachableNodes(lock: LockFile): LockNode[] {
  const reached = new Set([lock.root]);
  const queue = [lock.nodes.get(lock.root)!];
  for (const node of queue) {
    for (const edge of node.inputs.values()) {
      // What an input follows is reached as what it is itself.
      if (typeof edge !== "string" || reached.has(edge)) continue;
      reached.add(edge);
      const next = lock.nodes.get(edge);
      if (next !== undefined) queue.push(next);
    }
  }
  return [...lock.nodes.values()].filter(({ key }) => !reached.has(key));
}

/** Inputs that lead to no node, wherever they stand; names that a node's `parent` follows count as well. */
export function danglingEdges(lock: LockFile): { node: LockNode; name: string; target: string }[] {
  return [...lock.nodes.values()].flatMap((node) => {
    const edges: [string, string | readonly string[]][] = [...node.inputs].map(([name, edge]) => [
      `inputs.${name}`,
      edge,
    ]);
    if (node.parent !== null) edges.push(["parent", node.parent]);
    return edges
      .filter(([, edge]) => targetOf(lock, edge) === null)
      .map(([name, edge]) => ({ node, name, target: typeof edge === "string" ? edge : edge.join("/") }));
  });
}
