import {
  type Hybrid,
  hybridLock,
  inputsAt,
  type LockFile,
  type LockNode,
  type SourceAttributes,
} from "../../lock/index.ts";
import { canonicalJson, type Json } from "../../model/json.ts";

/** An input at one commit of its repository. */
export interface InputAtCommit {
  /** What is to be fetched, pinned. */
  locked: SourceAttributes;
  /** Its own `flake.lock` at that commit; null when it has none. */
  own: LockFile | null;
}

/**
 * The lock of a flake with one input at another commit, as `nix flake update` would write it: what hangs below the
 * input is taken from the input's own lock, but for what the flake overrides.
 * @param path `company-standards`, or `company-standards/nixpkgs`.
 * @param overrides paths below the input, from `overridesOf`.
 */
export function lockAt(
  lock: LockFile,
  path: string,
  at: InputAtCommit,
  overrides: readonly string[],
): Hybrid {
  const there = inputsAt(lock).get(path)!.node;
  const updated = hybridLock(lock, giverOf(path, there, at), [path]);
  if (updated.kind === "refused") return updated;
  // What the input does not have at this commit cannot be overridden there.
  const kept = overrides.filter((override) => at.own === null || isThere(updated.lock, override));
  return kept.length === 0 ? updated : hybridLock(updated.lock, lock, kept);
}

/**
 * What a flake says of the inputs of its input, by path: where its lock has something else than the input's own lock
 * at the same commit, and not only another revision of the same source.
 * @param own the input's own lock at the commit that `lock` has.
 */
export function overridesOf(lock: LockFile, path: string, own: LockFile | null): string[] {
  const steps = path.split("/");
  const found: string[] = [];
  const compared = new Set<LockNode>();
  const compare = (ours: LockNode, theirs: LockNode | null, at: string) => {
    // Two inputs may share a node; what is said of it is said of both.
    if (compared.has(ours)) return;
    compared.add(ours);
    for (const [name, edge] of ours.inputs) {
      const theirEdge = theirs?.inputs.get(name);
      const [child, theirChild] = [nodeAt(lock, edge), nodeAt(own, theirEdge)];
      const same =
        child === null || theirChild === null
          ? theirEdge !== undefined &&
            canonicalJson(edge as Json) === canonicalJson(below(steps, theirEdge) as Json)
          : child.flake === theirChild.flake && isSame(child.original, theirChild.original);
      if (!same) found.push(`${at}/${name}`);
      else if (child !== null) compare(child, theirChild, `${at}/${name}`);
    }
  };
  compare(inputsAt(lock).get(path)!.node, own === null ? null : own.nodes.get(own.root)!, path);
  return found;
}

function nodeAt(lock: LockFile | null, edge: string | readonly string[] | undefined): LockNode | null {
  return typeof edge === "string" ? (lock?.nodes.get(edge) ?? null) : null;
}

function isSame(a: SourceAttributes | null, b: SourceAttributes | null): boolean {
  return canonicalJson(a as Json) === canonicalJson(b as Json);
}

/** Where an input on the way follows another, nothing below it is its own. */
function isThere(lock: LockFile, path: string): boolean {
  const steps = path.split("/");
  const name = steps.pop()!;
  let at: LockNode | null = lock.nodes.get(lock.root)!;
  for (const step of steps) at = at === null ? null : nodeAt(lock, at.inputs.get(step));
  return at?.inputs.has(name) === true;
}

/** A lock with nothing but the input at its path, for `hybridLock` to take it from. */
function giverOf(path: string, there: LockNode, { locked, own }: InputAtCommit): LockFile {
  const steps = path.split("/");
  const prefix = freePrefix(own);
  const key = (index: number) => `${prefix}${index}`;
  const nodes = new Map<string, LockNode>();
  steps.forEach((name, index) => {
    const last = index === steps.length - 1;
    nodes.set(
      key(index),
      bareNode(key(index), new Map([[name, last ? (own?.root ?? key(index + 1)) : key(index + 1)]])),
    );
  });
  const inputKey = own?.root ?? key(steps.length);
  for (const [name, node] of own?.nodes ?? []) nodes.set(name, moved(node, steps));
  const inputs = (own !== null && nodes.get(own.root)?.inputs) || new Map<string, string>();
  nodes.set(inputKey, {
    ...there,
    key: steps.at(-1)!,
    locked,
    // What is no flake has no inputs, whatever stands in its tree.
    inputs: there.flake ? inputs : new Map(),
    parent: null,
  });
  return { version: 7, root: key(0), nodes, hidden: [] };
}

function bareNode(key: string, inputs: LockNode["inputs"]): LockNode {
  return { key, line: 1, lines: new Map(), flake: true, locked: null, original: null, inputs, parent: null };
}

/** Paths in an input's own lock start at the input. */
function moved(node: LockNode, steps: readonly string[]): LockNode {
  const inputs = new Map([...node.inputs].map(([name, edge]) => [name, below(steps, edge)]));
  return { ...node, inputs, parent: node.parent === null ? null : [...steps, ...node.parent] };
}

function below(steps: readonly string[], edge: string | readonly string[]): string | readonly string[] {
  return typeof edge === "string" ? edge : [...steps, ...edge];
}

/** Begins no key of the lock. */
function freePrefix(lock: LockFile | null): string {
  let prefix = "above-";
  while ([...(lock?.nodes.keys() ?? [])].some((key) => key.startsWith(prefix))) prefix += "-";
  return prefix;
}
