import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { median, ratioRow } from "./pairs.mjs";

const server = fileURLToPath(new URL("../../dist/mcp.js", import.meta.url));
const RUNS = 20;
const TOOLS = 1_000;
const LISTS = 10_000;
const CALLS = 2_000;
/** Until the engine has compiled and sized what it uses all the time. */
const WARM_UP = 2_000;
const MAX_GROWTH_MIB = 5;

const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
};
const HANDSHAKE = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "bench", version: "0" },
};

/** What a client waits for at the start of a session, and what a long one costs. */
export async function* mcpBenchmarks() {
  const directory = mkdtempSync(join(tmpdir(), "nixclaude-bench-"));
  try {
    const one = toolsFile(directory, 1);
    yield ratioRow(
      "MCP server: start, `initialize`, `tools/list`, one call, end",
      "`node -e 0`",
      await medians(() => handshakeSession(one)),
      3,
    );
    yield ratioRow(
      "the same in revision 2026-07-28, without a handshake",
      "`node -e 0`",
      await medians(() => statelessSession(one)),
      3,
    );
    yield* growthRows(toolsFile(directory, TOOLS));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function toolsFile(directory, count) {
  const file = join(directory, `${count}.json`);
  const tools = Array.from({ length: count }, (_, index) => ({
    name: `search-${index}`,
    description: `Searches the collection number ${index} for packages whose name or description fits.`,
    inputSchema: {
      type: "object",
      properties: { query: { type: "string", description: "What to look for." }, limit: { type: "integer" } },
      required: ["query"],
      additionalProperties: false,
    },
    command: ["/bin/echo", "search", "nixpkgs", "{query}"],
  }));
  writeFileSync(file, JSON.stringify({ name: "bench", tools }));
  return file;
}

async function handshakeSession(file) {
  const client = connect(file);
  await client.request("initialize", HANDSHAKE);
  client.notify("notifications/initialized");
  await client.request("tools/list", {});
  await client.request("tools/call", { name: "search-0", arguments: { query: "ripgrep" } });
  await client.end();
}

async function statelessSession(file) {
  const client = connect(file);
  await client.request("tools/list", { _meta: META });
  await client.request("tools/call", { name: "search-0", arguments: { query: "ripgrep" }, _meta: META });
  await client.end();
}

/** Both in turn, as `pairedMedians` does for programs that are not talked to. */
async function medians(session) {
  const times = { a: [], b: [] };
  for (let round = -1; round < RUNS; round++) {
    const a = await timed(session);
    const b = await timed(() => once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit"));
    // The first pair only warms up.
    if (round >= 0) {
      times.a.push(a);
      times.b.push(b);
    }
  }
  return { a: median(times.a), b: median(times.b) };
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Memory after a collection, once the server is warm and after many answers more. */
async function* growthRows(file) {
  const client = connect(file, ["--expose-gc", "--import", MEMORY_PROBE]);
  await client.request("initialize", HANDSHAKE);
  client.notify("notifications/initialized");
  const lists = async () => {
    const { tools } = await client.request("tools/list", {});
    if (tools.length !== TOOLS) throw new Error(`${tools.length} tools instead of ${TOOLS}`);
  };
  const calls = () => client.request("tools/call", { name: "search-7", arguments: { query: "ripgrep" } });
  yield await growthRow(client, `${LISTS} lists of ${TOOLS} tools`, lists, LISTS, WARM_UP);
  yield await growthRow(client, `${CALLS} calls`, calls, CALLS, CALLS / 4);
  await client.end();
}

async function growthRow(client, what, ask, count, warmUp) {
  for (let index = 0; index < warmUp; index++) await ask();
  const before = await client.memory();
  for (let index = 0; index < count; index++) await ask();
  const after = await client.memory();
  const heap = (after.heap - before.heap) / 1024 ** 2;
  const resident = (after.resident - before.resident) / 1024 ** 2;
  return {
    name: `MCP server: memory kept by ${what}`,
    against: "after a collection",
    measured: `${heap.toFixed(1)} MiB of heap, ${resident.toFixed(1)} MiB resident`,
    limit: `${MAX_GROWTH_MIB} MiB`,
    ok: heap <= MAX_GROWTH_MIB && resident <= MAX_GROWTH_MIB,
  };
}

/** Answers SIGUSR2 on standard error with what is in use after a collection. */
const MEMORY_PROBE = `data:text/javascript,${encodeURIComponent(`
process.on("SIGUSR2", () => {
  gc(); gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.stderr.write(JSON.stringify({ heap: heapUsed, resident: rss }) + "\\n");
});`)}`;

function connect(file, nodeArguments = []) {
  const child = spawn(process.execPath, [...nodeArguments, server, file], { stdio: "pipe" });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const errors = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  let id = 0;
  const send = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  return {
    request: async (method, params) => {
      send({ id: ++id, method, params });
      const { value } = await answers.next();
      const answer = JSON.parse(value);
      if (answer.id !== id || answer.result === undefined || answer.result.isError) throw new Error(value);
      return answer.result;
    },
    notify: (method) => send({ method }),
    memory: async () => {
      child.kill("SIGUSR2");
      return JSON.parse((await errors.next()).value);
    },
    end: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
