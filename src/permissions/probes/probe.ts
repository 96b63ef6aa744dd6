import type { Call } from "../../model/permission.ts";
import type { ProbeSeverity } from "../types.ts";

/** A call that people fear, with the damage it does when it runs unattended. */
export interface Probe {
  /** Stable, for reports and scripts: `destroys-work/git-push-force`. */
  id: `${ProbeCategory}/${string}`;
  category: ProbeCategory;
  severity: ProbeSeverity;
  /** Paths are relative to the project unless they begin with `~/` or `/`. */
  call: Call;
  /** What it would mean, in a few words. */
  reason: string;
}

export type ProbeCategory =
  | "destroys-work"
  | "leaks-secrets"
  | "runs-foreign-code"
  | "changes-the-gate"
  | "reaches-the-network"
  | "escalates"
  | "persists";

/** The last part of the id, the call, and the reason. */
export type ProbeRow = readonly [name: string, call: Call, reason: string];

/** From the worst to the least: the first that proves a widening is the one a report shows. */
export const SEVERITIES: readonly ProbeSeverity[] = ["critical", "high", "medium", "low"];

export function probesOf(
  category: ProbeCategory,
  rows: Readonly<Record<ProbeSeverity, readonly ProbeRow[]>>,
): Probe[] {
  return SEVERITIES.flatMap((severity) =>
    rows[severity].map(([name, call, reason]) => probe(category, severity, name, call, reason)),
  );
}

export function probe(
  category: ProbeCategory,
  severity: ProbeSeverity,
  name: string,
  call: Call,
  reason: string,
): Probe {
  return { id: `${category}/${name}`, category, severity, call, reason };
}
