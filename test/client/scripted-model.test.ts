import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type ScriptedModel, scriptedModel, type Turn } from "../../src/client/scripted-model.ts";
import type { JsonObject } from "../../src/model/json.ts";

const opened: ScriptedModel[] = [];
afterEach(() => {
  for (const { server } of opened.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listening(...turns: Turn[]) {
  const model = scriptedModel(turns);
  opened.push(model);
  await new Promise<void>((done) => model.server.listen(0, "127.0.0.1", done));
  const { port } = model.server.address() as AddressInfo;
  const post = (body: unknown, path = "/v1/messages?beta=true") =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const ask = async (body: JsonObject): Promise<string[]> => {
    const { content } = (await (await post(body)).json()) as { content: { type: string; id?: string }[] };
    return content.map((block) => block.id ?? block.type);
  };
  return { model, post, ask, port };
}

const use =
  (id: string): Turn =>
  () => [{ id, name: "Bash", input: { command: id } }];
const TOOLS = [{ name: "Bash" }];
const resultOf = (id: string) => [
  { role: "user", content: "go" },
  { role: "user", content: [{ type: "tool_result", tool_use_id: id }] },
];

test("each turn waits for the results of the one before; a subagent's requests get a word", async () => {
  const { model, ask } = await listening(use("first"), () => [], use("second"));
  expect(await ask({ messages: [] })).toEqual(["text"]);
  expect(model.firstRequest()).toBeNull();
  expect(await ask({ tools: TOOLS, messages: [], model: "main" })).toEqual(["first"]);
  expect(await ask({ tools: TOOLS, messages: [], model: "subagent" })).toEqual(["text"]);
  expect(await ask({ tools: TOOLS, messages: resultOf("first") })).toEqual(["second"]);
  expect(await ask({ tools: TOOLS, messages: resultOf("first") })).toEqual(["text"]);
  expect(await ask({ tools: TOOLS, messages: resultOf("second") })).toEqual(["text"]);
  expect(model.firstRequest()).toMatchObject({ model: "main" });
  expect(model.requests()).toBe(6);
});

test("an answer streams as the Messages API does", async () => {
  const { post } = await listening(use("first"));
  const response = await post({ tools: TOOLS, stream: true, model: "m" });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const events = (await response.text())
    .trim()
    .split("\n\n")
    .map((event) => JSON.parse(event.split("\ndata: ")[1]!) as JsonObject);
  expect(events.map(({ type }) => type)).toEqual([
    "message_start",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
  expect(events[2]).toMatchObject({ delta: { partial_json: '{"command":"first"}' } });
  expect(events[4]).toMatchObject({ delta: { stop_reason: "tool_use" } });
});

test.each([
  ["no JSON", "{", "/v1/messages"],
  ["no object", "[]", "/v1/messages"],
  ["another address", "{}", "/v1/other"],
])("%s is not found", async (_, body, path) => {
  const { post } = await listening();
  expect((await post(body, path)).status).toBe(404);
});

test("tokens are counted without an opinion", async () => {
  const { post } = await listening();
  expect(await (await post({}, "/v1/messages/count_tokens?beta=true")).json()).toEqual({ input_tokens: 1 });
});

test("a request without end is cut off, and the model goes on", async () => {
  const { port, ask } = await listening(use("first"));
  await new Promise<void>((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {}).on("close", () => done());
    socket.write("POST /v1/messages HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    const chunk = `100000\r\n${"a".repeat(0x100000)}\r\n`;
    const more = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on("drain", more);
    more();
  });
  expect(await ask({ tools: TOOLS })).toEqual(["first"]);
});

test("a turn that fails ends that connection only", async () => {
  const { post, ask } = await listening(() => {
    throw new Error("strange tools");
  }, use("second"));
  await expect(post({ tools: TOOLS })).rejects.toThrow();
  expect(await ask({ messages: [] })).toEqual(["text"]);
});
