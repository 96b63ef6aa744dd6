import type { CommitFacts, Ports } from "../ports.ts";

/** What a bisect needs beside what a check needs. */
export interface BisectPorts extends Ports {
  clones: ClonePort;
}

export interface ClonePort {
  /**
   * Opens a clone of an input's repository. It may be anybody's: nothing in it is run, obeyed or written.
   * @throws RevisionError when there is none.
   */
  open(directory: string): Promise<Clone>;
}

export interface Clone {
  /** As it was found, absolute. */
  directory: string;
  /** Id of the commit that a name leads to. Throws RevisionError `unknown-revision`. */
  resolve(name: string): Promise<string>;
  /** Is this commit there? */
  has(commit: string): Promise<boolean>;
  /** True when history ends somewhere in this clone, though it went on. */
  isShallow: boolean;
  /**
   * The commits that led from one to the other by first parents, oldest first: neither `from` itself nor what was
   * merged. null when `to` does not descend from `from`, as far as this clone knows.
   */
  history(from: string, to: string): Promise<HistoryCommit[] | null>;
  facts(commits: readonly string[]): Promise<CloneCommit[]>;
  /** How many commits a merge brought beside itself. */
  merged(commit: HistoryCommit): Promise<number>;
  /** A regular file at a commit; null where there is none. */
  readFile(commit: string, path: string): Promise<Uint8Array | null>;
  /**
   * Makes commits available to Nix through a private repository without any configuration of the clone's. Returns
   * its path. Throws RevisionError `missing-object` when the clone lacks a file of one.
   */
  serve(commits: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export interface CloneCommit extends CommitFacts {
  /** When it was committed, in seconds since 1970-01-01 UTC: what Nix takes for its date. */
  committed: number;
}

export interface HistoryCommit {
  id: string;
  isMerge: boolean;
  /** The first parent. */
  parent: string;
}
