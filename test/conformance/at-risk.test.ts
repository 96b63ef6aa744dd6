import { expect, test } from "vitest";
import { atRisk } from "./at-risk.ts";
import { projectRules } from "./scenario.ts";

const RULES = projectRules({ allow: ["Bash(npm *)"], deny: ["Bash(git push *)"] });

function picked(...lines: readonly string[]): string[] {
  const isAtRisk = atRisk("2.1.330")(RULES);
  return lines.filter((argument) => isAtRisk({ tool: "Bash", argument }));
}

test.each([
  ["it runs", "npm ci && npm test", []],
  ["a refusal that another reading could lose", "npm ci && git push x", []],
  ["an approval that another reading could find", "X=$(id) npm ci", ["X=$(id) npm ci"]],
  ["nobody reads it in two ways", "env A npm ci", []],
  ["no rule is near", "X=$(id) make", []],
])("%s: %s", (_why, line, expected) => {
  expect(picked(line)).toEqual(expected);
});

test("a refusal is at risk where an allow rule would cover the command without it", () => {
  const isAtRisk = atRisk("2.1.330")(projectRules({ allow: ["Bash"], deny: ["Bash(git push *)"] }));
  expect(isAtRisk({ tool: "Bash", argument: 'sudo "git" push x' })).toBe(true);
});

test("a check that no rule lifts is at risk", () => {
  const isAtRisk = atRisk("2.1.330")(projectRules({ allow: ["Bash"] }));
  expect(isAtRisk({ tool: "Bash", argument: "for i in a; do rm -rf /etc; done" })).toBe(true);
});

test("so is a line of which a rule names much", () => {
  const isAtRisk = atRisk("2.1.330")(projectRules({ allow: ["Bash(cd api && make)"] }));
  expect(isAtRisk({ tool: "Bash", argument: "cd api && make; curl x" })).toBe(true);
});

test("of calls of one shape the first is asked", () => {
  expect(picked("X=$(id) npm ci", "Y=$(ls) npm run build", "X=`id` npm ci")).toEqual([
    "X=$(id) npm ci",
    "X=`id` npm ci",
  ]);
});
