import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import { EFFORTS, LEAST_BUDGET_TOKENS, modelFacts, THINKING_TYPES } from "./messages-request-models.ts";
import { schemaProblem, TOOL_NAME } from "./messages-request-tools.ts";

/** What of a request body the API's documentation does not allow. */
export interface LimitBreach {
  /** `tools[1].name`, `messages[0].content[2]`. */
  path: string;
  message: string;
}

export const MAX_BODY_BYTES = 32 * 1024 ** 2;
const MAX_MESSAGES = 100_000;
const MAX_BREAKPOINTS = 4;
const KEYS = [
  "model",
  "max_tokens",
  "messages",
  "system",
  "tools",
  "tool_choice",
  "thinking",
  "output_config",
  "cache_control",
  "stream",
];
/** Refused by newer models even at their defaults. */
const SAMPLING = ["temperature", "top_p", "top_k"];

/**
 * Holds a body of `POST /v1/messages` against the documented limits, as far as they can be told without asking; empty
 * when it keeps them. Sources: platform.claude.com/docs (Messages API, tool use, prompt caching, thinking, effort).
 */
export function limitBreaches(body: Json): LimitBreach[] {
  if (!isJsonObject(body)) return [{ path: "", message: "is not an object" }];
  const found: LimitBreach[] = [];
  const report = (path: string, message: string) => {
    found.push({ path, message });
  };
  for (const key of Object.keys(body)) {
    if (SAMPLING.includes(key)) report(key, "sampling values are refused by newer models");
    else if (!KEYS.includes(key)) report(key, "is an unknown key");
  }
  checkText(body, report);
  checkNumbers(body, report);
  checkThinking(body, report);
  checkTools(body.tools, report);
  checkBlocks(body.system, "system", ["text"], report);
  checkMessages(body.messages, report);
  checkBreakpoints(body, report);
  return found;
}

type Report = (path: string, message: string) => void;

function checkText(body: JsonObject, report: Report): void {
  let halves = false;
  const text = JSON.stringify(body, (_, value: Json) => {
    halves ||= typeof value === "string" && /\p{Cs}/u.test(value);
    return value;
  });
  if (halves) report("", "holds half a character (a lone surrogate)");
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_BODY_BYTES) report("", `is larger than ${MAX_BODY_BYTES} bytes`);
}

function checkNumbers({ model, max_tokens: most }: JsonObject, report: Report): void {
  if (typeof model !== "string" || model.trim() === "") report("model", "names no model");
  if (typeof most !== "number" || !Number.isInteger(most) || most < 1) {
    report("max_tokens", "is not a whole number from 1");
    return;
  }
  const upper = typeof model === "string" ? modelFacts(model)?.maxOutputTokens : undefined;
  if (upper !== undefined && most > upper) report("max_tokens", `is above ${upper}, the model's most`);
}

function checkThinking(body: JsonObject, report: Report): void {
  const { model, thinking, output_config: config, max_tokens: most } = body;
  const facts = typeof model === "string" ? modelFacts(model) : null;
  const effort = isJsonObject(config) ? config.effort : undefined;
  const level = EFFORTS.find((known) => known === effort);
  if (effort !== undefined && level === undefined) report("output_config.effort", "is no effort");
  if (level !== undefined && facts !== null && !facts.efforts.includes(level)) {
    report("output_config.effort", `is not taken by ${String(model)}`);
  }
  if (thinking === undefined) return;
  const type = isJsonObject(thinking) ? THINKING_TYPES.find((known) => known === thinking.type) : undefined;
  if (!isJsonObject(thinking) || type === undefined) {
    report("thinking.type", "is no way to think");
    return;
  }
  if (facts !== null && !facts.thinking.includes(type)) {
    report("thinking.type", `${type} is refused by ${String(model)}`);
  }
  const highest = facts?.disabledUpTo;
  if (type === "disabled" && highest !== undefined && level !== undefined) {
    if (EFFORTS.indexOf(level) > EFFORTS.indexOf(highest)) {
      report("thinking.type", `cannot be disabled at the effort ${level}`);
    }
  }
  if (type !== "enabled") return;
  const budget = thinking.budget_tokens;
  if (typeof budget !== "number" || !Number.isInteger(budget) || budget < LEAST_BUDGET_TOKENS) {
    report("thinking.budget_tokens", `is not a whole number from ${LEAST_BUDGET_TOKENS}`);
  } else if (typeof most === "number" && budget >= most) {
    report("thinking.budget_tokens", "is not below max_tokens");
  }
  if (isJsonObject(body.tool_choice) && ["any", "tool"].includes(String(body.tool_choice.type))) {
    report("tool_choice", "cannot force a tool beside a thinking budget");
  }
}

function checkTools(tools: Json | undefined, report: Report): void {
  if (tools === undefined) return;
  if (!Array.isArray(tools)) {
    report("tools", "is not a list");
    return;
  }
  const names = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    const path = attributePath("tools", index);
    if (!isJsonObject(tool)) {
      report(path, "is not an object");
      continue;
    }
    const { name, description, input_schema: schema } = tool;
    if (typeof name !== "string" || !TOOL_NAME.test(name))
      report(`${path}.name`, `does not match ${TOOL_NAME}`);
    else if (names.has(name)) report(`${path}.name`, `is the name of another tool, too: ${name}`);
    else names.add(name);
    if (typeof description !== "string" || description === "") report(`${path}.description`, "is empty");
    const wrong = isJsonObject(schema) ? schemaProblem(schema) : "is not an object";
    if (wrong !== null) report(`${path}.input_schema`, wrong);
  }
}

function checkBlocks(blocks: Json | undefined, path: string, types: readonly string[], report: Report): void {
  if (blocks === undefined || (typeof blocks === "string" && blocks.trim() !== "")) return;
  if (!Array.isArray(blocks) || blocks.length === 0) {
    report(path, "has no blocks");
    return;
  }
  for (const [index, block] of blocks.entries()) {
    const at = attributePath(path, index);
    const type = isJsonObject(block) ? block.type : undefined;
    if (!isJsonObject(block) || typeof type !== "string" || !types.includes(type)) {
      report(`${at}.type`, "does not belong here");
    } else if (type === "text" && (typeof block.text !== "string" || block.text.trim() === "")) {
      report(`${at}.text`, "is empty");
    }
  }
}

const USER_BLOCKS = ["text", "tool_result"];
const ASSISTANT_BLOCKS = ["text", "thinking", "redacted_thinking", "tool_use", "server_tool_use"];

function checkMessages(messages: Json | undefined, report: Report): void {
  if (!Array.isArray(messages) || messages.length === 0) {
    report("messages", "has no message");
    return;
  }
  if (messages.length > MAX_MESSAGES) report("messages", `has more than ${MAX_MESSAGES} messages`);
  let asked: string[] = [];
  for (const [index, message] of messages.entries()) {
    const path = attributePath("messages", index);
    const role = isJsonObject(message) ? message.role : undefined;
    if (!isJsonObject(message) || (role !== "user" && role !== "assistant")) {
      report(`${path}.role`, "is neither user nor assistant");
      continue;
    }
    if (index === 0 && role !== "user") report(`${path}.role`, "the first message is the user's");
    if (message.content === undefined) report(`${path}.content`, "is missing");
    checkBlocks(message.content, `${path}.content`, role === "user" ? USER_BLOCKS : ASSISTANT_BLOCKS, report);
    const blocks = Array.isArray(message.content) ? message.content.filter(isJsonObject) : [];
    if (role === "user") {
      checkResults(blocks, asked, `${path}.content`, report);
      asked = [];
    } else {
      if (asked.length > 0) report(path, `${asked.join(", ")} got no result`);
      asked = blocks.flatMap(({ type, id }) => (type === "tool_use" && typeof id === "string" ? [id] : []));
    }
  }
  if (asked.length > 0) report("messages", `${asked.join(", ")} got no result`);
}

/** Results stand first, one for each use of the message before. */
function checkResults(
  blocks: readonly JsonObject[],
  asked: readonly string[],
  path: string,
  report: Report,
): void {
  const open = new Set(asked);
  for (const [index, { type, tool_use_id: id }] of blocks.entries()) {
    if (type !== "tool_result") continue;
    const at = attributePath(path, index);
    if (index > 0 && blocks[index - 1]!.type !== "tool_result") report(at, "stands behind other blocks");
    if (typeof id !== "string" || !open.delete(id)) report(at, "answers nothing that was asked");
  }
  if (open.size > 0) report(path, `${[...open].join(", ")} got no result`);
}

/** In the order of the prefix. */
function checkBreakpoints({ tools, system, messages }: JsonObject, report: Report): void {
  const places = [
    ...blocksWithPaths(tools, "tools"),
    ...blocksWithPaths(system, "system"),
    ...(Array.isArray(messages) ? messages : []).flatMap((message, index) =>
      isJsonObject(message)
        ? blocksWithPaths(message.content, `${attributePath("messages", index)}.content`)
        : [],
    ),
  ].filter(({ block }) => block.cache_control !== undefined && block.cache_control !== null);
  if (places.length > MAX_BREAKPOINTS) {
    report("cache_control", `stands in ${places.length} places, at most ${MAX_BREAKPOINTS} are taken`);
  }
  let short = false;
  for (const { block, path } of places) {
    const control = block.cache_control;
    const time = isJsonObject(control) ? (control.ttl ?? "5m") : undefined;
    if (!isJsonObject(control) || control.type !== "ephemeral" || (time !== "5m" && time !== "1h")) {
      report(`${path}.cache_control`, "is no breakpoint");
      continue;
    }
    if (time === "1h" && short) report(`${path}.cache_control`, "1h stands behind 5m");
    short ||= time === "5m";
    if (block.type === "thinking") report(`${path}.cache_control`, "thinking cannot be marked");
  }
}

function blocksWithPaths(blocks: Json | undefined, path: string): { block: JsonObject; path: string }[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap((block, index) =>
    isJsonObject(block) ? [{ block, path: attributePath(path, index) }] : [],
  );
}
