import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterAll } from "vitest";
import { limitBreaches } from "../../src/artifacts/messages-request-limits.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

/** How one request is answered. */
export type Reply =
  | { kind: "message"; content: JsonObject[]; stop?: string; usage?: JsonObject }
  | { kind: "status"; status: number; body?: JsonObject; headers?: Record<string, string> }
  /** The line breaks after so many events of the message. */
  | { kind: "broken"; content: JsonObject[]; events: number }
  /** The same, as if that were all. */
  | { kind: "truncated"; content: JsonObject[]; events: number }
  /** An event in the middle says that it failed. */
  | { kind: "failing"; content: JsonObject[]; events: number; type: string }
  | { kind: "redirect"; to: string };

export interface ScriptedApi {
  url: string;
  /** Bodies in the order they came. */
  requests: JsonObject[];
  headers: IncomingMessage["headers"][];
  /** What of them broke a documented limit. */
  breaches: string[];
  close(): Promise<void>;
}

export const text = (said: string): JsonObject => ({ type: "text", text: said });
export const use = (id: string, name: string, input: Json = {}): JsonObject => ({
  type: "tool_use",
  id,
  name,
  input,
});
export const says = (...texts: string[]): Reply => ({ kind: "message", content: texts.map(text) });
export const uses = (...content: JsonObject[]): Reply => ({ kind: "message", content, stop: "tool_use" });

const open = new Set<ScriptedApi>();
afterAll(async () => {
  for (const api of open) await api.close();
});

/** A Messages API on loopback that gives one reply after the other, and the last one for ever. */
export async function scriptedApi(replies: readonly Reply[]): Promise<ScriptedApi> {
  const requests: JsonObject[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const breaches: string[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      requests.push(body as JsonObject);
      headers.push(request.headers);
      if (request.method !== "POST" || request.url !== "/v1/messages")
        breaches.push(`${request.method} ${request.url}`);
      breaches.push(...limitBreaches(body as Json).map(({ path, message }) => `${path} ${message}`));
      const reply = replies[Math.min(requests.length, replies.length) - 1]!;
      answer(response, body as JsonObject, reply);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const api: ScriptedApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers,
    breaches,
    close: async () => {
      open.delete(api);
      server.closeAllConnections();
      server.close();
    },
  };
  open.add(api);
  return api;
}

function answer(response: ServerResponse, { model }: JsonObject, reply: Reply): void {
  switch (reply.kind) {
    case "status":
      response
        .writeHead(reply.status, { "content-type": "application/json", ...reply.headers })
        .end(JSON.stringify(reply.body ?? { type: "error", error: { type: "api_error", message: "no" } }));
      return;
    case "redirect":
      response.writeHead(307, { location: reply.to }).end();
      return;
    case "message":
      stream(response, eventsOf(model!, reply));
      return;
    case "broken":
      send(response, eventsOf(model!, reply).slice(0, reply.events));
      setImmediate(() => response.destroy());
      return;
    case "truncated":
      stream(response, eventsOf(model!, reply).slice(0, reply.events));
      return;
    case "failing":
      send(response, eventsOf(model!, reply).slice(0, reply.events));
      stream(response, [{ type: "error", error: { type: reply.type, message: "Overloaded" } }], true);
  }
}

function stream(response: ServerResponse, events: readonly JsonObject[], begun = false): void {
  send(response, events, begun);
  response.end();
}

function send(response: ServerResponse, events: readonly JsonObject[], begun = false): void {
  if (!begun) response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of events)
    response.write(`event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`);
}

function eventsOf(
  model: Json,
  reply: { content: JsonObject[]; stop?: string; usage?: JsonObject },
): JsonObject[] {
  const usage = { input_tokens: 10, output_tokens: 1, ...reply.usage };
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    usage,
  };
  return [
    { type: "message_start", message },
    ...reply.content.flatMap(blockEvents),
    {
      type: "message_delta",
      delta: { stop_reason: reply.stop ?? "end_turn", stop_sequence: null },
      usage: { output_tokens: 5 },
    },
    { type: "message_stop" },
  ];
}

function blockEvents(block: JsonObject, index: number): JsonObject[] {
  const [start, ...deltas] = startAndDeltas(block);
  return [
    { type: "content_block_start", index, content_block: start! },
    ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
    { type: "content_block_stop", index },
  ];
}

/** Texts and inputs come in small pieces. */
function startAndDeltas(block: JsonObject): JsonObject[] {
  if (block.type === "text") {
    return [
      { type: "text", text: "" },
      ...pieces(String(block.text)).map((piece) => ({ type: "text_delta", text: piece })),
    ];
  }
  if (block.type === "thinking") {
    return [
      { type: "thinking", thinking: "", signature: "" },
      { type: "thinking_delta", thinking: block.thinking! },
      { type: "signature_delta", signature: block.signature! },
    ];
  }
  const input = JSON.stringify(block.input);
  return [
    { ...block, input: {} },
    ...pieces(input).map((piece) => ({ type: "input_json_delta", partial_json: piece })),
  ];
}

function pieces(whole: string): string[] {
  const size = Math.max(3, Math.ceil(whole.length / 50));
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
    whole.slice(at * size, (at + 1) * size),
  );
}
