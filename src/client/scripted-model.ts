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
  /** Every address that was asked, for error messages. */
  log(): readonly string[];
}

/** Larger requests than any client sends. */
const MAX_REQUEST_BYTES = 64 * 1024 ** 2;

/**
 * A Messages API that knows one conversation: the first request with tools is answered with tool uses, every other one
 * with a word. Not listening yet.
 * @param script makes the tool uses from the request that offers the tools.
 */
export function scriptedModel(script: (request: JsonObject) => readonly ToolUse[]): ScriptedModel {
  let first: JsonObject | null = null;
  const log: string[] = [];
  const server = createServer((request, response) => {
    log.push(`${request.method} ${request.url}`);
    readBody(request).then(
      (body) => {
        const asked = body !== null && isJsonObject(body) ? body : null;
        if (request.method !== "POST" || !request.url?.startsWith("/v1/messages") || asked === null) {
          response.writeHead(404).end("{}");
        } else if (request.url.startsWith("/v1/messages/count_tokens")) {
          sendJson(response, { input_tokens: 1 });
        } else if (first === null && Array.isArray(asked.tools) && asked.tools.length > 0) {
          first = asked;
          answer(response, asked, script(asked));
        } else {
          answer(response, asked, []);
        }
      },
      () => response.destroy(),
    );
  });
  return { server, firstRequest: () => first, log: () => log };
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
