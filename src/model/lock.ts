import { attributePath } from "./position.ts";

/** A direct input of the flake as `flake.lock` has it. */
export interface LockedInput {
  name: string;
  /** Reference for people and globs, without revision: `github:acme/standards`, `git+https://…`, `path:./x`. */
  reference: string;
  /** Revision, or `narHash` where there is none; null when the input is not locked. */
  revision: string | null;
  /** Seconds since 1970-01-01 UTC; null when the lock does not say. */
  lastModified: number | null;
  /** Id of the resolved node with all it depends on: two inputs with the same id are the same. */
  nodeId: string;
  /** Line of the locked node in `flake.lock`, 1-based. */
  line: number | null;
}

/** An input anywhere in the graph of `flake.lock`, at one of the paths that lead to it. */
export interface PlacedInput {
  /** `company-standards/nixpkgs`. */
  path: string;
  /** As in `LockedInput`. */
  reference: string;
  lastModified: number | null;
  line: number;
  /** Key of its node: the same for all paths that lead to it, and of no other meaning. */
  key: string;
  /** Where its files lie: in a source of its own, in the tree of this flake, in the tree of another input. */
  lies: "in-own-source" | "in-this-tree" | "in-another-input";
}

/** An input as it would be written in `flake.nix`: `inputs.company-standards.inputs.nixpkgs`. */
export function inputAttribute(path: string): string {
  return path.split("/").reduce((above, name) => attributePath(attributePath(above, "inputs"), name), "");
}

/** A row of the report's inputs table. */
export interface InputChange {
  name: string;
  /** Input path: `company-standards`, `company-standards/nixpkgs`. */
  path: string;
  kind: "moved" | "added" | "removed" | "redirected";
  from: string | null;
  to: string | null;
  url?: string;
  /** How many changes it caused. */
  effects: number;
  /** Why it could not be told what this input changed; the changes that it may have caused name it all the same. */
  undecidedBecause?: string;
}
