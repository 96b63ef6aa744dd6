import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { createDirectory } from "../support/repository.ts";
import {
  isRunning,
  META,
  officialClient,
  RawServer,
  type RawTool,
  script,
  takes,
  toolsFile,
  until,
} from "./support.ts";

const directory = createDirectory("nixclaude-mcp-");
let places = 0;
/** A file that does not exist yet. */
const place = () => join(directory, `pid-${places++}`);
/** Writes its own process id into the file that is its first word. */
const SAY_PID = "require('fs').writeFileSync(process.argv[1], String(process.pid));";

/** The process id that a command has written into a file, once it has. */
async function pidIn(path: string): Promise<number> {
  await until(() => existsSync(path) && readFileSync(path, "utf8") !== "", `a process id in ${path}`);
  return Number(readFileSync(path, "utf8"));
}

/** Runs for ever, and says where. */
const forever = (path: string): RawTool => ({
  name: "forever",
  command: script(`${SAY_PID} setInterval(() => {}, 1e6)`, path),
});
/** The same, and does not listen when it is asked to end. */
const stubborn = (path: string): RawTool => ({
  name: "stubborn",
  command: script(`process.on('SIGTERM', () => {}); ${SAY_PID} setInterval(() => {}, 1e6)`, path),
});

async function resultOf(tool: RawTool): Promise<{ text: string; isError: boolean }> {
  await using client = await officialClient(toolsFile([tool]));
  const { content, isError } = await client.callTool({ name: tool.name });
  return { text: (content as [{ text: string }])[0].text, isError: isError === true };
}

describe("a command that does not end", () => {
  test("is ended at its time limit, with what it printed so far", async () => {
    const path = place();
    const code = `${SAY_PID} console.log('so far'); console.error('waiting'); setInterval(() => {}, 1e6)`;
    expect(await resultOf({ name: "slow", command: script(code, path), timeoutMs: 500 })).toEqual({
      text: "slow was stopped: it ran longer than 0.5 s.\n\nStandard error:\nwaiting\n\nStandard output:\nso far\n",
      isError: true,
    });
    expect(isRunning(await pidIn(path))).toBe(false);
  });

  test("is killed when it does not listen", async () => {
    const path = place();
    const { text } = await resultOf({ ...stubborn(path), timeoutMs: 300 });
    expect(text).toBe("stubborn was stopped: it ran longer than 0.3 s.");
    expect(isRunning(await pidIn(path))).toBe(false);
  });

  test("may clean up before it goes", async () => {
    const path = place();
    const code =
      "process.on('SIGTERM', () => { require('fs').writeFileSync(process.argv[1], 'clean'); process.exit() }); setInterval(() => {}, 1e6)";
    await resultOf({ name: "clean", command: script(code, path), timeoutMs: 500 });
    expect(readFileSync(path, "utf8")).toBe("clean");
  });

  test("takes what it started with it", async () => {
    const path = place();
    const child = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`process.on('SIGTERM', () => {}); ${SAY_PID} setInterval(() => {}, 1e6)`)}, process.argv[1]], { stdio: 'inherit' })`;
    const { text } = await resultOf({ name: "parent", command: script(child, path), timeoutMs: 1000 });
    expect(text).toContain("ran longer than 1 s");
    const pid = await pidIn(path);
    await until(() => !isRunning(pid), "the end of a grandchild");
  });
});

describe("a command that leaves something behind", () => {
  test("in its group: that ends with it, and nobody waits for its output", async () => {
    const path = place();
    const command = ["sh", "-c", 'sleep 1000 & echo $! > "$1"; echo done', "sh", path];
    expect(await resultOf({ name: "leaves", command })).toEqual({ text: "done\n", isError: false });
    const pid = await pidIn(path);
    await until(() => !isRunning(pid), "the end of a background process");
  });

  test("in a group of its own, which holds the output: the result comes all the same", async () => {
    const path = place();
    const code = `const child = require('child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'inherit' }); require('fs').writeFileSync(process.argv[1], String(child.pid)); child.unref(); console.log('done')`;
    expect(await resultOf({ name: "daemon", command: script(code, path) })).toEqual({
      text: "done\n",
      isError: false,
    });
    process.kill(await pidIn(path));
  });

  test("in a group of its own, which goes on printing: only until the time is up", async () => {
    const path = place();
    const child = "setInterval(() => console.log('more'), 50)";
    const code = `const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { detached: true, stdio: 'inherit' }); require('fs').writeFileSync(process.argv[1], String(child.pid)); child.unref()`;
    const { text, isError } = await resultOf({
      name: "daemon",
      command: script(code, path),
      timeoutMs: 2000,
    });
    expect(isError).toBe(true);
    expect(text).toContain("daemon was stopped: it ran longer than 2 s.");
    const pid = await pidIn(path);
    if (isRunning(pid)) process.kill(pid, "SIGKILL");
  });
});

describe("a command that prints", () => {
  test("a gigabyte is stopped, and what it printed first is returned", async () => {
    const code =
      "const block = Buffer.alloc(1 << 20, 'x'); let left = 1024; (function write() { while (left-- > 0) if (!process.stdout.write(block)) return process.stdout.once('drain', write); })()";
    const { text, isError } = await resultOf({ name: "gigabyte", command: script(code), outputLimit: 10 });
    expect(isError).toBe(true);
    expect(text).toMatch(
      /^gigabyte was stopped: it printed without end\.\n\nStandard output:\nxxxxxxxxxx\n\n\(cut off: /,
    );
  });

  test("many megabytes on both sides is read to the end", async () => {
    const code =
      "const b = 'y'.repeat(1 << 20); for (let i = 0; i < 20; i++) { process.stdout.write(b); process.stderr.write(b) }";
    const { text, isError } = await resultOf({ name: "much", command: script(code), outputLimit: 3 });
    expect({ text, isError }).toEqual({
      text: `yyy\n\n(cut off: these are the first 3 of ${20 << 20} bytes of output)`,
      isError: false,
    });
  });
});

describe("a call that nobody waits for any more", () => {
  test("is ended when the client cancels it, and the others go on", async () => {
    const path = place();
    await using client = await officialClient(
      toolsFile([forever(path), { name: "hello", command: "echo hello" }]),
    );
    const cancel = new AbortController();
    const call = client.callTool({ name: "forever" }, undefined, { signal: cancel.signal });
    const pid = await pidIn(path);
    cancel.abort("enough");
    await expect(call).rejects.toThrow("enough");
    await until(() => !isRunning(pid), "the end of a cancelled call");
    expect(await client.callTool({ name: "hello" })).toMatchObject({ content: [{ text: "hello\n" }] });
  });

  test("is ended without a word in revision 2026-07-28", async () => {
    const path = place();
    await using server = new RawServer(toolsFile([forever(path)]));
    server.send({ id: 7, method: "tools/call", params: { name: "forever", _meta: META } });
    const pid = await pidIn(path);
    server.send({ method: "notifications/cancelled", params: { requestId: 7 } });
    await until(() => !isRunning(pid), "the end of a cancelled call");
    await server.request(8, "server/discover", { _meta: META });
    expect(server.messages.map(({ id }) => id)).toEqual([8]);
  });

  test.each<[era: string, params: JsonObject]>([
    ["2025-11-25", {}],
    ["2026-07-28", { _meta: META }],
  ])(
    "is ended when the client closes its side (%s), and the server ends with status 0",
    async (_, params) => {
      const [path, other] = [place(), place()];
      await using server = new RawServer(toolsFile([forever(path), stubborn(other)]));
      await server.initialize();
      server.send({ id: 1, method: "tools/call", params: { name: "forever", ...params } });
      server.send({ id: 2, method: "tools/call", params: { name: "stubborn", ...params } });
      const pids = [await pidIn(path), await pidIn(other)];
      expect(await server.end()).toEqual({ status: 0, signal: null });
      expect(pids.filter(isRunning)).toEqual([]);
      expect(server.stderr).toBe("");
    },
  );

  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const)("is ended by %s, and the server ends with status %d", async (signal, status) => {
    const path = place();
    await using server = new RawServer(toolsFile([forever(path)]));
    await server.initialize();
    server.send({ id: 1, method: "tools/call", params: { name: "forever" } });
    const pid = await pidIn(path);
    server.process.kill(signal);
    expect(await server.ended).toEqual({ status, signal: null });
    expect(isRunning(pid)).toBe(false);
  });

  test("is ended when nobody reads the answers any more", async () => {
    const path = place();
    const chatty: RawTool = { name: "hello", command: "echo hello" };
    await using server = new RawServer(toolsFile([forever(path), chatty]));
    await server.initialize();
    server.send({ id: 1, method: "tools/call", params: { name: "forever" } });
    const pid = await pidIn(path);
    server.process.stdout.destroy();
    server.send({ id: 2, method: "tools/call", params: { name: "hello" } });
    await until(() => !isRunning(pid), "the end of a call of a client that is gone");
    expect((await server.ended).status).toBe(0);
  });

  test("waits its turn behind sixteen others, and never runs when it is cancelled there", async () => {
    const mark = place();
    const go = place();
    const wait = `${"const fs = require('fs');"} (function look() { if (!fs.existsSync(process.argv[1])) return setTimeout(look, 20); console.log('went') })()`;
    const tools: RawTool[] = [
      { name: "wait", command: script(wait, go) },
      { name: "mark", command: ["touch", mark] },
      { name: "say", command: "echo said", inputSchema: takes({}) },
    ];
    await using client = await officialClient(toolsFile(tools));
    const waiting = Array.from({ length: 16 }, () => client.callTool({ name: "wait" }));
    const cancel = new AbortController();
    const marked = client.callTool({ name: "mark" }, undefined, { signal: cancel.signal });
    const said = client.callTool({ name: "say" });
    await client.listTools();
    cancel.abort("enough");
    await expect(marked).rejects.toThrow("enough");
    writeFileSync(go, "");
    for (const each of await Promise.all(waiting))
      expect(each).toMatchObject({ content: [{ text: "went\n" }] });
    expect(await said).toMatchObject({ content: [{ text: "said\n" }] });
    expect(existsSync(mark)).toBe(false);
  });
});

describe("progress", () => {
  const slow: RawTool = {
    name: "slow",
    command: script("console.error('half way'); setTimeout(() => console.log('done'), 2500)"),
  };

  test("is told while a call runs, growing, in the words of the command", async () => {
    await using client = await officialClient(toolsFile([slow]));
    const updates: { progress: number; message?: string | undefined }[] = [];
    await client.callTool({ name: "slow" }, undefined, { onprogress: (update) => void updates.push(update) });
    expect(updates.length).toBeGreaterThanOrEqual(2);
    expect(updates.slice(0, 2)).toEqual([
      { progress: 1, message: "half way" },
      { progress: 2, message: "half way" },
    ]);
  });

  test("is told in revision 2026-07-28 to those who ask, and to nobody else", async () => {
    await using server = new RawServer(toolsFile([slow]));
    const call = (id: number, meta: JsonObject) =>
      server.request(id, "tools/call", { name: "slow", _meta: { ...META, ...meta } });
    await Promise.all([call(1, { progressToken: "p" }), call(2, {})]);
    const updates = server.messages.filter(({ method }) => method === "notifications/progress");
    expect(updates.length).toBeGreaterThanOrEqual(2);
    expect(updates[0]).toEqual({
      jsonrpc: "2.0",
      method: "notifications/progress",
      params: { progressToken: "p", progress: 1, message: "half way" },
    });
    expect(updates.every(({ params }) => (params as JsonObject).progressToken === "p")).toBe(true);
  });
});

describe("a schema that would take for ever", () => {
  const hostile: RawTool = {
    name: "hostile",
    command: script("console.log(process.argv[1])", "{a}"),
    inputSchema: takes({ a: { type: "string", pattern: "^(a+)+$" } }, ["a"]),
  };
  const WORST = `${"a".repeat(60)}!`;

  test("refuses the argument after a second, and the server goes on", async () => {
    await using server = new RawServer(toolsFile([hostile]));
    const call = (id: number, a: string) =>
      server.request(id, "tools/call", { name: "hostile", arguments: { a }, _meta: META });
    expect((await call(1, WORST)).result).toMatchObject({
      content: [{ text: expect.stringContaining("a pattern of the schema takes too long") }],
      isError: true,
    });
    expect((await call(2, "aaa")).result).toMatchObject({ content: [{ text: "aaa\n" }] });
  });

  test("does not keep the server from ending when it is told to", async () => {
    const server = new RawServer(toolsFile([hostile]));
    await server.request(0, "ping");
    server.send({
      id: 1,
      method: "tools/call",
      params: { name: "hostile", arguments: { a: WORST }, _meta: META },
    });
    server.process.kill("SIGTERM");
    expect(await server.ended).toEqual({ status: 143, signal: null });
  });

  test("and what a command prints is held to the same", async () => {
    const outputSchema = { type: "string", pattern: "^(a+)+$" };
    const result = await resultOf({
      name: "printed",
      command: script(`console.log('"${WORST}"')`),
      outputSchema,
    });
    expect(result).toMatchObject({ isError: true, text: expect.stringContaining("takes too long") });
  });
});

test("of many mistakes in the arguments, some are told", async () => {
  await using client = await officialClient(
    toolsFile([
      {
        name: "list",
        command: script(""),
        inputSchema: takes({ all: { type: "array", items: { type: "string" } } }),
      },
    ]),
  );
  const { content } = await client.callTool({ name: "list", arguments: { all: Array(100_000).fill(0) } });
  const { text } = (content as [{ text: string }])[0];
  expect(text.split("\n")).toHaveLength(22);
  expect(text).toMatch(/and 99980 more mistakes$/);
});
