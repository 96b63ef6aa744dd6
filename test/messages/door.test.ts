import { describe, expect, test } from "vitest";
import type { MessagesBody } from "../../src/artifacts/messages-request-body.ts";
import { openMessagesDoor } from "../../src/messages/index.ts";
import { NixclaudeError } from "../../src/model/errors.ts";
import { type Reply, type ScriptedApi, says, scriptedApi, text, use } from "./scripted-api.ts";
import { KEY } from "./world.ts";

const BODY: MessagesBody = {
  model: "claude-sonnet-5",
  max_tokens: 100,
  messages: [{ role: "user", content: [text("Hello")] }],
};

interface Sent {
  api: ScriptedApi;
  said: string;
  retries: string[];
  /** null: there was an answer. */
  error: NixclaudeError | null;
}

async function sent(...replies: Reply[]): Promise<Sent> {
  const api = await scriptedApi(replies);
  return { api, ...(await sentTo(api.url)) };
}

async function sentTo(baseUrl: string): Promise<Omit<Sent, "api">> {
  const retries: string[] = [];
  let said = "";
  const door = await openMessagesDoor({
    credential: { kind: "api-key", secret: KEY },
    baseUrl,
    onRetry: (line) => retries.push(line),
  });
  try {
    await door.send(BODY, (piece) => {
      said += piece;
    });
    return { said, retries, error: null };
  } catch (error) {
    if (!(error instanceof NixclaudeError)) throw error;
    return { said, retries, error };
  }
}

const status = (code: number, message = "no", headers: Record<string, string> = {}): Reply => ({
  kind: "status",
  status: code,
  headers,
  body: { type: "error", error: { type: "some_error", message } },
});
const FINAL = { "x-should-retry": "false" };

describe("a failure has a code, and says what to do", () => {
  test.each<[number, string, string]>([
    [400, "request-refused", "--dry-run"],
    [401, "api-key-refused", "ANTHROPIC_API_KEY"],
    [402, "api-not-allowed", "credit"],
    [403, "api-not-allowed", "rights"],
    [404, "api-not-found", "--model"],
    [413, "request-too-large", "shorter"],
    [422, "request-refused", "--dry-run"],
    [429, "rate-limited", "Try again later."],
    [500, "api-failed", "status.claude.com"],
    [503, "api-failed", "status.claude.com"],
    [529, "api-overloaded", "few minutes"],
  ])("%i", async (code, expected, hint) => {
    const { error, retries } = await sent(status(code, "the reason", FINAL));
    expect(error?.code).toBe(expected);
    expect(error?.exitCode).toBe(3);
    expect(error?.message).toContain("the reason");
    expect(error?.hint).toContain(hint);
    expect(retries).toEqual([]);
  });

  test("429 with how long to wait, which is longer than anybody would", async () => {
    const { api, error } = await sent(status(429, "slow down", { "retry-after": "3600" }));
    expect(error?.hint).toBe("Try again in 3600 seconds.");
    expect(api.requests).toHaveLength(1);
  });

  test("nobody listens", async () => {
    const { url, close } = await scriptedApi([says("x")]);
    await close();
    const { error } = await sentTo(url);
    expect(error?.code).toBe("api-unreachable");
    expect(error?.message).toContain("ECONNREFUSED");
  });

  test("the stream breaks in the middle: what came is kept, and nothing is tried again", async () => {
    const { api, said, error } = await sent({ kind: "broken", content: [text("Half an answer")], events: 4 });
    expect(error?.code).toBe("stream-broken");
    expect("Half an answer").toContain(said);
    expect(said).not.toBe("");
    expect(api.requests).toHaveLength(1);
  });

  test.each<[string, Reply]>([
    [
      "says that it failed",
      { kind: "failing", content: [text("Half")], events: 4, type: "overloaded_error" },
    ],
    ["ends as if all were well", { kind: "truncated", content: [text("Half")], events: 4 }],
  ])("the stream %s in the middle", async (_, reply) => {
    const { error, said } = await sent(reply);
    expect(error?.code).toBe("stream-broken");
    expect(said).not.toBe("");
  });

  test("an answer that is a redirection: another host is not sent the key", async () => {
    const thief = await scriptedApi([says("x")]);
    const { error } = await sent({ kind: "redirect", to: `${thief.url}/v1/messages` });
    expect(error?.code).toBe("api-unreachable");
    expect(thief.requests).toEqual([]);
  });

  test("what quotes the key, or never ends, is cut", async () => {
    const { error } = await sent(status(400, `${KEY} ${"x".repeat(10_000)}`));
    expect(error?.message).not.toContain(KEY);
    expect(error?.message.length).toBeLessThan(700);
  });
});

describe("what passes is tried again, and said", () => {
  const soon = { "retry-after-ms": "1" };

  test.each([429, 500, 529])("%i, twice", async (code) => {
    const { api, said, error, retries } = await sent(
      status(code, "wait", soon),
      status(code, "wait", soon),
      says("Here."),
    );
    expect([said, error, retries.length, api.requests.length]).toEqual(["Here.", null, 2, 3]);
    expect(retries[0]).toContain("again in 1 s");
  });

  test("but not for ever", async () => {
    const { api, error } = await sent(status(529, "wait", soon));
    expect(error?.code).toBe("api-overloaded");
    expect(api.requests).toHaveLength(3);
  });
});

test("an answer has its blocks, its reason to stop and its tokens", async () => {
  const api = await scriptedApi([
    {
      kind: "message",
      content: [text("a"), use("t1", "x", { y: [1] })],
      stop: "tool_use",
      usage: { input_tokens: 7 },
    },
  ]);
  const door = await openMessagesDoor({
    credential: { kind: "token", secret: KEY },
    baseUrl: api.url,
    onRetry: () => {},
  });
  const answer = await door.send(BODY, () => {});
  expect(answer).toMatchObject({
    content: [
      { type: "text", text: "a" },
      { type: "tool_use", id: "t1", name: "x", input: { y: [1] } },
    ],
    stopReason: "tool_use",
    usage: { input: 7, output: 5, cacheRead: 0 },
  });
  expect(api.headers[0]?.authorization).toBe(`Bearer ${KEY}`);
});
