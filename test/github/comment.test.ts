import { afterEach, describe, expect, test } from "vitest";
import { commentsAhead, connect, type StickyComment, upsertComment } from "../../src/github/index.ts";
import { formatMarker, parseMarker } from "../../src/github/marker.ts";
import { BOT, type GitHubServer, type GitHubState, startGitHub } from "./server.ts";

const HEAD = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";
const OTHER_HEAD = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

let server: GitHubServer;
let waitedMs: number[] = [];
afterEach(async () => {
  waitedMs = [];
  await server.close();
});

async function github(state: Partial<GitHubState> = {}) {
  server = await startGitHub(state);
  return connectTo();
}

function connectTo(options: { attempts?: number } = {}) {
  const sleep = async (milliseconds: number) => {
    waitedMs.push(milliseconds);
  };
  return connect("acme/shop", { token: "t0k3n", apiUrl: server.url, sleep, answerMs: 200, ...options });
}

function wanted(changes: Partial<StickyComment> = {}, run = 10): StickyComment {
  return {
    issue: 7,
    marker: { key: "default", head: HEAD, run, attempt: 1 },
    author: BOT,
    bodies: ["the report\n"],
    create: true,
    ...changes,
  };
}

function own(id: number, run: number, body = "earlier\n", key = "default", attempt = 1) {
  return { id, login: BOT, body: formatMarker({ key, head: OTHER_HEAD, run, attempt }) + body };
}

const texts = () => server.state.comments.map(({ body }) => body.split("\n").slice(1).join("\n"));

describe("the one comment", () => {
  test("is made where there is none", async () => {
    expect(await upsertComment(await github(), wanted())).toMatchObject({ kind: "created" });
    expect(texts()).toEqual(["the report\n"]);
    expect(parseMarker(server.state.comments[0]!.body)).toEqual({
      key: "default",
      head: HEAD,
      run: 10,
      attempt: 1,
    });
  });

  test("is updated in place, found over all pages", async () => {
    const strangers = Array.from({ length: 250 }, (_, index) => ({
      id: index + 1,
      login: "ada",
      body: "hello",
    }));
    const outcome = await upsertComment(await github({ comments: [...strangers, own(999, 9)] }), wanted());
    expect(outcome).toMatchObject({ kind: "updated" });
    expect(server.state.comments).toHaveLength(251);
    expect(texts().at(-1)).toBe("the report\n");
  });

  test("is left alone where it says the same already", async () => {
    const api = await github();
    await upsertComment(api, wanted());
    server.calls.length = 0;
    expect(await upsertComment(api, wanted())).toMatchObject({ kind: "unchanged" });
    expect(server.calls.map(({ operation }) => operation)).toEqual(["issues/list-comments"]);
  });

  test("is not made where only one that is there should be changed", async () => {
    expect(await upsertComment(await github(), wanted({ create: false }))).toEqual({ kind: "absent" });
    expect(server.state.comments).toEqual([]);
  });

  test("of another key is another comment", async () => {
    await upsertComment(await github({ comments: [own(1, 9, "theirs\n", "other")] }), wanted());
    expect(texts()).toEqual(["theirs\n", "the report\n"]);
  });
});

describe("what strangers write", () => {
  test.each([
    ["our marker in a stranger's comment", { id: 1, login: "mallory", body: own(1, 99).body }],
    ["our marker further down in our own", { id: 1, login: BOT, body: `hi\n${own(1, 99).body}` }],
    ["something like our marker", { id: 1, login: BOT, body: "<!-- nixclaude-comment key=default -->\nx" }],
  ])("%s is neither taken for the comment nor touched", async (_, stranger) => {
    expect(await upsertComment(await github({ comments: [{ ...stranger }] }), wanted())).toMatchObject({
      kind: "created",
    });
    expect(server.state.comments[0]).toEqual(stranger);
  });
});

describe("several runs", () => {
  test.each([
    ["a later run", 11, 1],
    ["a later attempt of the same run", 10, 2],
  ])("%s is never overwritten", async (_, run, attempt) => {
    const api = await github({ comments: [own(1, run, "newer\n", "default", attempt)] });
    expect(await upsertComment(api, wanted())).toEqual({ kind: "outdated" });
    expect(texts()).toEqual(["newer\n"]);
  });

  test("an older run that writes in between is set right by the newer one", async () => {
    const overwrites = (state: GitHubState) => {
      state.comments[0]!.body = own(1, 8, "older\n").body;
    };
    const api = await github({ comments: [own(1, 7)] });
    // The second listing is the one after our own writing.
    server.state.faults.push(
      { operation: "issues/list-comments", fault: { kind: "meanwhile", act: () => {} } },
      { operation: "issues/list-comments", fault: { kind: "meanwhile", act: overwrites } },
    );
    expect(await upsertComment(api, wanted())).toMatchObject({ kind: "updated" });
    expect(texts()).toEqual(["the report\n"]);
  });

  test("two that both made one leave one, with the word of the newer", async () => {
    const api = await github();
    server.state.faults.push({
      operation: "issues/create-comment",
      fault: { kind: "meanwhile", act: (state) => state.comments.push(own(101, 9, "older\n")) },
    });
    await upsertComment(api, wanted());
    expect(texts()).toEqual(["the report\n"]);
  });

  test("an older run does not remove what a newer one has written beside it", async () => {
    const api = await github({ comments: [own(1, 5), own(2, 11, "newer\n")] });
    expect(await upsertComment(api, wanted())).toEqual({ kind: "outdated" });
    expect(texts()).toContain("newer\n");
  });
});

describe("two runs at once", () => {
  test("of which the older one makes its comment last leave the word of the newer", async () => {
    const api = await github();
    // The newer run has made its comment, read again and gone before ours arrives.
    const newer = (state: GitHubState) => state.comments.push(own(50, 11, "newer\n"));
    server.state.faults.push({
      operation: "issues/create-comment",
      fault: { kind: "meanwhile", act: newer },
    });
    expect(await upsertComment(api, wanted())).toEqual({ kind: "outdated" });
    expect(texts()).toEqual(["newer\n"]);
  });

  test.each([
    [10, 11],
    [11, 10],
  ])("run %i and run %i end with one comment, that of run 11", async (first, second) => {
    const api = await github();
    await Promise.all(
      [first, second].map((run) => upsertComment(api, wanted({ bodies: [`run ${run}\n`] }, run))),
    );
    expect(texts()).toEqual(["run 11\n"]);
  });
});

describe("comments that were asked for ahead", () => {
  const calls = () => server.calls.map(({ operation }) => operation.replace("issues/", ""));

  test("are not asked for again before one is made", async () => {
    const api = await github();
    await upsertComment(api, wanted(), commentsAhead(api, 7));
    expect(calls()).toEqual(["list-comments", "create-comment", "list-comments"]);
  });

  test("are asked for again where there is one to be changed: a later run may have done so since", async () => {
    const api = await github({ comments: [own(1, 9)] });
    const ahead = commentsAhead(api, 7);
    await ahead.answer;
    server.state.comments[0]!.body = own(1, 11, "newer\n").body;
    expect(await upsertComment(api, wanted(), ahead)).toEqual({ kind: "outdated" });
    expect(texts()).toEqual(["newer\n"]);
  });

  test("are asked for again where they are a second old", async () => {
    const api = await github();
    const old = { atMs: performance.now() - 1001, comments: [] };
    await upsertComment(api, wanted(), { answer: Promise.resolve(old) });
    expect(calls()).toEqual(["list-comments", "create-comment", "list-comments"]);
  });

  test("are asked for again where they did not come", async () => {
    const api = await github();
    server.state.faults.push({ operation: "issues/list-comments", fault: { kind: "reset" } });
    const ahead = commentsAhead(connectTo({ attempts: 1 }), 7);
    expect(await upsertComment(api, wanted(), ahead)).toMatchObject({ kind: "created" });
    expect(calls()).toEqual(["list-comments", "list-comments", "create-comment", "list-comments"]);
  });
});

describe("what GitHub refuses", () => {
  test("a body that is too large is tried in its next smaller form", async () => {
    const bodies = ["x".repeat(2000), "y".repeat(1000), "z"];
    await upsertComment(await github({ maxBodyCharacters: 1500 }), wanted({ bodies }));
    expect(texts()).toEqual(["y".repeat(1000)]);
  });

  test.each(["issues/list-comments", "issues/create-comment"])(
    "a token that may not do %s",
    async (operation) => {
      expect(await upsertComment(await github({ forbidden: [operation] }), wanted())).toEqual({
        kind: "not-allowed",
        because: "forbidden",
      });
    },
  );

  test("a token of somebody else is said, since the comment will not be found again", async () => {
    expect(await upsertComment(await github({ tokenOwner: "our-app[bot]" }), wanted())).toEqual({
      kind: "foreign-author",
      login: "our-app[bot]",
    });
  });
});

describe("faults by chance", () => {
  const list = "issues/list-comments";

  test.each<[string, string, Parameters<typeof faulty>[1], number[]]>([
    ["502 while reading", list, { kind: "status", status: 502 }, [1000]],
    ["a connection that is reset before there is an answer", list, { kind: "reset" }, [1000]],
    ["an answer that breaks off in the middle", list, { kind: "cut" }, [1000]],
    ["an answer that never comes", list, { kind: "silence" }, [1000]],
    [
      "a secondary rate limit",
      "issues/create-comment",
      {
        kind: "status",
        status: 403,
        headers: { "retry-after": "7" },
        message: "You have exceeded a secondary rate limit",
      },
      [7000],
    ],
    ["429", list, { kind: "status", status: 429, headers: { "retry-after": "3" } }, [3000]],
  ])("%s is tried again after the right pause", async (_, operation, fault, pauses) => {
    const api = await faulty(operation, fault);
    expect(await upsertComment(api, wanted())).toMatchObject({ kind: "created" });
    expect(waitedMs).toEqual(pauses);
    expect(texts()).toEqual(["the report\n"]);
  });

  test("a pause that is longer than a check should hang is not waited for", async () => {
    const api = await faulty(list, { kind: "status", status: 429, headers: { "retry-after": "3600" } });
    await expect(upsertComment(api, wanted())).rejects.toThrow();
    expect(waitedMs).toEqual([]);
  });

  test("what always fails is given up", async () => {
    const api = await github();
    for (let times = 0; times < 9; times++) {
      server.state.faults.push({ operation: list, fault: { kind: "status", status: 500 } });
    }
    await expect(upsertComment(api, wanted())).rejects.toThrow();
    expect(waitedMs).toEqual([1000, 2000, 4000]);
  });

  test("a list that GitHub could not make (409) is none without entries", async () => {
    const faults = Array.from(
      { length: 4 },
      () => ({ operation: list, fault: { kind: "status", status: 409 } }) as const,
    );
    await expect(upsertComment(await github({ faults }), wanted())).rejects.toThrow(
      "could not give the list",
    );
    expect(server.state.comments).toEqual([]);
  });

  test("a page that broke off is never taken for one without comments", async () => {
    const api = await github({
      comments: [own(1, 9)],
      faults: [{ operation: list, fault: { kind: "cut" } }],
    });
    expect(await upsertComment(api, wanted())).toMatchObject({ kind: "updated" });
    expect(server.state.comments).toHaveLength(1);
  });

  test.each<[string, GitHubState["faults"][number]["fault"], number]>([
    ["was made all the same", { kind: "cut" }, 1],
    ["was not made", { kind: "status", status: 502 }, 2],
  ])("a comment of which no answer tells is looked up, and %s", async (_, fault, made) => {
    const api = await faulty("issues/create-comment", fault);
    await upsertComment(api, wanted());
    expect(texts()).toEqual(["the report\n"]);
    const creations = server.calls.filter(({ operation }) => operation === "issues/create-comment");
    expect(creations).toHaveLength(made);
  });

  test("all of them together are waited for 90 s at most", async () => {
    const api = await github();
    for (let times = 0; times < 9; times++) {
      const fault = { kind: "status", status: 429, headers: { "retry-after": "40" } } as const;
      server.state.faults.push({ operation: list, fault });
    }
    await expect(upsertComment(api, wanted())).rejects.toThrow();
    expect(waitedMs).toEqual([40_000, 40_000]);
  });

  async function faulty(operation: string, fault: GitHubState["faults"][number]["fault"]) {
    return github({ faults: [{ operation, fault }] });
  }
});
