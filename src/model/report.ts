import type { Change } from "./change.ts";
import type { Finding, Verdict } from "./finding.ts";
import type { InputChange } from "./lock.ts";
import type { ProbeReport } from "./probe.ts";

/** The one result value; every format renders it and none computes. `schema/report.schema.json` is its shape. */
export interface Report {
  schemaVersion: 1;
  tool: { name: "nixclaude"; version: string };
  verdict: Verdict;
  exitCode: 0 | 1;
  /** SHA-256 (hex) over all but `tool.version`, `evaluation`, commits of edits and itself: the same for the same trees everywhere. */
  digest: string;
  flakes: FlakeReport[];
  counts: Counts;
  semantics: { client: string };
  evaluation: EvaluationFacts;
}

export interface FlakeReport {
  /** Directory of the flake in the repository, `.` for the root. */
  path: string;
  attribute: string;
  before: SideReport;
  after: SideReport;
  changes: Change[];
  inputs: InputChange[];
  findings: Finding[];
  /** Only there when the real client was asked. */
  probe?: ProbeReport;
}

export interface SideReport {
  revision: string | null;
  tree: string | null;
  present: boolean;
}

export interface Counts {
  error: number;
  warning: number;
  note: number;
  waived: number;
  approved: number;
  changes: number;
}

/** How it was computed; not part of the digest. */
export interface EvaluationFacts {
  /** Version of Nix, or null when none ran. */
  nix: string | null;
  evaluations: number;
  cached: number;
  durationMs: number;
  limitsHit: string[];
}
