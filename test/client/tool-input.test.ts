import { expect, test } from "vitest";
import { BOX_PLACE } from "../../src/client/place.ts";
import { existingFileOf, toolInput } from "../../src/client/tool-input.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

test.each<[tool: string, argument: string, input: JsonObject]>([
  ["Bash", "ls -la", { command: "ls -la" }],
  ["Read", "src/a.ts", { file_path: "/home/u/proj/src/a.ts" }],
  ["Read", "~/.ssh/id", { file_path: "/home/u/.ssh/id" }],
  ["Read", "/etc/../etc/passwd", { file_path: "/etc/passwd" }],
  ["Write", "a", { file_path: "/home/u/proj/a", content: "nixclaude" }],
  ["Edit", "a", { file_path: "/home/u/proj/a", old_string: "", new_string: "nixclaude" }],
  ["Grep", "", { pattern: "nixclaude", path: "/home/u/proj" }],
  ["WebFetch", "https://a.example/", { url: "https://a.example/", prompt: "nixclaude" }],
  ["WebSearch", "", { query: "nixclaude" }],
  ["Skill", "deploy", { skill: "deploy" }],
  ["Agent", "Explore", { subagent_type: "Explore", description: "nixclaude", prompt: "nixclaude" }],
])("%s %j gets as far as the permission check", (tool, argument, input) => {
  expect(toolInput({ tool, argument }, BOX_PLACE, null)).toEqual(input);
});

test("further parameters are given as they are, and win", () => {
  const call = { tool: "Bash", argument: "x", parameters: { run_in_background: true, command: "y" } };
  expect(toolInput(call, BOX_PLACE, null)).toEqual({ command: "y", run_in_background: true });
});

test.each<[schema: Json, input: JsonObject]>([
  [null, {}],
  [{ type: "object" }, {}],
  [{ required: ["a"], properties: {} }, { a: "nixclaude" }],
  [
    {
      required: ["text", "count", "least", "flag", "choice", "list", "filled", "inner"],
      properties: {
        text: { type: "string" },
        count: { type: "integer" },
        least: { type: "number", minimum: 7 },
        flag: { type: "boolean" },
        choice: { enum: ["one", "two"] },
        list: { type: "array" },
        filled: { type: "array", minItems: 1, items: { type: "boolean" } },
        inner: { type: "object", required: ["x"], properties: { x: { type: "string" } } },
        optional: { type: "string" },
      },
    },
    {
      text: "nixclaude",
      count: 1,
      least: 7,
      flag: false,
      choice: "one",
      list: [],
      filled: [false],
      inner: { x: "nixclaude" },
    },
  ],
  [{ required: [5, null], properties: "strange" }, {}],
])("a tool that is not listed gets what its schema requires: %j", (schema, input) => {
  expect(toolInput({ tool: "mcp__a__b", argument: "" }, BOX_PLACE, schema)).toEqual(input);
});

test("a schema without end does not end us", () => {
  let schema: Json = { type: "string" };
  for (let depth = 0; depth < 50_000; depth++) {
    schema = { type: "array", minItems: 1, items: schema };
  }
  const input = toolInput({ tool: "mcp__a__b", argument: "" }, BOX_PLACE, {
    required: ["deep"],
    properties: { deep: schema },
  });
  expect(JSON.stringify(input).length).toBeLessThan(200);
});

const FILES = new Map([
  ["/home/u/proj/a.json", '{"a":1}'],
  ["/home/u/proj/n.ipynb", "{}"],
]);

test.each<[tool: string, argument: string, path: string | null]>([
  ["Write", "a.json", "/home/u/proj/a.json"],
  ["Edit", "./a.json", "/home/u/proj/a.json"],
  ["NotebookEdit", "n.ipynb", "/home/u/proj/n.ipynb"],
  ["Write", "new.json", null],
  ["Read", "a.json", null],
  ["Bash", "a.json", null],
])("%s %s writes to the existing file %s", (tool, argument, path) => {
  expect(existingFileOf({ tool, argument }, BOX_PLACE, FILES)).toBe(path);
});

test("a file that exists keeps what it says: the client judges what becomes of its own settings", () => {
  expect(toolInput({ tool: "Edit", argument: "a.json" }, BOX_PLACE, null, FILES)).toEqual({
    file_path: "/home/u/proj/a.json",
    old_string: '{"a":1}',
    new_string: '{"a":1}\n',
  });
  expect(toolInput({ tool: "Write", argument: "a.json" }, BOX_PLACE, null, FILES)).toEqual({
    file_path: "/home/u/proj/a.json",
    content: '{"a":1}\n',
  });
});
