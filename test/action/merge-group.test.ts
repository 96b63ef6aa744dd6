import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type GitHubServer, type GitHubState, startGitHub } from "../github/server.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";
import { mergeGroupPayload } from "./payloads.ts";
import { checkOut, runStep } from "./world.ts";

/** A queue of two pull requests into main, as GitHub's own merges. */
interface Queue {
  origin: TestRepository;
  base: string;
  /** Heads of the pull requests 7 and 8. */
  heads: [string, string];
  /** The queue's commits: with 7, and with 7 and 8. */
  merges: [string, string];
  /** The same change as in the first one, as a queue that squashes writes it. */
  squashed: string;
}

const settings = (...allow: string[]) => ({
  ".claude/settings.json": JSON.stringify({ permissions: { allow } }, null, 2),
});

let queue: Queue;
beforeAll(() => {
  queue = createQueue();
});
let server: GitHubServer;
afterEach(() => server?.close());

function createQueue(): Queue {
  const origin = createRepository(settings("Bash(git status)"));
  origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
  const base = origin.head();
  const branch = (name: string, files: Record<string, string>) => {
    origin.git("checkout", "-q", "-b", name, base);
    origin.write(files);
    return origin.commit(name);
  };
  const first = branch("wider", settings("Bash(git *)"));
  const second = branch("other", { "README.md": "hello\n" });
  const merged = (name: string, on: string, head: string) => {
    origin.git("checkout", "-q", "-b", `gh-readonly-queue/main/${name}`, on);
    origin.git("merge", "-q", "--no-ff", "-m", `Merge ${name}`, head);
    return origin.head();
  };
  const one = merged("pr-7", base, first);
  const two = merged("pr-8", one, second);
  origin.git("checkout", "-q", "-b", "gh-readonly-queue/main/pr-9", base);
  origin.git("merge", "-q", "--squash", first);
  const squashed = origin.commit("The change (#7)");
  return { origin, base, heads: [first, second], merges: [one, two], squashed };
}

async function onGroup(head: string, state: Partial<GitHubState>, inputs: Record<string, string> = {}) {
  server = await startGitHub(state);
  const found = queue.origin
    .git("for-each-ref", `--points-at=${head}`, "--format=%(refname)")
    .split("\n")[0]!;
  const result = await runStep({
    event: "merge_group",
    payload: mergeGroupPayload(queue.base, head),
    sha: head,
    ref: found,
    workspace: checkOut(queue.origin, found),
    apiUrl: server.url,
    inputs: { "fail-on": "warning", "approval-teams": "grace", ...inputs },
  });
  return { status: result.status, said: result.stdout, summary: result.summary };
}

const open = (number: number, sha: string) => ({
  number,
  sha,
  branch: `branch-${number}`,
  repository: "acme/shop",
});
const approved = (pullRequest: number, commit: string, login = "grace") => ({
  pullRequest,
  login,
  state: "APPROVED",
  commit,
});

describe("a merge group of one pull request", () => {
  const of = () => ({ pullRequests: [open(7, queue.heads[0])], reviews: [approved(7, queue.heads[0])] });

  test("is approved by the review of exactly the commit that the group holds", async () => {
    const { status, summary } = await onGroup(queue.merges[0], of());
    expect(status).toBe(0);
    expect(summary).toContain("approved by grace (review, `2026-11-01T10:00:00Z`)");
  });

  test.each<[string, () => Partial<GitHubState>, string | null]>([
    ["reviewed by nobody", () => ({ ...of(), reviews: [] }), null],
    ["reviewed at another commit", () => ({ ...of(), reviews: [approved(7, queue.base)] }), null],
    [
      "reviewed by its author",
      () => ({ ...of(), pullRequests: [{ ...open(7, queue.heads[0]), author: "grace" }] }),
      null,
    ],
    [
      "whose head has moved on",
      () => ({ ...of(), pullRequests: [{ ...open(7, queue.base), contains: [queue.heads[0]] }] }),
      "is the head of no open pull request",
    ],
    [
      "that is closed",
      () => ({ ...of(), pullRequests: [{ ...open(7, queue.heads[0]), state: "closed" }] }),
      "is the head of no open pull request",
    ],
    [
      "into another branch",
      () => ({ ...of(), pullRequests: [{ ...open(7, queue.heads[0]), into: "release" }] }),
      "is the head of no open pull request",
    ],
    [
      "whose head is that of another one, too",
      () => ({ ...of(), pullRequests: [open(7, queue.heads[0]), open(9, queue.heads[0])] }),
      "is the head of more than one open pull request",
    ],
    [
      "that the token may not look up",
      () => ({ ...of(), forbidden: ["repos/list-pull-requests-associated-with-commit"] }),
      "GitHub could not be asked",
    ],
  ])("%s stays blocked", async (_, state, words) => {
    const { status, said } = await onGroup(queue.merges[0], state());
    expect(status).toBe(1);
    if (words !== null) expect(said).toContain(words);
  });

  test("that the queue has squashed stays blocked, since its commit does not say what was approved", async () => {
    const { status, said } = await onGroup(queue.squashed, of());
    expect(status).toBe(1);
    expect(said).toContain("cannot be told what was approved");
  });

  test("is not approved for other ends than its own", async () => {
    const { status, said } = await onGroup(queue.merges[0], of(), { base: queue.base });
    expect(status).toBe(1);
    expect(said).toContain("`base` and `head` name other ends");
  });

  test("asks GitHub nothing where nobody may approve", async () => {
    await onGroup(queue.merges[0], of(), { "approval-teams": "" });
    expect(server.calls).toEqual([]);
  });
});

describe("a merge group of two", () => {
  const both = () => [open(7, queue.heads[0]), open(8, queue.heads[1])];

  test("is approved when each is", async () => {
    const reviews = [approved(7, queue.heads[0]), approved(8, queue.heads[1])];
    const { status, summary } = await onGroup(queue.merges[1], { pullRequests: both(), reviews });
    expect(status).toBe(0);
    expect(summary).toContain("on pull request 7");
  });

  test("stays blocked when only one is", async () => {
    const reviews = [approved(7, queue.heads[0])];
    expect((await onGroup(queue.merges[1], { pullRequests: both(), reviews })).status).toBe(1);
  });
});
