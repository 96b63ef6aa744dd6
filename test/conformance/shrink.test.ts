import { expect, test } from "vitest";
import type { RuleSet } from "./scenario.ts";
import { projectRules } from "./scenario.ts";
import { shrink } from "./shrink.ts";
import { sizeOf, smallerCalls, smallerRuleSets } from "./smaller.ts";
import { toyCompared, toyOracle, toyResult } from "./toy.ts";

const OPTIONS = { client: "2.1.330", jobs: 2, sessions: 500 } as const;

/** This client runs lines with `&&` where a rule about zz stands; this engine never says that anything runs. */
const runs = (rules: string, line: string): boolean => rules.includes("Bash(zz *)") && line.includes("&&");
const engine = () => () => toyResult(false);

const LARGE = projectRules({ allow: ["Bash(git *)", "Bash(zz *)", "Bash(npm *)"], deny: ["Bash(x)"] });

test("a disagreement shrinks to the rule and the characters that make it", async () => {
  const found = toyCompared(LARGE, "git push --force && npm run build 'a b' | cat", true, false);
  const [small] = await shrink([found], toyOracle(runs).oracle, { ...OPTIONS, engine });
  expect(small!.rules).toEqual(projectRules({ allow: ["Bash(zz *)"] }));
  expect(small!.call).toEqual({ tool: "Bash", argument: "&&" });
  expect(small!.verdict).toBe("unsound");
});

test("several shrink side by side and share sessions", async () => {
  const found = ["git a && b", "npm b && c", "zz c && d"].map((line) =>
    toyCompared(LARGE, line, true, false),
  );
  const alone = toyOracle(runs);
  await shrink(found.slice(0, 1), alone.oracle, { ...OPTIONS, engine });
  const together = toyOracle(runs);
  const small = await shrink(found, together.oracle, { ...OPTIONS, engine });
  expect(small.map(({ call }) => call.argument)).toEqual(["&&", "&&", "&&"]);
  expect(together.sessions.length).toBeLessThan(2 * alone.sessions.length);
});

test("no more sessions are spent than may be, and what is left is still a disagreement", async () => {
  for (const sessions of [0, 1, 5]) {
    const toy = toyOracle(runs);
    const found = toyCompared(LARGE, "git push && npm run build", true, false);
    const [small] = await shrink([found], toy.oracle, { ...OPTIONS, sessions, engine });
    expect(toy.sessions.length).toBeLessThanOrEqual(sessions);
    expect(runs(JSON.stringify(small!.rules.files), small!.call.argument)).toBe(true);
  }
});

test("it does not become another disagreement on the way", async () => {
  const reasons = (line: string) => (line.length > 5 ? "long lines ask" : "short lines ask");
  const telling = () => (call: { argument: string }) => ({
    ...toyResult(false),
    reason: reasons(call.argument),
  });
  const found = {
    ...toyCompared(LARGE, "git push && npm run", true, false),
    result: telling()({ argument: "git push" }),
  };
  const [small] = await shrink([found], toyOracle(runs).oracle, { ...OPTIONS, engine: telling });
  expect(small!.call.argument).toHaveLength(6);
});

test("what the engine sees in another way is not asked of the client", async () => {
  const toy = toyOracle(() => true);
  const approving = () => (call: { argument: string }) => toyResult(call.argument !== "ab");
  const found = toyCompared(projectRules({}), "ab", true, false);
  const [small] = await shrink([found], toy.oracle, { ...OPTIONS, engine: approving });
  expect(small!.call.argument).toBe("ab");
  expect(toy.sessions.flatMap(({ calls }) => calls).filter(({ argument }) => argument !== "ab")).toEqual([]);
});

test("smaller rule sets leave out one thing each, and are all different", () => {
  const rules: RuleSet = {
    files: [
      { scope: "managed", settings: { permissions: { deny: ["Bash(x)"] } } },
      { scope: "user", settings: { permissions: { allow: ["Bash(a)", "Bash(b)"], defaultMode: "plan" } } },
    ],
    mode: "acceptEdits",
    trusted: false,
  };
  const smaller = smallerRuleSets(rules);
  expect(smaller).toContainEqual({ ...rules, mode: null });
  expect(smaller).toContainEqual({ ...rules, trusted: true });
  expect(smaller).toContainEqual({ ...rules, files: rules.files.slice(0, 1) });
  const [managed] = rules.files;
  const withUser = (permissions: Record<string, string | string[]>): RuleSet => ({
    ...rules,
    files: [managed!, { scope: "user", settings: { permissions } }],
  });
  expect(smaller).toContainEqual(withUser({ allow: ["Bash(b)"], defaultMode: "plan" }));
  expect(smaller).toContainEqual(withUser({ allow: ["Bash(a)", "Bash(b)"] }));
  expect(new Set(smaller.map((one) => JSON.stringify(one))).size).toBe(smaller.length);
});

test("smaller calls are smaller, or plainer, and as many as fit", () => {
  const call = {
    tool: "Bash",
    argument: "git push --force 'a b'",
    parameters: { timeout: 5, description: "x" },
  };
  const smaller = smallerCalls(call, 50);
  expect(smaller.length).toBeLessThanOrEqual(50);
  const rules = projectRules({});
  for (const one of smaller) expect(sizeOf(rules, one)).toBeLessThan(sizeOf(rules, call));
  expect(smaller).toContainEqual({ ...call, parameters: { description: "x" } });
  expect(smaller).toContainEqual({ ...call, argument: "git push --force " });
});
