import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { serveContext } from "../../src/mcp/context/serve-context.ts";
import { EvaluationError } from "../../src/model/errors.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { fileOf, snapshotOf, type WritableSet } from "../support/context.ts";
import { createDirectory } from "../support/repository.ts";

const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
};
const tool = (said: string): WritableSet => ({ command: ["echo", said], inputSchema: { type: "object" } });
const ASKS = { "anthropic/requiresUserInteraction": true };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A session whose flake says what the test says, looked at with every request. */
function session(first: WritableSet | null) {
  let tools = first;
  const root = createDirectory();
  const input = new PassThrough();
  const output = new PassThrough();
  const port = {
    watched: async () => ({ files: [], gitDirectory: null }),
    evaluate: async () => {
      if (tools === null) throw new EvaluationError("evaluation-failed", "no", { hint: "Mend it." });
      return { snapshot: snapshotOf({ tools }), root };
    },
    why: async () => "",
    check: async () => "",
  };
  const serving = serveContext(port, {
    version: "1",
    connection: { input, output },
    warn: () => {},
    monotonicMs: () => performance.now(),
  });
  ends.push(async () => {
    input.end();
    await serving;
  });
  const lines = createInterface({ input: output })[Symbol.asyncIterator]();
  const ask = async (method: string, params: JsonObject = {}): Promise<JsonObject> => {
    input.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta: META } })}\n`);
    const { value } = await lines.next();
    return (JSON.parse(value as string) as { result: JsonObject }).result;
  };
  return {
    becomes: (next: WritableSet | null) => {
      tools = next;
    },
    /** What each tool of the flake says to the client beside its definition. */
    listed: async () => {
      const { tools } = (await ask("tools/list")) as { tools?: { name: string; _meta?: JsonObject }[] };
      const own = (tools ?? []).filter(({ name }) => !name.startsWith("nixclaude_"));
      return Object.fromEntries(own.map(({ name, _meta }) => [name, _meta]));
    },
    call: async (name: string) => {
      const { content } = (await ask("tools/call", { name })) as { content?: { text: string }[] };
      return content?.[0]?.text;
    },
  };
}

test("tools of the session's start are as approved as the client's rules say", async () => {
  const { listed, call } = session({ a: tool("old") });
  expect(await listed()).toEqual({ a: undefined });
  expect(await call("a")).toBe("old\n");
});

test.each<[string, WritableSet]>([
  ["has another command", tool("new")],
  ["takes other arguments", { ...tool("old"), inputSchema: { type: "object", properties: { x: {} } } }],
  ["is described otherwise", { ...tool("old"), description: "Harmless." }],
])("for one that %s since then, a person is asked, until it is what it was", async (_, changed) => {
  const { becomes, listed } = session({ a: tool("old"), b: tool("b") });
  expect(await listed()).toEqual({ a: undefined, b: undefined });
  becomes({ a: changed, b: tool("b") });
  expect(await listed()).toEqual({ a: ASKS, b: undefined });
  becomes({ a: tool("old"), b: tool("b") });
  expect(await listed()).toEqual({ a: undefined, b: undefined });
});

test("one that is new, and every one where nothing was known at the start, is asked for", async () => {
  const grown = session({});
  await grown.listed();
  grown.becomes({ a: tool("a") });
  expect(await grown.listed()).toEqual({ a: ASKS });

  const mended = session(null);
  expect(await mended.listed()).toEqual({});
  mended.becomes({ a: tool("a") });
  expect(await mended.listed()).toEqual({ a: ASKS });
});

test("what changed behind a name that the client knows does not run before it was listed", async () => {
  const { becomes, listed, call } = session({ a: tool("old") });
  await listed();
  becomes({ a: tool("new") });
  expect(await call("a")).toMatch(/^Nothing was run: a is not what was listed/);
  expect(await listed()).toEqual({ a: ASKS });
  expect(await call("a")).toBe("new\n");
});

describe("what is called is what was listed last", () => {
  test("being told of a change is not having looked: a second call runs nothing either", async () => {
    const { becomes, listed, call } = session({ a: tool("old") });
    await listed();
    becomes({ a: tool("new") });
    expect(await call("a")).toMatch(/^Nothing was run/);
    expect(await call("a")).toMatch(/^Nothing was run/);
  });

  test("another command under a definition that stayed the same is another tool", async () => {
    const described = (said: string): WritableSet => ({ ...tool(said), description: "Says something." });
    const { becomes, listed, call } = session({ a: described("old") });
    becomes({ a: described("shown to the person") });
    await listed();
    becomes({ a: described("something else") });
    expect(await call("a")).toMatch(/^Nothing was run/);
    expect(await listed()).toEqual({ a: ASKS });
    expect(await call("a")).toBe("something else\n");
  });

  test("what is as it was at the start, while the client was shown another one, is not run", async () => {
    const { becomes, listed, call } = session({ a: tool("old") });
    await listed();
    becomes({ a: tool("new") });
    await listed();
    becomes({ a: tool("old") });
    expect(await call("a")).toMatch(/^Nothing was run/);
    await listed();
    expect(await call("a")).toBe("old\n");
  });

  test("a client that never asks for a list may call what was there at the start, and nothing else", async () => {
    const { becomes, call } = session({ a: tool("old") });
    expect(await call("a")).toBe("old\n");
    becomes({ a: tool("old"), b: tool("new") });
    expect(await call("a")).toBe("old\n");
    expect(await call("b")).toMatch(/^Nothing was run/);
  });

  test("files of the repository do not run while the flake does not evaluate: they may be others by now", async () => {
    const script = { ...tool("x"), command: fileOf("./say.sh", "echo good\n") };
    const { becomes, listed, call } = session({ a: script, b: tool("b") });
    expect(await listed()).toEqual({ a: undefined, b: undefined });
    becomes(null);
    expect(await call("a")).toMatch(/^Nothing was run: the flake does not evaluate now/);
    expect(await call("b")).toBe("b\n");
    expect(await listed()).toEqual({ a: undefined, b: undefined });
    expect(await call("a")).toMatch(/^Nothing was run: the flake does not evaluate now/);
  });
});
