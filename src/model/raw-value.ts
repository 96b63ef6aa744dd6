import type { Position } from "./position.ts";

/**
 * A value as an evaluator or a file reader found it, before anything is known about its meaning.
 * Unlike plain JSON it keeps apart what JSON would confuse (a set with `outPath` is still a set) and carries
 * the position of every attribute.
 */
export type RawValue =
  | { kind: "scalar"; value: null | boolean | number | string; references?: References }
  /** `itemPositions`, where the evaluator can tell, runs beside `items`; null for an item without a place. */
  | { kind: "list"; items: RawValue[]; itemPositions?: (Position | null)[] }
  | RawSet
  /** `definition`: of functions that judge, where they are written out. */
  | { kind: "function"; arguments: string[]; definition?: FunctionDefinition }
  | RawDerivation
  | RawPath
  /** A set with `__toString` or a non-derivation `outPath`: the text it becomes, and its other attributes. */
  | { kind: "string-like"; text: string; set: RawSet; references?: References }
  /** A flake or a fetched source: an input handed on whole. `text` is its symbolic path. */
  | { kind: "source"; text: string }
  /** This value alone did not evaluate; its neighbours did. */
  | { kind: "failure"; code: string; message: string; position?: Position }
  /** A limit was reached here. */
  | { kind: "cut"; limit: "depth" | "width" | "values"; count?: number };

/** The text of a function, as it is written out where the value is said to stand. */
export interface FunctionDefinition {
  /** SHA-256 (hex) of the text without white space and comments. */
  digest: string;
  /**
   * All of the text, where it names nothing from around it: a function by itself. It need not be the value: code around
   * it can say what `builtins`, `map` or `<` mean, and `scopedImport` for a whole file.
   */
  closed: string | null;
}

/**
 * Files and directories that a text names (`bash ./hooks/guard.sh`), by symbolic path, each with a digest of what
 * stands there: the text stays the same when the file changes.
 */
export type References = Record<string, string>;

export interface RawSet {
  kind: "set";
  entries: Record<string, RawValue>;
  /** Where each attribute is defined; missing where the evaluator keeps none. */
  positions: Record<string, Position>;
}

export interface RawDerivation {
  kind: "derivation";
  name: string;
  pname?: string;
  version?: string;
  mainProgram?: string;
}

export interface RawPath {
  kind: "path";
  /** Symbolic: `./skills/review` in this repository, `<company-standards>/skills/review` in an input. */
  path: string;
  content: PathContent;
}

/** `sha256` is hex over the bytes; `text` is there when the file is UTF-8 text below the size limit. */
export type PathContent =
  | { kind: "file"; sha256: string; text?: string; executable?: boolean }
  | {
      kind: "directory";
      files: { path: string; sha256: string; text?: string; executable?: boolean }[];
      truncated: boolean;
    }
  | { kind: "symlink" }
  | { kind: "missing" };

export const EMPTY_SET: RawSet = { kind: "set", entries: {}, positions: {} };
