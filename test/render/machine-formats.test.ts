import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import * as github from "../../src/render/github.ts";
import * as junit from "../../src/render/junit.ts";
import * as sarif from "../../src/render/sarif.ts";
import { BLOCKED, PASSED, PROBED, WARNED } from "./sample-report.ts";
import { sarifProblems } from "./sarif-schema.ts";
import { xmlProblem } from "./xml.ts";

const REPORTS: [string, Report][] = [
  ["blocked", BLOCKED],
  ["warned", WARNED],
  ["passed", PASSED],
  ["probed", PROBED],
];

const [BLOCKED_FLAKE] = BLOCKED.flakes;

function withFindings(findings: readonly Finding[]): Report {
  return { ...BLOCKED, flakes: [{ ...BLOCKED_FLAKE!, findings: [...findings] }] };
}

describe("SARIF", () => {
  interface Log {
    runs: {
      tool: { driver: { rules: { id: string; properties: Record<string, unknown> }[] } };
      results: Record<string, unknown>[];
    }[];
  }
  const read = (report: Report) => (JSON.parse(sarif.render(report)) as Log).runs[0]!;

  test.each(REPORTS)("of the %s report fits the published schema", (_, report) => {
    expect(sarifProblems(sarif.render(report))).toEqual([]);
    expect(sarifProblems(sarif.renderChanges(report))).toEqual([]);
    expect(sarifProblems(sarif.renderProbe(report))).toEqual([]);
  });

  test("the check notices a log that does not fit", () => {
    expect(sarifProblems('{"version": "2.1.0", "runs": [{"results": [{}]}]}')).not.toEqual([]);
  });

  test("every finding is a result with its fingerprint, its rule and its place", () => {
    const { results, tool } = read(BLOCKED);
    const findings = BLOCKED.flakes.flatMap((flake) => flake.findings);
    expect(results).toHaveLength(findings.length);
    for (const [index, result] of results.entries()) {
      const finding = findings[index]!;
      expect(result.partialFingerprints).toEqual({ "nixclaudeFinding/v1": finding.fingerprint });
      expect(tool.driver.rules[result.ruleIndex as number]!.id).toBe(finding.rule);
      expect(result.level).toBe(finding.severity);
      expect(result.locations).toHaveLength(1);
    }
  });

  test("what was waived or approved is suppressed, with who and until when", () => {
    const waived = BLOCKED_FLAKE!.findings.find((finding) => finding.waived !== undefined)!;
    const result = read(BLOCKED).results.find(
      ({ partialFingerprints }) =>
        (partialFingerprints as Record<string, string>)["nixclaudeFinding/v1"] === waived.fingerprint,
    )!;
    expect(result.suppressions).toEqual([
      {
        kind: "external",
        status: "accepted",
        justification: `waived until ${waived.waived!.expires} by ${waived.waived!.owner}: ${waived.waived!.reason}`,
      },
    ]);
  });

  test.each([
    [true, "new"],
    [false, "unchanged"],
  ])("a finding that is introduced: %s has the baseline state %s", (introduced, state) => {
    const [finding] = BLOCKED_FLAKE!.findings;
    expect(read(withFindings([{ ...finding!, introduced }])).results[0]!.baselineState).toBe(state);
  });

  test("a place in an input stands at the lock file, since that file is the one of this repository", () => {
    const [finding] = BLOCKED_FLAKE!.findings;
    const position = { file: "claude.nix", line: 8, column: 7, input: "company-standards" };
    const [location] = read(withFindings([{ ...finding!, position }])).results[0]!.locations as [
      { physicalLocation: unknown; message: { text: string } },
    ];
    expect(location.physicalLocation).toEqual({
      artifactLocation: { uri: "flake.lock", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    });
    expect(location.message.text).toBe("claude.nix:8:7 (input company-standards)");
  });

  test("paths are relative, and spelled as URIs", () => {
    const [finding] = BLOCKED_FLAKE!.findings;
    const position = { file: "a b/ü#?.nix", line: 1, column: 1 };
    const text = sarif.render(withFindings([{ ...finding!, position }]));
    expect(text).toContain('"uri": "a%20b/%C3%BC%23%3F.nix"');
    expect(sarifProblems(text)).toEqual([]);
  });

  test("brackets and braces of a message are no links and no placeholders", () => {
    const [finding] = BLOCKED_FLAKE!.findings;
    const { results } = read(withFindings([{ ...finding!, message: "[x](https://evil) {0}" }]));
    expect((results[0]!.message as { text: string }).text).toContain("\\[x\\](https://evil) {{0}}");
  });
});

describe("JUnit", () => {
  test.each(REPORTS)("of the %s report is well-formed, and counts what it holds", (_, report) => {
    const text = junit.render(report);
    expect(xmlProblem(text)).toBeNull();
    const [, tests, failures, skipped] =
      /<testsuites name="nixclaude" tests="(\d+)" failures="(\d+)" errors="0" skipped="(\d+)"/.exec(text)!;
    expect(text.match(/<testcase /g) ?? []).toHaveLength(Number(tests));
    expect(text.match(/<skipped /g) ?? []).toHaveLength(Number(skipped));
    expect(Number(failures) > 0).toBe(report.verdict === "block");
  });

  test("the check notices what is not XML", () => {
    expect(xmlProblem("<a><b></a>")).not.toBeNull();
    expect(xmlProblem('<a x="<"></a>')).not.toBeNull();
  });

  test("changes without judgement never fail", () => {
    expect(junit.renderChanges(BLOCKED)).toContain('failures="0"');
  });
});

describe("GitHub annotations", () => {
  const [finding] = BLOCKED_FLAKE!.findings;

  test("are at most ten errors and ten warnings, worst first, and one notice with the totals", () => {
    const many = [
      ...Array.from({ length: 14 }, (): Finding => ({ ...finding!, severity: "error" })),
      ...Array.from({ length: 13 }, (): Finding => ({ ...finding!, severity: "warning" })),
      ...Array.from({ length: 12 }, (): Finding => ({ ...finding!, severity: "note" })),
    ];
    const kinds = github
      .render(withFindings(many))
      .trimEnd()
      .split("\n")
      .map((line) => /^::(\w+)/.exec(line)![1]);
    expect(kinds).toEqual([...Array(10).fill("error"), ...Array(10).fill("warning"), "notice"]);
  });

  test("point at file, line and column, escaped as the runner decodes them", () => {
    const position = { file: "a,b:c%.nix", line: 3, column: 9 };
    const [line] = github.render(withFindings([{ ...finding!, severity: "error", position }])).split("\n");
    expect(line).toMatch(/^::error file=a%2Cb%3Ac%25\.nix,line=3,col=9,title=nixclaude%3A /);
  });

  test("leave out what was waived or approved", () => {
    const accepted: Finding = { ...finding!, approved: { by: "Ada" } };
    expect(
      github
        .render(withFindings([accepted]))
        .trimEnd()
        .split("\n"),
    ).toHaveLength(1);
  });
});
