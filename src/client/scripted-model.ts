import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

/** A tool use of the scripted model's first answer. */
export interface ToolUse {
  id: string;
  name: string;
  input: JsonObject;
}

export interface ScriptedModel {
  server: Server;
  /** The first request that offered tools; null while there was none. */
  firstRequest(): JsonObject | null;
  /** The last request for an answer, with tools or without. */
  lastRequest(): JsonObject | null;
  /** How many requests came in, for error messages. */
  requests(): number;
  /** Called once, when the results of the last turn came in: the conversation has nothing more to say. */
  onFinished(listener: () => void): void;
}

/** One answer of the model, made from the request that it answers. */
export type Turn = (request: JsonObject) => readonly ToolUse[];

/** Larger requests than any client sends. */
const MAX_REQUEST_BYTES = 16 * 1024 ** 2;
/** The client may be hostile: what it can make us hold at once is bounded. */
const MAX_CONNECTIONS = 32;

/**
 * A Messages API that knows one conversation. The first request with tools gets the first turn; the request that
 * brings the results of a turn's tool uses gets the next; every other one, as a subagent may send, gets a word. A turn
 * without tool uses is passed over. Not listening yet.
 */
export function scriptedModel(turns: readonly Turn[]): ScriptedModel {
  let first: JsonObject | null = null;
  let last: JsonObject | null = null;
  let next = 0;
  /** A tool use whose result the next turn waits for. */
  let awaited: string | null = null;
  let requests = 0;
  let finished = () => {};
  const usesFor = (request: JsonObject): readonly ToolUse[] => {
    if (listOf(request.tools).length === 0) return [];
    if (first === null) first = request;
    else if (awaited === null || !hasResult(request, awaited)) return [];
    let uses: readonly ToolUse[] = [];
    while (uses.length === 0 && next < turns.length) uses = turns[next++]!(request);
    awaited = uses[0]?.id ?? null;
    if (awaited === null) finished();
    return uses;
  };
  const server = createServer((request, response) => {
    requests++;
    readBody(request)
      .then((body) => {
        const asked = body !== null && isJsonObject(body) ? body : null;
        if (request.method !== "POST" || !request.url?.startsWith("/v1/messages") || asked === null) {
          response.writeHead(404).end("{}");
        } else if (request.url.startsWith("/v1/messages/count_tokens")) {
          sendJson(response, { input_tokens: 1 });
        } else {
          last = asked;
          answer(response, asked, usesFor(asked));
        }
      })
      .catch(() => response.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  return {
    server,
    firstRequest: () => first,
    lastRequest: () => last,
    requests: () => requests,
    onFinished: (listener) => {
      finished = listener;
    },
  };
}

function hasResult(request: JsonObject, id: string): boolean {
  return listOf(request.messages).some(
    (message) =>
      isJsonObject(message) &&
      listOf(message.content).some((block) => isJsonObject(block) && block.tool_use_id === id),
  );
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

async function readBody(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) throw new Error("the request is too large");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Json;
  } catch {
    return null;
  }
}

function answer(response: ServerResponse, request: JsonObject, uses: readonly ToolUse[]): void {
  const model = typeof request.model === "string" ? request.model : "scripted";
  const content: JsonObject[] =
    uses.length === 0
      ? [{ type: "text", text: "ok" }]
      : uses.map(({ id, name, input }) => ({ type: "tool_use", id, name, input }));
  const stop = uses.length === 0 ? "end_turn" : "tool_use";
  if (request.stream !== true) {
    sendJson(response, { ...message(model, content), stop_reason: stop });
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of streamOf(model, content, stop)) {
    response.write(`event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`);
  }
  response.end();
}

function message(model: string, content: Json[]): JsonObject {
  return {
    id: "msg_scripted",
    type: "message",
    role: "assistant",
    model,
    content,
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  };
}

/** The order of events of the Messages API's stream: a block starts, its content comes as a delta, it stops. */
function streamOf(model: string, content: readonly JsonObject[], stop: string): JsonObject[] {
  const blocks = content.flatMap((block, index): JsonObject[] => {
    const text = block.type === "text";
    return [
      {
        type: "content_block_start",
        index,
        content_block: text ? { type: "text", text: "" } : { ...block, input: {} },
      },
      {
        type: "content_block_delta",
        index,
        delta: text
          ? { type: "text_delta", text: block.text! }
          : { type: "input_json_delta", partial_json: JSON.stringify(block.input) },
      },
      { type: "content_block_stop", index },
    ];
  });
  return [
    { type: "message_start", message: message(model, []) },
    ...blocks,
    {
      type: "message_delta",
      delta: { stop_reason: stop, stop_sequence: null },
      usage: { output_tokens: 1 },
    },
    { type: "message_stop" },
  ];
}

function sendJson(response: ServerResponse, value: JsonObject): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}
