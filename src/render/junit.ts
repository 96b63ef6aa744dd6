import type { Change } from "../model/change.ts";
import type { Finding } from "../model/finding.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { blockingFindings } from "./blocking.ts";
import { xmlText } from "./escape.ts";
import { causeText, findingsByChange, flakeTitle, isOpen, positionText, witnessComparison } from "./words.ts";

/**
 * JUnit XML as CI systems read it (there is no official schema; https://github.com/testmoapp/junitxml describes what
 * they agree on): a suite for each flake, a case for each change and for each finding that is about no change.
 */
export function render(report: Report): string {
  const blocking = new Set(blockingFindings(report));
  return document(report.flakes.map((flake) => ({ flake, cases: judgedCases(flake, blocking) })));
}

function judgedCases(flake: FlakeReport, blocking: ReadonlySet<Finding>): TestCase[] {
  const about = findingsByChange(flake);
  return [
    ...flake.changes.map((change) =>
      caseOf(
        change.surface,
        `${change.direction}: ${change.summary}`,
        about.get(change) ?? [],
        blocking,
        change,
      ),
    ),
    ...(about.get(undefined) ?? []).map((finding) =>
      caseOf(finding.rule, finding.message, [finding], blocking),
    ),
  ];
}

/** The changes, without judgement: every case passes. */
export function renderChanges(report: Report): string {
  return document(
    report.flakes.map((flake) => ({
      flake,
      cases: flake.changes.map((change) =>
        caseOf(change.surface, `${change.direction}: ${change.summary}`, [], new Set(), change),
      ),
    })),
  );
}

/** What the real client does is reported by rules of its own. */
export const renderProbe = render;

interface TestCase {
  className: string;
  name: string;
  failures: readonly Finding[];
  /** Accepted: the case counts as skipped when nothing else fails in it. */
  accepted: readonly Finding[];
  /** Lines for `system-out`. */
  output: readonly string[];
}

function caseOf(
  className: string,
  name: string,
  findings: readonly Finding[],
  blocking: ReadonlySet<Finding>,
  change?: Change,
): TestCase {
  return {
    className,
    name,
    failures: findings.filter((finding) => blocking.has(finding)),
    accepted: findings.filter((finding) => !isOpen(finding)),
    output: [
      ...(change === undefined ? [] : changeLines(change)),
      ...findings
        .filter((finding) => isOpen(finding) && !blocking.has(finding))
        .map((finding) => `${finding.severity}[${finding.rule}] ${finding.message}`),
    ],
  };
}

function changeLines({ path, position, witness, causes }: Change): string[] {
  return [
    `at ${path}${position === undefined ? "" : `, ${positionText(position)}`}`,
    ...(witness === undefined ? [] : [`${witness.call} ${witnessComparison(witness)}`]),
    ...causes.map((cause) => `cause: ${causeText(cause)}`),
  ];
}

function document(suites: readonly { flake: FlakeReport; cases: readonly TestCase[] }[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  const lines = [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="nixclaude" ${counts(all)}>`,
    ...suites.flatMap(({ flake, cases }) => [
      `  <testsuite name="${xmlText(flakeTitle(flake))}" ${counts(cases)}>`,
      ...cases.flatMap(caseLines),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function counts(cases: readonly TestCase[]): string {
  const failures = cases.filter((one) => one.failures.length > 0).length;
  const skipped = cases.filter(isSkipped).length;
  return `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0"`;
}

function isSkipped({ failures, accepted }: TestCase): boolean {
  return failures.length === 0 && accepted.length > 0;
}

function caseLines(testCase: TestCase): string[] {
  const { className, name, failures, accepted, output } = testCase;
  const opening = `    <testcase classname="${xmlText(className)}" name="${xmlText(name)}" time="0"`;
  const inside = [
    ...failures.map(
      (finding) =>
        `      <failure type="${xmlText(finding.rule)}" message="${xmlText(finding.message)}">${xmlText(finding.help)}</failure>`,
    ),
    ...(isSkipped(testCase)
      ? [`      <skipped message="${xmlText(accepted.map(acceptance).join("; "))}"/>`]
      : []),
    ...(output.length === 0 ? [] : [`      <system-out>${output.map(xmlText).join("\n")}</system-out>`]),
  ];
  return inside.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...inside, "    </testcase>"];
}

function acceptance({ rule, waived, approved }: Finding): string {
  return waived === undefined
    ? `${rule}: approved by ${approved?.by ?? "nobody"}`
    : `${rule}: waived until ${waived.expires} by ${waived.owner}: ${waived.reason}`;
}
