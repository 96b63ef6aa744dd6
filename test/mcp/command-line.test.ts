import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nixclaude, PROGRAM } from "../support/program.ts";
import { createDirectory } from "../support/repository.ts";
import { META, RawServer, SERVER, toolsFile } from "./support.ts";

const directory = createDirectory("nixclaude-mcp-");
const hello = { name: "hello", command: "echo hello" };

describe.each<[program: string, words: string[]]>([
  ["nixclaude mcp serve", [PROGRAM, "mcp", "serve"]],
  ["the server alone", [SERVER]],
])("%s", (_, words) => {
  test("serves a file until its input ends", async () => {
    await using server = new RawServer(toolsFile([hello]), words);
    await server.initialize();
    expect(await server.request(1, "tools/call", { name: "hello" })).toMatchObject({
      result: { content: [{ type: "text", text: "hello\n" }] },
    });
    expect(await server.request(2, "tools/list", { _meta: META })).toMatchObject({
      result: { tools: [{ name: "hello" }] },
    });
    expect(await server.end()).toEqual({ status: 0, signal: null });
    expect(server.stderr).toBe("");
  });

  test("ends at a signal with its status", async () => {
    await using server = new RawServer(toolsFile([hello]), words);
    await server.initialize();
    server.process.kill("SIGTERM");
    expect(await server.ended).toEqual({ status: 143, signal: null });
  });

  test.each<[what: string, content: string | null, stderr: string]>([
    ["is not there", null, "error[tools-file-unreadable]: "],
    ["is no JSON", "{ name: x }", "is not JSON: "],
    ["has mistakes", '{ "name": "s", "tools": [{}] }', "has 3 mistakes:\ntools[0].command is missing\n"],
    ["has one mistake", '{ "name": "s" }', "has a mistake:\ntools is missing\n"],
  ])("says what is wrong with a file that %s, and serves nothing", async (what, content, stderr) => {
    const file = join(directory, `${what}.json`);
    if (content !== null) writeFileSync(file, content);
    await using server = new RawServer(file, words);
    expect(await server.end()).toEqual({ status: 2, signal: null });
    expect(server.stderr).toContain(stderr);
    expect(server.messages).toEqual([]);
  });
});

test.each([
  ["no file", ["mcp", "serve"], "which file"],
  ["two files", ["mcp", "serve", "a.json", "b.json"], "too many arguments"],
  ["an unknown flag", ["mcp", "serve", "--porcelain"], "unknown option"],
])("nixclaude says what is wrong with %s", (_, words, message) => {
  const { status, stdout, stderr } = nixclaude(directory, words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test("nixclaude prints the schema of the file", () => {
  const { status, stdout } = nixclaude(directory, ["schema", "mcp-tools"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ title: "nixclaude MCP tools file" });
});
