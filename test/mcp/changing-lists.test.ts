import { PassThrough } from "node:stream";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ReadBuffer, serializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  ResourceListChangedNotificationSchema,
  ToolListChangedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { expect, test } from "vitest";
import { serve } from "../../src/mcp/protocol/serve.ts";
import type { ChangingList, ServedTool, ServerDefinition } from "../../src/mcp/protocol/served.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { META } from "./support.ts";

function tool(name: string): ServedTool {
  return {
    definition: { name, description: "x", inputSchema: { type: "object" } },
    call: async () => ({ content: [{ type: "text", text: name }] }),
  };
}

/** A server whose lists change when the test says so, and the streams that lead to it. */
class Changing {
  readonly input = new PassThrough();
  readonly output = new PassThrough();
  readonly messages: JsonObject[] = [];
  names = ["a"];
  listeners = 0;
  announce: (what: ChangingList) => void = () => {};
  readonly ended: Promise<void>;

  constructor(further: Partial<ServerDefinition> = {}) {
    this.ended = serve(
      {
        info: { name: "changing", version: "1" },
        tools: async () => this.names.map(tool),
        resources: () => [
          {
            definition: { uri: "flake:persona", name: "persona", mimeType: "text/markdown" },
            read: async () => ({ text: this.names.join() }),
          },
        ],
        onChange: (announce) => {
          this.listeners++;
          this.announce = announce;
          return () => {
            this.listeners--;
          };
        },
        ...further,
      },
      { input: this.input, output: this.output },
    );
  }

  /** For a test that reads by itself instead of the official client. */
  async request(id: number, method: string, params: JsonObject = {}): Promise<JsonObject> {
    this.input.write(serializeMessage({ jsonrpc: "2.0", id, method, params: { ...params, _meta: META } }));
    await this.#turns();
    this.#read();
    return this.messages.find((message) => message.id === id) ?? {};
  }

  notify(method: string, params: JsonObject): void {
    this.input.write(serializeMessage({ jsonrpc: "2.0", method, params }));
  }

  async notifications(): Promise<JsonObject[]> {
    await this.#turns();
    this.#read();
    return this.messages.filter((message) => "method" in message);
  }

  #read(): void {
    const text = (this.output.read() as Buffer | null)?.toString() ?? "";
    for (const line of text.split("\n")) if (line !== "") this.messages.push(JSON.parse(line) as JsonObject);
  }

  async #turns(): Promise<void> {
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  }
}

async function connected(server: Changing): Promise<Client> {
  const buffer = new ReadBuffer();
  const transport: Transport = {
    start: async () => {
      server.output.on("data", (chunk: Buffer) => {
        buffer.append(chunk);
        for (let message = buffer.readMessage(); message !== null; message = buffer.readMessage()) {
          transport.onmessage?.(message);
        }
      });
    },
    send: async (message) => void server.input.write(serializeMessage(message)),
    close: async () => void server.input.end(),
  };
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  return client;
}

test("a client with a handshake hears that tools and resources changed, and finds the new ones", async () => {
  const server = new Changing();
  const client = await connected(server);
  expect(client.getServerCapabilities()).toMatchObject({
    tools: { listChanged: true },
    resources: { listChanged: true },
  });
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["a"]);
  const heard: string[] = [];
  const changed = new Promise<void>((resolve) => {
    client.setNotificationHandler(ToolListChangedNotificationSchema, ({ method }) => void heard.push(method));
    client.setNotificationHandler(ResourceListChangedNotificationSchema, ({ method }) => {
      heard.push(method);
      resolve();
    });
  });
  server.names = ["a", "b"];
  server.announce("tools");
  server.announce("resources");
  await changed;
  expect(heard).toEqual(["notifications/tools/list_changed", "notifications/resources/list_changed"]);
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(await client.callTool({ name: "b" })).toEqual({ content: [{ type: "text", text: "b" }] });
  await client.close();
  await server.ended;
  expect(server.listeners).toBe(0);
});

test("a client with a handshake lists and reads resources", async () => {
  const server = new Changing();
  const client = await connected(server);
  const definition = { uri: "flake:persona", name: "persona", mimeType: "text/markdown" };
  expect((await client.listResources()).resources).toEqual([definition]);
  expect((await client.listResourceTemplates()).resourceTemplates).toEqual([]);
  expect((await client.readResource({ uri: "flake:persona" })).contents).toEqual([
    { uri: "flake:persona", text: "a", mimeType: "text/markdown" },
  ]);
  await expect(client.readResource({ uri: "flake:none" })).rejects.toMatchObject({ code: -32602 });
  await client.close();
});

test("in revision 2026-07-28 only who listens hears of changes, until it cancels", async () => {
  const server = new Changing();
  const listed = await server.request(1, "tools/list");
  expect(listed.result).toMatchObject({ ttlMs: 0, cacheScope: "private" });
  server.announce("tools");
  expect(await server.notifications()).toEqual([]);
  await server.request(2, "subscriptions/listen", {
    notifications: { toolsListChanged: true, promptsListChanged: true },
  });
  await server.request(3, "subscriptions/listen", { notifications: { resourcesListChanged: true } });
  server.announce("tools");
  const subscription = (id: number) => ({ _meta: { "io.modelcontextprotocol/subscriptionId": id } });
  expect(await server.notifications()).toEqual([
    {
      jsonrpc: "2.0",
      method: "notifications/subscriptions/acknowledged",
      params: { ...subscription(2), notifications: { toolsListChanged: true } },
    },
    {
      jsonrpc: "2.0",
      method: "notifications/subscriptions/acknowledged",
      params: { ...subscription(3), notifications: { resourcesListChanged: true } },
    },
    { jsonrpc: "2.0", method: "notifications/tools/list_changed", params: subscription(2) },
  ]);
  server.notify("notifications/cancelled", { requestId: 2 });
  await server.notifications();
  server.announce("tools");
  expect((await server.notifications()).length).toBe(3);
  server.input.end();
  await server.ended;
  await server.notifications();
  expect(server.messages.at(-1)).toMatchObject({
    id: 3,
    result: { resultType: "complete", ...subscription(3) },
  });
  expect(server.messages.filter(({ id }) => id === 2)).toEqual([]);
});

test("in revision 2026-07-28 resources are listed and read", async () => {
  const server = new Changing();
  expect((await server.request(1, "resources/list")).result).toMatchObject({
    resultType: "complete",
    resources: [{ uri: "flake:persona", name: "persona" }],
    ttlMs: 0,
    cacheScope: "private",
  });
  expect((await server.request(2, "resources/templates/list")).result).toMatchObject({
    resourceTemplates: [],
  });
  expect((await server.request(3, "resources/read", { uri: "flake:persona" })).result).toMatchObject({
    contents: [{ uri: "flake:persona", text: "a", mimeType: "text/markdown" }],
    ttlMs: 0,
  });
  expect(await server.request(4, "resources/read", { uri: "flake:none" })).toMatchObject({
    error: { code: -32602, data: { uri: "flake:none" } },
  });
  server.input.end();
  await server.ended;
});

test("a list that cannot be made is an error of that request, and the next one is answered", async () => {
  let broken = true;
  const server = new Changing({
    tools: async () => {
      if (broken) throw new Error("flake.nix does not evaluate");
      return [tool("a")];
    },
  });
  expect(await server.request(1, "tools/list")).toMatchObject({
    error: { code: -32603, message: "flake.nix does not evaluate" },
  });
  broken = false;
  expect(await server.request(2, "tools/list")).toMatchObject({ result: { tools: [{ name: "a" }] } });
  server.input.end();
  await server.ended;
});
