import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { generatedFiles } from "../../scripts/compile-mcp-schema.mjs";
import { readToolsFile } from "../../src/mcp/tools-file/read.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { takes } from "./support.ts";

/** Each mistake as `path: message`; empty for a file that is right. */
function mistakes(file: Json): string[] {
  const read = readToolsFile(file);
  return "file" in read ? [] : read.problems.map(({ path, message }) => `${path}: ${message}`);
}

/** A file with one tool, which is right but for what is given. */
function withTool(tool: JsonObject): JsonObject {
  return {
    name: "nix-tools",
    tools: [{ name: "nix-search", description: "Searches.", command: "nix", ...tool }],
  };
}

const QUERY = takes({ query: { type: "string" } }, ["query"]);

describe("a file that is right", () => {
  test("has defaults where it says nothing", () => {
    expect(readToolsFile(withTool({ command: "nix search nixpkgs", inputSchema: QUERY }))).toEqual({
      file: {
        name: "nix-tools",
        version: "0",
        tools: [
          {
            name: "nix-search",
            description: "Searches.",
            inputSchema: QUERY,
            words: [
              [{ kind: "literal", text: "nix" }],
              [{ kind: "literal", text: "search" }],
              [{ kind: "literal", text: "nixpkgs" }],
              [{ kind: "placeholder", property: "query" }],
            ],
            env: {},
            cwd: null,
            timeoutMs: 60_000,
            outputLimitBytes: 100_000,
          },
        ],
      },
    });
  });

  test.each<[what: string, tool: JsonObject]>([
    ["no arguments", {}],
    ["a command of words", { command: ["nix", "search", ""] }],
    [
      "every key",
      {
        title: "Search",
        inputSchema: QUERY,
        outputSchema: { type: "array", items: { type: "string" } },
        annotations: {
          title: "x",
          readOnlyHint: true,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: true,
        },
        env: { NIX_CONFIG: "a = b", "odd.name": "" },
        cwd: "/tmp",
        timeoutMs: 1,
        outputLimit: 16_777_216,
      },
    ],
    [
      "references within a schema",
      {
        inputSchema: {
          type: "object",
          properties: { a: { $ref: "#/$defs/x~1y" }, b: { $ref: "#z" } },
          $defs: { "x/y": true, z: { $anchor: "z" } },
        },
      },
    ],
    [
      "its dialect by name",
      { inputSchema: { $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" } },
    ],
    [
      "properties that are called like keywords",
      { inputSchema: takes({ pattern: { type: "string" }, $ref: true, type: {} }) },
    ],
    ["names of the greatest length", { name: "x".repeat(64 - "mcp__nix-tools__".length) }],
    [
      "a shell that gets the argument as a word of its own",
      { command: ["sh", "-c", 'grep -e "$1" f', "sh", "{query}"], inputSchema: QUERY },
    ],
    ["doubled braces and braces without a name", { command: ["awk", "{print $1}", "{{query}}", "{}"] }],
  ])("may have %s", (_, tool) => {
    expect(mistakes(withTool(tool))).toEqual([]);
  });
});

describe("a file with mistakes", () => {
  test.each<[what: string, file: Json, expected: string[]]>([
    ["that is no object", [], [": is a list, expected an object"]],
    ["without anything", {}, ["name: is missing", "tools: is missing"]],
    [
      "with a misspelled key",
      { ...withTool({}), tool: [] },
      ['tool: is an unknown key; did you mean "tools"?'],
    ],
    [
      "with a server name that rules cannot tell from a tool's",
      { name: "a__b", tools: [] },
      [
        'name: is "a__b", which does not match ^(?!.*__)[a-zA-Z0-9_-]+$ (Name of the server. Permission rules name its tools mcp__NAME__TOOL, so it has no __ in it.)',
      ],
    ],
    [
      "with a server name that clients rename",
      { name: "nix tools", tools: [] },
      [
        'name: is "nix tools", which does not match ^(?!.*__)[a-zA-Z0-9_-]+$ (Name of the server. Permission rules name its tools mcp__NAME__TOOL, so it has no __ in it.)',
      ],
    ],
    ["nested without end", nested(100), [": is nested deeper than 64 levels"]],
  ])("%s", (_, file, expected) => {
    expect(mistakes(file)).toEqual(expected);
  });

  test.each<[what: string, tool: JsonObject, expected: string[]]>([
    [
      "no name, description or command",
      { name: null, description: "", command: [] },
      [
        "tools[0].command: is empty",
        "tools[0].description: is empty",
        "tools[0].name: is null, expected a string",
      ],
    ],
    [
      "a name with a dot, which the Messages API forbids",
      { name: "nix.search" },
      [
        'tools[0].name: is "nix.search", which does not match ^[a-zA-Z0-9_-]+$ (Unique in the server. With mcp__SERVER__ in front it has at most 64 characters, which the Messages API asks of tools.)',
      ],
    ],
    [
      "a name that is empty",
      { name: "" },
      [
        'tools[0].name: is "", which does not match ^[a-zA-Z0-9_-]+$ (Unique in the server. With mcp__SERVER__ in front it has at most 64 characters, which the Messages API asks of tools.)',
      ],
    ],
    [
      "a name that is too long with its prefix",
      { name: "x".repeat(49) },
      ["tools[0].name: has 49 characters; behind mcp__nix-tools__ there is room for 48"],
    ],
    [
      "an unknown key",
      { inputschema: {} },
      ['tools[0].inputschema: is an unknown key; did you mean "inputSchema"?'],
    ],
    [
      "an unknown hint",
      { annotations: { readonlyHint: true } },
      ['tools[0].annotations.readonlyHint: is an unknown key; did you mean "readOnlyHint"?'],
    ],
    ["a variable that is no text", { env: { A: 1 } }, ["tools[0].env.A: is 1, expected a string"]],
    [
      "a variable with NUL",
      { env: { A: "\0" } },
      ['tools[0].env.A: is "\\u0000", which does not match ^[^\\u0000]*$'],
    ],
    ["no time", { timeoutMs: 0 }, ["tools[0].timeoutMs: 0 must be >= 1"]],
    ["too much output", { outputLimit: 1e9 }, ["tools[0].outputLimit: 1000000000 must be <= 16777216"]],
    [
      "a command that is no command",
      { command: { program: "x" } },
      ["tools[0].command: is an object, expected a string or a list"],
    ],
    ["a word that is no text", { command: ["x", 1] }, ["tools[0].command[1]: is 1, expected a string"]],
    ["only white space as a command", { command: "  " }, ["tools[0].command: is empty"]],
    ["an empty program", { command: ["", "x"] }, ["tools[0].command: the program is an empty word"]],
    [
      "an open quote",
      { command: "nix 'search" },
      ["tools[0].command: the quote ' at character 5 is not closed"],
    ],
    [
      "a pipe",
      { command: "nix search | head" },
      [
        "tools[0].command: no shell reads it, so | does nothing; call a script instead, or put it in quotes to hand it over",
      ],
    ],
    [
      "a word with NUL",
      { command: ["x", "a\0"] },
      ["tools[0].command: a word with the character NUL cannot be handed to a program"],
    ],
    [
      "an argument as program",
      { command: ["{query}"], inputSchema: QUERY },
      ["tools[0].command: the program itself cannot be an argument"],
    ],
    [
      "a placeholder for nothing",
      { command: "nix {querry}", inputSchema: QUERY },
      [
        "tools[0].command: {querry} names no property of inputSchema; {{querry}} stands for the text {querry}",
      ],
    ],
  ])("in a tool with %s", (_, tool, expected) => {
    expect(mistakes(withTool(tool))).toEqual(expected);
  });

  test.each<[what: string, schema: Json, expected: string[]]>([
    ["is no object", "string", ['tools[0].inputSchema: is "string", expected an object']],
    [
      "describes no object",
      { type: "string" },
      ['tools[0].inputSchema.type: is "string", expected "object"'],
    ],
    ["has no type", {}, ["tools[0].inputSchema.type: is missing"]],
    [
      "has an unknown type in it",
      takes({ a: { type: "strng" } }),
      [
        'tools[0].inputSchema.properties.a.type: is "strng", expected one of "array", "boolean", "integer", "null", "number", "object", "string"',
      ],
    ],
    [
      "has a property that is no schema",
      takes({ a: 1 }),
      ["tools[0].inputSchema.properties.a: is 1, expected an object or a boolean"],
    ],
    [
      "requires what is no name",
      { type: "object", required: [1, 1] },
      [
        "tools[0].inputSchema.required[0]: is 1, expected a string",
        "tools[0].inputSchema.required[1]: is 1, expected a string",
      ],
    ],
    [
      "has a pattern that is none",
      takes({ a: { pattern: "(" } }),
      ["tools[0].inputSchema.properties.a.pattern: is not a regular expression: /(/u: Unterminated group"],
    ],
    [
      "has a pattern of properties that is none",
      { type: "object", patternProperties: { "[": true } },
      [
        'tools[0].inputSchema.patternProperties."[": is not a regular expression: /[/u: Unterminated character class',
      ],
    ],
    [
      "refers to another file",
      takes({ a: { $ref: "https://example.org/x.json" } }),
      [
        'tools[0].inputSchema.properties.a."$ref": "https://example.org/x.json" is outside the schema; only # references are followed',
      ],
    ],
    [
      "refers to nothing",
      takes({ a: { $ref: "#/$defs/b" } }),
      ['tools[0].inputSchema.properties.a."$ref": "#/$defs/b" leads to no schema'],
    ],
    [
      "is of another dialect",
      { $schema: "http://json-schema.org/draft-07/schema#", type: "object" },
      ['tools[0].inputSchema."$schema": only https://json-schema.org/draft/2020-12/schema is understood'],
    ],
  ])("whose input schema %s", (_, inputSchema, expected) => {
    expect(mistakes(withTool({ inputSchema }))).toEqual(expected);
  });

  test("says what is wrong with an output schema, too", () => {
    expect(mistakes(withTool({ outputSchema: { minimum: "1" } }))).toEqual([
      'tools[0].outputSchema.minimum: is "1", expected a number',
    ]);
  });

  test("with two tools of one name", () => {
    const tool = { name: "a", description: "x", command: "y" };
    expect(mistakes({ name: "s", tools: [tool, { ...tool, name: "b" }, tool] })).toEqual([
      'tools[2].name: "a" is the name of tools[0], too',
    ]);
  });

  test("of several kinds, all at once", () => {
    expect(
      mistakes({
        name: "s",
        versoin: "1",
        tools: [
          { name: "a", description: "x", command: "cat |" },
          { name: "a", description: 1, command: "{q}", inputSchema: { type: "array" } },
        ],
      }),
    ).toEqual([
      "tools[0].command: no shell reads it, so | does nothing; call a script instead, or put it in quotes to hand it over",
      "tools[1].command: the program itself cannot be an argument",
      "tools[1].description: is 1, expected a string",
      'tools[1].inputSchema.type: is "array", expected "object"',
      'tools[1].name: "a" is the name of tools[0], too',
      'versoin: is an unknown key; did you mean "version"?',
    ]);
  });
});

describe("a placeholder where a program reads code", () => {
  test.each<[command: string[], program: string]>([
    [["sh", "-c", "grep {query} f"], "sh"],
    [["/bin/bash", "-euo", "pipefail", "-c", "{query}"], "bash"],
    [["bash", "-ec", "--", "{query}"], "bash"],
    [["env", "-i", "A=b", "sh", "-c", "{query}"], "sh"],
    [["timeout", "5", "dash", "-c", "x {query}"], "dash"],
    [["env", "-S", "x {query}"], "env"],
    [["python3.12", "-c", "print('{query}')"], "python3.12"],
    [["node", "-e", "{query}"], "node"],
    [["node", "--eval={query}"], "node"],
    [["perl", "-ne", "/{query}/"], "perl"],
    [["ruby", "-e{query}"], "ruby"],
    [["php", "-r", "{query}"], "php"],
    [["nix", "eval", "--expr", "{query}"], "nix"],
    [["nix-shell", "--run", "{query}"], "nix-shell"],
    [["su", "me", "-c", "{query}"], "su"],
    [["ssh", "host", "cat", "{query}"], "ssh"],
    [["watch", "{query}"], "watch"],
    [["bash", "-ce", "grep {query} f"], "bash"],
    [["python3", "-cprint('{query}')"], "python3"],
    [["node", "--eval=f('{query}')"], "node"],
    [["lua", "-e", "{query}"], "lua"],
    [["pwsh", "-Command", "{query}"], "pwsh"],
    [["nix-shell", "-p", "{query}"], "nix-shell"],
    [["awk", "/{query}/", "f"], "awk"],
    [["gawk", "-F", ":", "-v", "a=b", "{query}"], "gawk"],
    [["sed", "-n", "/{query}/p", "f"], "sed"],
    [["sed", "-ne", "{query}", "f"], "sed"],
    [["sudo", "{query}"], "sudo"],
    [["env", "A=b", "{query}"], "env"],
    // These get it behind their own words, since it has no place.
    [["sh", "-c"], "sh"],
    [["ssh", "host"], "ssh"],
  ])("%j is refused", (command, program) => {
    expect(mistakes(withTool({ command, inputSchema: QUERY }))).toEqual([
      expect.stringContaining(`tools[0].command: {query} would become part of code that ${program} reads`),
    ]);
  });

  test.each([
    [["grep", "-e", "{query}"]],
    [["git", "-c", "color.ui=never", "log", "--grep={query}"]],
    [["sh", "script.sh", "{query}"]],
    [["bash", "-c", 'echo "$1"', "bash", "{query}"]],
    [["nix", "run", "nixpkgs#x", "--", "{query}"]],
    [["nix", "shell", "nixpkgs#x", "--command", "x", "{query}"]],
    [["awk", "-v", "word={query}", "$1 == word", "f"]],
    [["awk", "-f", "script.awk", "{query}"]],
    [["sed", "-n", "1,5p", "{query}"]],
    [["sed", "-e", "1d", "{query}"]],
    [["sudo", "-u", "{query}", "id"]],
    [["env", "A={query}", "id"]],
    [["node", "--env-file={query}", "x.js"]],
  ])("%j is none of those", (command) => {
    expect(mistakes(withTool({ command, inputSchema: QUERY }))).toEqual([]);
  });
});

test("the compiled validator is that of the schema", () => {
  for (const [path, content] of Object.entries(generatedFiles())) {
    expect(readFileSync(path, "utf8"), path).toBe(content);
  }
});

function nested(depth: number): Json {
  let value: Json = {};
  for (let level = 0; level < depth; level++) value = { a: value };
  return value;
}
