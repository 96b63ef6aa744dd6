import { createHash } from "node:crypto";
import type { Cause, Change } from "../model/change.ts";
import { type Finding, SEVERITIES, type Verdict } from "../model/finding.ts";
import { canonicalJson, type Json } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import type { Counts, EvaluationFacts, FlakeReport, Report } from "../model/report.ts";

export interface ReportInput {
  /** Of the program. */
  version: string;
  /** Changes as they are to stand; findings and inputs in any order. */
  flakes: readonly FlakeReport[];
  /** Version of the client whose semantics were assumed. */
  client: string;
  failOn: "error" | "warning" | "never";
  /** Fingerprints of findings that were approved for exactly this change. */
  approve: readonly string[];
  evaluation: EvaluationFacts;
}

/** The one result value. Verdict and exit code are decided here and nowhere else. */
export function buildReport(input: ReportInput): Report {
  const approved = new Set(input.approve);
  return conclude(
    {
      version: input.version,
      client: input.client,
      evaluation: input.evaluation,
      flakes: input.flakes.map((flake) => withApprovals(flake, (finding) => isNamed(finding, approved))),
    },
    input.failOn,
  );
}

/** The same report after somebody has approved the change as it is: what no approval lifts stays. */
export function approveReport(report: Report, by: string, failOn: ReportInput["failOn"]): Report {
  const blocks = (finding: Finding) =>
    isOpen(finding) &&
    (finding.severity === "error" || (failOn === "warning" && finding.severity === "warning"));
  return conclude(
    {
      version: report.tool.version,
      client: report.semantics.client,
      evaluation: report.evaluation,
      flakes: report.flakes.map((flake) => withApprovals(flake, (finding) => (blocks(finding) ? by : null))),
    },
    failOn,
  );
}

function conclude(
  { version, client, evaluation, flakes: found }: Omit<ReportInput, "failOn" | "approve">,
  failOn: ReportInput["failOn"],
): Report {
  const flakes = found
    .map(ordered)
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.attribute, b.attribute));
  const verdict = verdictOf(
    flakes.flatMap((flake) => flake.findings),
    failOn,
  );
  const report: Report = {
    schemaVersion: 1,
    tool: { name: "nixclaude", version },
    verdict,
    exitCode: verdict === "block" && failOn !== "never" ? 1 : 0,
    digest: "",
    flakes,
    counts: countsOf(flakes),
    semantics: { client },
    evaluation,
  };
  return { ...withoutUndefined(report), digest: digestOf(report) };
}

/** Neither waived nor approved. */
function isOpen({ waived, approved }: Finding): boolean {
  return waived === undefined && approved === undefined;
}

function ordered(flake: FlakeReport): FlakeReport {
  return {
    ...flake,
    inputs: [...flake.inputs].sort((a, b) => compareText(a.path, b.path)),
    findings: [...flake.findings].sort(compareFindings),
  };
}

/** @param approver who approves a finding, or null. */
function withApprovals(flake: FlakeReport, approver: (finding: Finding) => string | null): FlakeReport {
  const findings = flake.findings.map((finding) => {
    const by = finding.approvable === false ? null : approver(finding);
    return by === null ? finding : { ...finding, approved: { by } };
  });
  return { ...flake, findings };
}

function isNamed({ fingerprint }: Finding, approved: ReadonlySet<string>): string | null {
  return approved.has(fingerprint) ? "--approve" : null;
}

/** What is still open first, then the worst, then by what it is about. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    Number(isOpen(b)) - Number(isOpen(a)) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.rule, b.rule) ||
    compareText(a.source, b.source) ||
    compareText(a.subject.path, b.subject.path) ||
    compareText(a.subject.rule ?? "", b.subject.rule ?? "") ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** With `never` the verdict still says what was found; only the exit code does not. */
function verdictOf(findings: readonly Finding[], failOn: ReportInput["failOn"]): Verdict {
  const open = new Set(findings.filter(isOpen).map(({ severity }) => severity));
  if (open.has("error") || (failOn === "warning" && open.has("warning"))) return "block";
  return open.has("warning") ? "warn" : "pass";
}

/** `error`, `warning` and `note` count what is open; a finding that is both waived and approved counts as both. */
function countsOf(flakes: readonly FlakeReport[]): Counts {
  const findings = flakes.flatMap((flake) => flake.findings);
  const open = (severity: Finding["severity"]) =>
    findings.filter((finding) => isOpen(finding) && finding.severity === severity).length;
  return {
    error: open("error"),
    warning: open("warning"),
    note: open("note"),
    waived: findings.filter(({ waived }) => waived !== undefined).length,
    approved: findings.filter(({ approved }) => approved !== undefined).length,
    changes: flakes.reduce((sum, { changes }) => sum + changes.length, 0),
  };
}

/**
 * SHA-256 over what the trees, the request and the day decide: the same on every machine and with every version. Who
 * wrote a line is left out: it takes history to know, of which clones hold more or less.
 */
export function digestOf({ evaluation: _, digest: __, tool, flakes, ...facts }: Report): string {
  const digested = withoutUndefined({
    ...facts,
    flakes: flakes.map((flake) => ({ ...flake, changes: flake.changes.map(withoutCommits) })),
    tool: { name: tool.name },
  }) as unknown as Json;
  return createHash("sha256").update(canonicalJson(digested)).digest("hex");
}

function withoutCommits(change: Change): Change {
  return { ...change, causes: change.causes.map(withoutCommit) };
}

function withoutCommit(cause: Cause): Cause {
  if (cause.kind === "joint") return { ...cause, of: cause.of.map(withoutCommit) };
  if (cause.kind === "input") return cause;
  const { commit: _, author: __, ...edit } = cause;
  return edit;
}

/** As `JSON.parse` would give it back: keys without a value are not there. */
function withoutUndefined<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
