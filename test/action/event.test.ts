import { describe, expect, test } from "vitest";
import { type RunFacts, situationOf } from "../../src/action/event.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import {
  dispatchPayload,
  mergeGroupPayload,
  payloadProblems,
  pullRequestPayload,
  pushPayload,
  reviewPayload,
  schedulePayload,
} from "./payloads.ts";

const MERGE = "a".repeat(40);
const HEAD = "b".repeat(40);
const BASE = "c".repeat(40);
const ZERO = "0".repeat(40);

const ends = { head: HEAD, base: BASE };
const pullRequest = (headRepository: string | null = "acme/shop") =>
  // Only of a labelled one GitHub says that its fork may be gone.
  pullRequestPayload("labeled", { ...ends, headRepository });

function situation(name: string, payload: Json, facts: Partial<RunFacts> = {}, allowUntrustedHead = false) {
  return situationOf(
    { name, payload, sha: MERGE, ref: "refs/pull/7/merge", ...facts },
    { allowUntrustedHead },
  );
}

const commit = (id: string) => ({ kind: "commit", id });
const parentOf = (of: string) => ({ kind: "first-parent", of });

describe("payloads are as GitHub describes them, whole", () => {
  test.each<[string, string, Json]>([
    ["pull_request", "pull-request-opened", pullRequestPayload("opened", ends)],
    ["pull_request", "pull-request-synchronize", pullRequestPayload("synchronize", ends)],
    ["pull_request", "pull-request-reopened", pullRequestPayload("reopened", ends)],
    ["pull_request", "pull-request-labeled", pullRequestPayload("labeled", ends)],
    ["pull_request", "pull-request-unlabeled", pullRequestPayload("unlabeled", ends)],
    ["pull_request_target", "pull-request-opened", pullRequestPayload("opened", ends)],
    ["pull_request_review", "pull-request-review-submitted", reviewPayload("submitted", ends)],
    ["pull_request_review", "pull-request-review-dismissed", reviewPayload("dismissed", ends)],
    ["push", "push", pushPayload(BASE, HEAD)],
    ["merge_group", "merge-group-checks-requested", mergeGroupPayload(BASE, HEAD)],
    ["workflow_dispatch", "workflow-dispatch", dispatchPayload()],
  ])("%s by %s is judged", (name, event, payload) => {
    expect(payloadProblems(event, payload)).toEqual([]);
    const found = situation(name, payload, {}, true);
    expect(found.kind).toBe("check");
  });

  test("and the check notices one that is not, or not whole", () => {
    expect(payloadProblems("push", { ...pushPayload(BASE, HEAD), before: 7 })).not.toEqual([]);
    const { repository: _, ...lacking } = pushPayload(BASE, HEAD);
    expect(payloadProblems("push", lacking)).not.toEqual([]);
  });
});

describe("what is compared", () => {
  test.each<[string, ReturnType<typeof situation>, Record<string, unknown>]>([
    [
      "of a pull request: the merge commit against the commit it would be merged into",
      situation("pull_request", pullRequestPayload("opened", ends)),
      { base: parentOf(MERGE), head: commit(MERGE), trust: "trusted" },
    ],
    [
      "of a review: the same",
      situation("pull_request_review", reviewPayload("submitted", ends)),
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
      situation("push", pushPayload(BASE, HEAD)),
      { base: commit(BASE), head: commit(HEAD), pullRequest: null },
    ],
    [
      "of a push that made the branch: its newest commit",
      situation("push", pushPayload(ZERO, HEAD)),
      { base: parentOf(HEAD), head: commit(HEAD) },
    ],
    [
      "of a merge group: the group against its base",
      situation("merge_group", mergeGroupPayload(BASE, HEAD)),
      {
        base: commit(BASE),
        head: commit(HEAD),
        mergeGroup: { baseSha: BASE, baseBranch: "main", headSha: HEAD },
      },
    ],
    [
      "by hand: the newest commit against the one before it",
      situation("workflow_dispatch", dispatchPayload(), { sha: HEAD }),
      { base: parentOf(HEAD), head: commit(HEAD) },
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toMatchObject({ kind: "check", ...expected });
  });

  test("on a schedule: the state as it is, against the newest standards", () => {
    expect(situation("schedule", schedulePayload(), { sha: HEAD })).toEqual({
      kind: "drift",
      head: commit(HEAD),
    });
  });

  test("of a branch that was deleted: nothing", () => {
    expect(situation("push", pushPayload(BASE, ZERO))).toMatchObject({ kind: "nothing" });
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
