import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { invocation } from "../../src/mcp/command/argv.ts";
import { readToolsFile } from "../../src/mcp/tools-file/read.ts";
import { DEFAULT_OUTPUT_LIMIT_BYTES, DEFAULT_TIMEOUT_MS } from "../../src/mcp/tools-file/tools-file.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { shown, table } from "./page.ts";
import { takes } from "./support.ts";

const schema = JSON.parse(readFileSync("schema/mcp-tools.schema.json", "utf8")) as {
  properties: JsonObject;
  $defs: { tool: { properties: JsonObject } };
};
/** What stands between the marks of code. */
const code = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);

test("the file on the page is right", () => {
  expect(readToolsFile(JSON.parse(shown("tools")) as Json)).toHaveProperty("file");
});

test.each([
  ["| key of the file |", schema.properties],
  ["| key of a tool |", schema.$defs.tool.properties],
])("the table %s names every key", (header, properties) => {
  const named = table(header).flatMap(([key]) => code(key!));
  expect(named.sort()).toEqual(Object.keys(properties).sort());
});

test("the page names the defaults", () => {
  const meaning = (key: string) => table("| key of a tool |").find(([cell]) => code(cell!)[0] === key)?.[1];
  expect(meaning("timeoutMs")).toContain(DEFAULT_TIMEOUT_MS.toLocaleString("en"));
  expect(meaning("outputLimit")).toContain(DEFAULT_OUTPUT_LIMIT_BYTES.toLocaleString("en"));
});

describe("the examples of words", () => {
  test.each(table("| command | arguments |"))("%s with %s: %s", (command, args, words) => {
    const [[written], [given]] = [code(command!), code(args!)];
    const values = JSON.parse(given!) as JsonObject;
    const list = written!.startsWith("[") ? (JSON.parse(written!) as string[]) : written!;
    const properties = { query: { type: "string" }, path: { type: "string" } };
    const tool = { name: "t", description: "d", command: list, inputSchema: takes(properties, ["query"]) };
    const read = readToolsFile({ name: "s", tools: [tool] });
    if (!("file" in read)) throw new Error(JSON.stringify(read.problems));
    expect(invocation(read.file.tools[0]!, values)).toEqual({ argv: code(words!), rest: "{}" });
  });
});
