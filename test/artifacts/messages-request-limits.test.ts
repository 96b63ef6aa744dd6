import { expect, test } from "vitest";
import { withConversationCache } from "../../src/artifacts/messages-request-cache.ts";
import { limitBreaches } from "../../src/artifacts/messages-request-limits.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

const text = (said: string): JsonObject => ({ type: "text", text: said });
const use = (id: string): JsonObject => ({ type: "tool_use", id, name: "t", input: {} });
const result = (id: string): JsonObject => ({ type: "tool_result", tool_use_id: id, content: "ok" });
const user = (...content: Json[]): JsonObject => ({ role: "user", content });
const assistant = (...content: Json[]): JsonObject => ({ role: "assistant", content });
const short = { cache_control: { type: "ephemeral" } };
const long = { cache_control: { type: "ephemeral", ttl: "1h" } };
const tool = (more: JsonObject = {}): JsonObject => ({
  name: "t",
  description: "d",
  input_schema: { type: "object" },
  ...more,
});
const body = (more: JsonObject = {}): JsonObject => ({
  model: "claude-sonnet-5",
  max_tokens: 100,
  messages: [user(text("hi"))],
  ...more,
});

test.each<[string, JsonObject]>([
  ["a plain question", body()],
  ["text that speaks of halves of characters", body({ messages: [user(text("\\ud800"))] })],
  ["content that is text", body({ messages: [{ role: "user", content: "hi" }] })],
  ["a tool that was used", body({ messages: [user(text("a")), assistant(use("1")), user(result("1"))] })],
  [
    "two uses answered at once, with words behind",
    body({
      messages: [user(text("a")), assistant(use("1"), use("2")), user(result("2"), result("1"), text("b"))],
    }),
  ],
  [
    "four breakpoints, hours first",
    body({
      tools: [tool(long)],
      system: [{ ...text("s"), ...long }],
      messages: [user({ ...text("a"), ...short }), assistant(text("b")), user({ ...text("c"), ...short })],
    }),
  ],
  ["an answer of the assistant that goes on", body({ messages: [user(text("a")), assistant(text("b"))] })],
])("%s keeps the limits", (_, value) => {
  expect(limitBreaches(value)).toEqual([]);
});

test.each<[string, Json, string]>([
  ["no object", [], ""],
  ["no model", body({ model: " " }), "model"],
  ["no tokens", body({ max_tokens: 0 }), "max_tokens"],
  ["half a token", body({ max_tokens: 1.5 }), "max_tokens"],
  ["more tokens than the model writes", body({ max_tokens: 128_001 }), "max_tokens"],
  ["a temperature", body({ temperature: 1 }), "temperature"],
  ["a key nobody knows", body({ sytem: "x" }), "sytem"],
  ["no messages", body({ messages: [] }), "messages"],
  [
    "an assistant who begins",
    body({ messages: [assistant(text("a")), user(text("b"))] }),
    "messages[0].role",
  ],
  ["a role that is none", body({ messages: [{ role: "system", content: "x" }] }), "messages[0].role"],
  ["blanks", body({ messages: [user(text(" \n"))] }), "messages[0].content[0].text"],
  ["an empty system block", body({ system: [text("")] }), "system[0].text"],
  ["a block of another kind", body({ system: [use("1")] }), "system[0].type"],
  [
    "a use without a result",
    body({ messages: [user(text("a")), assistant(use("1")), user(text("b"))] }),
    "messages[2].content",
  ],
  ["a use at the end", body({ messages: [user(text("a")), assistant(use("1"))] }), "messages"],
  ["a result that nobody asked for", body({ messages: [user(result("9"))] }), "messages[0].content[0]"],
  [
    "two results for one use",
    body({ messages: [user(text("a")), assistant(use("1")), user(result("1"), result("1"))] }),
    "messages[2].content[1]",
  ],
  [
    "a result behind words",
    body({ messages: [user(text("a")), assistant(use("1")), user(text("b"), result("1"))] }),
    "messages[2].content[1]",
  ],
  ["two tools of one name", body({ tools: [tool(), tool()] }), "tools[1].name"],
  ["a name with a dot", body({ tools: [tool({ name: "a.b" })] }), "tools[0].name"],
  ["a name that is too long", body({ tools: [tool({ name: "a".repeat(65) })] }), "tools[0].name"],
  [
    "a schema of a list",
    body({ tools: [tool({ input_schema: { type: "array" } })] }),
    "tools[0].input_schema",
  ],
  ["a way to think that is none", body({ thinking: { type: "hard" } }), "thinking.type"],
  [
    "a budget for a model that has none",
    body({ thinking: { type: "enabled", budget_tokens: 1024 }, max_tokens: 2000 }),
    "thinking.type",
  ],
  [
    "a small budget",
    body({
      model: "claude-sonnet-4-5",
      thinking: { type: "enabled", budget_tokens: 1023 },
      max_tokens: 2000,
    }),
    "thinking.budget_tokens",
  ],
  [
    "a budget for everything",
    body({
      model: "claude-sonnet-4-5",
      thinking: { type: "enabled", budget_tokens: 2000 },
      max_tokens: 2000,
    }),
    "thinking.budget_tokens",
  ],
  [
    "no thinking at an effort that needs it",
    body({ model: "claude-opus-5", thinking: { type: "disabled" }, output_config: { effort: "max" } }),
    "thinking.type",
  ],
  [
    "an effort for a model without",
    body({ model: "claude-haiku-4-5", output_config: { effort: "low" } }),
    "output_config.effort",
  ],
  [
    "an hour behind five minutes",
    body({ tools: [tool(short)], system: [{ ...text("s"), ...long }] }),
    "system[0].cache_control",
  ],
  [
    "a time that is none",
    body({ system: [{ ...text("s"), cache_control: { type: "ephemeral", ttl: "1d" } }] }),
    "system[0].cache_control",
  ],
  [
    "five breakpoints",
    body({ system: [1, 2, 3, 4, 5].map((n) => ({ ...text(`${n}`), ...short })) }),
    "cache_control",
  ],
  ["half a character", body({ system: [text("\ud800")] }), ""],
])("%s breaks one, and it is named", (_, value, path) => {
  expect(limitBreaches(value).map((breach) => breach.path)).toContain(path);
});

test("a conversation has its breakpoints at the ends of the user's last two turns", () => {
  const turns = [
    { role: "user" as const, content: [{ ...text("a"), ...short }] },
    { role: "assistant" as const, content: [use("1")] },
    { role: "user" as const, content: [result("1")] },
    { role: "assistant" as const, content: [use("2"), use("3")] },
    { role: "user" as const, content: [result("2"), result("3")] },
  ];
  const marked = withConversationCache(turns, "5m").map(({ content }) =>
    content.map((block) => block.cache_control !== undefined),
  );
  expect(marked).toEqual([[false], [false], [true], [false, false], [false, true]]);
  expect(JSON.stringify(withConversationCache(turns, "none"))).not.toContain("cache_control");
});
