import type { LockFile } from "../lock/index.ts";
import type { RejectedSetting, SessionRequest, SessionResult } from "../model/client-session.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Limits } from "../model/limits.ts";
import type { Position } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";

/**
 * What the use case needs from the outside. Doors (`git/`, `nix/`, `files/`) implement these; `check/` knows no
 * process, file, network, environment or clock. Every method throws a `NixclaudeError` when it could not tell.
 */
export interface Ports {
  revisions: RevisionPort;
  evaluator: EvaluatorPort;
  clientFiles: ClientFilesPort;
  client: ClientPort;
  cache: CachePort;
  /** Today in UTC, and now as seconds since 1970. */
  clock: { today(): string; nowSeconds(): number; monotonicMs(): number };
}

/** One end of a comparison, as asked for. */
export type RevisionSpec =
  | { kind: "revision"; name: string }
  | { kind: "first-parent"; of: string }
  | { kind: "index" }
  | {
      kind: "worktree";
      includeUntracked: boolean;
      /** A file with the text that it is about to get, tracked or not. */
      edited?: { path: string; content: string };
    }
  | { kind: "none" };

export interface RevisionPort {
  /** Opens the repository that holds `directory`. Nothing of it is ever written. */
  open(directory: string): Promise<Repository>;
}

export interface Repository {
  /** Absolute path of the work tree, or of the Git directory of a bare repository. */
  root: string;
  /** SHA-256 repositories need another way through Nix. */
  objectFormat: "sha1" | "sha256";
  /** null for `none`, and for HEAD before the first commit. */
  resolve(spec: RevisionSpec): Promise<Tree | null>;
  /** Bytes of a regular file of the tree, or null; symlinks are not followed. `path` has no leading slash. */
  readFile(tree: Tree, path: string): Promise<Uint8Array | null>;
  /** Regular files below a directory (`""` for all), as paths relative to the tree's root, in byte order. */
  listFiles(tree: Tree, directory: string): Promise<string[]>;
  /** Symlinks below a directory (`""` for all) by path relative to the tree's root, with their targets as written. */
  listLinks(tree: Tree, directory: string): Promise<Record<string, string>>;
  /** Submodules of the whole tree by path, with the commit that each stands at; what they hold is not read. */
  listSubmodules(tree: Tree): Promise<Record<string, string>>;
  /** Paths that differ between two trees, in byte order. */
  changedFiles(before: Tree, after: Tree): Promise<string[]>;
  /** Who wrote lines of a tree's files, in the order asked. Never throws: what cannot be told comes out as `unknown`. */
  blame(tree: Tree, question: BlameQuestion): Promise<LineOrigin[]>;
  /**
   * A synthetic, parentless, fixed-date commit of the tree in a private repository that borrows the user's
   * objects: the same tree gives the same commit id everywhere. Made on demand, since a cached run needs none.
   * @param replaced a file that has another text there; the user's repository has never seen it.
   */
  publish(tree: Tree, replaced?: ReplacedFile): Promise<PublishedTree>;
  /** Writes a further tree (the evaluator's own files) into the private repository and publishes it. */
  publishFiles(files: Record<string, string>): Promise<PublishedTree>;
  /**
   * The tree that the merge, cherry-pick, rebase or revert under way will come to, found out from the one file that Git
   * hands to a merge driver: neither index nor work tree have the result at that time. Nothing is written.
   */
  mergeResult(file: MergedFile): Promise<MergeResult>;
  /** Removes everything that was made. */
  close(): Promise<void>;
}

/** A file that both sides changed, as a merge driver gets it. Bytes as they are stored; null or empty: not there. */
export interface MergedFile {
  /** In the tree. */
  path: string;
  base: Uint8Array | null;
  ours: Uint8Array;
  theirs: Uint8Array;
}

export type MergeResult =
  /** `conflicts`: other paths that need a person; the tree has Git's marks there. */
  | { kind: "merged"; tree: Tree; conflicts: string[] }
  /** `because` is one line for people. */
  | { kind: "unknown"; because: string };

export interface Tree {
  /** For people: `HEAD`, `main`, `staged`, `work tree`. */
  label: string;
  /** Commit id, or null for index and work tree. */
  revision: string | null;
  /** Git tree id of the whole repository. */
  id: string;
}

export interface BlameQuestion {
  /** Lines are 1-based; a file's lines are asked for in one process. */
  places: readonly { file: string; line: number }[];
  /** Only what came after this revision is of interest: older lines are `unchanged`. */
  since?: Tree;
  /** `text`: through changed blanks, moved lines and copies; `touch`: whatever touched the line at its place. */
  follow: "text" | "touch";
}

/** Where a line came from. Everything in it may be chosen by whoever made the commit. */
export type LineOrigin =
  /** `file` and `line`: where the line stood in that commit. `boundary`: a shallow clone ends there, it may be older. */
  | { kind: "commit"; commit: CommitFacts; file: string; line: number; boundary: boolean }
  /** Of the index or the work tree only. */
  | { kind: "uncommitted" }
  | { kind: "unchanged" }
  | { kind: "unknown"; because: string };

export interface CommitFacts {
  id: string;
  author: string;
  /** Of the author, in seconds since 1970-01-01 UTC. */
  seconds: number;
  subject: string;
}

/** `path` has no leading slash. */
export interface ReplacedFile {
  path: string;
  text: string;
}

export interface PublishedTree {
  /** Absolute path of the private repository's work tree (not bare; no spaces in it). */
  repository: string;
  commit: string;
}

export interface EvaluatorPort {
  /**
   * Text that changes whenever the same trees could evaluate differently: the identity of the Nix that would run
   * (without starting it) and of our own Nix code. null when there is no Nix.
   */
  fingerprint(): Promise<string | null>;
  /** Loads what `evaluate` takes, for callers who have to wait for something else first. */
  prepare(): void;
  /** Evaluates all sides, their direct inputs and all organisation flakes in one Nix process. */
  evaluate(plan: EvaluationPlan): Promise<EvaluationResult>;
  /** Calls Nix functions of constraints, all in one Nix process; what each returned, in the order of the calls. */
  callChecks(plan: CheckPlan): Promise<RawValue[]>;
}

export interface CheckPlan extends Omit<EvaluationPlan, "hybrids" | "onStarted"> {
  calls: readonly CheckCall[];
  /** What functions are called with, by a name that calls use. */
  data: Readonly<Record<string, JsonObject>>;
}

/** `constraints.ID.check` of one context. */
export interface CheckCall {
  /** A side's own context, that of one of its direct inputs, or that of an organisation by its reference. */
  from: { side: "before" | "after"; input: string | null } | { organisation: string };
  id: string;
  data: string;
  /** The function as it is written out, called in place of the value. */
  text?: string;
}

export interface EvaluationPlan {
  repository: Repository;
  /** Directory of the flake in the tree, `""` for the root. */
  flakeDirectory: string;
  /** `["claudeContext"]`. */
  attribute: string[];
  /** At most two sides; the trees may be equal. A side without `flake.nix` is `absent`, not an error. */
  sides: { name: "before" | "after"; tree: Tree }[];
  /** What did not happen, to find out what made a difference. Evaluated in the same process, sharing all that is equal. */
  hybrids?: HybridPlans;
  /** Base revision when it is not among the sides: what its flake.lock names, an untrusted change may fetch. */
  baseTree?: Tree | null;
  /** Flake references given with `--org`, as typed. */
  organisations: string[];
  /** untrusted: two phases, no network while foreign code is evaluated, nothing of the user's environment. */
  trust: "trusted" | "untrusted";
  offline: boolean;
  debug: boolean;
  limits: Limits;
  /** Called once Nix runs: the caller has time then, since the evaluation goes on beside it. */
  onStarted?: () => void;
}

export interface HybridPlans {
  /** `if-sides-differ`: both sides are in the plan, and where they evaluate to the same nothing is to be explained. */
  when: "always" | "if-sides-differ";
  plans: readonly HybridPlan[];
  /**
   * Trees of the sides where they are not in the plan themselves: trees that values point into are named after their
   * inputs, so that values of different plans can be compared.
   */
  sides?: readonly Tree[];
}

/** A tree with other inputs than its own flake.lock names. */
export interface HybridPlan {
  /** Unique in the plan: lower-case letters and digits. */
  id: string;
  tree: Tree;
  lock: LockFile;
  /** It fails where the lock is not one that Nix would take for this tree: what `flake.nix` declares is elsewhere. */
  mustFit?: boolean;
}

/** A hybrid that fails says nothing about the sides: it is reported, and never an error of the whole. */
export type HybridEvaluation =
  /** Without positions. A value equal to that of a side is the same object. */
  | { kind: "evaluated"; evaluation: SideEvaluation }
  | { kind: "not-needed" }
  /**
   * `code` as an EvaluationError has it; `because` is one line for people. `shared`: the process ended with all that
   * was in it, and which one was to blame is not known.
   */
  | { kind: "failed"; code: string; because: string; shared?: true };

export interface EvaluationResult {
  sides: Partial<Record<"before" | "after", SideEvaluation>>;
  /** By id, all that were planned. */
  hybrids: Record<string, HybridEvaluation>;
  /** By reference as typed. */
  organisations: Record<string, ForeignEvaluation>;
  nixVersion: string;
  /** How many graphs were evaluated. */
  evaluations: number;
  limitsHit: string[];
  /** False when something of it is not pinned (unlocked organisation, fetch failure): never cached. */
  cacheable: boolean;
}

export type SideEvaluation =
  | { kind: "absent"; reason: "no-flake" | "no-attribute" }
  | {
      kind: "present";
      value: RawValue;
      /** Position of the attribute itself (`claudeContext` in `flake.nix`). */
      position?: Position;
      nixConfig: RawValue | null;
      /** What `inputs` of `flake.nix` say, as they stand there. */
      declaredInputs: RawValue;
      /** Direct inputs by name. An input that does not evaluate is an `EvaluationError`, never an absence. */
      inputs: Record<string, ForeignEvaluation>;
      /** Where modules defined parts of the value: each as a context of its own, with the places it has. */
      definitions?: RawValue[];
    };

/** The `claudeContext` of another flake; `absent` when it has none (or is not a flake). */
export type ForeignEvaluation =
  | { kind: "absent" }
  | { kind: "present"; value: RawValue; position?: Position };

export interface ClientFilesPort {
  /** Reads `.claude/settings.json`, `.mcp.json`, `CLAUDE.md`, skills, agents, commands of one tree; null when it has none. */
  read(repository: Repository, tree: Tree, directory: string): Promise<RawValue | null>;
}

/** The real client: sessions of it in a closed box. */
export interface ClientPort {
  /** Runs the sessions side by side; results in their order. Throws ClientError. */
  ask(sessions: readonly SessionQuestion[]): Promise<SessionResult[]>;
  /** What of the settings files of one session the client does not take. Throws ClientError. */
  rejected(session: SessionQuestion): Promise<RejectedSetting[]>;
}

/** `client`: a path or name as the user gave it. */
export interface SessionQuestion {
  client: string;
  request: SessionRequest;
}

export interface CachePort {
  /** null when absent, damaged or written by another version; never throws. */
  get(key: string): Promise<Json | null>;
  /** Bounded, atomic, safe with several processes; failures are ignored. */
  put(key: string, value: Json): Promise<void>;
}
