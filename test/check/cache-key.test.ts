import { expect, test } from "vitest";
import { evaluationKey, reportKey } from "../../src/check/cache-key.ts";
import type { CheckRequest } from "../../src/check/request.ts";
import { DEFAULT_LIMITS } from "../../src/model/limits.ts";

const request: CheckRequest = {
  directory: "/repo",
  base: { kind: "revision", name: "HEAD" },
  head: { kind: "index" },
  flakes: [],
  attribute: ["claudeContext"],
  organisations: [],
  trust: "trusted",
  offline: false,
  debug: false,
  cache: true,
  client: "2.1.330",
  failOn: "error",
  frozen: false,
  approve: [],
  limits: DEFAULT_LIMITS,
  probeWith: [],
  purpose: "judge",
};
const identity = { program: "1", evaluator: "nix", today: "2026-01-01" };
const before = { label: "HEAD", revision: "c1", id: "t1" };
const after = { label: "staged", revision: null, id: "t2" };
const key = (r = request, i = identity, b: typeof before | null = before, a: typeof after = after) =>
  reportKey(r, "/repo", { before: b, after: a }, i);

test("the same question has the same key, however its ends are called", () => {
  expect(key({ ...request })).toBe(key());
  expect(key(request, identity, { ...before, label: "main" })).toBe(key());
});

const OTHERS: [string, string][] = [
  ["another tree after", key(request, identity, before, { ...after, id: "t3" })],
  ["another tree before", key(request, identity, { ...before, id: "t0" })],
  ["another commit of the same tree", key(request, identity, { ...before, revision: "c0" })],
  ["no base", key(request, identity, null)],
  ["another program", key(request, { ...identity, program: "2" })],
  ["another Nix", key(request, { ...identity, evaluator: "other" })],
  ["another day", key(request, { ...identity, today: "2026-01-02" })],
  ["another directory", key({ ...request, directory: "/repo/sub" })],
  ["another flake", key({ ...request, flakes: ["sub"] })],
  ["another attribute", key({ ...request, attribute: ["other"] })],
  ["another trust", key({ ...request, trust: "untrusted" })],
  ["another client", key({ ...request, client: "2.1.197" })],
  ["another threshold", key({ ...request, failOn: "warning" })],
  ["a behavior lock that is asked for", key({ ...request, frozen: true })],
  ["an approval", key({ ...request, approve: ["f"] })],
  ["another limit", key({ ...request, limits: { ...DEFAULT_LIMITS, inclusionSteps: 1 } })],
];

test.each(OTHERS)("%s is another question", (_, other) => {
  expect(other).not.toBe(key());
});

test("an evaluation depends on its tree and not on the other side, the day or the threshold", () => {
  const of = (r: CheckRequest, today = "2026-01-01") => evaluationKey(r, after, "", { ...identity, today });
  expect(of({ ...request, failOn: "never", client: "2.1.197" }, "2026-01-02")).toBe(of(request));
  expect(evaluationKey(request, after, "sub", identity)).not.toBe(of(request));
  expect(of({ ...request, trust: "untrusted" })).not.toBe(of(request));
});
