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
