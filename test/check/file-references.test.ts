import { describe, expect, test } from "vitest";
import { type NamedTree, withFileReferences } from "../../src/check/file-references.ts";
import { rawOf } from "../support/context.ts";

/** A tree of empty files; directories are what their paths say. */
function treeOf(...files: string[]): NamedTree {
  const isDirectory = (path: string) => files.some((file) => path === "" || file.startsWith(`${path}/`));
  return {
    kindOf: (path) => (files.includes(path) ? "file" : isDirectory(path) ? "directory" : null),
    digestOf: async (path) => `digest of ${path === "" ? "all" : path}`,
  };
}

const own = treeOf(
  "hooks/guard.sh",
  "hooks/lib/util.sh",
  "my hooks/a guard.sh",
  "server.js",
  "app/scripts/run.py",
  "weird/it's.sh",
  "disable",
  ".claude/hooks/guard.sh",
);
const inputs = new Map([["<org>", treeOf("x.sh", "bin/tool")]]);

async function namesIn(text: string, directory = ""): Promise<string[]> {
  const raw = await withFileReferences(rawOf({ hooks: { Stop: [{ hooks: [{ command: text }] }] } }), {
    own: async () => own,
    directory,
    inputs,
  });
  const found = JSON.stringify(raw).match(/"references":(\{[^}]*\})/)?.[1];
  return found === undefined ? [] : Object.keys(JSON.parse(found));
}

describe("a command line names", () => {
  test.each<[text: string, names: string[]]>([
    ["./hooks/guard.sh", ["./hooks/guard.sh"]],
    ["bash hooks/guard.sh --strict", ["./hooks/guard.sh"]],
    ["node server.js", ["./server.js"]],
    ["cd x && FOO=1 ./hooks/guard.sh; echo done", ["./hooks/guard.sh"]],
    ["sh -c './hooks/guard.sh|tee log'", ["./hooks/guard.sh"]],
    ['"$CLAUDE_PROJECT_DIR"/.claude/hooks/guard.sh', ["./.claude/hooks/guard.sh"]],
    ["$CLAUDE_PROJECT_DIR/.claude/hooks/guard.sh", ["./.claude/hooks/guard.sh"]],
    ["${" + "CLAUDE_PROJECT_DIR:-.}/hooks/guard.sh", ["./hooks/guard.sh"]],
    ["$(git rev-parse --show-toplevel)/hooks/guard.sh", ["./hooks/guard.sh"]],
    ["./hooks//lib/../guard.sh", ["./hooks/guard.sh"]],
    ["./hoo''ks/gu\"ar\"d.sh", ["./hooks/guard.sh"]],
    // Where quotes and blanks leave a doubt, one name too many.
    ["'./my hooks/a guard.sh' x", ["./hooks", "./my hooks/a guard.sh"]],
    ["./my\\ hooks/a\\ guard.sh", ["./hooks", "./my hooks/a guard.sh"]],
    [`"./weird/it's.sh"`, ["./weird", "./weird/it's.sh"]],
    ["./hooks/guard.sh ./hooks/lib/util.sh", ["./hooks/guard.sh", "./hooks/lib/util.sh"]],
    ["./hooks/$(uname).sh", ["./hooks"]],
    ["./hooks/*.sh", ["./hooks"]],
    ["node ./hooks", ["./hooks"]],
    ["--require=./server.js", ["./server.js"]],
    ["Run ./server.js.", ["./server.js"]],
    ["<org>/x.sh", ["<org>/x.sh"]],
    ["PATH=<org>/bin:$PATH tool", ["<org>/bin"]],
    ["cd <org> && ./x.sh", ["<org>"]],
    ["<org>", ["<org>"]],
    // Nothing of this tree.
    ["git status", []],
    ["server.json", []],
    ["./server.js.bak", []],
    ["./hookss/guard.sh", []],
    ["/hooks/guard.sh", []],
    ["https://example.org/server.js", []],
    ["../server.js", []],
    ["ls hooks", []],
    ["cd . && ls ./", []],
    ["<other>/x.sh", []],
  ])("%s: %j", async (text, names) => {
    expect(await namesIn(text)).toEqual(names);
  });

  test("files from the root and from the flake's directory", async () => {
    expect(await namesIn("./scripts/run.py", "app")).toEqual(["./app/scripts/run.py"]);
    expect(await namesIn("../server.js", "app")).toEqual(["./server.js"]);
    expect(await namesIn("./app/scripts/run.py", "app")).toEqual(["./app/scripts/run.py"]);
  });

  test("everything, when it is too long to be searched", async () => {
    expect(await namesIn("x ".repeat(10_000))).toEqual(["."]);
  });
});

describe("only what runs is looked at", () => {
  const attached = async (context: Parameters<typeof rawOf>[0]) =>
    JSON.stringify(
      await withFileReferences(rawOf(context), { own: async () => own, directory: "", inputs }),
    ).includes("references");

  test.each([
    { mcpServers: { a: { command: "node", args: ["server.js"] } } },
    { mcpServers: [{ name: "a", command: "./server.js" }] },
    { mcpServers: { a: { command: "x", env: { LIB: "./server.js" } } } },
    { mcpServers: { a: { command: "x", env: { prompt: "./server.js" } } } },
    { env: { name: "./hooks/guard.sh" } },
    { tools: { a: { command: ["node", "server.js"] } } },
    { env: { BASH_ENV: "./hooks/guard.sh" } },
    { settings: { statusLine: { type: "command", command: "./hooks/guard.sh" } } },
    { settings: { apiKeyHelper: "./hooks/guard.sh" } },
    { settings: { keyOfTheFuture: "./hooks/guard.sh" } },
  ])("%j", async (context) => {
    expect(await attached(context)).toBe(true);
  });

  test.each([
    { persona: "See server.js." },
    { tools: { a: { description: "server.js", examples: ["node server.js"] } } },
    {
      settings: { disableAutoMode: "disable", outputStyle: "server.js", autoMode: { allow: ["server.js"] } },
    },
    { hooks: { Stop: [{ matcher: "server.js", hooks: [{ type: "prompt", prompt: "Read server.js" }] }] } },
  ])("not %j", async (context) => {
    expect(await attached(context)).toBe(false);
  });
});

test("hostile texts take no time", async () => {
  const started = performance.now();
  await namesIn("./".repeat(8_000));
  await namesIn("a/".repeat(8_000));
  await namesIn("<org>/".repeat(2_700));
  await namesIn("./hooks/../".repeat(1_450));
  await namesIn("- ".repeat(8_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});
