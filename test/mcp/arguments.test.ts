import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { META, officialClient, RawServer, script, takes, toolsFile } from "./support.ts";

/*
 * What a command is really given: a child prints its words and MCP_ARGUMENTS as JSON, and the official client reads it.
 */
const PRINT = "console.log(JSON.stringify({ argv: process.argv.slice(1), rest: process.env.MCP_ARGUMENTS }))";

interface Given {
  argv: string[];
  rest: JsonObject;
}

const ANY = true;
const TEXT = { type: "string" };
/** Tools by what the test is about. */
const TOOLS: Record<string, { words: string[]; schema: JsonObject }> = {
  placed: { words: ["a", "{query}", "z"], schema: takes({ query: ANY }) },
  prefixed: { words: ["--query={query}"], schema: takes({ query: ANY }) },
  joined: { words: ["{a}{b}"], schema: takes({ a: TEXT, b: TEXT }) },
  between: { words: ["x{a}-{b}y", "{a}"], schema: takes({ a: TEXT, b: TEXT }) },
  appended: { words: ["fixed"], schema: takes({ a: ANY, b: ANY, c: ANY }, ["c", "a"]) },
  undeclared: { words: [], schema: { type: "object", required: ["x"] } },
  listed: { words: ["{mode}"], schema: takes({ mode: { enum: ["-l", "-s"] } }) },
  constant: { words: ["{mode}"], schema: takes({ mode: { const: "-l" } }) },
  dashed: { words: ["{number}"], schema: takes({ number: { type: "string", pattern: "^-?[0-9]+$" } }) },
  loose: { words: ["{word}"], schema: takes({ word: { type: "string", pattern: "[a-z]" } }) },
  negative: { words: ["{number}"], schema: takes({ number: { type: "integer", minimum: -5 } }) },
  counted: { words: ["{number}"], schema: takes({ number: { type: "integer" } }) },
};
const file = toolsFile(
  Object.entries(TOOLS).map(([name, { words, schema }]) => ({
    name,
    command: script(PRINT, ...words),
    inputSchema: schema,
  })),
);

let client: Awaited<ReturnType<typeof officialClient>>;
beforeAll(async () => {
  client = await officialClient(file);
});
afterAll(() => client.close());

/** What the command was given, or the words in which the call was refused. */
async function given(
  client: Awaited<ReturnType<typeof officialClient>>,
  name: string,
  args: JsonObject,
): Promise<Given | string> {
  const { content, isError } = await client.callTool({ name, arguments: args });
  const [{ text }] = content as [{ text: string }];
  if (isError === true) return text;
  const { argv, rest } = JSON.parse(text) as { argv: string[]; rest: string };
  return { argv, rest: JSON.parse(rest) as JsonObject };
}

describe("arguments become words", () => {
  test.each<[tool: string, args: JsonObject, argv: string[], rest?: JsonObject]>([
    ["placed", { query: "ripgrep" }, ["a", "ripgrep", "z"]],
    ["placed", { query: "two words" }, ["a", "two words", "z"]],
    ["placed", { query: "" }, ["a", "", "z"]],
    ["placed", { query: "; rm -rf ~" }, ["a", "; rm -rf ~", "z"]],
    ["placed", { query: "$(id) `id` $HOME && | > x" }, ["a", "$(id) `id` $HOME && | > x", "z"]],
    ["placed", { query: "one\ntwo\r\n" }, ["a", "one\ntwo\r\n", "z"]],
    ["placed", { query: "{query} {{query}} ' \" \\" }, ["a", "{query} {{query}} ' \" \\", "z"]],
    ["placed", { query: "日本 🚀 é" }, ["a", "日本 🚀 é", "z"]],
    ["placed", { query: 1.5 }, ["a", "1.5", "z"]],
    ["placed", { query: true }, ["a", "true", "z"]],
    ["placed", { query: null }, ["a", "null", "z"]],
    ["placed", { query: ["a b", 1] }, ["a", '["a b",1]', "z"]],
    ["placed", { query: { "a b": "-c" } }, ["a", '{"a b":"-c"}', "z"]],
    ["placed", {}, ["a", "z"]],
    ["prefixed", { query: "--all" }, ["--query=--all"]],
    ["prefixed", {}, []],
    ["joined", { a: "1", b: "-2" }, ["1-2"]],
    ["between", { a: "1", b: "2" }, ["x1-2y", "1"]],
    ["between", { a: "1" }, ["1"]],
    ["appended", { a: "1", b: "2", c: "3" }, ["fixed", "3", "1"], { b: "2" }],
    ["appended", { a: [], b: { x: ["\0"] }, c: "" }, ["fixed", "", "[]"], { b: { x: ["\0"] } }],
    ["undeclared", { x: "1", y: 2, "a b": null }, ["1"], { y: 2, "a b": null }],
    ["listed", { mode: "-l" }, ["-l"]],
    ["constant", { mode: "-l" }, ["-l"]],
    ["dashed", { number: "-12" }, ["-12"]],
    ["negative", { number: -3 }, ["-3"]],
  ])("%s %j", async (tool, args, argv, rest = {}) => {
    expect(await given(client, tool, args)).toEqual({ argv, rest });
  });

  test("an outer MCP_ARGUMENTS does not get through", async () => {
    await using client = await officialClient(file, { MCP_ARGUMENTS: "outer" });
    expect(await given(client, "prefixed", {})).toEqual({ argv: [], rest: {} });
  });
});

describe("nothing is run for arguments", () => {
  const DASH = "begins with a dash, so the program would take it for an option";

  test.each<[what: string, tool: string, args: JsonObject, text: string]>([
    ["with a dash in front", "placed", { query: "--exec=id" }, `the word of arguments.query ${DASH}`],
    ["that are only a dash", "placed", { query: "-" }, `the word of arguments.query ${DASH}`],
    ["that are a number below zero", "counted", { number: -1 }, `the word of arguments.number ${DASH}`],
    ["with a dash behind an empty one", "joined", { a: "", b: "-x" }, `the word of arguments.a ${DASH}`],
    ["with a dash, appended", "appended", { a: "1", c: "-x" }, `the word of arguments.c ${DASH}`],
    [
      "with a dash that a pattern only happens to allow",
      "loose",
      { word: "-x" },
      `the word of arguments.word ${DASH}`,
    ],
    ["with NUL", "prefixed", { query: "a\0b" }, "arguments.query has the character NUL in it"],
    ["with half a character", "prefixed", { query: "a\ud800" }, "arguments.query has half a character in it"],
    [
      "that are no exact numbers",
      "placed",
      { query: 2 ** 60 },
      "arguments.query is a whole number too large",
    ],
    ["that are missing", "appended", { a: 1 }, "arguments.c is missing"],
    ["of another type", "dashed", { number: 1 }, "arguments.number is 1, expected a string"],
    ["out of range", "negative", { number: -6 }, "arguments.number -6 must be >= -5"],
    [
      "that nobody knows",
      "placed",
      { queri: "x" },
      'arguments.queri is an unknown key; did you mean "query"?',
    ],
    [
      "that are none of a list",
      "listed",
      { mode: "-x" },
      'arguments.mode is "-x", expected one of "-l", "-s"',
    ],
  ])("%s", async (_, tool, args, text) => {
    const answer = await given(client, tool, args);
    expect(answer).toContain("Nothing was run");
    expect(answer).toContain(text);
  });

  test("that are a number which JSON has no word for", async () => {
    await using server = new RawServer(file);
    const meta = JSON.stringify(META);
    server.line(
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"placed","arguments":{"query":1e999},"_meta":${meta}}}`,
    );
    const { result } = await server.message(({ id }) => id === 1);
    expect(JSON.stringify(result)).toContain("arguments.query is a number too large to be kept");
  });

  test("that are too long for the system", async () => {
    const megabyte = "x".repeat(1024 ** 2);
    const tooLong = "could not be started: the arguments are too long for the system";
    expect(await given(client, "placed", { query: megabyte })).toContain(tooLong);
    expect(await given(client, "appended", { a: 1, c: 1, b: megabyte })).toContain(tooLong);
    expect(await given(client, "placed", { query: "x".repeat(90_000) })).toMatchObject({
      argv: ["a", "x".repeat(90_000), "z"],
    });
  });
});

/** The rule in docs/mcp.md once more, as short as it can be said. */
function expected(
  words: readonly string[],
  args: JsonObject,
  required: readonly string[],
): Given | "refused" {
  const named = (word: string) => [...word.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const placed = new Set(words.flatMap(named));
  const all = [...words, ...required.filter((name) => !placed.has(name)).map((name) => `{${name}}`)];
  const used = new Set([...placed, ...required]);
  const spelled = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
  const present = all.filter((word) => named(word).every((name) => Object.hasOwn(args, name)));
  const argv = present.map((word) => word.replace(/\{(\w+)\}/g, (_, name) => spelled(args[name]!)));
  const optionLike = argv.some((word, index) => word.startsWith("-") && !present[index]!.startsWith("-"));
  const impossible = argv.some((word) => word.includes("\0") || /\p{Surrogate}/u.test(word));
  const inexact = present
    .flatMap(named)
    .some((name) => Number.isInteger(args[name]) && !Number.isSafeInteger(args[name]));
  if (optionLike || impossible || inexact) return "refused";
  const rest = Object.fromEntries(Object.entries(args).filter(([name]) => !used.has(name)));
  return { argv, rest };
}

test("whatever the arguments, the program is given exactly the words of the rule", async () => {
  const names = ["a", "b", "c", "d"];
  const words = [["fixed", "{a}", "--b={b}", "{a}{c}", "x"], ["{b}"], [], ["-{a}", "{c}-{d}"]];
  const required = ["d", "a"];
  const tools = words.map((each, index) => ({
    name: `t${index}`,
    command: script(PRINT, ...each),
    inputSchema: takes(Object.fromEntries(names.map((name) => [name, ANY])), required),
  }));
  await using client = await officialClient(toolsFile(tools));
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      "",
      "-",
      "--",
      "-rf",
      "$(id)",
      "'",
      '"',
      "a b",
      "\n",
      "{a}",
      "*",
      "~",
      "\\",
      "\0",
      "\ud83d",
    ),
  );
  const value = fc.oneof(
    { arbitrary: text, weight: 4 },
    fc.integer(),
    fc.boolean(),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const args = fc.record(
    { a: value, b: value, c: value, d: value },
    { requiredKeys: ["a", "d"] },
  ) as fc.Arbitrary<JsonObject>;
  await fc.assert(
    fc.asyncProperty(fc.nat(words.length - 1), args, async (index, chosen) => {
      // As the client sends it: JSON knows no -0.
      const sent = JSON.parse(JSON.stringify(chosen)) as JsonObject;
      const rule = expected(words[index]!, sent, required);
      const answer = await given(client, `t${index}`, sent);
      if (rule === "refused") expect(answer).toContain("Nothing was run");
      else expect(answer).toEqual(rule);
    }),
    { numRuns: 150 },
  );
});
