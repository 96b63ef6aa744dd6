import type { Change } from "../../src/model/change.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { FlakeReport } from "../../src/model/report.ts";
import type { ReportInput } from "../../src/report/index.ts";

export function findingOf(rest: Partial<Finding> = {}): Finding {
  return {
    fingerprint: "0123456789abcdef",
    rule: "approval-widened",
    source: "builtin",
    severity: "warning",
    message: "More is approved.",
    help: "Narrow it.",
    subject: { path: "permissions.allow" },
    introduced: true,
    ...rest,
  };
}

export function changeOf(rest: Partial<Change> = {}): Change {
  return {
    id: "c1",
    fingerprint: "fedcba9876543210",
    surface: "permissions",
    path: "permissions.allow[0]",
    kind: "added",
    direction: "widens",
    before: null,
    after: "Bash(git *)",
    summary: "allow rule `Bash(git *)` added",
    causes: [],
    ...rest,
  };
}

export function flakeOf(rest: Partial<FlakeReport> = {}): FlakeReport {
  return {
    path: ".",
    attribute: "claudeContext",
    before: { revision: "1".repeat(40), tree: "2".repeat(40), present: true },
    after: { revision: null, tree: "3".repeat(40), present: true },
    changes: [],
    inputs: [],
    findings: [],
    ...rest,
  };
}

export function inputOf(rest: Partial<ReportInput> = {}): ReportInput {
  return {
    version: "0.1.0",
    flakes: [flakeOf()],
    client: "2.1.330",
    failOn: "error",
    approve: [],
    evaluation: { nix: "2.34.0", evaluations: 2, cached: 0, durationMs: 12, limitsHit: [] },
    ...rest,
  };
}
