import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Finding, SEVERITIES } from "../../src/model/finding.ts";
import { buildReport, unusedApprovals } from "../../src/report/index.ts";
import { changeOf, findingOf, flakeOf, inputOf } from "./support.ts";

const error = findingOf({ severity: "error" });
const warning = findingOf({ severity: "warning" });
const note = findingOf({ severity: "note" });
const waived = findingOf({ severity: "error", waived: { reason: "r", owner: "o", expires: "2026-12-31" } });

describe("verdict and exit code", () => {
  test.each<[string, Finding[], "error" | "warning" | "never", string, number]>([
    ["no finding", [], "error", "pass", 0],
    ["a note", [note], "error", "pass", 0],
    ["a note", [note], "warning", "pass", 0],
    ["a warning", [warning], "error", "warn", 0],
    ["a warning", [warning], "warning", "block", 1],
    ["a warning", [warning], "never", "warn", 0],
    ["an error", [warning, error], "error", "block", 1],
    ["an error", [error], "warning", "block", 1],
    ["an error", [error], "never", "block", 0],
    ["a waived error", [waived], "error", "pass", 0],
    ["a waived error", [waived], "warning", "pass", 0],
    ["a waived error beside an open one", [waived, error], "error", "block", 1],
  ])("%s (%j) with --fail-on %s: %s, %i", (_, findings, failOn, verdict, exitCode) => {
    expect(buildReport(inputOf({ failOn, flakes: [flakeOf({ findings })] }))).toMatchObject({
      verdict,
      exitCode,
    });
  });

  test("one flake that blocks is enough", () => {
    const flakes = [flakeOf({ path: "a" }), flakeOf({ path: "b", findings: [error] })];
    expect(buildReport(inputOf({ flakes })).verdict).toBe("block");
  });
});

describe("approvals", () => {
  const flakes = [
    flakeOf({ findings: [error, findingOf({ severity: "error", fingerprint: "f".repeat(16) })] }),
  ];
  test("mark the findings that they name", () => {
    const report = buildReport(inputOf({ flakes, approve: [error.fingerprint, "f".repeat(16)] }));
    expect(report).toMatchObject({ verdict: "pass", exitCode: 0, counts: { error: 0, approved: 2 } });
    expect(report.flakes[0]?.findings[0]?.approved).toEqual({ by: "--approve" });
  });

  test("leave all others as they are", () => {
    const report = buildReport(inputOf({ flakes, approve: [error.fingerprint] }));
    expect(report).toMatchObject({ verdict: "block", counts: { error: 1, approved: 1 } });
  });

  test("lift nothing that no approval lifts", () => {
    const final = findingOf({ severity: "error", approvable: false });
    const report = buildReport(
      inputOf({ flakes: [flakeOf({ findings: [final] })], approve: [final.fingerprint] }),
    );
    expect(report).toMatchObject({ verdict: "block", counts: { error: 1, approved: 0 } });
  });

  test("that no finding asked for can be told", () => {
    const approve = [error.fingerprint, "0000000000000000"];
    expect(unusedApprovals(buildReport(inputOf({ flakes, approve })), approve)).toEqual(["0000000000000000"]);
  });
});

describe("order", () => {
  test("open findings first, then severity, rule, source and subject, whatever the order they came in", () => {
    const ranked = [
      findingOf({ severity: "error", rule: "b" }),
      findingOf({ severity: "warning", rule: "a", source: "builtin" }),
      findingOf({ severity: "warning", rule: "a", source: "self" }),
      findingOf({ severity: "warning", rule: "b", subject: { path: "p", rule: "x" } }),
      findingOf({ severity: "warning", rule: "b", subject: { path: "p", rule: "y" } }),
      findingOf({ severity: "warning", rule: "b", subject: { path: "q" }, fingerprint: "a".repeat(16) }),
      findingOf({ severity: "warning", rule: "b", subject: { path: "q" }, fingerprint: "b".repeat(16) }),
      findingOf({ severity: "note", rule: "a" }),
      waived,
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(ranked, { minLength: ranked.length }), (findings) => {
        expect(buildReport(inputOf({ flakes: [flakeOf({ findings })] })).flakes[0]?.findings).toEqual(ranked);
      }),
    );
  });

  test("flakes by path, inputs by path, changes as they came", () => {
    const row = (path: string) => ({
      name: path,
      path,
      kind: "moved" as const,
      from: "a",
      to: "b",
      effects: 0,
    });
    const changes = [changeOf({ id: "c1", path: "z" }), changeOf({ id: "c2", path: "a" })];
    const { flakes } = buildReport(
      inputOf({
        flakes: [flakeOf({ path: "b" }), flakeOf({ path: "a", inputs: [row("y"), row("x")], changes })],
      }),
    );
    expect(flakes.map(({ path }) => path)).toEqual(["a", "b"]);
    expect(flakes[0]?.inputs.map(({ path }) => path)).toEqual(["x", "y"]);
    expect(flakes[0]?.changes).toEqual(changes);
  });
});

test("counts what is open by severity, and what is waived or approved apart", () => {
  const approved = findingOf({ severity: "warning", fingerprint: "f".repeat(16) });
  const flakes = [
    flakeOf({ path: "a", findings: [error, warning, waived, approved], changes: [changeOf()] }),
    flakeOf({ path: "b", findings: [note, note], changes: [changeOf()] }),
  ];
  expect(buildReport(inputOf({ flakes, approve: ["f".repeat(16)] })).counts).toEqual({
    error: 1,
    warning: 1,
    note: 2,
    waived: 1,
    approved: 1,
    changes: 2,
  });
});

describe("digest", () => {
  test("does not depend on how much history there is to tell who wrote a line", () => {
    const edit = { kind: "edit", file: "flake.nix", line: 3 } as const;
    const digestWith = (known: { commit?: string; author?: string }) => {
      const causes = [
        { kind: "joint" as const, of: [{ ...edit, ...known }, edit] },
        { ...edit, ...known },
      ];
      return buildReport(inputOf({ flakes: [flakeOf({ changes: [changeOf({ causes })] })] })).digest;
    };
    expect(digestWith({ commit: "4".repeat(40), author: "Ada" })).toBe(digestWith({}));
  });

  const report = buildReport(inputOf({ flakes: [flakeOf({ findings: [warning], changes: [changeOf()] })] }));

  test("says nothing of when, where and with which version it was computed", () => {
    const elsewhere = inputOf({
      version: "9.9.9",
      evaluation: { nix: null, evaluations: 0, cached: 2, durationMs: 99, limitsHit: ["x"] },
      flakes: [flakeOf({ findings: [warning], changes: [changeOf()] })],
    });
    expect(buildReport(elsewhere).digest).toBe(report.digest);
  });

  test("does not depend on the order of keys, or on keys without a value", () => {
    const { kind, ...rest } = changeOf();
    const reordered = { ...rest, witness: undefined, kind } as unknown as ReturnType<typeof changeOf>;
    const other = buildReport(inputOf({ flakes: [flakeOf({ findings: [warning], changes: [reordered] })] }));
    expect(other.digest).toBe(report.digest);
    expect(Object.keys(other.flakes[0]!.changes[0]!)).not.toContain("witness");
  });

  test.each([
    [
      "a message",
      inputOf({ flakes: [flakeOf({ findings: [findingOf({ message: "Other." })], changes: [changeOf()] })] }),
    ],
    [
      "a tree",
      inputOf({
        flakes: [
          flakeOf({
            after: { revision: null, tree: "4".repeat(40), present: true },
            findings: [warning],
            changes: [changeOf()],
          }),
        ],
      }),
    ],
    [
      "the client",
      inputOf({ client: "2.1.197", flakes: [flakeOf({ findings: [warning], changes: [changeOf()] })] }),
    ],
    [
      "what blocks",
      inputOf({ failOn: "warning", flakes: [flakeOf({ findings: [warning], changes: [changeOf()] })] }),
    ],
  ])("differs with %s", (_, input) => {
    expect(buildReport(input).digest).not.toBe(report.digest);
  });
});

test("a finding that is neither open nor closed by mistake: any set of findings blocks exactly when an error is open", () => {
  const finding = fc.record({
    severity: fc.constantFrom(...SEVERITIES),
    isWaived: fc.boolean(),
    fingerprint: fc.constantFrom("a".repeat(16), "b".repeat(16)),
  });
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 6 }), fc.boolean(), (rows, isApproved) => {
      const findings = rows.map(({ severity, isWaived, fingerprint }) =>
        findingOf({ severity, fingerprint, ...(isWaived ? { waived: waived.waived! } : {}) }),
      );
      const approve = isApproved ? ["a".repeat(16)] : [];
      const open = rows.some(
        ({ severity, isWaived, fingerprint }) =>
          severity === "error" && !isWaived && !approve.includes(fingerprint),
      );
      expect(buildReport(inputOf({ flakes: [flakeOf({ findings })], approve })).exitCode).toBe(open ? 1 : 0);
    }),
  );
});
