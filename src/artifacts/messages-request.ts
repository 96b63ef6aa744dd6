import type { ClaudeContext } from "../model/context.ts";
import type { MessagesBody } from "./messages-request-body.ts";
import { type CacheTime, noteShortPrefix, withStaticCache } from "./messages-request-cache.ts";
import { modelFacts, modelId } from "./messages-request-models.ts";
import { systemTexts } from "./messages-request-system.ts";
import { thinkingOf } from "./messages-request-thinking.ts";
import { callableTools } from "./messages-request-tools.ts";
import { type Omission, RenderNotes, type RenderProblem } from "./rendered.ts";
import { Sources } from "./sources.ts";

export interface MessagesRequestOptions {
  /** Null for what all prompts have in common: the body then has no messages, and the API takes it with one. */
  prompt: string | null;
  /** In place of the context's model: an id of the API, or an alias of the client. */
  model?: string;
  /** Most tokens of the answer, thinking included. */
  maxTokens?: number;
  /** How long tools and system prompt are kept in the API's cache; default an hour. */
  cache?: CacheTime;
  /** Names of the flake's inputs: a command that names a file of one cannot be run. */
  inputs?: readonly string[];
}

export interface MessagesRequest {
  body: MessagesBody;
  /** What the API or the model would not take, or takes otherwise than the context says it. */
  problems: RenderProblem[];
  /** What the context holds and the body does not. */
  omitted: Omission[];
}

/** Long answers fit, and one that goes astray costs little. */
const DEFAULT_MAX_TOKENS = 16_000;

/**
 * A context and a prompt as the body of a request to the Messages API; it keeps the API's documented limits whatever the
 * context says. Sampling values are never written: newer models refuse them.
 */
export function messagesRequest(context: ClaudeContext, options: MessagesRequestOptions): MessagesRequest {
  const notes = new RenderNotes();
  const model = modelId(context, options.model, notes);
  const maxTokens = maxTokensOf(options.maxTokens ?? DEFAULT_MAX_TOKENS, model, notes);
  const tools = callableTools(context.tools, new Sources(options.inputs ?? []), notes);
  const system = systemTexts(context, notes);
  const { prompt } = options;
  const body: MessagesBody = {
    model,
    max_tokens: maxTokens,
    ...thinkingOf(context, model, maxTokens, notes),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, inputSchema }) => ({
            name,
            description,
            input_schema: inputSchema,
          })),
        }),
    ...(system.length === 0 ? {} : { system: system.map((text) => ({ type: "text", text })) }),
    messages:
      prompt === null || prompt.trim() === ""
        ? []
        : [{ role: "user", content: [{ type: "text", text: prompt }] }],
  };
  const cache = options.cache ?? "1h";
  if (cache !== "none") noteShortPrefix(body, notes);
  omitOtherSurfaces(context, notes);
  return {
    body: withStaticCache(wellFormed(body) as MessagesBody, cache),
    problems: notes.problems,
    omitted: notes.omitted,
  };
}

function maxTokensOf(asked: number, model: string, notes: RenderNotes): number {
  const most = modelFacts(model)?.maxOutputTokens ?? Number.MAX_SAFE_INTEGER;
  if (asked <= most) return asked;
  notes.problem("max_tokens", `${model} writes at most ${most} tokens: that is asked for`);
  return most;
}

/** Halves of characters cannot be sent as UTF-8: each becomes the sign for what cannot be read. */
function wellFormed<Value>(value: Value): unknown {
  if (typeof value === "string") return wholeText(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [wholeText(key), wellFormed(item)]));
}

function wholeText(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

/** Surfaces that act in a client and have no place in a request. */
const CLIENT_SURFACES: readonly (readonly [keyof ClaudeContext, string])[] = [
  ["mcpServers", "servers are started by a client; a request holds tools"],
  ["skills", "a client reads skills when they are needed"],
  ["agents", "a client starts agents"],
  ["commands", "a client expands commands"],
  ["outputStyles", "a client applies output styles"],
  ["hooks", "a client runs hooks"],
];

function omitOtherSurfaces(context: ClaudeContext, notes: RenderNotes): void {
  for (const [surface, reason] of CLIENT_SURFACES) {
    if (Object.keys(context[surface] as object).length > 0) notes.omit(surface, reason);
  }
}
