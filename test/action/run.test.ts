import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { BOT, type GitHubServer, type GitHubState, startGitHub } from "../github/server.ts";
import { openRepository } from "../support/repository.ts";
import {
  dispatchPayload,
  mergeGroupPayload,
  pullRequestPayload,
  pushPayload,
  schedulePayload,
} from "./payloads.ts";
import { checkOut, createWorld, runStep, type Step, type World } from "./world.ts";

// The client's own files need no Nix, so that what is seen here is the Action alone; test/action/flake.test.ts has both.
const settings = (...allow: string[]) => ({
  ".claude/settings.json": JSON.stringify({ permissions: { allow } }, null, 2),
});

let widened: World;
let same: World;
beforeAll(() => {
  widened = createWorld(settings("Bash(git status)"), settings("Bash(git *)"));
  same = createWorld(settings("Bash(git status)"), { "README.md": "hello\n" });
});

let server: GitHubServer;
afterEach(() => server?.close());

const pullRequest = (world: World, headRepository = "acme/shop") =>
  pullRequestPayload("synchronize", { head: world.head, base: world.base, headRepository });

async function onPullRequest(world: World, state: Partial<GitHubState> = {}, step: Partial<Step> = {}) {
  server = await startGitHub(state);
  return runStep({
    event: "pull_request",
    payload: pullRequest(world),
    sha: world.merge,
    ref: "refs/pull/7/merge",
    workspace: world.checkout,
    apiUrl: server.url,
    ...step,
  });
}

const texts = () => server.state.comments.map(({ body }) => body);

describe("a pull request that widens", () => {
  test("is told in summary, annotations, outputs, files and comment, with no inputs at all", async () => {
    const { status, summary, stdout, outputs } = await onPullRequest(widened);
    expect(status).toBe(0);
    expect(summary).toContain("## Claude's behavior: passed with warnings");
    expect(stdout).toMatch(
      /^::warning file=\.claude\/settings\.json,line=\d+,col=\d+,title=nixclaude%3A approval-widened::/m,
    );
    expect(stdout).toMatch(/^::notice title=nixclaude%3A /m);
    expect(outputs).toMatchObject({
      verdict: "warn",
      widened: "true",
      changes: "1",
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain("`Bash(git *)`");
    expect(texts()[0]).toContain(`Checked ${widened.head.slice(0, 12)}.`);
  });

  test("fails the step where warnings do", async () => {
    const { status, outputs } = await onPullRequest(widened, {}, { inputs: { "fail-on": "warning" } });
    expect(status).toBe(1);
    expect(outputs.verdict).toBe("block");
  });

  test("is approved by a review of exactly this commit", async () => {
    const { status, summary } = await onPullRequest(
      widened,
      { reviews: [{ login: "grace", state: "APPROVED", commit: widened.head }] },
      { inputs: { "fail-on": "warning", "approval-teams": "grace" } },
    );
    expect(status).toBe(0);
    expect(summary).toContain("approved by grace (review, `2026-11-01T10:00:00Z`)");
  });

  test("writes SARIF where nobody else can have put a link", async () => {
    const { outputs } = await onPullRequest(widened, {}, { inputs: { sarif: "../../../x.sarif" } });
    expect(outputs.sarif).toMatch(/\/nixclaude\/x\.sarif$/);
    expect(JSON.parse(readFileSync(outputs.sarif!, "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(JSON.parse(readFileSync(outputs.report!, "utf8"))).toMatchObject({ verdict: "warn" });
  });

  test("writes the page beside it", async () => {
    const { outputs } = await onPullRequest(widened, {}, { inputs: { html: "true" } });
    expect(outputs.html).toMatch(/\/nixclaude\/nixclaude\.html$/);
    expect(readFileSync(outputs.html!, "utf8")).toContain("<h1>Claude&apos;s behavior: ");
  });

  test("leaves checkout, branches and index as they were", async () => {
    const fresh = checkOut(widened.origin, "refs/pull/7/merge");
    const before = openRepository(fresh);
    const refs = before.git("for-each-ref");
    await onPullRequest(widened, {}, { workspace: fresh });
    expect(before.git("for-each-ref")).toBe(refs);
    expect(before.git("status", "--porcelain")).toBe("");
    expect(existsSync(`${fresh}/.git/FETCH_HEAD`)).toBe(true);
  });
});

describe("a pull request that changes nothing", () => {
  test("is not commented on", async () => {
    const { status, outputs } = await onPullRequest(same);
    expect({ status, verdict: outputs.verdict, widened: outputs.widened }).toEqual({
      status: 0,
      verdict: "pass",
      widened: "false",
    });
    expect(texts()).toEqual([]);
  });

  test("turns an earlier comment into one line", async () => {
    await onPullRequest(widened);
    const [written] = server.state.comments;
    await server.close();
    const body = written!.body.replace(/run=\d+/, "run=9");
    await onPullRequest(same, { comments: [{ ...written!, body }] });
    expect(texts()).toHaveLength(1);
    expect(texts()[0]!.split("\n").slice(1)).toEqual([
      `No change in what Claude is told or may do at ${same.head.slice(0, 12)}. [The run](https://github.example/acme/shop/actions/runs/10)`,
      "",
    ]);
  });
});

describe("when to comment", () => {
  test.each([
    ["always", "same", 1],
    ["changes", "same", 0],
    ["failure", "widened", 0],
    ["never", "widened", 0],
  ])("comment: %s, and a pull request that is %s", async (comment, which, count) => {
    await onPullRequest(which === "same" ? same : widened, {}, { inputs: { comment } });
    expect(texts()).toHaveLength(count);
  });
});

describe("what GitHub does not allow or do", () => {
  test.each<[string, Partial<GitHubState>, Partial<Step>]>([
    ["a token that may only read", { forbidden: ["issues/create-comment"] }, {}],
    ["no token", {}, { inputs: { "github-token": "" } }],
    ["an API that is not there", {}, { apiUrl: "http://127.0.0.1:9" }],
    [
      "an API that always fails",
      {
        faults: Array.from({ length: 9 }, () => ({
          operation: "issues/list-comments",
          fault: { kind: "status", status: 404 },
        })),
      },
      {},
    ],
  ])("%s is a notice, and the verdict stands", async (_, state, step) => {
    const { status, stdout, summary } = await onPullRequest(widened, state, step);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^::notice title=nixclaude::/m);
    expect(summary).toContain("`Bash(git *)`");
    expect(texts()).toEqual([]);
  });
});

test("two runs at once end with one comment, that of the later one", async () => {
  server = await startGitHub();
  const run = (id: string) =>
    runStep({
      event: "pull_request",
      payload: pullRequest(widened),
      sha: widened.merge,
      ref: "refs/pull/7/merge",
      workspace: checkOut(widened.origin, "refs/pull/7/merge"),
      apiUrl: server.url,
      env: { GITHUB_RUN_ID: id },
    });
  const both = await Promise.all([run("21"), run("20")]);
  expect(both.map(({ status }) => status)).toEqual([0, 0]);
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toMatch(/^<!-- nixclaude-comment .* run=21 /);
});

test("behind a proxy, GitHub is asked and told through it", async () => {
  server = await startGitHub();
  const { port } = new URL(server.url);
  const tunnels: string[] = [];
  const proxy = createServer().on("connect", (request, client) => {
    tunnels.push(request.url ?? "");
    const api = connect(Number(port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      api.pipe(client).pipe(api);
    });
    api.on("error", () => client.destroy());
    client.on("error", () => api.destroy());
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  const { port: proxyPort } = proxy.address() as AddressInfo;
  const env = {
    GITHUB_API_URL: "http://api.github.example",
    http_proxy: `http://127.0.0.1:${proxyPort}`,
  };
  const { status } = await runStep({
    event: "pull_request",
    payload: pullRequest(widened),
    sha: widened.merge,
    ref: "refs/pull/7/merge",
    workspace: widened.checkout,
    env,
  });
  proxy.close();
  expect(status).toBe(0);
  expect(new Set(tunnels)).toEqual(new Set(["api.github.example:80"]));
  expect(texts()).toHaveLength(1);
});

describe("other events", () => {
  const of = async (step: Pick<Step, "event" | "payload"> & Partial<Step>) => {
    server = await startGitHub();
    const result = await runStep({
      sha: widened.merge,
      ref: "refs/heads/main",
      workspace: widened.checkout,
      apiUrl: server.url,
      ...step,
    });
    // Nobody is spoken to where there is no pull request.
    expect(server.calls).toEqual([]);
    return result;
  };

  test("a push is held against what was there before, fetched when it is missing", async () => {
    const workspace = checkOut(widened.origin, "refs/heads/feature");
    const { status, outputs } = await of({
      event: "push",
      payload: pushPayload(widened.base, widened.head, "refs/heads/feature"),
      workspace,
    });
    expect({ status, widened: outputs.widened }).toEqual({ status: 0, widened: "true" });
  });

  test("a base that is gone after a force-push could not be told, which is not a pass", async () => {
    const { status, outputs, stdout } = await of({
      event: "push",
      payload: pushPayload("d".repeat(40), widened.merge),
    });
    expect({ status, verdict: outputs.verdict }).toEqual({ status: 3, verdict: "undecided" });
    expect(stdout).toMatch(/^::error title=nixclaude could not tell::The remote did not give commit d{40}/m);
  });

  test("a merge group", async () => {
    const payload = mergeGroupPayload(widened.base, widened.merge);
    expect((await of({ event: "merge_group", payload })).outputs.widened).toBe("true");
  });

  test("a schedule judges the state as it is", async () => {
    const { status, outputs } = await of({ event: "schedule", payload: schedulePayload() });
    expect({ status, changes: outputs.changes }).toEqual({ status: 0, changes: "0" });
  });

  test("by hand", async () => {
    expect((await of({ event: "workflow_dispatch", payload: dispatchPayload() })).outputs.widened).toBe(
      "true",
    );
  });

  test("pull_request_target is refused, with the reason", async () => {
    const { status, stdout } = await of({
      event: "pull_request_target",
      payload: pullRequest(widened, "mallory/shop"),
      sha: widened.base,
    });
    expect(status).toBe(2);
    expect(stdout).toContain("the head of the pull request is a stranger's code");
  });

  test("a branch that was deleted is nothing to check", async () => {
    const payload = pushPayload(widened.base, "0".repeat(40));
    const { status, stdout } = await of({ event: "push", payload });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "::notice title=nixclaude::Nothing to check: the branch or tag was deleted.\n",
    });
  });

  test("inputs that nobody understands", async () => {
    const { status, stdout } = await of({
      event: "push",
      payload: pushPayload(widened.base, widened.merge),
      inputs: { "fail-on": "eror" },
    });
    expect(status).toBe(2);
    expect(stdout).toContain('Did you mean "error"?');
  });
});

describe("what strangers write", () => {
  test("gives no orders to the runner, and stays text in the comment", async () => {
    const hostile = createWorld(
      settings("Bash(git status)"),
      settings("Bash(git status)", "Bash(x\n::error::@everyone <!-- nixclaude-comment --> ```\u202e #1 *)"),
    );
    const { stdout, summary } = await onPullRequest(hostile);
    const orders = stdout.split("\n").filter((line) => /^\s*::/.test(line));
    expect(orders.every((line) => /^::(?:warning|error|notice) (?:file|title)=/.test(line))).toBe(true);
    for (const written of [summary, ...texts().map((body) => body.split("\n").slice(1).join("\n"))]) {
      expect(written).not.toMatch(/^(?:::|<!-- nixclaude-comment)|\u202e/m);
    }
    expect(server.state.comments.map(({ login }) => login)).toEqual([BOT]);
  });
});
