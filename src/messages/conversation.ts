import type { Message, MessagesBody } from "../artifacts/messages-request-body.ts";
import { type CacheTime, withConversationCache } from "../artifacts/messages-request-cache.ts";
import { SystemError } from "../model/errors.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { MessagesDoor } from "./door.ts";
import type { Usage } from "./usage.ts";

/** A tool that the model wants used. */
export interface ToolUse {
  name: string;
  input: Json;
}

/** What the model is told of it. */
export interface ToolOutcome {
  text: string;
  isError: boolean;
}

export interface ConversationPorts {
  door: MessagesDoor;
  /** One after the other; never throws for what the model asked for. */
  useTool(use: ToolUse): Promise<ToolOutcome>;
  onText(text: string): void;
  /** Called when a turn of the model has come, with what it cost. */
  onAnswer(usage: Usage): void;
}

/**
 * Asks, uses the tools that the model asks for, and asks again, until the model has said all.
 * @param limits `maxTurns`: how many requests may be sent; `cache`: whether the turns are kept for the next one.
 * @throws SystemError `answer-refused`, `answer-cut`, `context-full`, `too-many-turns`, and what the door throws.
 */
export async function converse(
  body: MessagesBody,
  limits: { maxTurns: number; cache: CacheTime },
  ports: ConversationPorts,
): Promise<void> {
  let messages: Message[] = body.messages;
  for (let turn = 1; turn <= limits.maxTurns; turn++) {
    const answer = await ports.door.send(bodyOfTurn({ ...body, messages }, limits.cache), ports.onText);
    ports.onAnswer(answer.usage);
    const said: Message = { role: "assistant", content: answer.content };
    switch (answer.stopReason) {
      case "tool_use": {
        const results = await resultsOf(answer.content, ports);
        if (results.length === 0) return;
        messages = [...messages, said, { role: "user", content: results }];
        break;
      }
      case "pause_turn":
        // The API goes on where it stopped when it is sent back what it said.
        messages = [...messages, said];
        break;
      case "end_turn":
      case "stop_sequence":
        return;
      default:
        throw brokenOff(answer.stopReason, body.max_tokens);
    }
  }
  throw new SystemError("too-many-turns", `the model was not done after ${limits.maxTurns} requests`, {
    hint: "Ask for less, or allow more with --max-turns.",
  });
}

/** A request as it is sent. Without tools nothing follows, and what is written to the cache costs more. */
export function bodyOfTurn(body: MessagesBody, cache: CacheTime): MessagesBody {
  return body.tools === undefined ? body : { ...body, messages: withConversationCache(body.messages, cache) };
}

/** One message answers all uses of a turn, in their order. */
async function resultsOf(content: readonly JsonObject[], ports: ConversationPorts): Promise<JsonObject[]> {
  const results: JsonObject[] = [];
  for (const { type, id, name, input } of content) {
    if (type !== "tool_use" || typeof id !== "string") continue;
    const { text, isError } = await ports.useTool({ name: String(name), input: input ?? null });
    results.push({
      type: "tool_result",
      tool_use_id: id,
      content: sendable(text),
      ...(isError ? { is_error: true } : {}),
    });
  }
  return results;
}

/** The API takes neither nothing nor halves of characters. */
function sendable(text: string): string {
  const whole = text.replace(/\p{Cs}/gu, "\ufffd");
  return whole.trim() === "" ? "(no output)" : whole;
}

function brokenOff(reason: string | null, maxTokens: number): SystemError {
  switch (reason) {
    case "refusal":
      return new SystemError("answer-refused", "the model refuses to go on", {
        hint: "Ask otherwise; what came before is above.",
      });
    case "max_tokens":
      return new SystemError("answer-cut", `the answer was cut off after ${maxTokens} tokens`, {
        hint: "Allow more with --max-tokens.",
      });
    case "model_context_window_exceeded":
      return new SystemError("context-full", "the conversation does not fit into the model any more", {
        hint: "Ask for less at once.",
      });
    default:
      return new SystemError("answer-unclear", `the answer ended for a reason that is not known: ${reason}`, {
        hint: "What came of it is above; a newer nixclaude may know the reason.",
      });
  }
}
