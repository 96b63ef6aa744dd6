import type { InputChange, LockedInput } from "../model/lock.ts";
import { compareText } from "../model/order.ts";
import { EMPTY_GRAPH, type GraphNode, type InputGraph } from "./graph.ts";
import { compareLink, pinnedReference, referenceOf, revisionOf } from "./reference.ts";

/** The direct inputs of a flake, by name. */
export function lockedInputs(graph: InputGraph): Record<string, LockedInput> {
  return Object.fromEntries(
    [...graph.inputs].map(([name, id]) => {
      const { node } = graph.nodes.get(id)!;
      const locked = node.locked!;
      const input: LockedInput = {
        name,
        reference: referenceOf(locked),
        revision: revisionOf(locked),
        lastModified: typeof locked.lastModified === "number" ? locked.lastModified : null,
        nodeId: id,
        line: node.line,
      };
      return [name, input];
    }),
  );
}

/**
 * What moved between two lock files: direct inputs, and below them every input that differs by itself. An input that
 * only follows another has no row of its own. null stands for "no lock file", which has no inputs.
 */
export function compareInputs(before: InputGraph | null, after: InputGraph | null): InputChange[] {
  const old = inputsByPath(before ?? EMPTY_GRAPH);
  const now = inputsByPath(after ?? EMPTY_GRAPH);
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return paths.flatMap((path) => compareInput(path, old.get(path) ?? null, now.get(path) ?? null) ?? []);
}

function compareInput(path: string, before: GraphNode | null, after: GraphNode | null): InputChange | null {
  const row = { name: path.split("/").at(-1)!, path, effects: 0 };
  const from = before?.node.locked ?? null;
  const to = after?.node.locked ?? null;
  if (from === null)
    return to === null ? null : { ...row, kind: "added", from: null, to: pinnedReference(to) };
  if (to === null) return { ...row, kind: "removed", from: pinnedReference(from), to: null };
  if (referenceOf(from) !== referenceOf(to) || before!.flake !== after!.flake) {
    return { ...row, kind: "redirected", from: pinnedReference(from), to: pinnedReference(to) };
  }
  // The same revision with another hash is a move as well: one of the two is not what it says it is.
  if (from.rev === to.rev && from.narHash === to.narHash) return null;
  const sameRevision = from.rev === to.rev && from.rev !== undefined;
  const name = (source: typeof from) => (sameRevision ? String(source.narHash) : revisionOf(source));
  const url = sameRevision ? null : compareLink(from, to);
  return { ...row, kind: "moved", from: name(from), to: name(to), ...(url === null ? {} : { url }) };
}

/** Every input by its path (`company-standards/nixpkgs`), through edges that lead to a node of their own. */
function inputsByPath(graph: InputGraph): Map<string, GraphNode> {
  const found = new Map<string, GraphNode>();
  const visited = new Set<string>();
  const queue: [string, GraphNode][] = [...graph.inputs].map(([name, id]) => [name, graph.nodes.get(id)!]);
  for (const [path, node] of queue) {
    found.set(path, node);
    // A diamond is shown where it is met first; otherwise paths could outnumber nodes without bound.
    if (visited.has(node.id)) continue;
    visited.add(node.id);
    for (const [name, id] of node.inputs) {
      if (typeof node.node.inputs.get(name) === "string")
        queue.push([`${path}/${name}`, graph.nodes.get(id)!]);
    }
  }
  return found;
}
