import { expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { CATEGORIES } from "./generate/index.ts";
import { parseOptions } from "./options.ts";
import { type ConformanceReport, isConformant } from "./report.ts";

test("without options: 20,000 decisions over both clients in every category, and the facts", () => {
  expect(parseOptions([])).toEqual({
    seed: "1",
    decisions: 20_000,
    clients: ["2.1.330", "2.1.197"],
    categories: CATEGORIES,
    facts: true,
    pairs: 0,
    jobs: 2,
    shrinkSessions: 150,
    json: null,
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
  [["--jobs", "4", "--json", "out.json"], { jobs: 4, json: "out.json" }],
])("%j", (argv, expected) => {
  expect(parseOptions(argv)).toMatchObject(expected);
});

test.each([
  [["--category", "bash"], 'There is no category "bash".'],
  [["--client", "1.0"], 'There is no client "1.0".'],
  [["--decisions", "many"], '--decisions wants a number, not "many".'],
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
  const report: ConformanceReport = {
    schemaVersion: 1,
    seed: "1",
    rows: [{ ...ROW, category: "overall", decisions: 0, ...overall }],
    disagreements: [],
    facts: [],
    pairs: [],
    sessions: { count: 0, medianMs: 0 },
    askedMs: 0,
    durationMs: 0,
  };
  expect(isConformant(report)).toBe(conformant);
});
