import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Report } from "../../src/model/report.ts";
import { digestOf } from "../../src/report/build.ts";
import { type GitHubServer, type GitHubState, startGitHub } from "../github/server.ts";
import { BLOCKED, PASSED } from "../render/sample-report.ts";
import { createDirectory } from "../support/repository.ts";
import { NODES } from "./nodes.ts";
import { workflowRunPayload } from "./payloads.ts";
import { runStep } from "./world.ts";

const HEAD = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";

let server: GitHubServer;
afterEach(() => server?.close());

const fork = { number: 7, sha: HEAD, branch: "feature", repository: "mallory/shop" };

const workflowRun = (changes: JsonObject = {}) => workflowRunPayload({ head_sha: HEAD, ...changes });

function whole(report: Report): Report {
  return { ...report, digest: digestOf(report) };
}

async function post(
  report: unknown,
  state: Partial<GitHubState> = {},
  payload: Json = workflowRun(),
  inputs = {},
  node = process.execPath,
) {
  server = await startGitHub({ pullRequests: [fork], ...state });
  const directory = createDirectory("nixclaude-comment-");
  const file = join(directory, "report.json");
  writeFileSync(file, typeof report === "string" ? report : JSON.stringify(report));
  return runStep({
    bundle: "comment",
    event: "workflow_run",
    payload,
    sha: HEAD,
    ref: "refs/heads/main",
    workspace: directory,
    apiUrl: server.url,
    inputs: { report: file, ...inputs },
    node,
  });
}

const texts = () => server.state.comments.map(({ body }) => body);

describe("a report from a fork", () => {
  test.each(NODES)(
    "is posted on the pull request that GitHub names, on Node $version",
    async ({ program }) => {
      const { status } = await post(whole(BLOCKED), {}, workflowRun(), {}, program);
      expect(status).toBe(0);
      expect(texts()[0]).toContain("`Bash(git push --force origin main)`");
      expect(texts()[0]).toContain("The report comes from the pull request's own job");
      expect(texts()[0]).toContain("https://github.example/acme/shop/actions/runs/20");
    },
  );

  test("in which nothing differs is not posted", async () => {
    expect(
      (await post(whole({ ...PASSED, flakes: [], counts: { ...PASSED.counts, changes: 0 } }))).status,
    ).toBe(0);
    expect(texts()).toEqual([]);
  });
});

describe("which pull request it is for", () => {
  test.each<[string, Partial<GitHubState>]>([
    ["none, since the head has moved on", { pullRequests: [{ ...fork, sha: "a".repeat(40) }] }],
    [
      "none, since it is another repository's branch of that name",
      { pullRequests: [{ ...fork, repository: "eve/shop" }] },
    ],
    ["several", { pullRequests: [fork, { ...fork, number: 8 }] }],
  ])("%s: nothing is posted", async (_, state) => {
    const { status, stdout } = await post(whole(BLOCKED), state);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("nothing was posted") });
    expect(texts()).toEqual([]);
  });
});

describe("what is no report", () => {
  const [flake] = BLOCKED.flakes;
  test.each<[string, unknown]>([
    ["text that is not JSON", "{"],
    ["another shape", { ...BLOCKED, verdict: "great" }],
    ["a field that no report has", whole({ ...BLOCKED, html: "<script>" } as unknown as Report)],
    ["a digest of something else", { ...BLOCKED, digest: "0".repeat(64) }],
    [
      "a number where text belongs",
      whole({ ...BLOCKED, flakes: [{ ...flake!, path: 7 as unknown as string }] }),
    ],
  ])("%s is refused, and nothing is posted", async (_, report) => {
    const { status, stdout } = await post(report);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^::error title=nixclaude could not tell::the report cannot be used/m);
    expect(texts()).toEqual([]);
  });

  test("a file that is not there", async () => {
    const { status, stdout } = await post("", {}, workflowRun(), { report: "/nonexistent/report.json" });
    expect(status).toBe(2);
    expect(stdout).toContain("Download the artifact");
  });
});

describe("hostile text in a report", () => {
  test("stays text, and its links lead nowhere else than to a forge", async () => {
    const [flake] = BLOCKED.flakes;
    const summary = "[click](https://evil.example) <img src=x> @everyone <!-- nixclaude-comment --> \u202e";
    const changes = flake!.changes.map((change) => ({
      ...change,
      summary,
      causes: [
        { kind: "input" as const, name: "x", from: "1", to: "2", url: "https://evil.example/compare" },
      ],
    }));
    await post(whole({ ...BLOCKED, flakes: [{ ...flake!, changes }] }));
    const outsideCode = texts()[0]!.replace(/(`+)[^`]*\1/g, "");
    expect(outsideCode).not.toMatch(/evil\.example|\u202e|<img|@everyone/);
    expect(texts()[0]!.match(/^<!-- nixclaude-comment/gm)).toHaveLength(1);
  });
});

describe("another event", () => {
  test.each<[string, Json]>([
    ["the end of a push's workflow", workflowRun({ event: "push" })],
    ["nothing at all", null],
  ])("%s is refused", async (_, payload) => {
    const { status, stdout } = await post(whole(BLOCKED), {}, payload);
    expect(status).toBe(2);
    expect(stdout).toContain("on `workflow_run`");
  });
});
