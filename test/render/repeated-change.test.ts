import { expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { render } from "../../src/render/terminal.ts";
import { BLOCKED } from "./sample-report.ts";

const [flake] = BLOCKED.flakes;
const [change] = flake!.changes;
const about = (rule: string, rest: Partial<Finding> = {}): Finding => ({
  fingerprint: rule,
  rule,
  source: "builtin",
  severity: "warning",
  message: `${rule} says.`,
  help: `Do ${rule}.`,
  subject: { path: change!.path },
  change: change!.id,
  witness: change!.witness!,
  introduced: true,
  ...rest,
});

function blocksOf(findings: Finding[]): string[] {
  const report: Report = { ...BLOCKED, flakes: [{ ...flake!, findings }] };
  const text = render(report, { columns: 200, colour: false });
  return text.split("\n\n").filter((block) => block.startsWith("warning["));
}

test("what several findings say of one change is shown with the first", () => {
  const [first, second] = blocksOf([about("one"), about("two")]);
  expect(first).toContain("= before:");
  expect(first).toContain("= witness:");
  expect(first).toContain("= cause:");
  expect(second).toBe("warning[two]: two says.\n  = change: shown above\n  = help:   Do two.");
});

test("another proof is shown all the same", () => {
  const witness = { call: "Bash(git push)", before: "default", after: "allow" } as const;
  const [, second, third] = blocksOf([about("one"), about("two", { witness }), about("three", { witness })]);
  expect(second).toContain("= witness: `Bash(git push)`");
  expect(third).not.toContain("= witness:");
});
