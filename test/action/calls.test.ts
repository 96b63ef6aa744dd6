import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { formatMarker } from "../../src/github/marker.ts";
import type { Report } from "../../src/model/report.ts";
import { digestOf } from "../../src/report/build.ts";
import { BOT, type Fault, type GitHubState, startGitHub } from "../github/server.ts";
import { BLOCKED } from "../render/sample-report.ts";
import { createDirectory, openRepository } from "../support/repository.ts";
import { pageOf, type Row } from "./calls-page.ts";
import {
  dispatchPayload,
  mergeGroupPayload,
  type PullRequestFacts,
  pullRequestPayload,
  pushPayload,
  reviewPayload,
  schedulePayload,
  workflowRunPayload,
} from "./payloads.ts";
import { createWorld, runStep, type Step, type World } from "./world.ts";

/** Under which the comment of a step without inputs goes: that of the flake at the root, at `claudeContext`. */
const KEY = createHash("sha256").update('[[],["claudeContext"]]').digest("hex").slice(0, 16);
const LIST = "issues/list-comments";
const CREATE = "issues/create-comment";

const ORDERS = "::error::x\n<!-- nixclaude-comment --> @everyone #1 --> ``` \u001b[2J\u202e";

const settings = (...allow: string[]) => ({
  ".claude/settings.json": JSON.stringify({ permissions: { allow } }, null, 2),
});

let widened: World;
let same: World;
let thousand: World;
beforeAll(() => {
  widened = createWorld(settings("Bash(git status)"), settings("Bash(git *)"));
  same = createWorld(settings("Bash(git status)"), { "README.md": "hello\n" });
  const many = Array.from({ length: 1000 }, (_, index) => `Bash(make target-${index})`);
  thousand = createWorld(settings("Bash(git status)"), settings("Bash(git status)", ...many));
  // No job shares its checkout with another; here many do at once, and only one could fetch.
  for (const { checkout, base, head } of [widened, same, thousand]) {
    openRepository(checkout).git("fetch", "-q", "--depth=1", "origin", base, head);
  }
});

const own = (id: number, run: number, body = "earlier\n") => ({
  id,
  login: BOT,
  body: formatMarker({ key: KEY, head: "a".repeat(40), run, attempt: 1 }) + body,
});
const failing = (operation: string, ...faults: Fault[]) => ({
  faults: faults.map((fault) => ({ operation, fault })),
});
const status = (code: number, headers: Record<string, string> = {}, message = "a fault"): Fault => ({
  kind: "status",
  status: code,
  headers,
  message,
});

type Given = Partial<Step> & { state?: Partial<GitHubState>; world?: World };

function onPullRequest(given: Given & { facts?: Partial<PullRequestFacts>; action?: string } = {}): Given {
  const { world = widened, facts = {}, action = "synchronize" } = given;
  return {
    event: "pull_request",
    payload: pullRequestPayload(action, { head: world.head, base: world.base, ...facts }),
    sha: world.merge,
    ref: "refs/pull/7/merge",
    workspace: world.checkout,
    ...given,
  };
}

const elsewhere = (given: Given): Given => ({
  sha: widened.merge,
  ref: "refs/heads/main",
  workspace: widened.checkout,
  ...given,
});

const fork = () => ({ number: 7, sha: widened.head, branch: "feature", repository: "mallory/shop" });
const approvals = { "fail-on": "warning", "approval-teams": "grace\nacme/platform" };
const review = (login: string) => ({ login, state: "APPROVED", commit: widened.head });

function afterWorkflow(given: Given): Given {
  const directory = createDirectory("nixclaude-report-");
  const report: Report = { ...BLOCKED, digest: digestOf(BLOCKED) };
  writeFileSync(join(directory, "report.json"), JSON.stringify(report));
  return {
    bundle: "comment",
    event: "workflow_run",
    payload: workflowRunPayload({ head_sha: widened.head }),
    inputs: { report: join(directory, "report.json") },
    workspace: directory,
    ...given,
  };
}

const SITUATIONS: [event: string, situation: string, given: () => Given][] = [
  ["pull_request", "wider, first run", () => onPullRequest()],
  [
    "pull_request",
    "the same again in a later run",
    () => onPullRequest({ state: { comments: [own(1, 9)] } }),
  ],
  ["pull_request", "nothing changed, never commented", () => onPullRequest({ world: same })],
  [
    "pull_request",
    "nothing changed any more",
    () => onPullRequest({ world: same, state: { comments: [own(1, 9)] } }),
  ],
  ["pull_request", "blocked", () => onPullRequest({ inputs: { "fail-on": "warning" } })],
  ["pull_request", "`comment: never`", () => onPullRequest({ inputs: { comment: "never" } })],
  ["pull_request", "no token", () => onPullRequest({ inputs: { "github-token": "" } })],
  ["pull_request", "the token has expired", () => onPullRequest({ state: failing(LIST, status(401)) })],
  [
    "pull_request",
    "the token may only read",
    () => onPullRequest({ state: { forbidden: [CREATE] }, facts: { headRepository: "mallory/shop" } }),
  ],
  [
    "pull_request",
    "a body that GitHub finds too large",
    () => onPullRequest({ state: { maxBodyCharacters: 1500 } }),
  ],
  ["pull_request", "500, then fine", () => onPullRequest({ state: failing(LIST, status(500)) })],
  [
    "pull_request",
    "502 while the comment is made",
    () => onPullRequest({ state: failing(CREATE, status(502)) }),
  ],
  [
    "pull_request",
    "secondary rate limit, `Retry-After: 1`",
    () =>
      onPullRequest({
        state: failing(
          CREATE,
          status(403, { "retry-after": "1" }, "You have exceeded a secondary rate limit"),
        ),
      }),
  ],
  [
    "pull_request",
    "`Retry-After: 3600`",
    () => onPullRequest({ state: failing(LIST, status(429, { "retry-after": "3600" })) }),
  ],
  [
    "pull_request",
    "the line is cut in the middle of a page",
    () => onPullRequest({ state: { comments: [own(1, 9)], ...failing(LIST, { kind: "cut" }) } }),
  ],
  [
    "pull_request",
    "the line is cut after the comment was made",
    () => onPullRequest({ state: failing(CREATE, { kind: "cut" }) }),
  ],
  [
    "pull_request",
    "the API does not answer for 15 s",
    () => onPullRequest({ state: failing(LIST, { kind: "silence" }) }),
  ],
  [
    "pull_request",
    "a later run has commented",
    () => onPullRequest({ state: { comments: [own(1, 11, "newer\n")] } }),
  ],
  [
    "pull_request",
    "an older run writes in between",
    () =>
      onPullRequest({
        state: {
          comments: [own(1, 8)],
          ...failing("issues/update-comment", {
            kind: "meanwhile",
            // It is answered, and overwritten before the next reading.
            act: ({ faults, comments }) => {
              const overwrite = () => {
                comments[0]!.body = own(1, 9, "older\n").body;
              };
              faults.push({ operation: LIST, fault: { kind: "meanwhile", act: overwrite } });
            },
          }),
        },
      }),
  ],
  [
    "pull_request",
    "a person has edited the comment",
    () => onPullRequest({ state: { comments: [own(1, 9, "LGTM, merge it\n")] } }),
  ],
  [
    "pull_request",
    "a stranger's comment with the marker",
    () => onPullRequest({ state: { comments: [{ ...own(1, 99), login: "mallory" }] } }),
  ],
  [
    "pull_request",
    "two comments of its own",
    () => onPullRequest({ state: { comments: [own(1, 8), own(2, 9)] } }),
  ],
  [
    "pull_request",
    "250 other comments before its own",
    () =>
      onPullRequest({
        state: {
          comments: [
            ...Array.from({ length: 250 }, (_, index) => ({ id: index + 1, login: "ada", body: "hello" })),
            own(300, 9),
          ],
        },
      }),
  ],
  [
    "pull_request",
    "the fork is gone",
    () => onPullRequest({ action: "labeled", facts: { headRepository: null } }),
  ],
  [
    "pull_request",
    "the base commit is gone after a force-push",
    () => onPullRequest({ ref: "refs/heads/feature", facts: { base: "d".repeat(40) } }),
  ],
  ["pull_request", "1,000 changes", () => onPullRequest({ world: thousand })],
  [
    "pull_request",
    "title, branch and author that give orders",
    () => onPullRequest({ facts: { title: ORDERS, branch: ORDERS, author: ORDERS } }),
  ],
  [
    "pull_request",
    "blocked, approved by a review",
    () => onPullRequest({ inputs: approvals, state: { reviews: [review("grace")] } }),
  ],
  [
    "pull_request",
    "blocked, approved by a team's member",
    () =>
      onPullRequest({
        inputs: approvals,
        state: { reviews: [review("alan")], teams: { "acme/platform": ["alan"] } },
      }),
  ],
  [
    "pull_request (labeled)",
    "blocked, approved by the label",
    () =>
      onPullRequest({
        action: "labeled",
        inputs: { "fail-on": "warning", "approval-label": "ok" },
        state: {
          labels: [{ event: "labeled", name: "ok", login: "grace", at: "2026-11-01T10:00:00Z" }],
          runs: ["2026-11-01T09:59:00Z", "2026-11-01T10:00:05Z"].map((createdAt, id) => ({
            id,
            createdAt,
            headSha: widened.head,
            branch: "feature",
            path: ".github/workflows/claude.yml",
            repository: "acme/shop",
          })),
        },
      }),
  ],
  [
    "pull_request_review",
    "the approval was dismissed",
    () => ({
      ...onPullRequest({
        inputs: approvals,
        state: { comments: [own(1, 9)], reviews: [{ ...review("grace"), state: "DISMISSED" }] },
      }),
      event: "pull_request_review",
      payload: reviewPayload("dismissed", { head: widened.head, base: widened.base }),
    }),
  ],
  [
    "pull_request_target",
    "refused",
    () => ({ ...onPullRequest({ action: "opened" }), event: "pull_request_target", sha: widened.base }),
  ],
  [
    "pull_request_target",
    "`allow-untrusted-head: true`",
    () => ({
      ...onPullRequest({ action: "opened", inputs: { "allow-untrusted-head": "true" } }),
      event: "pull_request_target",
      sha: widened.base,
    }),
  ],
  ["push", "wider", () => elsewhere({ event: "push", payload: pushPayload(widened.base, widened.merge) })],
  [
    "push",
    "the branch was deleted",
    () => elsewhere({ event: "push", payload: pushPayload(widened.base, "0".repeat(40)) }),
  ],
  [
    "merge_group",
    "wider",
    () => elsewhere({ event: "merge_group", payload: mergeGroupPayload(widened.base, widened.merge) }),
  ],
  [
    "merge_group",
    "blocked, approved by a review",
    () =>
      elsewhere({
        event: "merge_group",
        payload: mergeGroupPayload(widened.base, widened.merge),
        inputs: approvals,
        state: { pullRequests: [{ ...fork(), repository: "acme/shop" }], reviews: [review("grace")] },
      }),
  ],
  ["schedule", "nothing changed", () => elsewhere({ event: "schedule", payload: schedulePayload() })],
  ["workflow_dispatch", "wider", () => elsewhere({ event: "workflow_dispatch", payload: dispatchPayload() })],
  [
    "pull_request",
    "the payload holds no pull request",
    () => onPullRequest({ payload: { action: "opened" } }),
  ],
  [
    "workflow_run",
    "a fork's report, blocked",
    () => elsewhere(afterWorkflow({ state: { pullRequests: [fork()] } })),
  ],
  [
    "workflow_run",
    "the head has moved on",
    () => elsewhere(afterWorkflow({ state: { pullRequests: [{ ...fork(), sha: "b".repeat(40) }] } })),
  ],
  [
    "workflow_run",
    "of a push",
    () =>
      elsewhere(afterWorkflow({ payload: workflowRunPayload({ head_sha: widened.head, event: "push" }) })),
  ],
];

/** Runs one step against a GitHub of its own, and tells what that one saw. */
async function observe([event, situation, given]: (typeof SITUATIONS)[number]): Promise<Row> {
  const { state = {}, ...step } = given();
  const server = await startGitHub(state);
  // The reading ahead comes or does not come in time: without it, the order below is always the same.
  const isAhead = step.bundle === undefined;
  if (isAhead) server.state.faults.unshift({ operation: LIST, fault: { kind: "reset" } });
  try {
    const { status: exit, stdout } = await runStep({ ...(step as Step), apiUrl: server.url });
    const [first, ...rest] = server.calls;
    const calls = isAhead && first?.operation === LIST ? rest : server.calls;
    const comments = server.state.comments.filter(({ login }) => login !== "ada");
    for (const { body } of comments) expect(body.length).toBeLessThan(60_200);
    return { event, situation, exit, calls, comments, said: stdout };
  } finally {
    await server.close();
  }
}

describe("what GitHub receives", () => {
  const rows = new Map<string, Row>();

  // Most of the time is spent waiting for other processes.
  test.concurrent.each(SITUATIONS)("%s: %s", async (...row) => {
    rows.set(row.slice(0, 2).join(), await observe(row));
  });

  test("is as the page says (`npx vitest run test/action/calls.test.ts -u` writes it)", async () => {
    const inOrder = SITUATIONS.map(([event, situation]) => rows.get(`${event},${situation}`)!);
    await expect(pageOf(inOrder)).toMatchFileSnapshot("../../docs/action-calls.md");
  });
});
