import { type Node, parseTree } from "jsonc-parser";
import { LockError } from "../model/errors.ts";

/** Values that Nix writes for a source: `type`, `owner`, `rev`, `narHash`, `lastModified`, `submodules`, … */
export type SourceAttributes = Readonly<Record<string, string | number | boolean>>;

/** `flake.lock` as it stands, with both spellings of version 5 brought to one. */
export interface LockFile {
  version: number;
  root: string;
  nodes: ReadonlyMap<string, LockNode>;
}

export interface LockNode {
  key: string;
  /** Line of the node in the file, 1-based. */
  line: number;
  /** false: the source alone is the input, whether it holds a flake or not. */
  flake: boolean;
  /** null on the root only. */
  locked: SourceAttributes | null;
  original: SourceAttributes | null;
  /** A text names a node; a list is a path of inputs from the root (`follows`). */
  inputs: ReadonlyMap<string, string | readonly string[]>;
  /** Input path of the flake that a relative path is relative to (Nix 2.26 and later). */
  parent: readonly string[] | null;
}

const KNOWN_VERSIONS = [5, 6, 7];
/** What may stand in the files that are made from a lock: nothing that Nix would read as more than a text. */
const SAFE_NAME = /^[A-Za-z0-9_-]+$/;
const SAFE_VALUE = /^[\x20-\x7e]*$/;

/**
 * @param file how the lock file is called in messages: `flake.lock`, `infra/flake.lock`.
 * @throws LockError `lock-not-json`, `lock-unsupported`, `lock-malformed`.
 */
export function parseLock(text: string, file = "flake.lock"): LockFile {
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new LockError("lock-not-json", `${file} is not JSON`, {
      hint: "Restore it from Git, or write it anew with `nix flake lock`.",
      cause,
    });
  }
  try {
    return new LockReader(text, file).read();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new LockError("lock-malformed", `${file} is nested too deeply to be a lock file`, {
      hint: "Restore it from Git, or write it anew with `nix flake lock`.",
      cause,
    });
  }
}

class LockReader {
  readonly #text: string;
  readonly #file: string;
  readonly #lineStarts: number[];

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  }

  read(): LockFile {
    const top = this.#members(parseTree(this.#text), "it");
    const version = top.get("version")?.value as unknown;
    if (typeof version !== "number" || !KNOWN_VERSIONS.includes(version)) throw this.#unsupported(version);
    const root = top.get("root");
    if (root?.type !== "string") throw this.#malformed("has no text `root`", root);
    const nodes = new Map<string, LockNode>();
    for (const [key, node] of this.#members(top.get("nodes"), "nodes")) nodes.set(key, this.#node(key, node));
    if (!nodes.has(root.value))
      throw this.#malformed(`has no node "${root.value}", which it calls its root`, root);
    for (const [key, node] of nodes) {
      if (node.locked === null && key !== root.value) {
        throw this.#malformed(`has a node "${key}" that is not locked`, top.get("nodes"));
      }
    }
    return { version, root: root.value, nodes };
  }

  #node(key: string, node: Node): LockNode {
    const members = this.#members(node, `node "${key}"`);
    const flake = members.get("flake");
    const parent = members.get("parent");
    const locked = this.#source(members.get("locked"));
    const info = this.#source(members.get("info"));
    return {
      key,
      line: this.#line(node),
      flake: flake === undefined || flake.value !== false,
      locked: locked === null ? null : { ...locked, ...info },
      original: this.#source(members.get("original")),
      inputs: this.#inputs(members.get("inputs"), key),
      parent: parent === undefined ? null : this.#path(parent),
    };
  }

  #inputs(node: Node | undefined, key: string): LockNode["inputs"] {
    const inputs = new Map<string, string | readonly string[]>();
    if (node === undefined) return inputs;
    for (const [name, target] of this.#members(node, `inputs of node "${key}"`)) {
      if (!SAFE_NAME.test(name)) throw this.#malformed(`names an input ${JSON.stringify(name)}`, target);
      inputs.set(name, target.type === "string" ? (target.value as string) : this.#path(target));
    }
    return inputs;
  }

  #source(node: Node | undefined): SourceAttributes | null {
    if (node === undefined) return null;
    const entries: [string, string | number | boolean][] = [];
    for (const [name, member] of this.#members(node, "a source")) {
      const value: unknown = member.value;
      const fits =
        typeof value === "boolean" ||
        (typeof value === "string" && SAFE_VALUE.test(value)) ||
        Number.isSafeInteger(value);
      if (!SAFE_NAME.test(name) || !fits) {
        throw this.#malformed(
          `holds a source attribute ${JSON.stringify(name)} that is not plain text`,
          member,
        );
      }
      entries.push([name, value as string | number | boolean]);
    }
    return Object.fromEntries(entries);
  }

  #path(node: Node): string[] {
    const steps = node.type === "array" ? (node.children ?? []).map((step) => step.value as unknown) : [null];
    if (!steps.every((step) => typeof step === "string"))
      throw this.#malformed("holds an input path of another kind", node);
    return steps as string[];
  }

  #members(node: Node | undefined, what: string): Map<string, Node> {
    if (node?.type !== "object") throw this.#malformed(`is not a lock file: ${what} is not an object`, node);
    return new Map(
      (node.children ?? []).map((member) => [member.children![0]!.value as string, member.children![1]!]),
    );
  }

  /** Nodes are named by the line of their key, which is where an editor's reader looks. */
  #line(node: Node): number {
    const offset = node.parent?.type === "property" ? node.parent.offset : node.offset;
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  #malformed(what: string, node: Node | undefined): LockError {
    const place = node === undefined ? this.#file : `${this.#file}:${this.#line(node)}`;
    return new LockError("lock-malformed", `${place} ${what}`, {
      hint: "Restore it from Git, or write it anew with `nix flake lock`.",
    });
  }

  #unsupported(version: unknown): LockError {
    const known = `versions ${KNOWN_VERSIONS[0]} to ${KNOWN_VERSIONS.at(-1)} are understood`;
    const newer = typeof version === "number" && version > KNOWN_VERSIONS.at(-1)!;
    return new LockError(
      "lock-unsupported",
      `${this.#file} has version ${JSON.stringify(version ?? null)}; ${known}`,
      {
        hint: newer
          ? "It was written by a newer Nix: update nixclaude, or lock with a Nix that writes version 7."
          : "Write it anew with a current Nix: `nix flake lock`.",
      },
    );
  }
}
