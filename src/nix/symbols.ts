import { createHash } from "node:crypto";
import type { Position } from "../model/position.ts";
import type { NixPlace } from "./log.ts";

/** A tree that values and errors can point into. */
export interface KnownTree {
  /** `""` for the repository under check; else the input's path or `org:REF`. */
  input: string;
  /** Last part of its store path: `<hash>-source`. */
  storeName?: string;
  /** What a reference to it contains: commit id, revision, hash. */
  marks: readonly string[];
}

const STORE_NAME = "[0-9a-z]{32}-[0-9A-Za-z+._?=-]+";
const NIX_BASE32 = "0123456789abcdfghijklmnpqrsvwxyz";

/**
 * Turns what differs from run to run into what a reader knows: `/nix/store/<hash>-source/skills` becomes
 * `./skills`, or `<company-standards>/skills`.
 */
export class Symbols {
  readonly #trees: readonly KnownTree[];
  readonly #byStoreName = new Map<string, KnownTree>();
  readonly #inText: RegExp;
  readonly #storeDirectories: readonly string[];

  /** @param storeDirectories every spelling of the store's directory: `/nix/store`, `/cache/store/nix/store`. */
  constructor(trees: readonly KnownTree[], storeDirectories: readonly string[]) {
    this.#trees = trees;
    // The first tree of a name wins: the repository itself, then direct inputs, then what lies below.
    for (const tree of trees) {
      if (tree.storeName !== undefined && !this.#byStoreName.has(tree.storeName)) {
        this.#byStoreName.set(tree.storeName, tree);
      }
    }
    this.#storeDirectories = [...new Set(storeDirectories)].sort((a, b) => b.length - a.length);
    const directories = this.#storeDirectories.map(escapeRegExp).join("|");
    this.#inText = new RegExp(`(?:${directories})/(${STORE_NAME})`, "g");
  }

  /** Known trees become symbols; other store paths keep their hash, since that is what they are. */
  text(value: string): string {
    if (!value.includes("/")) return value;
    return value.replace(this.#inText, (whole, name: string) => {
      const bare = name.replace(/[.?=]+$/, "");
      const tree = this.#byStoreName.get(bare);
      if (tree !== undefined) return symbolOf(tree) + name.slice(bare.length);
      return whole.startsWith("/nix/store/") ? whole : `/nix/store/${name}`;
    });
  }

  /** How texts name an input of the repository under check, by the last part of its store path; null for others. */
  ofInput(storeName: string): string | null {
    const tree = this.#byStoreName.get(storeName);
    return tree === undefined || tree.input === "" || tree.input.startsWith("org:") ? null : symbolOf(tree);
  }

  /** A source position; null for a place that is in none of the trees (our own driver, Nix itself). */
  position(place: NixPlace): Position | null {
    const found = this.#locate(place.file);
    if (found === null || found.file === "") return null;
    const { tree, file } = found;
    return {
      file,
      line: place.line,
      column: place.column,
      ...(tree.input === "" ? {} : { input: tree.input }),
    };
  }

  #locate(file: string): { tree: KnownTree; file: string } | null {
    const reference = /^«(.*)»\/?(.*)$/s.exec(file);
    if (reference !== null) {
      const [, text, inner] = reference;
      const decoded = decode(text!);
      const tree = this.#trees.find(({ marks }) => marks.some((mark) => decoded.includes(mark)));
      return tree === undefined ? null : { tree, file: inner! };
    }
    const directory = this.#storeDirectories.find((candidate) => file.startsWith(`${candidate}/`));
    if (directory === undefined) return null;
    const [name, ...rest] = file.slice(directory.length + 1).split("/");
    const tree = this.#byStoreName.get(name!);
    return tree === undefined ? null : { tree, file: rest.join("/") };
  }
}

/** The part of a store path that names the tree, or undefined when the text is no store path. */
export function storeNameOf(path: string): string | undefined {
  return new RegExp(`/(${STORE_NAME})(?:/.*)?$`, "s").exec(path)?.[1];
}

/**
 * Store path name of a fetched source, from its `narHash` alone: the path is made of the content's hash, so a text
 * that mentions an input can be recognised without fetching it.
 */
export function sourceStoreName(narHash: string, storeDirectory = "/nix/store"): string | undefined {
  const encoded = /^sha256-([A-Za-z0-9+/]{43}=)$/.exec(narHash)?.[1];
  if (encoded === undefined) return undefined;
  const hash = Buffer.from(encoded, "base64").toString("hex");
  const fingerprint = createHash("sha256").update(`source:sha256:${hash}:${storeDirectory}:source`).digest();
  const folded = Buffer.alloc(20);
  for (const [index, byte] of fingerprint.entries()) folded[index % 20]! ^= byte;
  return `${base32(folded)}-source`;
}

function base32(bytes: Buffer): string {
  const length = Math.ceil((bytes.length * 8) / 5);
  let text = "";
  for (let n = length - 1; n >= 0; n--) {
    const bit = n * 5;
    const index = Math.floor(bit / 8);
    const value = (bytes[index]! >> (bit % 8)) | ((bytes[index + 1] ?? 0) << (8 - (bit % 8)));
    text += NIX_BASE32[value & 31];
  }
  return text;
}

function symbolOf(tree: KnownTree): string {
  return tree.input === "" ? "." : `<${tree.input}>`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
