import { describe, expect, test } from "vitest";
import { type RunFacts, situationOf } from "../../src/action/event.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { payloadProblems } from "./payloads.ts";

const MERGE = "a".repeat(40);
const HEAD = "b".repeat(40);
const BASE = "c".repeat(40);
const ZERO = "0".repeat(40);

function pullRequest(headRepository: string | null = "acme/shop"): JsonObject {
  return {
    number: 7,
    pull_request: {
      number: 7,
      user: { login: "ada" },
      head: {
        sha: HEAD,
        ref: "feature",
        repo: headRepository === null ? null : { full_name: headRepository },
      },
      base: { sha: BASE, ref: "main", repo: { full_name: "acme/shop" } },
    },
  };
}

function situation(name: string, payload: Json, facts: Partial<RunFacts> = {}, allowUntrustedHead = false) {
  return situationOf(
    { name, payload, sha: MERGE, ref: "refs/pull/7/merge", ...facts },
    { allowUntrustedHead },
  );
}

const commit = (id: string) => ({ kind: "commit", id });
const parentOf = (of: string) => ({ kind: "first-parent", of });

describe("payloads are as GitHub describes them", () => {
  test.each<[string, Json]>([
    ["pull-request-opened", { action: "opened", ...pullRequest() }],
    ["pull-request-synchronize", { action: "synchronize", before: BASE, after: HEAD, ...pullRequest() }],
    ["pull-request-review-submitted", { action: "submitted", ...pullRequest() }],
    ["push", { before: BASE, after: HEAD, ref: "refs/heads/main" }],
    [
      "merge-group-checks-requested",
      { action: "checks_requested", merge_group: { base_sha: BASE, head_sha: HEAD } },
    ],
  ])("%s", (event, payload) => {
    expect(payloadProblems(event, payload)).toEqual([]);
  });

  test("and the check notices one that is not", () => {
    expect(payloadProblems("push", { before: 7 })).not.toEqual([]);
  });
});

describe("what is compared", () => {
  test.each<[string, ReturnType<typeof situation>, Record<string, unknown>]>([
    [
      "of a pull request: the merge commit against the commit it would be merged into",
      situation("pull_request", { action: "opened", ...pullRequest() }),
      { base: parentOf(MERGE), head: commit(MERGE), trust: "trusted" },
    ],
    [
      "of a review: the same",
      situation("pull_request_review", { action: "submitted", ...pullRequest() }),
      { base: parentOf(MERGE), head: commit(MERGE) },
    ],
    [
      "of a pull request without a merge commit: its head against its base",
      situation("pull_request", pullRequest(), { ref: "refs/heads/feature" }),
      { base: commit(BASE), head: commit(HEAD) },
    ],
    [
      "of a fork's pull request: the same, trusting nothing",
      situation("pull_request", pullRequest("mallory/shop")),
      { head: commit(MERGE), trust: "untrusted" },
    ],
    [
      "of a pull request whose fork was deleted: the same, trusting nothing",
      situation("pull_request", pullRequest(null)),
      { head: commit(MERGE), trust: "untrusted" },
    ],
    [
      "of a push: what came against what was there",
      situation("push", { before: BASE, after: HEAD }),
      { base: commit(BASE), head: commit(HEAD), pullRequest: null },
    ],
    [
      "of a push that made the branch: its newest commit",
      situation("push", { before: ZERO, after: HEAD }),
      { base: parentOf(HEAD), head: commit(HEAD) },
    ],
    [
      "of a merge group: the group against its base",
      situation("merge_group", { merge_group: { base_sha: BASE, head_sha: HEAD } }),
      { base: commit(BASE), head: commit(HEAD) },
    ],
    [
      "by hand: the newest commit against the one before it",
      situation("workflow_dispatch", { inputs: null }, { sha: HEAD }),
      { base: parentOf(HEAD), head: commit(HEAD) },
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toMatchObject({ kind: "check", ...expected });
  });

  test("on a schedule: the state as it is, against the newest standards", () => {
    expect(situation("schedule", { schedule: "0 5 * * 1" }, { sha: HEAD })).toEqual({
      kind: "drift",
      head: commit(HEAD),
    });
  });

  test("of a branch that was deleted: nothing", () => {
    expect(situation("push", { before: BASE, after: ZERO })).toMatchObject({ kind: "nothing" });
  });
});

describe("pull_request_target", () => {
  test("is refused, since the head is a stranger's and the token is not", () => {
    const found = situation("pull_request_target", pullRequest("mallory/shop"), { sha: BASE });
    expect(found).toMatchObject({ kind: "refused", code: "untrusted-head" });
  });

  test("is evaluated where somebody has asked for it, trusting nothing", () => {
    expect(situation("pull_request_target", pullRequest(), { sha: BASE }, true)).toMatchObject({
      kind: "check",
      base: commit(BASE),
      head: commit(HEAD),
      trust: "untrusted",
    });
  });
});

describe("what cannot be understood is refused, with what to do", () => {
  test.each<[string, string, Json]>([
    ["a pull request without one", "pull_request", {}],
    ["no payload", "pull_request", null],
    [
      "a number that is text",
      "pull_request",
      { pull_request: { ...(pullRequest().pull_request as JsonObject), number: "7" } },
    ],
    ["a push without commits", "push", { before: "main", after: "--upload-pack=x" }],
    ["a merge group without commits", "merge_group", { merge_group: {} }],
    ["an event of another kind", "issue_comment", {}],
  ])("%s", (_, name, payload) => {
    const found = situation(name, payload);
    expect(found.kind).toBe("refused");
    expect(found.kind === "refused" && found.hint).toContain("`base` and `head`");
  });
});
