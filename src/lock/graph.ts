import { createHash } from "node:crypto";
import posix from "node:path/posix";
import { LockError } from "../model/errors.ts";
import { canonicalJson, type Json } from "../model/json.ts";
import type { LockFile, LockNode, SourceAttributes } from "./parse.ts";

/**
 * The inputs of one flake with every `follows` resolved: a graph without cycles in which equal parts have equal ids,
 * whatever their keys in the lock file.
 */
export interface InputGraph {
  /** Direct inputs: name → node id. */
  inputs: ReadonlyMap<string, string>;
  nodes: ReadonlyMap<string, GraphNode>;
  /** What must be fetched: source id → locked attributes (without `dir`). */
  sources: ReadonlyMap<string, SourceAttributes>;
}

export interface GraphNode {
  id: string;
  /** `self`: a directory of the tree that declares it (a relative path input). */
  from: { kind: "self" } | { kind: "source"; source: string };
  dir: string;
  flake: boolean;
  inputs: ReadonlyMap<string, string>;
  /** True when the node, or one that it needs, lies in the flake's own tree. */
  touchesSelf: boolean;
  /** The node of the lock file that it was made from. */
  node: LockNode;
}

/** Why a lock file cannot become such a graph; Nix itself may still be able to evaluate it. */
export type Resolution =
  | { kind: "resolved"; graph: InputGraph }
  | { kind: "refused"; reason: "cyclic-inputs" | "path-leaves-source"; message: string };

export const EMPTY_GRAPH: InputGraph = { inputs: new Map(), nodes: new Map(), sources: new Map() };

/**
 * @param flakeDirectory directory of the flake in its tree, `""` for the root: what relative paths start from.
 * @throws LockError when an edge leads nowhere, or a node is not pinned.
 */
export function resolveLock(lock: LockFile, flakeDirectory = "", file = "flake.lock"): Resolution {
  const known = knownResolutions.get(lock) ?? new Map<string, Resolution>();
  knownResolutions.set(lock, known);
  const resolution = known.get(flakeDirectory) ?? resolveAnew(lock, flakeDirectory, file);
  known.set(flakeDirectory, resolution);
  return resolution;
}

/** Who plans what did not happen asks before who evaluates it. */
const knownResolutions = new WeakMap<LockFile, Map<string, Resolution>>();

function resolveAnew(lock: LockFile, flakeDirectory: string, file: string): Resolution {
  try {
    return { kind: "resolved", graph: new Resolver(lock, flakeDirectory, file).resolve() };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", reason: error.reason, message: error.message };
    throw error;
  }
}

/**
 * The node key that an edge leads to, or null when a `follows` goes through an input that is not there (Nix treats
 * such an input as absent).
 */
export function targetOf(lock: LockFile, edge: string | readonly string[], depth = 0): string | null {
  if (typeof edge === "string") return lock.nodes.has(edge) ? edge : null;
  if (depth > MAX_DEPTH) return null;
  const targets = knownTargets.get(lock) ?? new Map<readonly string[], string | null>();
  knownTargets.set(lock, targets);
  const known = targets.get(edge);
  if (known !== undefined) return known;
  // A circle of `follows` leads nowhere: whoever comes by here again finds that.
  targets.set(edge, null);
  let key: string | null = lock.root;
  for (const step of edge) {
    const next: string | readonly string[] | undefined = lock.nodes.get(key)?.inputs.get(step);
    key = next === undefined ? null : targetOf(lock, next, depth + 1);
    if (key === null) break;
  }
  targets.set(edge, key);
  return key;
}

/** Inputs of inputs and chains of `follows` deeper than this are nobody's honest lock file. */
const MAX_DEPTH = 500;

/** Where paths lead, found once: a path of paths would double the work with each step. */
const knownTargets = new WeakMap<LockFile, Map<readonly string[], string | null>>();

class Refusal extends Error {
  readonly reason: "cyclic-inputs" | "path-leaves-source";
  constructor(reason: Refusal["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

type Place = Pick<GraphNode, "from" | "dir">;

class Resolver {
  readonly #lock: LockFile;
  readonly #file: string;
  readonly #flakeDirectory: string;
  readonly #nodes = new Map<string, GraphNode>();
  readonly #sources = new Map<string, SourceAttributes>();
  readonly #byKey = new Map<string, GraphNode>();
  readonly #places = new Map<string, Place>();
  /** Which node declares a key: the parent of old-style relative paths. */
  readonly #declaredBy = new Map<string, string>();

  constructor(lock: LockFile, flakeDirectory: string, file: string) {
    this.#lock = lock;
    this.#file = file;
    this.#flakeDirectory = flakeDirectory;
    for (const node of lock.nodes.values()) {
      for (const edge of node.inputs.values()) {
        if (typeof edge === "string" && !this.#declaredBy.has(edge)) this.#declaredBy.set(edge, node.key);
      }
    }
  }

  resolve(): InputGraph {
    const inputs = this.#children(this.#lock.nodes.get(this.#lock.root)!, [this.#lock.root]);
    return {
      inputs: new Map([...inputs].map(([name, node]) => [name, node.id])),
      nodes: this.#nodes,
      sources: this.#sources,
    };
  }

  #children(node: LockNode, above: readonly string[]): Map<string, GraphNode> {
    const children = new Map<string, GraphNode>();
    for (const [name, edge] of [...node.inputs].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const key = targetOf(this.#lock, edge);
      if (key === null) {
        throw this.#malformed(node, `has an input "${name}" that leads nowhere`);
      }
      children.set(name, this.#resolve(key, above));
    }
    return children;
  }

  #resolve(key: string, above: readonly string[]): GraphNode {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (above.includes(key)) throw new Refusal("cyclic-inputs", `input "${key}" depends on itself`);
    const node = this.#lock.nodes.get(key)!;
    if (above.length > MAX_DEPTH) throw this.#malformed(node, `lies more than ${MAX_DEPTH} inputs deep`);
    const place = this.#place(key, []);
    const children = this.#children(node, [...above, key]);
    const inputs = new Map([...children].map(([name, child]) => [name, child.id]));
    const touchesSelf =
      place.from.kind === "self" || [...children.values()].some((child) => child.touchesSelf);
    const identity = {
      from: place.from,
      dir: place.dir,
      flake: node.flake,
      inputs: Object.fromEntries(inputs),
    };
    const id = `n${digest(identity as unknown as Json)}`;
    const resolved: GraphNode = { id, ...place, flake: node.flake, inputs, touchesSelf, node };
    this.#byKey.set(key, resolved);
    if (!this.#nodes.has(id)) this.#nodes.set(id, resolved);
    return resolved;
  }

  #place(key: string, above: readonly string[]): Place {
    if (key === this.#lock.root) return { from: { kind: "self" }, dir: this.#flakeDirectory };
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    if (above.includes(key))
      throw new Refusal("cyclic-inputs", `the path of input "${key}" is relative to itself`);
    const node = this.#lock.nodes.get(key)!;
    if (above.length > MAX_DEPTH) throw this.#malformed(node, `is relative to more than ${MAX_DEPTH} inputs`);
    const { dir = "", ...source } = node.locked!;
    const isRelative = source.type === "path" && !String(source.path ?? "").startsWith("/");
    const place = isRelative
      ? this.#relativePlace(node, String(source.path ?? ""), [...above, key])
      : this.#fetchedPlace(node, source, String(dir));
    this.#places.set(key, place);
    return place;
  }

  #relativePlace(node: LockNode, path: string, above: readonly string[]): Place {
    const parentKey =
      node.parent === null ? this.#declaredBy.get(node.key) : targetOf(this.#lock, node.parent);
    if (parentKey === undefined || parentKey === null)
      throw this.#malformed(node, "is relative to an input that is not there");
    const parent = this.#place(parentKey, above);
    const joined = posix.normalize(posix.join(parent.dir === "" ? "." : parent.dir, path)).replace(/\/$/, "");
    if (joined === ".." || joined.startsWith("../")) {
      throw new Refusal("path-leaves-source", `path input "${path}" leaves the tree that declares it`);
    }
    return { from: parent.from, dir: joined === "." ? "" : joined };
  }

  #fetchedPlace(node: LockNode, source: SourceAttributes, dir: string): Place {
    if (source.rev === undefined && source.narHash === undefined) {
      throw this.#malformed(node, "is locked neither by revision nor by hash");
    }
    if (dir.startsWith("/") || dir.split("/").includes(".."))
      throw this.#malformed(node, "has a `dir` outside its source");
    const id = knownDigests.get(node.locked!) ?? sourceDigest(source);
    knownDigests.set(node.locked!, id);
    this.#sources.set(id, source);
    return { from: { kind: "source", source: id }, dir };
  }

  #malformed(node: LockNode, what: string): LockError {
    return new LockError("lock-malformed", `${this.#file}:${node.line} node "${node.key}" ${what}`, {
      hint: "Write the lock file anew with `nix flake lock`.",
    });
  }
}

/** By what a node has in `locked`: the nodes of a hybrid are those of the locks that it was made of. */
const knownDigests = new WeakMap<SourceAttributes, string>();

/** Id of a source by all its locked attributes. */
export function sourceDigest(source: SourceAttributes): string {
  return `s${digest(source as Json)}`;
}

function digest(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 24);
}
