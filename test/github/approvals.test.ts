import { afterEach, describe, expect, test } from "vitest";
import { type ApprovalQuestion, approvalOf, connect } from "../../src/github/index.ts";
import type { RunSample } from "./samples.ts";
import { type GitHubServer, type GitHubState, startGitHub } from "./server.ts";

const HEAD = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";
const OLDER = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
const WORKFLOW = ".github/workflows/claude.yml";

let server: GitHubServer;
afterEach(() => server.close());

async function ask(state: Partial<GitHubState>, changes: Partial<ApprovalQuestion> = {}) {
  server = await startGitHub(state);
  const api = connect("acme/shop", { token: "t0k3n", apiUrl: server.url, sleep: async () => {} });
  return approvalOf(api, {
    pullRequest: 7,
    head: { sha: HEAD, branch: "feature", repository: "acme/shop" },
    author: "ada",
    owners: ["grace", "acme/platform"],
    label: "claude-approved",
    workflow: WORKFLOW,
    ...changes,
  });
}

const by = async (state: Partial<GitHubState>, changes?: Partial<ApprovalQuestion>) =>
  (await ask(state, changes)).approval?.by ?? null;

describe("a review", () => {
  const approved = (login: string, commit = HEAD) => ({ login, state: "APPROVED", commit });

  test.each<[string, Partial<GitHubState>, string | null]>([
    ["of the head by a named owner counts", { reviews: [approved("grace")] }, "grace"],
    ["by the same name in other letters counts", { reviews: [approved("Grace")] }, "Grace"],
    ["of an older commit does not", { reviews: [approved("grace", OLDER)] }, null],
    ["by somebody else does not", { reviews: [approved("mallory")] }, null],
    [
      "by a member of a named team counts",
      { reviews: [approved("alan")], teams: { "acme/platform": ["alan"] } },
      "alan",
    ],
    [
      "that the same person took back does not",
      { reviews: [approved("grace"), { login: "grace", state: "CHANGES_REQUESTED", commit: HEAD }] },
      null,
    ],
    [
      "that was dismissed does not",
      { reviews: [approved("grace"), { login: "grace", state: "DISMISSED", commit: HEAD }] },
      null,
    ],
    [
      "is not taken back by a comment",
      { reviews: [approved("grace"), { login: "grace", state: "COMMENTED", commit: HEAD }] },
      "grace",
    ],
  ])("%s", async (_, state, expected) => {
    expect(await by(state)).toBe(expected);
  });

  test("that was taken back on a page which breaks off does not count", async () => {
    const others = Array.from({ length: 100 }, () => ({ login: "bob", state: "COMMENTED", commit: HEAD }));
    const reviews = [
      approved("grace"),
      ...others,
      { login: "grace", state: "CHANGES_REQUESTED", commit: HEAD },
    ];
    const faults: GitHubState["faults"] = [
      { operation: "pulls/list-reviews", fault: { kind: "meanwhile", act: () => {} } },
      { operation: "pulls/list-reviews", fault: { kind: "cut" } },
    ];
    expect(await by({ reviews, faults })).toBeNull();
  });

  test("never counts for the author's own work, owner or not", async () => {
    expect(await by({ reviews: [approved("ada")] }, { owners: ["ada"] })).toBeNull();
  });

  test("that the token may not look up is said, and does not count", async () => {
    const { approval, unknown } = await ask({
      reviews: [approved("grace")],
      forbidden: ["pulls/list-reviews"],
    });
    expect(approval).toBeNull();
    expect(unknown.join()).toContain("pull-requests: read");
  });

  test("by somebody whose team cannot be looked up is said, and does not count", async () => {
    const { approval, unknown } = await ask({
      reviews: [approved("alan")],
      teams: { "acme/platform": ["alan"] },
      forbidden: ["teams/get-membership-for-user-in-org"],
    });
    expect(approval).toBeNull();
    expect(unknown.join()).toContain("whether alan is in acme/platform");
  });
});

describe("a label", () => {
  const label = (
    login = "grace",
    at = "2026-11-01T10:00:00Z",
    event: "labeled" | "unlabeled" = "labeled",
  ) => ({
    event,
    name: "claude-approved",
    login,
    at,
  });
  const run = (changes: Partial<RunSample> = {}): RunSample => ({
    id: 1,
    headSha: HEAD,
    branch: "feature",
    path: WORKFLOW,
    createdAt: "2026-11-01T10:00:05Z",
    repository: "acme/shop",
    ...changes,
  });

  const pushed = (changes: Partial<RunSample> = {}) =>
    run({ id: 0, createdAt: "2026-11-01T09:59:00Z", ...changes });

  test.each<[string, Partial<GitHubState>, string | null]>([
    ["set on the head counts", { labels: [label()], runs: [pushed(), run()] }, "grace"],
    [
      "set on an older head does not",
      { labels: [label()], runs: [pushed({ headSha: OLDER }), run({ headSha: OLDER })] },
      null,
    ],
    [
      "set on an older head, where it started no run of its own, does not count for the next push",
      { labels: [label()], runs: [pushed({ headSha: OLDER }), run()] },
      null,
    ],
    [
      "set on an older head does not, though the head came later",
      {
        labels: [label()],
        runs: [run({ headSha: OLDER }), run({ id: 2, createdAt: "2026-11-01T11:00:00Z" })],
      },
      null,
    ],
    ["by the author does not", { labels: [label("ada")], runs: [pushed(), run()] }, null],
    [
      "that was taken off does not",
      { labels: [label(), label("grace", "2026-11-01T10:01:00Z", "unlabeled")], runs: [run()] },
      null,
    ],
    [
      "set again after it was taken off counts from then on",
      {
        labels: [
          label("mallory", "2026-11-01T08:00:00Z"),
          label("mallory", "2026-11-01T09:00:00Z", "unlabeled"),
          label(),
        ],
        runs: [pushed(), run()],
      },
      "grace",
    ],
    ["of another name does not", { labels: [{ ...label(), name: "bug" }], runs: [run()] }, null],
    [
      "is not placed by another workflow",
      { labels: [label()], runs: [run({ path: ".github/workflows/x.yml" })] },
      null,
    ],
    [
      "is not placed by a fork's run",
      { labels: [label()], runs: [run({ repository: "mallory/shop" })] },
      null,
    ],
  ])("%s", async (_, state, expected) => {
    expect(await by(state)).toBe(expected);
  });

  test("that no run can place is said, and does not count", async () => {
    const { approval, unknown } = await ask({ labels: [label()] });
    expect(approval).toBeNull();
    expect(unknown.join()).toContain('let the workflow run on "labeled"');
  });
});
