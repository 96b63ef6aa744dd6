import { LockError } from "../model/errors.ts";
import { type Lined, readLinedJson } from "./lined-json.ts";

/** Values that Nix writes for a source: `type`, `owner`, `rev`, `narHash`, `lastModified`, `submodules`, … */
export type SourceAttributes = Readonly<Record<string, string | number | boolean>>;

/** `flake.lock` as it stands, with both spellings of version 5 brought to one. */
export interface LockFile {
  version: number;
  root: string;
  nodes: ReadonlyMap<string, LockNode>;
  /** Values that stand there and that Nix does not use, because they are said a second time further down. */
  hidden: readonly HiddenValue[];
}

export interface HiddenValue {
  /** Where it stands, in words: `node "nixpkgs"`. */
  where: string;
  name: string;
  line: number;
}

export interface LockNode {
  key: string;
  /** Line of the node in the file, 1-based. */
  line: number;
  /** Lines of what the node says: `locked`, `locked.rev`, `original`, `inputs.nixpkgs`, `parent`. */
  lines: ReadonlyMap<string, number>;
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
    throw notJson(text, file, cause);
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

function notJson(text: string, file: string, cause: unknown): LockError {
  const marker = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m.exec(text);
  if (marker !== null) {
    const place = `${file}:${lineAt(text, marker.index)}`;
    return new LockError("lock-not-json", `${place} holds the marks of a merge that was not resolved`, {
      hint: "Take the whole file from one side of the merge, then lock again with `nix flake lock`.",
      cause,
    });
  }
  // Newer versions of Node say where the mistake is; what they say of a text that just ends is not worth repeating.
  const offset = Number(/ at position (\d+)/.exec(String(cause))?.[1] ?? text.length);
  const place = offset >= text.trimEnd().length ? file : `${file}:${lineAt(text, offset)}`;
  return new LockError("lock-not-json", `${place} is not JSON`, {
    hint: "Restore it from Git, or write it anew with `nix flake lock`.",
    cause,
  });
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** What a member says, and the line of its name. */
interface Said {
  value: Lined;
  line: number;
}

class LockReader {
  readonly #text: string;
  readonly #file: string;
  readonly #hidden: HiddenValue[] = [];

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  read(): LockFile {
    const top = this.#members({ value: readLinedJson(this.#text), line: 1 }, "it");
    const version = plain(top.get("version"));
    if (typeof version !== "number" || !KNOWN_VERSIONS.includes(version)) {
      throw this.#unsupported(top.get("version"));
    }
    const root = plain(top.get("root"));
    if (typeof root !== "string") throw this.#malformed("has no text `root`", top.get("root"));
    const nodes = new Map<string, LockNode>();
    for (const [key, node] of this.#members(top.get("nodes"), "nodes")) nodes.set(key, this.#node(key, node));
    if (!nodes.has(root))
      throw this.#malformed(`has no node "${root}", which it calls its root`, top.get("root"));
    for (const [key, { locked, line }] of nodes) {
      if (locked === null && key !== root)
        throw this.#malformed(`has a node "${key}" that is not locked`, { line });
    }
    return { version, root, nodes, hidden: this.#hidden };
  }

  #node(key: string, node: Said): LockNode {
    const members = this.#members(node, `node "${key}"`);
    const flake = members.get("flake");
    const parent = members.get("parent");
    const locked = this.#source(members.get("locked"), `"locked" of node "${key}"`);
    // Version 5 kept hash and date here. Nix lets it win over `locked` in every version.
    const info = this.#source(members.get("info"), `"info" of node "${key}"`);
    if (locked !== null && info !== null) this.#noteOverridden(locked, info, members.get("locked")!, key);
    return {
      key,
      line: node.line,
      lines: linesOf(members),
      flake: flake === undefined || plain(flake) !== false,
      locked: locked === null ? null : { ...locked, ...info },
      original: this.#source(members.get("original"), `"original" of node "${key}"`),
      inputs: this.#inputs(members.get("inputs"), key),
      parent: parent === undefined ? null : this.#path(parent),
    };
  }

  #noteOverridden(locked: SourceAttributes, info: SourceAttributes, said: Said, key: string): void {
    const members = said.value.kind === "object" ? said.value.members : [];
    for (const { name, line } of members) {
      if (Object.hasOwn(info, name) && info[name] !== locked[name])
        this.#hidden.push({ where: `"locked" of node "${key}"`, name, line });
    }
  }

  #inputs(said: Said | undefined, key: string): LockNode["inputs"] {
    const inputs = new Map<string, string | readonly string[]>();
    if (said === undefined) return inputs;
    for (const [name, target] of this.#members(said, `inputs of node "${key}"`)) {
      if (!SAFE_NAME.test(name)) throw this.#malformed(`names an input ${JSON.stringify(name)}`, target);
      const edge = plain(target);
      inputs.set(name, typeof edge === "string" ? edge : this.#path(target));
    }
    return inputs;
  }

  #source(said: Said | undefined, where: string): SourceAttributes | null {
    if (said === undefined) return null;
    const entries: [string, string | number | boolean][] = [];
    for (const [name, member] of this.#members(said, where)) {
      const value = plain(member);
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

  #path(said: Said): string[] {
    const { value } = said;
    const steps = value.kind === "array" ? value.items.map((step) => plain({ value: step })) : [null];
    if (!steps.every((step) => typeof step === "string"))
      throw this.#malformed("holds an input path of another kind", said);
    return steps;
  }

  #members(said: Said | undefined, what: string): Map<string, Said> {
    if (said?.value.kind !== "object")
      throw this.#malformed(`is not a lock file: ${what} is not an object`, said);
    const members = new Map<string, Said>();
    for (const { name, line, value } of said.value.members) {
      const before = members.get(name);
      // As in Nix, the last one counts.
      if (before !== undefined) this.#hidden.push({ where: what, name, line: before.line });
      members.set(name, { value, line });
    }
    return members;
  }

  #malformed(what: string, said: { line: number } | undefined): LockError {
    const place = said === undefined ? this.#file : `${this.#file}:${said.line}`;
    return new LockError("lock-malformed", `${place} ${what}`, {
      hint: "Restore it from Git, or write it anew with `nix flake lock`.",
    });
  }

  #unsupported(said: Said | undefined): LockError {
    const version = plain(said) ?? null;
    const place = said === undefined ? this.#file : `${this.#file}:${said.line}`;
    const known = `versions ${KNOWN_VERSIONS[0]} to ${KNOWN_VERSIONS.at(-1)} are understood`;
    const newer = typeof version === "number" && version > KNOWN_VERSIONS.at(-1)!;
    return new LockError("lock-unsupported", `${place} has version ${JSON.stringify(version)}; ${known}`, {
      hint: newer
        ? "It was written by a newer Nix: update nixclaude, or lock with a Nix that writes version 7."
        : "Write it anew with a current Nix: `nix flake lock`.",
    });
  }
}

/** undefined for lists and objects. */
function plain(said: { value: Lined } | undefined): string | number | boolean | null | undefined {
  return said?.value.kind === "plain" ? said.value.value : undefined;
}

function linesOf(members: ReadonlyMap<string, Said>): Map<string, number> {
  const lines = new Map<string, number>();
  for (const [name, { value, line }] of members) {
    lines.set(name, line);
    if (value.kind !== "object") continue;
    const prefix = name === "info" ? "locked" : name;
    for (const member of value.members) lines.set(`${prefix}.${member.name}`, member.line);
  }
  return lines;
}
