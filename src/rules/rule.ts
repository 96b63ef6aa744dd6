import type { LockFile } from "../lock/index.ts";
import type { ArtifactDrifts } from "../model/artifact-drift.ts";
import type { BehaviorLocks } from "../model/behavior-lock.ts";
import type { Cause, Change } from "../model/change.ts";
import type { FindingFact, Severity } from "../model/finding.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Limits } from "../model/limits.ts";
import type { InputChange } from "../model/lock.ts";
import type { ProbeReport } from "../model/probe.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { ClientVersion } from "../model/semantics.ts";
import type { Snapshot } from "../model/snapshot.ts";

/** A built-in judgement: one file, one id, named after what it finds. */
export interface Rule {
  id: string;
  /** Unless a finding says otherwise. */
  severity: Severity;
  docs: RuleDocs;
  examples: { fires: readonly RuleExample[]; silent: readonly RuleExample[] };
  check: (input: RuleInput) => FindingFact[];
}

/** The four headings of a rule's documentation; Markdown. */
export interface RuleDocs {
  /** What it does: one sentence, also shown in lists. */
  what: string;
  why: string;
  /** A piece of `claudeContext` that it reports, in Nix; for rules about a lock, a piece of that. */
  example: string;
  exampleIs?: "flake.lock" | "claude-context.lock.json";
  /** What to do instead. */
  instead: string;
}

/**
 * `claudeContext` on both sides as plain JSON, without `version`; a side that is left out has no context at all.
 * `{ "$package": NAME }` stands for a package.
 */
export interface RuleExample {
  before?: JsonObject;
  after?: JsonObject;
  /** The flake's own `nixConfig`. */
  nixConfig?: { before?: JsonObject; after?: JsonObject };
  probe?: ProbeReport;
  /** `flake.lock`, and what the flake's own `inputs` say; as text where JSON cannot say it. */
  locks?: { before?: Json; after?: Json; declared?: { before?: JsonObject; after?: JsonObject } };
  behaviorLock?: BehaviorLocks;
  artifacts?: ArtifactDrifts;
  /** Given to every change. */
  causes?: readonly Cause[];
  inputChanges?: readonly InputChange[];
}

/** `flake.lock` on both sides. */
export interface Locks {
  /** null: there is none. */
  before: LockFile | null;
  after: LockFile | null;
  /** Path in the repository. */
  file: string;
  /** What `inputs` in `flake.nix` say; absent where that is not known. */
  declared?: { before: RawValue | null; after: RawValue | null };
}

export interface RuleInput {
  before: Snapshot;
  after: Snapshot;
  changes: readonly Change[];
  /** What moved in `flake.lock`; absent where no flake is compared. */
  inputChanges?: readonly InputChange[];
  client: ClientVersion;
  limits: Limits;
  /** Absent where no flake is compared. */
  locks?: Locks;
  /** Absent where there is no behavior lock and none is asked for. */
  behaviorLock?: BehaviorLocks;
  /** Absent where no file was rendered. */
  artifacts?: ArtifactDrifts;
  /** What the real client did; absent when it was not asked. */
  probe?: ProbeReport;
}
