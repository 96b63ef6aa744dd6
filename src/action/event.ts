import { type Json, textAt, valueAt } from "../model/json.ts";

/** What the runner says of the run: variables of its environment and the event's payload. */
export interface RunFacts {
  /** `GITHUB_EVENT_NAME`. */
  name: string;
  payload: Json;
  /** `GITHUB_SHA`: of a pull request the merge commit, of `pull_request_target` the base. */
  sha: string;
  /** `GITHUB_REF`. */
  ref: string;
}

/** One end by commit id, or by the first parent of a commit. */
export type End = { kind: "commit"; id: string } | { kind: "first-parent"; of: string } | { kind: "none" };

export interface PullRequest {
  number: number;
  headSha: string;
  headBranch: string;
  /** `owner/name`; null: the fork was deleted. */
  headRepository: string | null;
  author: string;
  isFork: boolean;
}

/** Pull requests that a merge queue tries together, by what the queue's own branch holds. */
export interface MergeGroup {
  baseSha: string;
  /** `main` */
  baseBranch: string;
  headSha: string;
}

/** What an event asks for. */
export type Situation =
  | {
      kind: "check";
      base: End;
      head: End & { kind: "commit" };
      trust: "trusted" | "untrusted";
      pullRequest: PullRequest | null;
      mergeGroup: MergeGroup | null;
    }
  /** The state as it is, held against the newest of what the organisation says. */
  | { kind: "drift"; head: End & { kind: "commit" } }
  | { kind: "nothing"; because: string }
  | { kind: "refused"; code: string; because: string; hint: string };

/** What of the inputs decides about it. */
export interface EventOptions {
  allowUntrustedHead: boolean;
}

const NO_COMMIT = /^0+$/;
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Finds both ends, and whom to trust. Everything in the payload besides ids is text that strangers write. */
export function situationOf(facts: RunFacts, options: EventOptions): Situation {
  switch (facts.name) {
    case "pull_request":
    case "pull_request_review":
      return ofPullRequest(facts);
    case "pull_request_target":
      return ofPullRequestTarget(facts, options);
    case "push":
      return ofPush(facts);
    case "merge_group":
      return ofMergeGroup(facts);
    case "schedule":
      return { kind: "drift", head: commit(facts.sha) };
    case "workflow_dispatch":
      return {
        kind: "check",
        base: { kind: "first-parent", of: facts.sha },
        head: commit(facts.sha),
        trust: "trusted",
        pullRequest: null,
        mergeGroup: null,
      };
    default:
      return {
        kind: "refused",
        code: "event-unknown",
        because: `an event "${facts.name}" does not say what to compare`,
        hint: "Name both ends with the inputs `base` and `head`.",
      };
  }
}

/** The merge commit is what would be on the branch; its first parent is what is there now. */
function ofPullRequest(facts: RunFacts): Situation {
  const pullRequest = pullRequestOf(facts.payload);
  if (pullRequest === null) return incomplete(facts, "a pull request");
  const isMerge = facts.ref === `refs/pull/${pullRequest.facts.number}/merge` && COMMIT.test(facts.sha);
  const { facts: known, baseSha } = pullRequest;
  return {
    kind: "check",
    base: isMerge ? { kind: "first-parent", of: facts.sha } : commit(baseSha),
    head: commit(isMerge ? facts.sha : known.headSha),
    trust: known.isFork ? "untrusted" : "trusted",
    pullRequest: known,
    mergeGroup: null,
  };
}

function ofPullRequestTarget(facts: RunFacts, { allowUntrustedHead }: EventOptions): Situation {
  const pullRequest = pullRequestOf(facts.payload);
  if (pullRequest === null) return incomplete(facts, "a pull request");
  if (!allowUntrustedHead) {
    return {
      kind: "refused",
      code: "untrusted-head",
      because:
        "pull_request_target runs with this repository's secrets and a token that may write, and the head of the pull request is a stranger's code",
      hint: "Use the event pull_request (and comment from a workflow_run job), or set allow-untrusted-head: true in a job that has no secrets.",
    };
  }
  return {
    kind: "check",
    base: commit(pullRequest.baseSha),
    head: commit(pullRequest.facts.headSha),
    trust: "untrusted",
    pullRequest: pullRequest.facts,
    mergeGroup: null,
  };
}

function ofPush(facts: RunFacts): Situation {
  const after = textAt(facts.payload, "after");
  const before = textAt(facts.payload, "before");
  if (after === null || before === null) return incomplete(facts, "a push");
  if (NO_COMMIT.test(after)) return { kind: "nothing", because: "the branch or tag was deleted" };
  if (!COMMIT.test(after)) return incomplete(facts, "a push");
  // A new branch has no commit of its own before: what it adds to its first parent is all that can be said.
  const base: End = NO_COMMIT.test(before) ? { kind: "first-parent", of: after } : commit(before);
  return { kind: "check", base, head: commit(after), trust: "trusted", pullRequest: null, mergeGroup: null };
}

function ofMergeGroup(facts: RunFacts): Situation {
  const base = textAt(facts.payload, "merge_group", "base_sha");
  const head = textAt(facts.payload, "merge_group", "head_sha");
  if (base === null || head === null || !COMMIT.test(base) || !COMMIT.test(head)) {
    return incomplete(facts, "a merge group");
  }
  const baseBranch = (textAt(facts.payload, "merge_group", "base_ref") ?? "").replace(/^refs\/heads\//, "");
  return {
    kind: "check",
    base: commit(base),
    head: commit(head),
    trust: "trusted",
    pullRequest: null,
    mergeGroup: { baseSha: base, baseBranch, headSha: head },
  };
}

function pullRequestOf(payload: Json): { facts: PullRequest; baseSha: string } | null {
  const number = valueAt(payload, "pull_request", "number");
  const headSha = textAt(payload, "pull_request", "head", "sha");
  const baseSha = textAt(payload, "pull_request", "base", "sha");
  const baseRepository = textAt(payload, "pull_request", "base", "repo", "full_name");
  const headRepository = textAt(payload, "pull_request", "head", "repo", "full_name");
  if (typeof number !== "number" || !Number.isSafeInteger(number)) return null;
  if (headSha === null || baseSha === null || !COMMIT.test(headSha) || !COMMIT.test(baseSha)) return null;
  return {
    baseSha,
    facts: {
      number,
      headSha,
      headBranch: textAt(payload, "pull_request", "head", "ref") ?? "",
      headRepository,
      author: textAt(payload, "pull_request", "user", "login") ?? "",
      // A fork that is gone was a fork.
      isFork: headRepository === null || headRepository !== baseRepository,
    },
  };
}

function incomplete({ name }: RunFacts, what: string): Situation {
  return {
    kind: "refused",
    code: "event-incomplete",
    because: `the payload of the event ${name} holds no ${what.replace(/^an? /, "")}`,
    hint: "Name both ends with the inputs `base` and `head`.",
  };
}

function commit(id: string): { kind: "commit"; id: string } {
  return { kind: "commit", id };
}
