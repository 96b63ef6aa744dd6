import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { CAPABILITIES_KEY, META, RawServer, script, takes, toolsFile, VERSION_KEY } from "./support.ts";

const hello = { name: "hello", command: "echo hello" };
const LIST = { type: "array", items: { type: "string" } };
const file = toolsFile(
  [hello, { name: "list", command: script(`console.log('["a"]')`), outputSchema: LIST }],
  {
    instructions: "Use hello.",
  },
);

/** Sends lines, then asks something, and returns what came before that answer. */
async function answersTo(...lines: (string | Buffer)[]): Promise<JsonObject[]> {
  await using server = new RawServer(file);
  for (const line of lines) server.line(line);
  const last = await server.request("last", "server/discover", { _meta: META });
  expect(last).toHaveProperty("result");
  return server.messages.filter(({ id }) => id !== "last");
}

describe("revisions with a handshake", () => {
  test.each([
    ["2025-11-25", "2025-11-25"],
    ["2025-06-18", "2025-06-18"],
    ["2025-03-26", "2025-03-26"],
    ["2024-11-05", "2024-11-05"],
    // What nobody knows, and what has no handshake, is answered with the newest that has one.
    ["2099-01-01", "2025-11-25"],
    ["2026-07-28", "2025-11-25"],
  ])("a client that asks for %s gets %s", async (asked, got) => {
    await using server = new RawServer(file);
    expect(await server.initialize(asked)).toEqual({
      jsonrpc: "2.0",
      id: "init",
      result: {
        protocolVersion: got,
        capabilities: { tools: {}, logging: {} },
        serverInfo: { name: "test", version: "0" },
        instructions: "Use hello.",
      },
    });
  });

  test("a request before the handshake is told what to do, and ping is answered", async () => {
    await using server = new RawServer(file);
    expect(await server.request(1, "tools/list")).toEqual({
      jsonrpc: "2.0",
      id: 1,
      error: {
        code: -32602,
        message:
          "Call initialize first (revisions up to 2025-11-25), or name the revision in params._meta (2026-07-28).",
      },
    });
    expect(await server.request(2, "ping")).toEqual({ jsonrpc: "2.0", id: 2, result: {} });
  });

  test.each<[method: string, params: JsonObject, code: number]>([
    ["no/such/method", {}, -32601],
    ["resources/list", {}, -32601],
    ["prompts/list", {}, -32601],
    ["tools/call", { name: "nope" }, -32602],
    ["tools/call", {}, -32602],
    ["tools/call", { name: "hello", arguments: [] }, -32602],
    ["tools/list", { cursor: "2" }, -32602],
  ])("%s %j is error %d", async (method, params, code) => {
    await using server = new RawServer(file);
    await server.initialize();
    expect(await server.request(1, method, params)).toMatchObject({ id: 1, error: { code } });
  });

  test("all requests that come at once are answered, each under its id", async () => {
    await using server = new RawServer(file);
    const ids = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? index : `id ${index}`));
    await server.initialize();
    const answers = await Promise.all(ids.map((id) => server.request(id, "tools/call", { name: "hello" })));
    expect(answers).toEqual(
      ids.map((id) => ({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: "hello\n" }] } })),
    );
  });
});

describe("revision 2026-07-28", () => {
  const SERVER = { "io.modelcontextprotocol/serverInfo": { name: "test", version: "0" } };
  const complete = (id: number, result: JsonObject) => ({
    jsonrpc: "2.0",
    id,
    result: { resultType: "complete", ...result, _meta: SERVER },
  });

  test("needs no handshake: discovery, the list and a call", async () => {
    await using server = new RawServer(file);
    const description = "A tool of a test.";
    const inputSchema = { type: "object", additionalProperties: false };
    expect(await server.request(1, "server/discover", { _meta: META })).toEqual(
      complete(1, {
        supportedVersions: ["2026-07-28"],
        capabilities: { tools: {} },
        instructions: "Use hello.",
        ttlMs: 300_000,
        cacheScope: "private",
      }),
    );
    expect(await server.request(2, "tools/list", { _meta: META })).toEqual(
      complete(2, {
        tools: [
          { name: "hello", description, inputSchema },
          { name: "list", description, inputSchema, outputSchema: LIST },
        ],
        ttlMs: 300_000,
        cacheScope: "private",
      }),
    );
    expect(await server.request(3, "tools/call", { name: "hello", _meta: META })).toEqual(
      complete(3, { content: [{ type: "text", text: "hello\n" }] }),
    );
  });

  test("has structured content of any shape", async () => {
    await using server = new RawServer(file);
    expect(await server.request(1, "tools/call", { name: "list", _meta: META })).toEqual(
      complete(1, { content: [{ type: "text", text: '["a"]' }], structuredContent: ["a"] }),
    );
  });

  test.each<[what: string, meta: JsonObject | undefined]>([
    ["without _meta", undefined],
    ["without its revision", { [CAPABILITIES_KEY]: {} }],
    ["without the client's capabilities", { [VERSION_KEY]: "2026-07-28" }],
    ["with capabilities that are no object", { [VERSION_KEY]: "2026-07-28", [CAPABILITIES_KEY]: [] }],
    ["with a revision that is no text", { [VERSION_KEY]: 20260728, [CAPABILITIES_KEY]: {} }],
  ])("refuses discovery %s", async (_, _meta) => {
    await using server = new RawServer(file);
    expect(await server.request(1, "server/discover", _meta === undefined ? {} : { _meta })).toMatchObject({
      id: 1,
      error: { code: -32602, message: expect.stringContaining(CAPABILITIES_KEY) },
    });
  });

  test.each(["2025-11-25", "2026-07-29", "", "x".repeat(1000)])(
    "refuses revision %j in _meta",
    async (requested) => {
      await using server = new RawServer(file);
      expect(await server.request(1, "tools/list", { _meta: { ...META, [VERSION_KEY]: requested } })).toEqual(
        {
          jsonrpc: "2.0",
          id: 1,
          error: {
            code: -32022,
            message: "Unsupported protocol version",
            data: { supported: ["2026-07-28"], requested },
          },
        },
      );
    },
  );

  test.each<[method: string, params: JsonObject, code: number]>([
    ["tools/call", { name: "nope" }, -32602],
    ["tools/call", {}, -32602],
    ["tools/call", { name: "hello", arguments: "x" }, -32602],
    ["tools/list", { cursor: "x" }, -32602],
    ["resources/list", {}, -32601],
    ["resources/read", { uri: "x" }, -32601],
    ["ping", {}, -32601],
    ["initialize", {}, -32601],
    ["logging/setLevel", { level: "info" }, -32601],
    ["no/such/method", {}, -32601],
  ])("%s %j is error %d", async (method, params, code) => {
    await using server = new RawServer(file);
    expect(await server.request(1, method, { ...params, _meta: META })).toMatchObject({
      id: 1,
      error: { code },
    });
  });

  test("tells nobody of standard error who may not be told", async () => {
    await using server = new RawServer(
      toolsFile([{ name: "errors", command: script("console.error('x')") }]),
    );
    await server.request(1, "tools/call", { name: "errors", _meta: META });
    expect(server.messages.length).toBe(1);
  });

  test("an id that is still under way is refused", async () => {
    await using server = new RawServer(toolsFile([{ name: "slow", command: "sleep 1000" }]));
    const params = { name: "slow", _meta: META };
    server.send({ id: 1, method: "tools/call", params });
    expect(await server.request(1, "tools/call", params)).toMatchObject({ error: { code: -32600 } });
  });

  test("both kinds of clients may share a server", async () => {
    await using server = new RawServer(file);
    await server.initialize();
    const [older, newer] = await Promise.all([
      server.request(1, "tools/call", { name: "hello" }),
      server.request(2, "tools/call", { name: "hello", _meta: META }),
    ]);
    expect(older.result).not.toHaveProperty("resultType");
    expect(newer.result).toHaveProperty("resultType");
  });
});

describe("lines that are no messages", () => {
  const parseError = { jsonrpc: "2.0", error: { code: -32700, message: "The line is not JSON." } };
  const invalid = (message: unknown, id?: number | string) => ({
    jsonrpc: "2.0",
    ...(id === undefined ? {} : { id }),
    error: { code: -32600, message },
  });

  test.each<[what: string, line: string | Buffer, answers: unknown[]]>([
    ["words", "hello", [parseError]],
    ["half a message", '{"jsonrpc":"2.0","id":1', [parseError]],
    ["the character NUL", '{"jsonrpc":"2.0","id":1,"method":"a\0"}', [parseError]],
    ["only the character NUL", "\0", [parseError]],
    [
      "bytes that are not UTF-8",
      Buffer.from([0x22, 0xff, 0x22]),
      [{ ...parseError, error: { code: -32700, message: "The line is not UTF-8." } }],
    ],
    ["headers of another protocol", "Content-Length: 12\r\n\r", [parseError]],
    ["nothing", "", []],
    ["white space", " \t\r", []],
    ["a batch", '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', [invalid(expect.stringContaining("A batch"))]],
    ["a number", "1", [invalid("A message is a JSON object.")]],
    ["null", "null", [invalid("A message is a JSON object.")]],
    ["another version of JSON-RPC", '{"id":1,"method":"ping"}', [invalid(expect.stringContaining("2.0"), 1)]],
    ["no method", '{"jsonrpc":"2.0","id":"a"}', [invalid(expect.stringContaining("method"), "a")]],
    [
      "a method that is no text",
      '{"jsonrpc":"2.0","id":1,"method":{}}',
      [invalid(expect.stringContaining("method"), 1)],
    ],
    [
      "an id that is null",
      '{"jsonrpc":"2.0","id":null,"method":"ping"}',
      [invalid(expect.stringContaining("id"))],
    ],
    [
      "an id that is no whole number",
      '{"jsonrpc":"2.0","id":1.5,"method":"ping"}',
      [invalid(expect.stringContaining("id"))],
    ],
    [
      "parameters in a list",
      '{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}',
      [{ jsonrpc: "2.0", id: 1, error: { code: -32602, message: "params is a JSON object." } }],
    ],
    ["a notification nobody knows", '{"jsonrpc":"2.0","method":"no/such/thing"}', []],
    [
      "a notification with wrong parameters",
      '{"jsonrpc":"2.0","method":"notifications/cancelled","params":7}',
      [],
    ],
    [
      "a cancellation of nothing",
      '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}',
      [],
    ],
    ["an answer to nothing", '{"jsonrpc":"2.0","id":1,"result":{}}', []],
    ["an error that answers nothing", '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}', []],
  ])("%s", async (_, line, answers) => {
    expect(await answersTo(line)).toEqual(answers);
  });

  test("a line that is longer than anything that is read, and what comes behind it", async () => {
    const line = Buffer.alloc(40 * 1024 ** 2, "x");
    expect(await answersTo(line)).toEqual([invalid("A message has at most 16777216 bytes.")]);
  });

  test("ten megabytes of arguments are read, and said to be too long for the system", async () => {
    const echo = { name: "echo", command: "echo", inputSchema: takes({ a: { type: "string" } }, ["a"]) };
    await using server = new RawServer(toolsFile([echo]));
    const params = { name: "echo", arguments: { a: "x".repeat(10 * 1024 ** 2) }, _meta: META };
    expect(await server.request(1, "tools/call", params)).toMatchObject({
      result: { isError: true, content: [{ text: expect.stringContaining("too long for the system") }] },
    });
  });

  test("arguments nested without end", async () => {
    const echo = { name: "echo", command: "echo", inputSchema: { type: "object" } };
    await using server = new RawServer(toolsFile([echo]));
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const meta = JSON.stringify(META);
    server.line(
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"a":${deep}},"_meta":${meta}}}`,
    );
    expect(await server.message(({ id }) => id === 1)).toMatchObject({
      result: { isError: true, content: [{ text: expect.stringContaining("nested too deep") }] },
    });
  });

  test("a message in many pieces, and many in one", async () => {
    await using server = new RawServer(file);
    const line = JSON.stringify({
      jsonrpc: "2.0",
      id: "é",
      method: "server/discover",
      params: { _meta: META },
    });
    const bytes = Buffer.from(`${line}\n${line.replace("é", "ü")}\r\n`);
    for (let at = 0; at < bytes.length; at += 7) {
      server.process.stdin.write(bytes.subarray(at, at + 7));
      await new Promise(setImmediate);
    }
    await server.message(({ id }) => id === "ü");
    expect(server.messages.map(({ id }) => id)).toEqual(["é", "ü"]);
  });

  test("the last message needs no line break", async () => {
    await using server = new RawServer(file);
    server.process.stdin.write(
      JSON.stringify({ jsonrpc: "2.0", id: 1, method: "server/discover", params: { _meta: META } }),
    );
    expect(await server.end()).toEqual({ status: 0, signal: null });
    expect(server.messages).toMatchObject([{ id: 1, result: {} }]);
  });

  test("what was asked before the end is answered, in either revision", async () => {
    await using server = new RawServer(file);
    const clientInfo = { name: "x", version: "0" };
    server.send({
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo },
    });
    server.send({ id: 2, method: "tools/list" });
    server.send({ id: 3, method: "tools/list", params: { _meta: META } });
    expect(await server.end()).toEqual({ status: 0, signal: null });
    expect(server.messages.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  });
});
