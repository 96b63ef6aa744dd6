import { expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { RULES } from "../../src/rules/index.ts";
import { findingsOf } from "./support.ts";

const GIT: JsonObject = { permissions: { allow: ["Bash(git *)"] } };

test("what stood there before is not introduced, what is new is", () => {
  const introduced = (before: JsonObject, after: JsonObject) =>
    findingsOf({ before, after })
      .filter(({ rule }) => rule === "arbitrary-code-approved")
      .map((finding) => finding.introduced);
  expect(introduced(GIT, GIT)).toEqual([false]);
  expect(introduced({}, GIT)).toEqual([true]);
  expect(introduced(GIT, { permissions: { allow: ["Bash(npx *)", "Bash(git:*)"] } })).toEqual([true, true]);
});

test("without a change, no finding judges one", () => {
  const findings = findingsOf({ before: GIT, after: GIT });
  expect(findings.filter(({ change }) => change !== undefined)).toEqual([]);
});

test("a finding keeps its fingerprint when its rule moves in the list", () => {
  const fingerprint = (allow: string[]) =>
    findingsOf({ after: { permissions: { allow } } }).find(
      ({ rule, subject }) => rule === "arbitrary-code-approved" && subject.rule === "Bash(git *)",
    )?.fingerprint;
  expect(fingerprint(["Bash(git *)"])).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprint(["WebSearch", "Bash(git *)"])).toBe(fingerprint(["Bash(git *)"]));
});

test("a rule that stands there twice is one finding", () => {
  const findings = findingsOf({
    after: { permissions: { allow: ["Bash(git *)", "Bash(git:*)", "Bash(git *)"] } },
  });
  const subjects = findings
    .filter(({ rule }) => rule === "arbitrary-code-approved")
    .map(({ subject }) => subject.rule);
  expect(subjects).toEqual(["Bash(git *)", "Bash(git:*)"]);
});

test("a list element that does not fit keeps its fingerprint when it moves, and two of them are both shown", () => {
  const problems = (...allow: (string | number)[]) =>
    findingsOf({ after: { permissions: { allow } } }).filter(({ rule }) => rule === "schema-invalid");
  expect(problems(1)[0]?.fingerprint).toBe(problems("WebFetch", 1)[0]?.fingerprint);
  expect(problems(1, 1)).toHaveLength(2);
});

test("two different hooks at one event are two fingerprints, so that approving one does not approve the other", () => {
  const hook = (command: string) => ({ hooks: [{ type: "command", command }] });
  const findings = findingsOf({ before: {}, after: { hooks: { Stop: [hook("a"), hook("b")] } } });
  const added = findings.filter(({ rule }) => rule === "hook-added");
  expect(new Set(added.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test("findings come in a fixed order, whatever the order of what they are about", () => {
  const after = (names: string[]): JsonObject => ({
    mcpServers: Object.fromEntries(names.map((name) => [name, { command: "npx", args: [name] }])),
  });
  const ids = (names: string[]) =>
    findingsOf({ before: {}, after: after(names) }).map(({ fingerprint }) => fingerprint);
  expect(ids(["a", "b", "c"])).toEqual(ids(["c", "a", "b"]));
});

test("every finding says what, where and what next", () => {
  const findings = RULES.flatMap(({ examples }) => examples.fires.flatMap(findingsOf));
  for (const { message, help, source } of findings) {
    expect(message).toMatch(/^[A-Z`].*[.?]$/s);
    expect(help).toMatch(/^[A-Z].*\.$/s);
    expect(source).toBe("builtin");
  }
});

test("widening alone warns; drift of policies, and whatever blinds the gate, is an error", () => {
  expect(RULES.filter(({ severity }) => severity === "error").map(({ id }) => id)).toEqual([
    "artifact-drift",
    "bypass-enabled",
    "client-disagrees",
    "context-removed",
    "list-dropped",
    "lock-date-changed",
    "lock-follows-changed",
    "lock-hash-changed",
    "lock-input-unlocked",
    "lock-node-dangling",
    "lock-original-mismatch",
    "lock-source-redirected",
    "lock-value-hidden",
    "policy-removed",
    "schema-invalid",
  ]);
});
