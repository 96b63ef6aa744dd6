import { targetOf } from "./graph.ts";
import { type InputAt, inputsAt } from "./inputs-at.ts";
import type { LockFile } from "./parse.ts";

/**
 * Path of the flake from whose directory a relative path starts, `""` for the flake that is locked; null for inputs that
 * have a source of their own. The lock file says it (`parent`), and Nix believes it.
 */
export function relativeBase(lock: LockFile, { node, parent }: InputAt): string | null {
  const { locked } = node;
  if (locked?.type !== "path" || String(locked.path ?? "").startsWith("/")) return null;
  // Before version 7 it was the flake that has the input.
  const key = node.parent === null ? parent.key : targetOf(lock, node.parent);
  if (key === lock.root) return "";
  const base = [...inputsAt(lock).values()].find((input) => input.node.key === key);
  return base?.path ?? (node.parent ?? []).join("/");
}

/** May the flake at `base` say where the input is? Only a flake on the way to it can, by its own `inputs`. */
export function isOnTheWay(lock: LockFile, base: string, { above }: InputAt): boolean {
  const inputs = inputsAt(lock);
  const key = inputs.get(base)?.node.key;
  for (let at = above === null ? undefined : inputs.get(above); at !== undefined; ) {
    if (at.node.key === key) return true;
    at = at.above === null ? undefined : inputs.get(at.above);
  }
  return base === "";
}
