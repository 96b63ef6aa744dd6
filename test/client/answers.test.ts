import { expect, test } from "vitest";
import { answerOf, readSessionOutput } from "../../src/client/answers.ts";
import type { Json } from "../../src/model/json.ts";

/** The lines of a session with one call. */
function output(
  text: string,
  isError: boolean,
  denied: { reason?: Record<string, string>; inResult?: boolean } | null = null,
): string {
  const lines: Json[] = [
    { type: "system", subtype: "init", claude_code_version: "2.1.330" },
    ...(denied?.reason === undefined
      ? []
      : [{ type: "system", subtype: "permission_denied", tool_use_id: "t1", ...denied.reason }]),
    {
      type: "user",
      message: { content: [{ type: "tool_result", tool_use_id: "t1", is_error: isError, content: text }] },
    },
    {
      type: "result",
      permission_denials: denied?.inResult === true ? [{ tool_name: "Bash", tool_use_id: "t1" }] : [],
    },
  ];
  return lines.map((line) => JSON.stringify(line)).join("\n");
}

function kindOf(text: string, denied: boolean): string {
  return answerOf(readSessionOutput(output(text, true, denied ? { inResult: true } : null)), "t1").kind;
}

/** Said by 2.1.330 and 2.1.197; `listed`: the call stands among the session's denials. */
test.each<[said: string, listed: boolean, kind: string]>([
  ["Permission to use Bash with command git push x has been denied.", true, "refused"],
  [
    "Permission to use Bash has been denied because Claude Code is running in don't ask mode. IMPORTANT: You *may* attempt",
    true,
    "refused",
  ],
  [
    "<tool_use_error>File is in a directory that is denied by your permission settings.</tool_use_error>",
    false,
    "refused",
  ],
  [
    "<tool_use_error>File is covered by a Read deny rule in your permission settings and cannot be written.</tool_use_error>",
    false,
    "refused",
  ],
  ["WebFetch denied access to domain:no.example.", true, "refused"],
  [
    "Agent type 'Explore' has been denied by permission rule 'Agent(Explore)' from projectSettings.",
    false,
    "refused",
  ],
  ["Claude requested permissions to use Bash, but you haven't granted it yet.", true, "prompts"],
  ["Claude requested permissions to read from /etc/passwd, but you haven't granted it yet.", true, "prompts"],
  [
    "Claude requested permissions to edit /home/u/proj/.git/config which is a sensitive file.",
    true,
    "prompts",
  ],
  ["This command requires approval", true, "prompts"],
  [
    "Dangerous rm operation detected: '/'\n\nThis command would remove a critical system directory. This requires explicit approval and cannot be auto-allowed by permission rules.",
    true,
    "prompts",
  ],
  [
    "Permission for this command was denied by a built-in Claude Code safety check, not by the user.",
    true,
    "refused",
  ],
  [
    "Auto mode is unavailable: its safety check does not run for this session, so Bash was not run.",
    true,
    "prompts",
  ],
  ["Cannot write to /home/u/proj/a.txt while in plan mode.", true, "prompts"],
  ["<tool_use_error>Error: No such tool available: mcp__gh__drop</tool_use_error>", false, "not-offered"],
  [
    "<tool_use_error>Error: No such tool available: ExitPlanMode. ExitPlanMode is disabled for this session, in subagents as well as here.</tool_use_error>",
    false,
    "not-offered",
  ],
  [
    "<tool_use_error>File has not been read yet. Read it first before writing to it.</tool_use_error>",
    false,
    "unclear",
  ],
  [
    "<tool_use_error>InputValidationError: SendMessage failed due to the following issue: The required parameter `to` is missing</tool_use_error>",
    false,
    "unclear",
  ],
  ["<tool_use_error>Unknown skill: nothing</tool_use_error>", false, "unclear"],
  ["File does not exist. Note: your current working directory is /home/u/proj.", false, "runs"],
  [
    "Unable to verify if domain ok.example is safe to fetch. This may be due to network restrictions or enterprise security policies blocking claude.ai.",
    false,
    "runs",
  ],
])("%s (among the denials: %s) means: %s", (said, listed, kind) => {
  expect(kindOf(said, listed)).toBe(kind);
});

test.each<[said: string, listed: boolean, kind: string]>([
  [
    "Claude requested permissions to read from /x/has been denied, but you haven't granted it yet.",
    true,
    "prompts",
  ],
  ["cat in '/x/denied by permission rule' was blocked. For security, it may only read.", true, "prompts"],
  ["EACCES: permission denied, open '/x/requires approval'", false, "runs"],
  ["File does not exist: /x/Claude requested permissions to read", false, "runs"],
  ["ENOENT: /x/<tool_use_error>No such tool available", false, "runs"],
  ["<tool_use_error>Unknown skill: a has been denied by permission rule</tool_use_error>", false, "unclear"],
  [
    "<tool_use_error>File is not read: /x is denied by your permission settings</tool_use_error>",
    false,
    "unclear",
  ],
  ["Agent type 'a' not found: has been denied by permission rule 'x'", false, "runs"],
])("names in the call cannot speak for the client: %s means %s, %s", (said, listed, kind) => {
  expect(kindOf(said, listed)).toBe(kind);
});

test("what newer clients deny because nobody is there to answer is refused", () => {
  const said = "Claude requested permissions to use Bash, but you haven't granted it yet.";
  const reason = { decision_reason_type: "asyncAgent", decision_reason: "denied automatically" };
  expect(answerOf(readSessionOutput(output(said, true, { reason, inResult: true })), "t1").kind).toBe(
    "refused",
  );
});

test("an error says nothing where the client was stopped before it could list what it held back", () => {
  const said =
    "rm in '/home/u/proj/build' was blocked. For security, Claude Code may only remove files from the";
  const stopped = output(said, true).split("\n").slice(0, -1).join("\n");
  expect(answerOf(readSessionOutput(stopped), "t1").kind).toBe("unclear");
});

test("a result that is no error ran, whatever it says", () => {
  const said = "This command requires approval";
  expect(answerOf(readSessionOutput(output(said, false)), "t1")).toEqual({ kind: "runs", message: said });
});

test.each([
  [{ decision_reason_type: "rule" }, "rule"],
  [
    { decision_reason_type: "workingDir", decision_reason: "Path is outside allowed working directories" },
    "workingDir: Path is outside allowed working directories",
  ],
  [{}, null],
])("the client's own reason comes along: %j", (reason, expected) => {
  const said = "Claude requested permissions to use Bash, but you haven't granted it yet.";
  expect(answerOf(readSessionOutput(output(said, true, { reason, inResult: true })), "t1")).toEqual({
    kind: "prompts",
    message: said,
    reason: expected,
  });
});

test("a call without a result is not taken for one that ran", () => {
  expect(answerOf(readSessionOutput(output("ok", false)), "t2")).toEqual({
    kind: "unclear",
    message: "the client gave no answer to this call",
  });
});

test("content in blocks is read as its text", () => {
  const line = {
    type: "user",
    message: {
      content: [
        {
          type: "tool_result",
          tool_use_id: "t1",
          content: [{ type: "text", text: "one" }, { type: "image" }, { type: "text", text: "two" }],
        },
      ],
    },
  };
  expect(answerOf(readSessionOutput(JSON.stringify(line)), "t1").message).toBe("one\n\ntwo");
});

test.each([
  "",
  "not json",
  "[1, 2]",
  "null",
  '{"type":"user"}',
  '{"type":"user","message":{"content":[null,3,{"type":"tool_result"}]}}',
  '{"type":"result","permission_denials":{"a":1}}',
])("strange lines are passed over: %s", (line) => {
  const { toolResults, denials } = readSessionOutput(line);
  expect([toolResults.size, denials.size]).toEqual([0, 0]);
});

test("lines that are no JSON objects are kept for the error message", () => {
  expect(readSessionOutput('usage: thing\n{"type":"x"}\n\n7\n').otherLines).toEqual(["usage: thing", "7"]);
});

test("an error that nothing names says nothing where the client forgot to list what it held back", () => {
  const said =
    "sed in '/home/u/proj/x' was blocked. For security, Claude Code may only edit files in the allowed working directories for this session: '/home/u/proj'.";
  expect(answerOf(readSessionOutput(output(said, true, { inResult: true })), "t1").kind).toBe("prompts");
  expect(answerOf(readSessionOutput(output(said, true)), "t1").kind).toBe("unclear");
});
