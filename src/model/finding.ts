import type { Witness } from "./change.ts";
import type { ConstraintSource } from "./constraint.ts";
import type { Position } from "./position.ts";

export const SEVERITIES = ["error", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule or a constraint reports. */
export interface Finding {
  /** Holds from revision to revision: rule, source and subject, never a line number. */
  fingerprint: string;
  /** Id of the rule or constraint. */
  rule: string;
  source: "builtin" | ConstraintSource;
  severity: Severity;
  /** What and where, one sentence. */
  message: string;
  /** What to do next, one sentence. */
  help: string;
  /** Attribute path of the subject, and the permission rule it is about; waivers with `only` are held against these. */
  subject: { path: string; rule?: string };
  /** `id` of the change it judges. */
  change?: string;
  witness?: Witness;
  position?: Position;
  /** Where the constraint that is violated stands. */
  constraintPosition?: Position;
  /** False when the base had the same finding. */
  introduced: boolean;
  waived?: { reason: string; owner: string; expires: string };
  approved?: { by: string };
  /** Only there when no approval lifts it (`changes.… = "forbid"`). */
  approvable?: false;
  /** Only there when no waiver lifts it (`waivable = false`, and what is said about waivers and constraints). */
  waivable?: false;
}

/** What a rule or constraint returns; fingerprint, introduction and waivers are added by the pipeline. */
export type FindingFact = Omit<
  Finding,
  "fingerprint" | "introduced" | "waived" | "approved" | "rule" | "source" | "severity"
> & {
  severity?: Severity;
};

export type Verdict = "pass" | "warn" | "block";
