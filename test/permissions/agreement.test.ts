import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Agreement, formatAgreement, measureAgreement, readRecordings } from "./agreement.ts";

const { table, disagreements } = measureAgreement(readRecordings("test/recorded"));

/** What differs today, by category and client; everything else agrees in full. Numbers may only fall.
 * All are lines that do not parse and that a rule alone keeps from running (decision 0022). */
const KNOWN_DIFFERENCES: Readonly<Record<string, Partial<Agreement>>> = {
  "recorded: one Bash deny rule 2.1.330": { undecided: 28 },
  "recorded: one Bash ask rule 2.1.330": { undecided: 6 },
  "recorded: one Bash deny rule 2.1.197": { undecided: 28 },
  "recorded: one Bash ask rule 2.1.197": { undecided: 6 },
  "measured: Bash 2.1.330": { undecided: 1366 },
  "measured: Bash 2.1.197": { undecided: 766 },
};

describe("agreement with the recorded client", () => {
  test.each(table.map((row) => [`${row.category} ${row.client}`, row] as const))("%s", (name, row) => {
    const known = KNOWN_DIFFERENCES[name] ?? {};
    const { undecided, missedApprovals, wrongApprovals, otherwise } = row;
    expect({ undecided, missedApprovals, wrongApprovals, otherwise }).toEqual({
      undecided: 0,
      missedApprovals: 0,
      wrongApprovals: 0,
      otherwise: 0,
      ...known,
    });
  });

  test("holds for more than 99 % of the vectors and of the recorded decisions of either client", () => {
    for (const [source, client] of [
      ["vectors", "2.1.330"],
      ["recorded", "2.1.330"],
      ["recorded", "2.1.197"],
    ]) {
      const rows = table.filter((row) => row.category.startsWith(source!) && row.client === client);
      const sum = (field: "agree" | "cases"): number => rows.reduce((total, row) => total + row[field], 0);
      expect(sum("agree") / sum("cases")).toBeGreaterThan(0.99);
    }
  });

  test("no case that the model decides differs from the client", () => {
    expect(disagreements.filter(({ actual }) => actual !== "undecided")).toEqual([]);
  });

  test("the table in docs/permissions.md is the computed one", () => {
    const docs = readFileSync("docs/permissions.md", "utf8");
    expect(/<!-- agreement -->\n([\s\S]*?)<!-- \/agreement -->/.exec(docs)?.[1]).toBe(formatAgreement(table));
  });
});
