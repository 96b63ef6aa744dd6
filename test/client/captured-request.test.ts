import { expect, test } from "vitest";
import { capturedRequest } from "../../src/client/captured-request.ts";
import type { JsonObject } from "../../src/model/json.ts";

test("what the model was told is taken from the request as it stands there", () => {
  const body: JsonObject = {
    model: "claude-x",
    system: [
      { type: "text", text: "You are" },
      { type: "text", text: "a test", cache_control: {} },
    ],
    messages: [
      { role: "user", content: [{ type: "text", text: "memory" }, { type: "image" }] },
      { role: "assistant", content: "not said to the model" },
      { role: "user", content: "go" },
    ],
    tools: [{ name: "Bash", description: "Runs", input_schema: { type: "object" } }, { name: "Read" }],
  };
  expect(capturedRequest(body)).toEqual({
    model: "claude-x",
    system: ["You are", "a test"],
    messages: ["memory", "go"],
    tools: [
      { name: "Bash", description: "Runs", inputSchema: { type: "object" } },
      { name: "Read", description: "", inputSchema: null },
    ],
  });
});

test.each<JsonObject>([
  {},
  { model: 5, system: {}, messages: "x", tools: null },
  { system: [null, 3, { type: "text" }], messages: [null, { role: "user" }], tools: [{}, null, { name: 3 }] },
])("what is no request tells nothing: %j", (body) => {
  expect(capturedRequest(body)).toEqual({ model: "", system: [], messages: [], tools: [] });
});
