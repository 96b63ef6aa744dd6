import type { Report } from "../model/report.ts";

/** Approvals that no finding asked for: mistyped, or for another change. */
export function unusedApprovals({ flakes }: Report, approve: readonly string[]): string[] {
  const known = new Set(flakes.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)));
  return approve.filter((fingerprint) => !known.has(fingerprint));
}
