import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LoggingMessageNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDirectory } from "../support/repository.ts";
import { officialClient, RawServer, type RawTool, script, takes, toolsFile } from "./support.ts";

const directory = createDirectory("nixclaude-mcp-");
mkdirSync(join(directory, "here"));
writeFileSync(join(directory, "not-executable"), "#!/bin/sh\n");
writeFileSync(join(directory, "no-interpreter"), "#!/no/such/interpreter\n", { mode: 0o755 });
writeFileSync(join(directory, "here", "local"), "#!/bin/sh\npwd\n", { mode: 0o755 });

const LIST = { type: "array", items: { type: "string" } };
const COUNT = { type: "object", properties: { count: { type: "integer" } }, required: ["count"] };

const tools: RawTool[] = [
  { name: "hello", command: "echo hello", title: "Hello", annotations: { readOnlyHint: true } },
  { name: "silent", command: "true" },
  { name: "fails", command: script("console.log('part'); console.error('why'); process.exit(3)") },
  { name: "killed", command: script("process.kill(process.pid, 'SIGSEGV')") },
  { name: "missing", command: "no-such-program" },
  { name: "missing-file", command: ["./no/such/file"] },
  { name: "forbidden", command: [join(directory, "not-executable")] },
  { name: "interpreter", command: [join(directory, "no-interpreter")] },
  { name: "elsewhere", command: "pwd", cwd: join(directory, "no-such-directory") },
  { name: "local", command: ["./local"], cwd: join(directory, "here") },
  { name: "variable", command: script("console.log(process.env.A, process.env.HOME)"), env: { A: "a $B" } },
  { name: "path", command: "local", env: { PATH: join(directory, "here") }, cwd: directory },
  {
    name: "input",
    command: script("process.stdin.on('data', () => {}).on('end', () => console.log('ended'))"),
  },
  { name: "cut", command: script("process.stdout.write('é'.repeat(10))"), outputLimit: 5 },
  { name: "exact", command: script("process.stdout.write('12345')"), outputLimit: 5 },
  { name: "bytes", command: script("process.stdout.write(Buffer.from([0x61, 0xff, 0x00, 0x62]))") },
  { name: "count", command: script(`console.log('{"count": 3}')`), outputSchema: COUNT },
  { name: "list", command: script(`console.log('["a"]')`), outputSchema: LIST },
  { name: "no-json", command: "echo hello", outputSchema: COUNT },
  { name: "misfit", command: script(`console.log('{"count": "x", "other": 1}')`), outputSchema: COUNT },
  { name: "cut-json", command: script(`console.log('{"count": 3}')`), outputSchema: COUNT, outputLimit: 5 },
  { name: "broken", command: script("process.exit(1)"), outputSchema: COUNT },
  { name: "errors", command: script("console.error('one\\n\\ntwo'); process.stderr.write('three')") },
  {
    name: "flood",
    command: script("for (let i = 0; i < 100000; i++) console.error('line ' + i); process.exitCode = 1"),
  },
  { name: "valid", command: "echo", inputSchema: takes({ a: { $ref: "#/$defs/n" } }, ["a"]) },
];
(tools.at(-1)!.inputSchema as Record<string, unknown>).$defs = { n: { type: "integer", minimum: 1 } };
const file = toolsFile(tools, { version: "1.2", instructions: "Use hello first." });

let client: Awaited<ReturnType<typeof officialClient>>;
const logged: { level: string; logger?: string | undefined; data: unknown }[] = [];
beforeAll(async () => {
  client = await officialClient(file);
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logged.push(params));
});
afterAll(() => client.close());

const text = (value: string) => ({ content: [{ type: "text", text: value }] });
const error = (value: unknown) => ({ content: [{ type: "text", text: value }], isError: true });

describe("what a client is told of the server", () => {
  test("its name, version, instructions and what it can do", () => {
    expect(client.getServerVersion()).toEqual({ name: "test", version: "1.2" });
    expect(client.getInstructions()).toBe("Use hello first.");
    expect(client.getServerCapabilities()).toEqual({ tools: {}, logging: {} });
  });

  test("its tools in the order of the file, without how they are run", async () => {
    const listed = await client.listTools();
    expect(listed.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    expect(listed.tools[0]).toEqual({
      name: "hello",
      title: "Hello",
      description: "A tool of a test.",
      inputSchema: { type: "object", additionalProperties: false },
      annotations: { readOnlyHint: true },
    });
    expect(listed).not.toHaveProperty("nextCursor");
    expect(await client.listTools()).toEqual(listed);
  });

  test("output schemas that are objects, as older revisions have it", async () => {
    const { tools: listed } = await client.listTools();
    expect(listed.find(({ name }) => name === "count")?.outputSchema).toEqual(COUNT);
    expect(listed.find(({ name }) => name === "list")).not.toHaveProperty("outputSchema");
  });
});

describe("what a call returns", () => {
  test.each<[name: string, result: object]>([
    ["hello", text("hello\n")],
    ["silent", text("(no output)")],
    ["fails", error("fails ended with status 3.\n\nStandard error:\nwhy\n\nStandard output:\npart\n")],
    ["killed", error("killed was ended by SIGSEGV.")],
    ["missing", error('missing could not be started: there is no program "no-such-program" on PATH.')],
    ["missing-file", error('missing-file could not be started: there is no program "./no/such/file".')],
    [
      "forbidden",
      error(
        expect.stringMatching(/^forbidden could not be started: .*not-executable" may not be executed\.$/),
      ),
    ],
    [
      "interpreter",
      error(
        expect.stringMatching(
          /^interpreter could not be started: the interpreter that .* names does not exist\.$/,
        ),
      ),
    ],
    [
      "elsewhere",
      error(`elsewhere could not be started: the directory "${directory}/no-such-directory" does not exist.`),
    ],
    ["local", text(`${directory}/here\n`)],
    ["path", text(`${directory}\n`)],
    ["input", text("ended\n")],
    ["cut", text("éé\n\n(cut off: these are the first 5 of 20 bytes of output)")],
    ["exact", text("12345")],
    ["bytes", text("a\ufffd\0b")],
    ["count", { ...text('{"count": 3}'), structuredContent: { count: 3 } }],
    ["list", text('["a"]')],
    ["no-json", error(expect.stringMatching(/^The output is not JSON: .*\n\nStandard output:\nhello\n$/s))],
    [
      "misfit",
      error(
        'The output does not fit its schema.\noutput.count is "x", expected a whole number\n\nStandard output:\n{"count": "x", "other": 1}\n',
      ),
    ],
    ["cut-json", error(expect.stringContaining("The output is too long to be read as JSON."))],
    ["broken", error("broken ended with status 1.")],
  ])("%s", async (name, result) => {
    // Not callTool, which holds results against output schemas itself.
    const { content, structuredContent, isError } = await client.callTool({ name });
    expect({
      content,
      ...(structuredContent === undefined ? {} : { structuredContent }),
      ...(isError === undefined ? {} : { isError }),
    }).toEqual(result);
  });

  test("the variables of the server, and those of the tool as they stand", async () => {
    await using other = await officialClient(file, { HOME: "/home/of/the/user" });
    expect(await other.callTool({ name: "variable" })).toEqual(text("a $B /home/of/the/user\n"));
  });

  test("what is wrong with the arguments, by references in the schema", async () => {
    expect(await client.callTool({ name: "valid", arguments: { a: 0 } })).toEqual(
      error("Nothing was run: the arguments do not fit.\narguments.a 0 must be >= 1"),
    );
  });

  test.each([
    ["that is not there", "no-such-tool"],
    ["with the name of a property of every object", "toString"],
  ])("an error of the protocol for a tool %s", async (_, name) => {
    await expect(client.callTool({ name })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining(`Unknown tool: ${name}`),
    });
  });
});

describe("standard error of a command", () => {
  test("is logged line by line under the tool's name", async () => {
    logged.length = 0;
    await client.callTool({ name: "errors" });
    expect(logged).toEqual(
      ["one", "two", "three"].map((data) => ({ level: "info", logger: "errors", data })),
    );
  });

  test("is not logged below the level that the client sets", async () => {
    await using other = await officialClient(file);
    const heard: unknown[] = [];
    other.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void heard.push(params));
    await other.setLoggingLevel("error");
    await other.callTool({ name: "errors" });
    expect(heard).toEqual([]);
  });

  test("that floods is logged in part, and the result has its end", async () => {
    logged.length = 0;
    const { content } = await client.callTool({ name: "flood" });
    const [{ text: said }] = content as [{ text: string }];
    expect(logged.length).toBe(1000);
    expect(said.length).toBeLessThan(20_000);
    expect(said).toMatch(/^flood ended with status 1\.\n\nStandard error:\n… .*line 99999$/s);
  });
});

test("what is missing is said at the start, and the rest is served", async () => {
  await using server = new RawServer(file);
  await server.initialize();
  await server.end();
  expect(server.stderr.split("\n").filter((line) => line !== "")).toEqual([
    'warning: tools[4] (missing): there is no program "no-such-program" on PATH. Calls of it will fail.',
    'warning: tools[5] (missing-file): there is no program "./no/such/file". Calls of it will fail.',
    expect.stringMatching(/^warning: tools\[6\] \(forbidden\): there is no program ".*not-executable"\./),
    `warning: tools[8] (elsewhere): the directory "${directory}/no-such-directory" does not exist. Calls of it will fail.`,
  ]);
});
