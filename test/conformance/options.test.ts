import { expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { CATEGORIES } from "./generate/index.ts";
import { parseOptions } from "./options.ts";
import { type ConformanceReport, formatReport, isConformant } from "./report.ts";

test("without options: 20,000 decisions over both clients in every category, and the facts", () => {
  expect(parseOptions([])).toEqual({
    seed: "1",
    decisions: 20_000,
    clients: ["2.1.330", "2.1.197"],
    categories: CATEGORIES,
    atRisk: null,
    facts: true,
    pairs: 0,
    jobs: 2,
    shrinkSessions: 150,
    json: null,
    record: null,
    replay: null,
  });
});

test.each([
  [
    ["--category", "mcp", "--category", "web"],
    { categories: ["web", "mcp"], facts: false, decisions: 20_000 },
  ],
  [["--facts"], { categories: [], facts: true, decisions: 0 }],
  [["--category", "facts"], { categories: [], facts: true, decisions: 0 }],
  [["--client", "2.1.197", "--seed", "x", "--pairs", "5"], { clients: ["2.1.197"], seed: "x", pairs: 5 }],
  [["--at-risk", "40"], { atRisk: 40 }],
  [["--jobs", "4", "--json", "out.json"], { jobs: 4, json: "out.json" }],
])("%j", (argv, expected) => {
  expect(parseOptions(argv)).toMatchObject(expected);
});

test.each([
  [["--category", "bash"], 'There is no category "bash".'],
  [["--client", "1.0"], 'There is no client "1.0".'],
  [["--decisions", "many"], '--decisions wants a number, not "many".'],
  [["--at-risk", "9", "--record", "a"], "it goes with neither --record nor --replay"],
  [["--bogus"], "Unknown option '--bogus'"],
])("%j is refused", (argv, message) => {
  expect(() => parseOptions(argv)).toThrow(UsageError);
  expect(() => parseOptions(argv)).toThrow(message);
});

const ROW = {
  client: "2.1.330",
  agree: 0,
  unsound: 0,
  wrongApproval: 0,
  undecided: 0,
  askOrDeny: 0,
  unclear: 0,
} as const;

test.each<[string, Partial<ConformanceReport["rows"][number]>, boolean]>([
  ["all agree", { decisions: 1000, agree: 1000 }, true],
  ["5 of 1000 differ", { decisions: 1000, agree: 995, undecided: 5 }, true],
  ["6 of 1000 differ", { decisions: 1000, agree: 994, undecided: 6 }, false],
  ["one of 1000 is unsound", { decisions: 1000, agree: 999, unsound: 1 }, false],
])("%s", (_, overall, conformant) => {
  const report = reportOf({ rows: [{ ...ROW, category: "overall", decisions: 0, ...overall }] });
  expect(isConformant(report)).toBe(conformant);
});

function reportOf(found: Partial<ConformanceReport>): ConformanceReport {
  const sessions = { count: 3, medianMs: 900 };
  const nothing = { rows: [], disagreements: [], facts: [], pairs: [] };
  return { schemaVersion: 1, seed: "1", ...nothing, sessions, askedMs: 2_000, durationMs: 2_500, ...found };
}

test("a pair that the client shows to be wider, or a fact that it refutes, is not conformant", () => {
  const answer = { kind: "runs", message: "" } as const;
  const [before, after] = [{ allow: ["Bash(a)"] }, { allow: ["Bash(b)"] }];
  const pairs = {
    client: "2.1.330",
    pairs: 1,
    notWider: 1,
    wider: 0,
    undecided: 0,
    calls: 9,
    unconfirmed: [],
  } as const;
  const missed = [{ pair: { before, after }, call: "Bash(b)", before: answer, after: answer }];
  expect(isConformant(reportOf({ pairs: [{ ...pairs, unconfirmed: [], missed }] }))).toBe(false);
  const fact = {
    id: "x",
    call: { tool: "Bash", argument: "x" },
    outcome: "prompts",
    clients: ["2.1.330"],
  } as const;
  const facts = [{ client: "2.1.330", asked: 1, confirmed: 0, refuted: [{ fact, answer }] }] as const;
  expect(
    isConformant(reportOf({ facts: [...facts].map((one) => ({ ...one, refuted: [...one.refuted] })) })),
  ).toBe(false);
});

test("a disagreement is told by its rules, its call and what both say", () => {
  const text = formatReport(
    reportOf({
      disagreements: [
        {
          client: "2.1.330",
          category: "wrappers",
          verdict: "unsound",
          cases: 2,
          rules: {
            files: [{ scope: "user", settings: { permissions: { allow: ["Bash"] } } }],
            mode: "plan",
            trusted: false,
          },
          call: "Bash(a\nb)",
          parameters: undefined,
          clientSaid: "runs",
          engineSaid: "asks (no rule covers b)",
          reason: null,
        },
      ],
    }),
  );
  expect(text).toBe(`Seed 1

Disagreements, made as small as they get (1 in all):

unsound, wrappers, 2.1.330 (2 cases)
  rules   user {"permissions":{"allow":["Bash"]}}; mode plan; not trusted
  call    Bash(a\\nb)
  client  runs
  engine  asks (no rule covers b)

3 sessions, half of them in under 0.9 s; 2.0 s for the questions, 2.5 s in all.
`);
});
