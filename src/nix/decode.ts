import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { attributePath, type Position } from "../model/position.ts";
import type { PathContent, RawSet, RawValue } from "../model/raw-value.ts";
import type { Contents } from "./contents.ts";
import type { Symbols } from "./symbols.ts";

/** Why one value did not evaluate. */
export interface Failure {
  code: string;
  message: string;
  position?: Position;
}

export interface DecodeOptions {
  symbols: Symbols;
  contents: Contents;
  /** By "LABEL:PATH", as extract.nix names values. */
  failures: ReadonlyMap<string, Failure>;
  maxValues: number;
  limitsHit: Set<string>;
}

/** Failure of a value whose own words could not be had. */
const NO_WORDS: Failure = {
  code: "evaluation-failed",
  message: "throws an error, or an assertion does not hold",
};

/** What extract.nix printed → `RawValue`. */
export function decodeValue(node: Json, label: string, options: DecodeOptions): RawValue {
  return new Decoder(label, options).value(node, "");
}

/** `[FILE LINE COLUMN]` → position; null when there is none, or it lies in no tree we know. */
export function decodePosition(triple: Json | undefined, { symbols }: DecodeOptions): Position | null {
  if (!Array.isArray(triple)) return null;
  const [file, line, column] = triple as [string, number, number];
  return symbols.position({ file, line, column });
}

/** "LABEL:PATH" of every value that was caught failing. */
export function caughtFailures(node: Json, label: string, path = ""): string[] {
  if (Array.isArray(node))
    return node.flatMap((item, i) => caughtFailures(item, label, attributePath(path, i)));
  if (!isJsonObject(node)) return [];
  if (node._ === "error") return [`${label}:${path}`];
  if (node._ === "imported") return caughtFailures(node.node ?? null, label, path);
  const set = node._ === "string-like" ? (node.set as JsonObject) : node;
  if (set._ !== undefined || !isJsonObject(set.a)) return [];
  return Object.entries(set.a).flatMap(([name, child]) =>
    caughtFailures(child, label, attributePath(path, name)),
  );
}

class Decoder {
  readonly #label: string;
  readonly #options: DecodeOptions;
  #left: number;

  constructor(label: string, options: DecodeOptions) {
    this.#label = label;
    this.#options = options;
    this.#left = options.maxValues;
  }

  value(node: Json, path: string): RawValue {
    if (this.#left <= 0) return this.#cut("values");
    this.#left -= 1;
    if (node === null || typeof node !== "object") return { kind: "scalar", value: this.#scalar(node) };
    if (Array.isArray(node)) return this.#list(node, path);
    return node._ === undefined ? this.#set(node, path) : this.#marked(node, path);
  }

  #list(nodes: readonly Json[], path: string): RawValue {
    const items = nodes.map((item, index) => this.value(item, attributePath(path, index)));
    const places = nodes.map((item, index) => this.#placeInFile(item, items[index]!));
    return places.every((place) => place === null)
      ? { kind: "list", items }
      : { kind: "list", items, itemPositions: places };
  }

  /** What was taken from a file of its own stands there, not where the file is named. */
  #placeInFile(node: Json, value: RawValue): Position | null {
    if (!isJsonObject(node) || node._ !== "imported") return null;
    const inner = this.#placeInFile(node.node ?? null, value);
    const start = inner ?? decodePosition([node.file as string, 1, 1], this.#options);
    const written = value.kind === "set" ? Object.values(value.positions) : [];
    const [first = start] = written
      .filter(({ file, input }) => file === start?.file && input === start.input)
      .sort((a, b) => a.line - b.line || a.column - b.column);
    return first;
  }

  #scalar(value: null | boolean | number | string): null | boolean | number | string {
    return typeof value === "string" ? this.#options.symbols.text(value) : value;
  }

  #marked(node: JsonObject, path: string): RawValue {
    switch (node._) {
      case "function":
        return { kind: "function", arguments: (node.arguments as string[]).toSorted() };
      case "derivation":
        return {
          kind: "derivation",
          name: this.#text(node.name ?? ""),
          ...this.#optional(node, "pname"),
          ...this.#optional(node, "version"),
          ...this.#optional(node, "mainProgram"),
        };
      case "path":
        return this.#path(node);
      case "source":
        return { kind: "source", text: this.#text(node.text) };
      case "string-like": {
        const set = node.set as JsonObject;
        if (set._ !== undefined) return this.#marked(set, path);
        return { kind: "string-like", text: this.#text(node.text), set: this.#set(set, path) };
      }
      case "imported":
        return this.value(node.node ?? null, path);
      case "integer":
        return {
          kind: "failure",
          code: "integer-too-large",
          message: `the integer ${this.#text(node.text)} is beyond 2^53 and would lose digits`,
        };
      case "cut":
        return this.#cut(node.limit as "depth" | "width", node.count as number | undefined);
      case "external":
        return {
          kind: "failure",
          code: "evaluation-failed",
          message: `is a value of the type ${this.#text(node.type)}`,
        };
      default:
        return { kind: "failure", ...(this.#options.failures.get(`${this.#label}:${path}`) ?? NO_WORDS) };
    }
  }

  #set(node: JsonObject, path: string): RawSet {
    const { symbols } = this.#options;
    const members = Object.entries(node.a as JsonObject);
    // fromEntries defines properties: an attribute called __proto__ is one like any other.
    const triples = (node.p ?? {}) as JsonObject;
    const positions: [string, Position][] = [];
    const entries = members.map(([name, child]): [string, RawValue] => {
      const value = this.value(child, attributePath(path, name));
      const triple = Object.hasOwn(triples, name) ? triples[name] : undefined;
      const position = this.#placeInFile(child, value) ?? decodePosition(triple, this.#options);
      if (position !== null) positions.push([symbols.text(name), position]);
      return [symbols.text(name), value];
    });
    return { kind: "set", entries: Object.fromEntries(entries), positions: Object.fromEntries(positions) };
  }

  #path(node: JsonObject): RawValue {
    const path = node.path as string;
    if (node.kind === "outside") {
      const message = `is the path ${this.#text(path)}, which lies outside the flake and its inputs`;
      return { kind: "failure", code: "impure", message };
    }
    return { kind: "path", path: this.#text(path), content: this.#content(path, node) };
  }

  #content(path: string, node: JsonObject): PathContent {
    const { contents, limitsHit } = this.#options;
    switch (node.kind) {
      case "regular":
        return contents.file(path, node.sha256 as string);
      case "directory": {
        const truncated = node.truncated === true;
        if (truncated) limitsHit.add("files");
        return { kind: "directory", files: contents.directory(path, node.files as JsonObject[]), truncated };
      }
      case "symlink":
        return { kind: "symlink" };
      default:
        return { kind: "missing" };
    }
  }

  #cut(limit: "depth" | "width" | "values", count?: number): RawValue {
    this.#options.limitsHit.add(limit);
    return { kind: "cut", limit, ...(count === undefined ? {} : { count }) };
  }

  #optional(node: JsonObject, name: "pname" | "version" | "mainProgram") {
    return node[name] === undefined ? {} : { [name]: this.#text(node[name]) };
  }

  #text(value: Json | undefined): string {
    return typeof value === "string" ? this.#options.symbols.text(value) : "";
  }
}
