import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normaliseContext } from "../../src/context/index.ts";
import { createClientFiles } from "../../src/files/index.ts";
import { parseJsonObject } from "../../src/files/json-value.ts";
import { importsOf } from "../../src/files/memory.ts";
import { createRevisionPort } from "../../src/git/index.ts";
import type { RawValue } from "../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import {
  cleanGitEnvironment,
  createRepository,
  type Files,
  type TestRepository,
} from "../support/repository.ts";

async function readFrom(source: TestRepository, directory = ""): Promise<RawValue | null> {
  const repository = await createRevisionPort({ env: cleanGitEnvironment() }).open(source.root);
  try {
    const tree = await repository.resolve({ kind: "revision", name: "HEAD" });
    return await createClientFiles().read(repository, tree!, directory);
  } finally {
    await repository.close();
  }
}

const read = (files: Files, directory = "") => readFrom(createRepository(files), directory);

async function contextOf(files: Files, directory = "") {
  return normaliseContext((await read(files, directory))!, { client: DEFAULT_CLIENT });
}

const lines = (...text: string[]) => `${text.join("\n")}\n`;

describe("files that command lines name", () => {
  const settings = JSON.stringify({
    hooks: { Stop: [{ hooks: [{ type: "command", command: '"$CLAUDE_PROJECT_DIR"/.claude/hooks/a.sh' }] }] },
    statusLine: { type: "command", command: "./line.sh" },
  });
  const mcp = JSON.stringify({ mcpServers: { db: { command: "node", args: ["./server"] } } });
  const files = {
    ".claude/settings.json": settings,
    ".mcp.json": mcp,
    ".claude/hooks/a.sh": "exit 2",
    "line.sh": "date",
    "server/index.js": "serve()",
    "server/lib.js": "1",
  };

  test.each<[string, string]>([
    [".claude/hooks/a.sh", "hooks"],
    ["line.sh", "settings"],
    ["server/lib.js", "mcpServers"],
  ])("make a change of %s one of %s", async (file, surface) => {
    const before = await contextOf(files);
    const after = await contextOf({ ...files, [file]: "other" });
    const changed = Object.entries(after.context).filter(
      ([key, value]) =>
        JSON.stringify(value) !== JSON.stringify(Object.entries(before.context).find(([k]) => k === key)![1]),
    );
    expect(changed.map(([key]) => key)).toEqual([surface]);
    expect(before.problems).toEqual([]);
  });

  test("are a submodule's commit where they lie in one", async () => {
    const repository = createRepository({
      ".mcp.json": JSON.stringify({ mcpServers: { db: { command: "./vendor/db/serve.sh" } } }),
    });
    repository.git("update-index", "--add", "--cacheinfo", `160000,${repository.head()},vendor/db`);
    repository.git("commit", "-q", "-m", "submodule");
    const { context } = normaliseContext((await readFrom(repository))!, { client: DEFAULT_CLIENT });
    expect(context.mcpServers.db!.other.$files).toEqual({
      "./vendor/db": `commit:${repository.git("rev-parse", "HEAD~1")}`,
    });
  });

  test("are found behind links, and a link that leads away is its target", async () => {
    const repository = createRepository({ ".claude/settings.json": settings, "shared/a.sh": "exit 2" });
    symlinkSync("../shared", join(repository.root, ".claude/hooks"));
    symlinkSync("/etc/line.sh", join(repository.root, "line.sh"));
    repository.commit();
    const { context } = normaliseContext((await readFrom(repository))!, { client: DEFAULT_CLIENT });
    expect(context.hooks[0]!.other.$files).toEqual({
      "./.claude/hooks/a.sh": expect.stringMatching(/^sha256:/),
    });
    expect(context.settings.statusLine).toMatchObject({ command: { $text: "./line.sh" } });
  });
});

describe("a tree without any of the client's files", () => {
  test.each<[string, Files]>([
    ["other files", { "README.md": "hello\n", "src/settings.json": "{}" }],
    ["an .mcp.json without servers", { ".mcp.json": "{}" }],
    ["a skill directory without SKILL.md", { ".claude/skills/a/notes.md": "x" }],
  ])("has no context: %s", async (_what, files) => {
    expect(await read(files)).toBeNull();
  });
});

describe("settings", () => {
  test("become the surfaces of a context, the rest goes into settings", async () => {
    const { context, problems, failures } = await contextOf({
      ".claude/settings.json": JSON.stringify({
        $schema: "https://example.org/schema.json",
        permissions: { allow: ["Bash(git status)"], deny: ["Read(.env)"], defaultMode: "plan" },
        hooks: { PreToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: "./guard.sh" }] }] },
        env: { CI: "1" },
        model: "sonnet",
        sandbox: { enabled: true },
        includeCoAuthoredBy: false,
        enableAllProjectMcpServers: true,
      }),
    });
    expect({ problems, failures }).toEqual({ problems: [], failures: [] });
    expect(context.permissions).toMatchObject({
      rules: [
        { list: "allow", text: "Bash(git status)" },
        { list: "deny", text: "Read(.env)" },
      ],
      defaultMode: "plan",
    });
    expect(context.hooks.map((hook) => hook.command)).toEqual(["./guard.sh"]);
    expect(context).toMatchObject({ env: { CI: "1" }, model: "sonnet", sandbox: { enabled: true } });
    expect(context.settings).toEqual({ includeCoAuthoredBy: false, enableAllProjectMcpServers: true });
  });

  test("know the place of every key and rule", async () => {
    const { positions } = await contextOf({
      ".claude/settings.json": lines(
        "{",
        '  "permissions": {',
        '    "allow": [',
        '      "Read",',
        '      "Bash(ls)"',
        "    ]",
        "  }",
        "}",
      ),
    });
    const file = ".claude/settings.json";
    expect(positions.permissions).toEqual({ file, line: 2, column: 3 });
    expect(positions["permissions.allow"]).toEqual({ file, line: 3, column: 5 });
    expect(positions["permissions.allow[1]"]).toEqual({ file, line: 5, column: 7 });
  });

  test("of a tracked local file are merged as the client merges them", async () => {
    const { context, positions } = await contextOf({
      ".claude/settings.json": JSON.stringify({
        permissions: { allow: ["A", "B"], defaultMode: "plan" },
        env: { ONE: "1", TWO: "2" },
        hooks: { Stop: [{ hooks: [{ type: "command", command: "a" }] }] },
      }),
      ".claude/settings.local.json": JSON.stringify({
        permissions: { allow: ["B", "C"], deny: ["D"], defaultMode: "acceptEdits" },
        env: { TWO: "two" },
        hooks: { Stop: [{ hooks: [{ type: "command", command: "b" }] }] },
      }),
    });
    expect(context.permissions.rules.map(({ list, text }) => `${list} ${text}`)).toEqual([
      "allow A",
      "allow B",
      "allow C",
      "deny D",
    ]);
    expect(context.permissions.defaultMode).toBe("acceptEdits");
    expect(context.env).toEqual({ ONE: "1", TWO: "two" });
    expect(context.hooks.map((hook) => hook.command)).toEqual(["a", "b"]);
    expect(positions["permissions.allow[2]"]?.file).toBe(".claude/settings.local.json");
    expect(positions["permissions.allow[0]"]?.file).toBe(".claude/settings.json");
    expect(positions["permissions.defaultMode"]?.file).toBe(".claude/settings.local.json");
  });

  test("keep two hooks apart that differ only in a key named positions", async () => {
    const hook = (text: string) => ({
      Stop: [{ hooks: [{ type: "command", command: "a", positions: text }] }],
    });
    const { context } = await contextOf({
      ".claude/settings.json": JSON.stringify({ hooks: hook("x") }),
      ".claude/settings.local.json": JSON.stringify({ hooks: hook("y") }),
    });
    expect(context.hooks).toHaveLength(2);
  });

  test("of the wrong type are handed on for the schema to report", async () => {
    const { problems, context } = await contextOf({
      ".claude/settings.json": lines("{", '  "permissions": { "allow": ["A"], "deny": "D" }', "}"),
    });
    expect(problems).toMatchObject([
      { path: "permissions.deny", dropsFile: true, position: { file: ".claude/settings.json", line: 2 } },
    ]);
    expect(context.permissions.rules.map((rule) => rule.text)).toEqual(["A"]);
  });

  test.each([
    ["a missing brace", lines("{", '  "env": {'), 3, 1],
    ["a comment", lines("{", "  // note", '  "env": {}', "}"), 2, 3],
    ["a trailing comma", lines("{", '  "env": {},', "}"), 3, 1],
    ["an empty file", "", 1, 1],
    ["a list", "[]", 1, 1],
    ["a text", '"x"', 1, 1],
    ["a byte order mark", '\uFEFF{"env": {}}', 1, 1],
    ["endless nesting", "[".repeat(100_000), 1, 1],
    ["Latin-1 bytes", new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]), 1, 1],
  ])("that the client drops whole are a failure with its place: %s", async (_what, text, line, column) => {
    const { failures, context } = await contextOf({
      ".claude/settings.json": text,
      ".mcp.json": JSON.stringify({ mcpServers: { a: { command: "a" } } }),
    });
    expect(failures).toMatchObject([
      {
        path: "settings",
        code: "settings-not-json",
        message: expect.stringContaining("the client drops .claude/settings.json: it is n"),
        position: { file: ".claude/settings.json", line, column },
      },
    ]);
    expect(Object.keys(context.mcpServers)).toEqual(["a"]);
  });

  test("nested deeper than is judged are cut, never taken for nothing", async () => {
    const deep = `{"sandbox": ${'{"a":'.repeat(80)}1${"}".repeat(80)}}`;
    const { failures } = await contextOf({ ".claude/settings.json": deep });
    expect(failures).toMatchObject([{ code: "limit-reached" }]);
  });

  test("with keys of JavaScript's own are read like any other", async () => {
    const { context } = await contextOf({
      ".claude/settings.json": '{"__proto__": {"a": 1}, "constructor": 2, "env": {"__proto__": "x"}}',
    });
    expect(Object.keys(context.settings)).toEqual(["__proto__", "constructor"]);
    expect(Object.keys(context.env)).toEqual(["__proto__"]);
  });

  test("say what JSON.parse says, whatever the text", () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((json) => json.slice(0, -1)),
      fc
        .array(
          fc.constantFrom(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            '"a"',
            "1",
            "-",
            ".5",
            "null",
            " ",
            "\t",
            "\\",
            "//",
            "\u00a0",
          ),
          { maxLength: 8 },
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (source) => {
        let expected: unknown;
        try {
          expected = JSON.parse(source);
        } catch {
          expected = undefined;
        }
        const isObject = typeof expected === "object" && expected !== null && !Array.isArray(expected);
        const parsed = parseJsonObject(source, "f");
        expect(parsed.kind === "parsed").toBe(isObject);
        if (parsed.kind === "parsed")
          expect(Object.keys(parsed.value.entries).sort()).toEqual(Object.keys(expected as object).sort());
      }),
      { numRuns: 500 },
    );
  });
});

describe("MCP servers", () => {
  test("come from .mcp.json", async () => {
    const { context, positions } = await contextOf({
      ".mcp.json": lines(
        "{",
        '  "mcpServers": {',
        '    "github": { "command": "github-mcp-server", "args": ["stdio"] },',
        '    "docs": { "type": "http", "url": "https://example.org/mcp" }',
        "  }",
        "}",
      ),
    });
    expect(context.mcpServers).toMatchObject({
      github: { kind: "stdio", command: "github-mcp-server", args: ["stdio"] },
      docs: { kind: "http", url: "https://example.org/mcp" },
    });
    expect(positions["mcpServers.docs"]).toEqual({ file: ".mcp.json", line: 4, column: 5 });
  });

  test("of a broken file are a failure", async () => {
    const { failures } = await contextOf({ ".mcp.json": "{" });
    expect(failures).toMatchObject([{ path: "mcpServers", code: "mcp-not-json" }]);
  });
});

describe("instructions", () => {
  test("are policies under their paths: memory files, rules, and what they import", async () => {
    const { context } = await contextOf({
      "CLAUDE.md": "Be careful.\nSee @docs/git.md and `@docs/code.md`.\n",
      "docs/git.md": "Never force-push. @more/deep.md\n",
      "docs/more/deep.md": "Deep.\n",
      "docs/code.md": "not imported\n",
      ".claude/CLAUDE.md": "Project.\n",
      ".claude/rules/style/names.md": "Name things.\n",
      "packages/a/CLAUDE.md": "Package a.\n",
    });
    expect(context.policies).toEqual({
      "CLAUDE.md": "Be careful.\nSee @docs/git.md and `@docs/code.md`.\n",
      ".claude/CLAUDE.md": "Project.\n",
      ".claude/rules/style/names.md": "Name things.\n",
      "packages/a/CLAUDE.md": "Package a.\n",
      "docs/git.md": "Never force-push. @more/deep.md\n",
      "docs/more/deep.md": "Deep.\n",
    });
  });

  test("above the project count, those beside it do not", async () => {
    const { context } = await contextOf(
      { "CLAUDE.md": "root\n", "packages/a/CLAUDE.md": "a\n", "packages/b/CLAUDE.md": "b\n" },
      "packages/a",
    );
    expect(context.policies).toEqual({ "../../CLAUDE.md": "root\n", "CLAUDE.md": "a\n" });
  });

  test("in a CLAUDE.md that is a link are those of its target", async () => {
    const source = createRepository({ "AGENTS.md": "Ask first.\n" });
    symlinkSync("AGENTS.md", join(source.root, "CLAUDE.md"));
    source.commit();
    expect(normaliseContext((await readFrom(source))!, { client: DEFAULT_CLIENT }).context.policies).toEqual({
      "CLAUDE.md": "Ask first.\n",
    });
  });

  test.each([
    ["@a.md", ["a.md"]],
    ["see @./a.md\nand @b\\ c.md", ["./a.md", "b c.md"]],
    ["mail x@a.md", []],
    ["`@a.md` and ``@b.md``", []],
    ["```\n@a.md\n```\n@b.md", ["b.md"]],
    ["@~/a.md @/etc/passwd", []],
  ])("import what stands behind an @: %j", (text, expected) => {
    expect(importsOf(text)).toEqual(expected);
  });

  test("that import each other end", async () => {
    const { context } = await contextOf({ "CLAUDE.md": "@a.md\n", "a.md": "@CLAUDE.md @../x.md\n" });
    expect(Object.keys(context.policies).sort()).toEqual(["CLAUDE.md", "a.md"]);
  });
});

describe("skills, agents, commands and output styles", () => {
  test("are compared by their content", async () => {
    const { context, problems } = await contextOf({
      ".claude/skills/review/SKILL.md": lines(
        "---",
        "description: Reviews",
        "allowed-tools: Bash(git diff *)",
        "---",
        "Read it.",
      ),
      ".claude/skills/review/scripts/run.sh": "#!/bin/sh\n",
      ".claude/skills/loose.md": "not a skill\n",
      ".claude/agents/team/reviewer.md": lines(
        "---",
        "name: reviewer",
        "permissionMode: acceptEdits",
        "---",
        "You review.",
      ),
      ".claude/commands/explain.md": "Explain $1.\n",
      ".claude/output-styles/terse.md": "Be terse.\n",
    });
    expect(problems).toEqual([]);
    expect(Object.keys(context.skills)).toEqual(["review"]);
    expect(context.skills.review).toMatchObject({
      description: "Reviews",
      attributes: { "allowed-tools": "Bash(git diff *)" },
    });
    expect(Object.keys(context.skills.review!.files)).toEqual(["SKILL.md", "scripts/run.sh"]);
    expect(context.agents["team/reviewer"]?.attributes).toMatchObject({ permissionMode: "acceptEdits" });
    expect(context.commands.explain?.text).toBe("Explain $1.\n");
    expect(Object.keys(context.outputStyles)).toEqual(["terse"]);
  });

  test("are found through links, and a link in a circle ends", async () => {
    const source = createRepository({
      "shared/skills/review/SKILL.md": "Review.\n",
      "shared/agents/a.md": "A.\n",
    });
    mkdirSync(join(source.root, ".claude/skills"), { recursive: true });
    symlinkSync("../../shared/skills/review", join(source.root, ".claude/skills/review"));
    symlinkSync("..", join(source.root, ".claude/skills/circle"));
    symlinkSync("../shared/agents", join(source.root, ".claude/agents"));
    source.commit();
    const { context } = normaliseContext((await readFrom(source))!, { client: DEFAULT_CLIENT });
    expect(context.skills.review?.text).toBe("Review.\n");
    expect(context.agents.a?.text).toBe("A.\n");
  });

  test("behind a link that leads out of the repository stand for where it leads", async () => {
    const source = createRepository({ "README.md": "x" });
    mkdirSync(join(source.root, ".claude/agents"), { recursive: true });
    symlinkSync("/etc/agents/a.md", join(source.root, ".claude/agents/a.md"));
    symlinkSync("../../outside.json", join(source.root, ".claude/settings.json"));
    source.commit();
    const { context, failures } = normaliseContext((await readFrom(source))!, { client: DEFAULT_CLIENT });
    expect(context.agents.a?.text).toContain("/etc/agents/a.md");
    expect(failures).toMatchObject([{ code: "settings-not-json", path: "settings" }]);
  });

  test("that are too large or not text stand as their hash", async () => {
    const { context } = await contextOf({
      ".claude/commands/large.md": "x".repeat(256 * 1024 + 1),
      ".claude/commands/binary.md": new Uint8Array([0, 1, 2, 255]),
    });
    expect(context.commands.large).toMatchObject({ text: null });
    expect(context.commands.binary).toMatchObject({ text: null });
    expect(context.commands.large?.digest).not.toBe(context.commands.binary?.digest);
  });

  test("are read in a directory below the root", async () => {
    const { context, positions } = await contextOf(
      { "web app/.claude/agents/a.md": "A.\n", ".claude/agents/b.md": "B.\n" },
      "web app",
    );
    expect(Object.keys(context.agents)).toEqual(["a"]);
    expect(positions["agents.a"]).toEqual({ file: "web app/.claude/agents/a.md", line: 1, column: 1 });
  });
});

test("many files cost few processes", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`.claude/agents/a${index}.md`, `agent ${index}\n`]),
  );
  const source = createRepository(files);
  const bin = join(source.root, ".git", "counting");
  mkdirSync(bin);
  const log = join(bin, "log");
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const script = `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`;
  execFileSync("sh", ["-c", `cat > '${bin}/git' && chmod +x '${bin}/git'`], { input: script });
  const env = cleanGitEnvironment({ PATH: `${bin}:${process.env.PATH}` });
  const repository = await createRevisionPort({ env }).open(source.root);
  const tree = await repository.resolve({ kind: "revision", name: "HEAD" });
  const value = await createClientFiles().read(repository, tree!, "");
  await repository.close();
  expect(value).not.toBeNull();
  const calls = execFileSync("cat", [log], { encoding: "utf8" }).trim().split("\n");
  expect(calls.length).toBeLessThanOrEqual(6);
});
