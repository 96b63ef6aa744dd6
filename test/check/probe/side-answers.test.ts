import { describe, expect, test } from "vitest";
import { sideSession } from "../../../src/check/probe/session-request.ts";
import { sideAnswers } from "../../../src/check/probe/side-answers.ts";
import type { ClientAnswer, SessionResult } from "../../../src/model/client-session.ts";
import type { Call } from "../../../src/model/permission.ts";
import { snapshotOf } from "../../support/context.ts";

const CALLS: Call[] = [
  { tool: "Skill", argument: "deploy" },
  { tool: "Bash", argument: "git push" },
  { tool: "mcp__my_server__search", argument: "" },
];
const SESSION = sideSession(snapshotOf({ mcpServers: { "my server": { command: "x" } } }), CALLS);
const asks: ClientAnswer = { kind: "prompts", message: "requires approval", reason: null };
const unclear: ClientAnswer = { kind: "unclear", message: "wrong input" };
const missing: ClientAnswer = { kind: "not-offered", message: "No such tool available" };

/** @param answers to the calls as they were asked: Bash, the server, and the skill last. */
function sides(answers: ClientAnswer[], change: Partial<SessionResult> = {}) {
  const result: SessionResult = {
    version: "2.1.330",
    answers,
    mode: "default",
    tools: [],
    mcpServers: [{ name: "my server", status: "connected" }],
    request: { model: "", system: [], messages: [], tools: [] },
    durationMs: 1,
    ...change,
  };
  return sideAnswers(result, SESSION, CALLS)!;
}

test("answers stand beside the calls they belong to, whatever order they were asked in", () => {
  const runs: ClientAnswer = { kind: "runs", message: "nixclaude-ran" };
  expect(sides([asks, missing, runs]).map(({ client }) => client)).toEqual(["runs", "asks", "not-offered"]);
});

test("of a client that talks, the beginning is kept", () => {
  const [, bash] = sides([{ ...asks, message: "x".repeat(1_000_000) }, asks, asks]);
  expect(bash!.message).toHaveLength(501);
});

describe("what says nothing about permission", () => {
  test("is a tool whose server was not connected", () => {
    const mcpServers = [{ name: "my server", status: "pending" }];
    expect(sides([asks, missing, asks], { mcpServers })[2]).toMatchObject({
      client: "unclear",
      message: "the stand-in of its server was not connected",
    });
  });

  test("is a call without an answer", () => {
    expect(sides([asks, asks])[0]?.client).toBe("unclear");
  });

  test("is no comparison when most answers are like that", () => {
    expect(() => sides([unclear, unclear, asks])).toThrow(
      expect.objectContaining({
        code: "client-unanswered",
        exitCode: 3,
        message: "Claude Code 2.1.330 gave no usable answer to 2 of 3 calls.",
        details: ["said: wrong input"],
      }),
    );
    expect(sides([unclear, asks, asks])[1]?.client).toBe("unclear");
  });
});
