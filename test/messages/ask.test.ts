import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { PROGRAM, type ProgramResult, userEnvironment } from "../support/program.ts";
import { type Reply, type ScriptedApi, says, scriptedApi, text, use, uses } from "./scripted-api.ts";
import { ask, KEY, repositoryWith, run } from "./world.ts";

const CONTEXT = `
  persona = "You are careful.";
  policies.commits = "Never use --no-verify.";
  model = "claude-sonnet-5";
  permissions = { allow = [ "Bash(printf *)" ]; deny = [ "Bash(printf secret*)" ]; };
  tools.say = {
    description = "Prints a word.";
    command = [ "printf" "%s" "{word}" ];
    inputSchema = { type = "object"; properties.word.type = "string"; required = [ "word" ]; };
  };
  tools.secret = { command = "printf secret"; };
  tools.touch = { command = "touch made-by-a-tool"; };
  tools.environment = { command = "printenv"; alwaysApprove = true; };
  tools.forever = { command = "yes"; alwaysApprove = true; };
  tools.sleep = {
    command = "sleep {seconds}";
    alwaysApprove = true;
    inputSchema = { type = "object"; properties.seconds.type = "integer"; };
  };
  tools.fails = { command = "false"; alwaysApprove = true; };
  tools.missing = { command = "no-such-program-at-all"; alwaysApprove = true; };
`;

const repository = repositoryWith(CONTEXT);

/** So many that no other process sleeps as long. */
const SECONDS = 98_765;

function isRunning(): boolean {
  return spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout.includes(`sleep ${SECONDS}`);
}

interface Exchange {
  api: ScriptedApi;
  /** What the model was told of what it asked for. */
  results: JsonObject[];
  end: ProgramResult;
}

async function afterUses(...content: JsonObject[]): Promise<Exchange> {
  const api = await scriptedApi([uses(...content), says("Done.")]);
  const end = await ask(repository, api);
  return { api, results: lastBlocks(api.requests[1]), end };
}

function lastBlocks(request: JsonObject | undefined): JsonObject[] {
  const { content } = (request!.messages as JsonObject[]).at(-1)!;
  return (content as JsonObject[]).map(({ cache_control: _, ...block }) => block);
}

describe("an answer", () => {
  test("comes on standard output, and what it took on standard error", async () => {
    const usage = {
      input_tokens: 1_000,
      cache_read_input_tokens: 20_000,
      cache_creation_input_tokens: 3_000,
      cache_creation: { ephemeral_1h_input_tokens: 2_000, ephemeral_5m_input_tokens: 1_000 },
    };
    const api = await scriptedApi([{ kind: "message", content: [text("Be careful, and ask.")], usage }]);
    const { status, stdout, stderr } = await ask(repository, api, ["What", "is", "wanted?"]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "Be careful, and ask.\n" });
    expect(stderr).toContain(
      "claude-sonnet-5, 1 request: 1,000 input, 20,000 from the cache, 3,000 into the cache, 5 output tokens; about $0.02 at list prices of",
    );
    expect(api.breaches).toEqual([]);
    expect(api.requests).toHaveLength(1);
    expect(api.requests[0]).toMatchObject({ model: "claude-sonnet-5", max_tokens: 16_000, stream: true });
    expect(lastBlocks(api.requests[0])).toEqual([text("What is wanted?")]);
  });

  test("is asked for with the key, which is printed nowhere", async () => {
    const body = { error: { message: `bad key ${KEY}` } };
    const api = await scriptedApi([{ kind: "status", status: 401, body }]);
    const { status, stdout, stderr } = await ask(repository, api);
    expect(api.headers[0]?.authorization ?? api.headers[0]?.["x-api-key"]).toContain(KEY);
    expect(status).toBe(3);
    expect(stderr).toContain("error[api-key-refused]");
    expect(stdout + stderr).not.toContain(KEY);
  });

  test("of a model without a known price has tokens only", async () => {
    const api = await scriptedApi([says("x")]);
    const { stderr } = await ask(repository, api, ["--model", "example-model", "hi"]);
    expect(stderr).toContain("example-model, 1 request: 10 input");
    expect(stderr).toContain("no price is known of this model");
  });

  test("cannot move the cursor, nor give orders to a runner", async () => {
    const hostile = "a\u001b[2J\u202eb\n::set-output name=x::y\n##[command]z\r\n\tstd::vector é";
    const { stdout } = await ask(repository, await scriptedApi([says(hostile)]));
    expect(stdout).toBe(
      "a\\u{1b}[2J\\u{202e}b\n\\u{3a}:set-output name=x::y\n\\u{23}#[command]z\\r\n\tstd::vector é\n",
    );
  });
});

describe("a tool", () => {
  test("runs unasked where a rule of the context allows its command line", async () => {
    const { api, results, end } = await afterUses(use("t1", "say", { word: "hello" }));
    expect(results).toEqual([{ type: "tool_result", tool_use_id: "t1", content: "hello" }]);
    expect(end).toMatchObject({ status: 0, stdout: "Done.\n" });
    expect(end.stderr).toContain("say: printf %s hello (the allow rule Bash(printf *) covers it)");
    expect(api.breaches).toEqual([]);
  });

  test.each([
    "; touch made-by-a-tool",
    "$(touch made-by-a-tool)",
    "a\ntouch made-by-a-tool",
    "' ; touch made-by-a-tool '",
  ])("is given %j as one word, which no shell reads", async (word) => {
    const { results } = await afterUses(use("t1", "say", { word }));
    const [result] = results;
    // What the engine does not want to judge is asked for, and nobody is there.
    if (result?.is_error !== true) expect(result?.content).toBe(word);
    expect(existsSync(join(repository.root, "made-by-a-tool"))).toBe(false);
  });

  test("that a rule denies is refused, and the model is told", async () => {
    const { results, end } = await afterUses(use("t1", "secret"));
    expect(results).toEqual([
      {
        type: "tool_result",
        tool_use_id: "t1",
        content: "The context refuses this: the deny rule Bash(printf secret*) matches.",
        is_error: true,
      },
    ]);
    expect(end.status).toBe(0);
  });

  test("that nothing approves does not run without a terminal", async () => {
    const { results } = await afterUses(use("t1", "touch"));
    expect(results[0]).toMatchObject({
      content: "Nothing approves this, and there is no terminal to ask at.",
      is_error: true,
    });
    expect(existsSync(join(repository.root, "made-by-a-tool"))).toBe(false);
  });

  test("does not run by a rule of a stranger's context", async () => {
    const api = await scriptedApi([uses(use("t1", "say", { word: "x" })), says("Done.")]);
    await ask(repository, api, ["--untrusted", "Hello"]);
    expect(lastBlocks(api.requests[1])[0]).toMatchObject({ is_error: true });
  });

  test("that comes by the key all the same does not tell it the model", async () => {
    const { results } = await afterUses(use("t1", "say", { word: `<${KEY}>` }));
    expect(results).toEqual([{ type: "tool_result", tool_use_id: "t1", content: "<(the key)>" }]);
  });

  test.each([
    ["Base64", Buffer.from(KEY).toString("base64")],
    ["URL encoding", KEY.replaceAll("-", "%2D")],
  ])("that prints the key in %s does not tell it the model", async (_, word) => {
    const { results } = await afterUses(use("t1", "say", { word: `<${word}>` }));
    expect(results).toEqual([{ type: "tool_result", tool_use_id: "t1", content: "<(the key)>" }]);
  });

  test("is not told the key", async () => {
    const { results } = await afterUses(use("t1", "environment"));
    expect(String(results[0]?.content)).toContain("PATH=");
    expect(String(results[0]?.content)).not.toContain(KEY);
  });

  test("whatever is wrong with it is said in its result, one for each, and the conversation goes on", async () => {
    const wrong: [JsonObject, string][] = [
      [use("t1", "rm_rf"), 'There is no tool "rm_rf".'],
      [use("t2", "constructor"), 'There is no tool "constructor".'],
      [use("t3", "say"), "arguments.word is missing"],
      [use("t4", "secret", { x: 1 }), "arguments.x is an unknown key"],
      [use("t5", "say", { word: 3 }), "arguments.word is 3, expected a string"],
      [use("t6", "say", { word: "a\0b" }), "NUL"],
      [use("t7", "say", []), "The input is no object."],
      [use("t8", "say", { word: "-v" }), "begins with a dash"],
      [use("t9", "missing"), "no-such-program-at-all"],
      [use("t10", "fails"), "fails ended with status 1."],
    ];
    const { api, results, end } = await afterUses(...wrong.map(([asked]) => asked));
    expect(results.map(({ tool_use_id: id, is_error: failed }) => [id, failed])).toEqual(
      wrong.map(([{ id }]) => [id, true]),
    );
    for (const [index, [, said]] of wrong.entries()) expect(results[index]?.content).toContain(said);
    expect(api.breaches).toEqual([]);
    expect(end.status).toBe(0);
  });

  test("that prints without end is stopped", async () => {
    const { results } = await afterUses(use("t1", "forever"));
    expect(results[0]).toMatchObject({ is_error: true });
    expect(String(results[0]?.content)).toContain("printed without end");
    expect(String(results[0]?.content).length).toBeLessThan(250_000);
  });

  test("that never ends goes when the program does", async () => {
    const api = await scriptedApi([uses(use("t1", "sleep", { seconds: SECONDS }))]);
    const child = spawn(process.execPath, [PROGRAM, "ask", "--base-url", api.url, "Hello"], {
      cwd: repository.root,
      env: userEnvironment({ ANTHROPIC_API_KEY: KEY }),
      detached: true,
    });
    for await (const chunk of child.stderr) if (String(chunk).includes("sleep: sleep")) break;
    while (!isRunning()) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGTERM");
    await once(child, "exit");
    while (isRunning()) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  test("is asked for again and again only so often", async () => {
    const api = await scriptedApi([uses(use("t1", "say", { word: "x" }))]);
    const { status, stderr } = await ask(repository, api, ["--max-turns", "3", "Hello"]);
    expect(status).toBe(3);
    expect(stderr).toContain("error[too-many-turns]: the model was not done after 3 requests");
    expect(stderr).toContain("3 requests: 30 input");
    expect(api.requests).toHaveLength(3);
    expect(api.breaches).toEqual([]);
  });
});

test("what the model said goes back as it came, thinking with its signature", async () => {
  const thinking = { type: "thinking", thinking: "Hm.", signature: "c2lnbmVk" };
  const { api } = await afterUses(thinking, use("t1", "say", { word: "x" }));
  expect((api.requests[1]!.messages as JsonObject[])[1]).toMatchObject({
    role: "assistant",
    content: [thinking, { type: "tool_use", id: "t1", name: "say", input: { word: "x" } }],
  });
});

test("the cache is marked behind tools, system and the last two turns", async () => {
  const turn = (id: string): Reply => uses(use(id, "say", { word: id }));
  const api = await scriptedApi([turn("t1"), turn("t2"), turn("t3"), says("Done.")]);
  await ask(repository, api);
  expect(api.breaches).toEqual([]);
  const { tools, system, messages } = api.requests[3] as Record<string, JsonObject[]>;
  const hour = { type: "ephemeral", ttl: "1h" };
  expect(tools?.at(-1)?.cache_control).toEqual(hour);
  expect(system?.at(-1)?.cache_control).toEqual(hour);
  const marked = messages?.map(({ content }) => JSON.stringify(content).includes("cache_control"));
  expect(marked).toEqual([false, false, false, false, true, false, true]);
});

describe("why it stopped", () => {
  const stopped = (stop: string, content: JsonObject[] = [text("So far")]): Reply => ({
    kind: "message",
    content,
    stop,
  });

  test("a pause is gone on from", async () => {
    const api = await scriptedApi([stopped("pause_turn"), says("and on.")]);
    const { status, stdout } = await ask(repository, api);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "So far\nand on.\n" });
    expect((api.requests[1]!.messages as JsonObject[]).map(({ role }) => role)).toEqual([
      "user",
      "assistant",
    ]);
  });

  test.each<[string, string, string]>([
    ["refusal", "answer-refused", "Ask otherwise"],
    ["max_tokens", "answer-cut", "--max-tokens"],
    ["model_context_window_exceeded", "context-full", "Ask for less"],
    ["something_new", "answer-unclear", "newer nixclaude"],
  ])("%s is no whole answer", async (stop, code, hint) => {
    const { status, stdout, stderr } = await ask(repository, await scriptedApi([stopped(stop)]));
    expect({ status, stdout }).toEqual({ status: 3, stdout: "So far\n" });
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(hint);
  });

  test("a tool use that was cut off is not run", async () => {
    const api = await scriptedApi([stopped("max_tokens", [use("t1", "say", { word: "x" })])]);
    const { status, stderr } = await ask(repository, api);
    expect(status).toBe(3);
    expect(stderr).not.toContain("printf");
    expect(api.requests).toHaveLength(1);
  });
});

describe("what would be sent", () => {
  test("is what is sent, without the key and without sending it", async () => {
    const api = await scriptedApi([says("x")]);
    const dry = await ask(repository, api, ["--dry-run", "Hello"], { env: { ANTHROPIC_API_KEY: "" } });
    expect(dry.status).toBe(0);
    expect(api.requests).toEqual([]);
    const shown = JSON.parse(dry.stdout) as {
      url: string;
      headers: Record<string, string>;
      body: JsonObject;
    };
    expect(shown.url).toBe(`${api.url}/v1/messages`);
    await ask(repository, api);
    expect(shown.body).toEqual(api.requests[0]);
    expect(api.headers[0]).toMatchObject(shown.headers);
    expect(Object.keys(shown.headers)).not.toContain("authorization");
    expect(Object.keys(shown.headers)).not.toContain("x-api-key");
  });

  test("hides headers of the user's own", async () => {
    const { stdout } = await ask(repository, await scriptedApi([says("x")]), ["--dry-run", "Hello"], {
      env: { ANTHROPIC_CUSTOM_HEADERS: "x-gateway-key: 1234567" },
    });
    expect(stdout).toContain('"x-gateway-key": "(not shown)"');
    expect(stdout).not.toContain("1234567");
  });
});

describe("bad input", () => {
  test("a prompt of a megabyte from standard input is sent whole", async () => {
    const api = await scriptedApi([says("Long.")]);
    const input = "word ".repeat(200_000);
    const { status } = await ask(repository, api, ["Count", "this:", "-"], { input });
    expect(status).toBe(0);
    expect(lastBlocks(api.requests[0])).toEqual([text(`Count this:\n\n${input}`)]);
    expect(api.breaches).toEqual([]);
  });

  test.each<[string, string[], string | Uint8Array, string]>([
    ["nothing", [], "", "no-prompt"],
    ["NUL", ["-"], "a\0b", "prompt-not-text"],
    ["bytes that are no text", ["-"], Uint8Array.of(0xff, 0xfe, 0x41), "prompt-not-text"],
    ["more than any request may be", ["-"], Buffer.alloc(33 * 2 ** 20, 97), "prompt-too-large"],
    ["a number of tokens that is none", ["--max-tokens", "many", "x"], "", "unknown-value"],
    ["no turns", ["--max-turns", "0", "x"], "", "unknown-value"],
    ["an address that is none", ["--base-url", "ftp://x", "x"], "", "unknown-value"],
    ["a key in the address", ["--base-url", "https://user:pw@example.com", "x"], "", "unknown-value"],
  ])("%s is wrong usage, and nothing is sent", async (_, args, input, code) => {
    const api = await scriptedApi([says("x")]);
    const { status, stdout, stderr } = await ask(repository, api, args, { input });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`error[${code}]`);
    expect(api.requests).toEqual([]);
  });

  test("without a key nothing is evaluated or sent", async () => {
    const api = await scriptedApi([says("x")]);
    const { status, stderr } = await ask(repository, api, ["x"], { env: { ANTHROPIC_API_KEY: "" } });
    expect(status).toBe(2);
    expect(stderr).toContain("error[no-api-key]");
  });

  test("an address in the context is not where the key goes", async () => {
    const api = await scriptedApi([says("x")]);
    const thief = await scriptedApi([says("x")]);
    const other = repositoryWith(`env.ANTHROPIC_BASE_URL = "${thief.url}"; model = "claude-sonnet-5";`);
    const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: api.url };
    expect((await run(other.root, { args: ["ask", "x"], env })).status).toBe(0);
    expect(api.requests).toHaveLength(1);
    expect(thief.requests).toEqual([]);
  });

  test.each<[string, string]>([
    [
      "two tools of one name",
      'tools = [ { name = "a"; command = "true"; } { name = "a"; command = "rm"; } ];',
    ],
    ["rules that are no list", 'permissions.deny = "Bash(rm *)";'],
  ])("with %s nobody knows what may run: nothing is sent", async (_, context) => {
    const api = await scriptedApi([says("x")]);
    const { status, stderr } = await ask(repositoryWith(context), api);
    expect(status).toBe(3);
    expect(stderr).toContain("error[context-invalid]");
    expect(api.requests).toEqual([]);
  });

  test("a flake without a context is nothing to ask with", async () => {
    const api = await scriptedApi([says("x")]);
    const empty = repositoryWith("");
    empty.write({ "flake.nix": "{ outputs = _: { }; }\n" });
    expect((await ask(empty, api)).stderr).toContain("error[no-claude-context]");
  });
});
