import type { Json } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import type { LockFile, LockNode } from "./parse.ts";

/** The text of a lock file as Nix writes it: version 7, names in order, two blanks. */
export function renderLock({ root, nodes }: Pick<LockFile, "root" | "nodes">): string {
  const written = [...nodes].sort(([a], [b]) => compareText(a, b)).map(([key, node]) => [key, nodeOf(node)]);
  return `${JSON.stringify({ nodes: Object.fromEntries(written) as Json, root, version: 7 }, null, 2)}\n`;
}

function nodeOf({ flake, inputs, locked, original, parent }: LockNode): Json {
  return {
    ...(flake ? {} : { flake }),
    ...(inputs.size > 0 && { inputs: sorted(Object.fromEntries(inputs)) as Json }),
    ...(locked !== null && { locked: sorted(locked) }),
    ...(original !== null && { original: sorted(original) }),
    ...(parent !== null && { parent: [...parent] }),
  };
}

function sorted<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => compareText(a, b)));
}
