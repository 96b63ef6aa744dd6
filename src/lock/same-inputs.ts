import { canonicalJson } from "../model/json.ts";
import { targetOf } from "./graph.ts";
import type { LockFile, LockNode } from "./parse.ts";

/**
 * Whether every path leads to the same source in both locks, however their nodes are named and shared. Inputs in a
 * circle are the same where no walk through them tells them apart.
 */
export function haveSameInputs(a: LockFile, b: LockFile): boolean {
  const seen = new Set<string>();
  const queue: [string, string][] = [[a.root, b.root]];
  for (const [left, right] of queue) {
    const pair = JSON.stringify([left, right]);
    if (seen.has(pair)) continue;
    seen.add(pair);
    const [one, other] = [a.nodes.get(left)!, b.nodes.get(right)!];
    if (sourceText(one) !== sourceText(other) || one.inputs.size !== other.inputs.size) return false;
    for (const [name, edge] of one.inputs) {
      const edgeThere = other.inputs.get(name);
      if (edgeThere === undefined) return false;
      const [here, there] = [targetOf(a, edge), targetOf(b, edgeThere)];
      if (here === null || there === null) return false;
      queue.push([here, there]);
    }
  }
  return true;
}

function sourceText({ locked, flake, parent }: LockNode): string {
  return canonicalJson([locked === null ? null : { ...locked }, flake, parent === null ? null : [...parent]]);
}
