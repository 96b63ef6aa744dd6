import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mcpServerScript, SHELL } from "../../src/client/stand-ins.ts";
import type { McpToolStub } from "../../src/model/client-session.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { createDirectory } from "../support/repository.ts";

const directory = createDirectory();

function run(script: string, args: string[], input = ""): string {
  const file = join(directory, "program");
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return spawnSync(file, args, { input, encoding: "utf8" }).stdout;
}

/** One conversation with a server; its answers in order. */
function talk(tools: readonly McpToolStub[], ...messages: (JsonObject | string)[]): JsonObject[] {
  const lines = messages.map((message) => (typeof message === "string" ? message : JSON.stringify(message)));
  return run(mcpServerScript(tools), [], `${lines.join("\n")}\n`)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JsonObject);
}

const call = (id: number | string, method: string, params: JsonObject = {}): JsonObject => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

test("the shell says a word and executes nothing", () => {
  const untouched = join(directory, "untouched");
  expect(run(SHELL, ["-c", `touch ${untouched}; echo executed`])).toBe("nixclaude-ran\n");
});

test("a server begins as the protocol wants it", () => {
  const [answer] = talk([], call(0, "initialize", { protocolVersion: "2025-11-25" }));
  expect(answer).toEqual({
    jsonrpc: "2.0",
    id: 0,
    result: {
      protocolVersion: "2025-11-25",
      capabilities: { tools: {} },
      serverInfo: { name: "stand-in", version: "1" },
    },
  });
});

test("a server offers its tools with the schemas they have, or with one that takes anything", () => {
  const inputSchema = {
    type: "object",
    required: ["it's"],
    properties: { "it's": { enum: ["$(id)", "`id`", "\\"] } },
  };
  const [answer] = talk(
    [{ name: "one" }, { name: "two", description: "It's 'two'", inputSchema }],
    call(1, "tools/list"),
  );
  expect(answer!.result).toEqual({
    tools: [
      { name: "one", description: "one", inputSchema: { type: "object", additionalProperties: true } },
      { name: "two", description: "It's 'two'", inputSchema },
    ],
  });
});

test("a server answers calls and pings, refuses what it does not know, and leaves notifications alone", () => {
  const answers = talk(
    [{ name: "one" }],
    { jsonrpc: "2.0", method: "notifications/initialized" },
    call(1, "ping"),
    call(2, "tools/call", { name: "one", arguments: { id: 99 } }),
    call("three", "resources/list"),
    "",
    "strange",
    call(4, "ping"),
  );
  expect(answers).toEqual([
    { jsonrpc: "2.0", id: 1, result: {} },
    { jsonrpc: "2.0", id: 2, result: { content: [{ type: "text", text: "nixclaude-ran" }] } },
    { jsonrpc: "2.0", id: "three", error: { code: -32601, message: "Method not found" } },
    { jsonrpc: "2.0", id: 4, result: {} },
  ]);
});

test.each([
  ["first", '{"id":7,"jsonrpc":"2.0","method":"ping"}'],
  ["last", '{"jsonrpc":"2.0","method":"ping","id":7}'],
])("the request's id is found when it comes %s", (_, line) => {
  expect(talk([], line)).toEqual([{ jsonrpc: "2.0", id: 7, result: {} }]);
});
