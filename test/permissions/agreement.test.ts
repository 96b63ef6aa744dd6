import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type Agreement,
  formatAgreement,
  measureAgreement,
  type PermissionVector,
  type RecordedDecisions,
} from "./agreement.ts";

const recorded = JSON.parse(readFileSync("test/recorded/client-decisions.json", "utf8")) as RecordedDecisions;
const vectors = JSON.parse(
  readFileSync("test/recorded/permission-vectors.json", "utf8"),
) as PermissionVector[];
const { table, disagreements } = measureAgreement(recorded, vectors);

/** What differs today, by category and client; everything else agrees in full. Numbers may only fall. */
const KNOWN_DIFFERENCES: Readonly<Record<string, Partial<Agreement>>> = {
  // What plan mode does with edits depends on whether a classifier is active: two recordings differ.
  "vectors: ctx-mode 2.1.330": { undecided: 1 },
  "recorded: mixed sets, Bash 2.1.330": { undecided: 51 },
  "recorded: mixed sets, MCP 2.1.330": { undecided: 5 },
  "recorded: mixed sets, Read 2.1.330": { undecided: 1 },
  // Four writes that a Read rule denies: recorded as run, though even an ask rule for Write stood beside one.
  "recorded: mixed sets, Write 2.1.330": { undecided: 15, missedApprovals: 4 },
  "recorded: mixed sets, Write 2.1.197": { undecided: 15 },
  // Two denied hosts over plain http, recorded as run by both clients; seven in plan mode.
  "recorded: mixed sets, WebFetch 2.1.330": { undecided: 9 },
  "recorded: mixed sets, WebFetch 2.1.197": { undecided: 2 },
  // `git push -f $HOME` and `ls $HOME` under exact ask rules went different ways.
  "recorded: one Bash ask rule 2.1.330": { undecided: 2 },
  // An unterminated quote: older clients judged such text without parsing it.
  "recorded: one Bash allow rule 2.1.197": { undecided: 28 },
  // `(timeout zz)` alone of all subshells.
  "recorded: one Bash deny rule 2.1.197": { wrongApprovals: 1 },
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

  test("every decision without a classifier that differs is one of the known kinds", () => {
    const wrong = disagreements.filter(({ actual }) => actual !== "undecided");
    expect(
      wrong.map(({ client, case: id, call }) => `${client} ${id} ${call.tool} ${call.argument}`),
    ).toEqual([
      "2.1.330 100-10 Write /home/u/proj/.env",
      "2.1.330 100-63 Write /home/u/proj/secrets/a.txt",
      "2.1.330 100-64 Write /home/u/proj/docs/a.md",
      "2.1.330 100-77 Write /home/u/proj/docs/a.md",
      "2.1.197 edge-dev-deny-21 Bash (timeout zz)",
    ]);
  });

  test("the table in docs/permissions.md is the computed one", () => {
    const docs = readFileSync("docs/permissions.md", "utf8");
    expect(/<!-- agreement -->\n([\s\S]*?)<!-- \/agreement -->/.exec(docs)?.[1]).toBe(formatAgreement(table));
  });
});
