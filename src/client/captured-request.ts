import type { CapturedRequest } from "../model/client-session.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

/** What the model was told, from the body of a Messages API request. */
export function capturedRequest(body: JsonObject): CapturedRequest {
  return {
    model: typeof body.model === "string" ? body.model : "",
    system: textsOf(body.system),
    messages: listOf(body.messages).flatMap((message) =>
      isJsonObject(message) && message.role === "user" ? textsOf(message.content) : [],
    ),
    tools: listOf(body.tools).flatMap((tool) =>
      isJsonObject(tool) && typeof tool.name === "string"
        ? [
            {
              name: tool.name,
              description: typeof tool.description === "string" ? tool.description : "",
              inputSchema: tool.input_schema ?? null,
            },
          ]
        : [],
    ),
  };
}

function textsOf(content: Json | undefined): string[] {
  if (typeof content === "string") return [content];
  return listOf(content).flatMap((block) =>
    isJsonObject(block) && block.type === "text" && typeof block.text === "string" ? [block.text] : [],
  );
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
