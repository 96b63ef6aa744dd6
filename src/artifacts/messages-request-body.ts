import type { JsonObject } from "../model/json.ts";
import type { Effort } from "./messages-request-models.ts";

/** Body of `POST /v1/messages`, as far as it is made here: https://platform.claude.com/docs/en/api/messages */
export interface MessagesBody {
  model: string;
  max_tokens: number;
  thinking?: Thinking;
  output_config?: { effort: Effort };
  tools?: ToolDefinition[];
  system?: TextBlock[];
  messages: Message[];
}

export type Thinking =
  | { type: "adaptive" }
  | { type: "enabled"; budget_tokens: number }
  | { type: "between_tools" }
  | { type: "disabled" };

export interface ToolDefinition {
  name: string;
  description: string;
  input_schema: JsonObject;
  cache_control?: CacheControl;
}

export interface TextBlock {
  type: "text";
  text: string;
  cache_control?: CacheControl;
}

/** Without `ttl`: five minutes. */
export interface CacheControl {
  type: "ephemeral";
  ttl?: "5m" | "1h";
}

/** Blocks of an assistant are kept as the API sent them: thinking is signed. */
export interface Message {
  role: "user" | "assistant";
  content: JsonObject[];
}
