import { posix } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderClientFiles } from "../../src/artifacts/index.ts";
import {
  directoryOf,
  fileOf,
  packageOf,
  RawLeaf,
  snapshotOf,
  type Writable,
  type WritableSet,
} from "../support/context.ts";
import { EVERYTHING, rendered, settingsOf, textOf } from "./support.ts";

describe("a context that says something on every surface", () => {
  const result = rendered(EVERYTHING);
  test("is written whole", () => {
    expect(result.problems).toEqual([]);
    expect(result.omitted).toEqual([]);
  });
  test("becomes these files, ordered by path", () => {
    const paths = result.files.map(({ path }) => path);
    expect(paths).toEqual([
      ".claude/agents/assistant.md",
      ".claude/agents/reviewer.md",
      ".claude/commands/explain.md",
      ".claude/commands/git/undo.md",
      ".claude/output-styles/terse.md",
      ".claude/settings.json",
      ".claude/skills/release-notes/SKILL.md",
      ".claude/skills/review/SKILL.md",
      ".mcp.json",
      "CLAUDE.md",
    ]);
  });
  test.each(result.files.map(({ path, text }) => [path, text] as const))("%s", async (path, text) => {
    await expect(text).toMatchFileSnapshot(`golden/everything/${path.replaceAll("/", "__")}`);
  });
});

test("an empty context becomes no files", () => {
  expect(rendered({})).toEqual({ files: [], problems: [], omitted: [], beside: [], withheld: [] });
});

test("constraints and waivers are for the gate, and stand in no file", () => {
  const constraints = { "no-bypass": { forbid: { modes: ["bypassPermissions"] } } };
  const waivers = { "no-bypass": { reason: "r", owner: "o", expires: "2027-01-31" } };
  expect(rendered({ constraints, waivers }).files).toEqual([]);
});

describe("settings.json", () => {
  test("lists a rule once, whoever approves it", () => {
    const context = { autoApprove: ["Read"], permissions: { allow: ["Read", "Bash(rg *)"] } };
    const tools = { rg: { alwaysApprove: true } };
    expect(settingsOf({ ...context, tools })).toEqual({ permissions: { allow: ["Read", "Bash(rg *)"] } });
  });

  test.each<[string, WritableSet, WritableSet]>([
    [
      "a package",
      { apiKeyHelper: packageOf("get-key-1.2", { mainProgram: "get-key" }) },
      { apiKeyHelper: "get-key" },
    ],
    [
      "a path",
      { statusLine: { type: "command", command: fileOf("./line.sh", "date") } },
      { statusLine: { type: "command", command: "./line.sh" } },
    ],
    [
      "a user's own attribute with a mark",
      { future: { $path: "x", $content: "y" } },
      { future: { $path: "x", $content: "y" } },
    ],
  ])("%s in a setting is what the client would run", (_, settings, expected) => {
    expect(settingsOf({ settings })).toEqual(expected);
  });

  test("keeps what it does not know: the client passes over it", () => {
    expect(settingsOf({ settings: { future: { a: [1, null, "x"] } } })).toEqual({
      future: { a: [1, null, "x"] },
    });
  });

  test("groups hooks as they were written", () => {
    const command = (text: string) => ({ type: "command", command: text });
    const hooks = {
      Stop: [{ hooks: [command("a"), command("b")] }, { matcher: "x", hooks: [command("c")] }],
      PreToolUse: [
        { matcher: "Bash", hooks: [{ type: "mcp_tool", server: "s", tool: "scan", input: { a: 1 } }] },
      ],
    };
    expect(settingsOf({ hooks }).hooks).toEqual(hooks);
  });

  test("gives variables without the digests that they are compared by", () => {
    expect(settingsOf({ env: { A: fileOf("./a.sh", "x"), B: "b (c)" } }).env).toEqual({
      A: "./a.sh",
      B: "b (c)",
    });
  });
});

describe("what the client would not take is a problem, and its neighbours are written", () => {
  const kept = { permissions: { deny: ["Read(.env)"] } };
  test.each<[string, WritableSet, string]>([
    ["a setting of another type", { settings: { cleanupPeriodDays: "x" } }, "settings.cleanupPeriodDays"],
    [
      "a word that the client does not know",
      { settings: { skillOverrides: { a: "perhaps" } } },
      "settings.skillOverrides.a",
    ],
    ["a member of a list", { settings: { fallbackModel: ["opus", 5] } }, "settings.fallbackModel[1]"],
    ["a null", { settings: { verbose: null } }, "settings.verbose"],
    [
      "a key that another asks for",
      { settings: { spinnerVerbs: { mode: "append" } } },
      "settings.spinnerVerbs",
    ],
    [
      "a sandbox deep down",
      { sandbox: { credentials: { allowPlaintextInject: "x" } } },
      "sandbox.credentials.allowPlaintextInject",
    ],
    ["a variable with NUL", { env: { A: "a\0b" } }, "env.A"],
    ["a variable that would set another", { env: { "A=B": "c" } }, 'env."A=B"'],
    [
      "a hook of no type",
      { hooks: { Stop: [{ hooks: [{ type: "bogus", command: "x" }] }] } },
      "hooks.Stop[0].hooks[0]",
    ],
    [
      "a hook with a wrong limit",
      { hooks: { Stop: [{ hooks: [{ type: "command", command: "x", once: 5 }] }] } },
      "hooks.Stop[0].hooks[0].once",
    ],
  ])("%s", (_, context, path) => {
    const { files, problems, omitted } = rendered({ ...kept, ...context });
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(omitted).toEqual([]);
    const settings = JSON.parse(files[0]!.text) as { permissions: unknown };
    expect(settings.permissions).toEqual(kept.permissions);
  });

  test("what has its own place", () => {
    const { context } = snapshotOf({ ...kept, settings: { permissions: { allow: ["Bash"] } } });
    const { files, problems } = renderClientFiles(context, { from: "flake" });
    expect(problems.map(({ path }) => path)).toEqual(["settings.permissions"]);
    expect(JSON.parse(files[0]!.text)).toEqual(kept);
  });

  test.each<[string, WritableSet, string]>([
    ["a reserved name", { workspace: { command: "x" } }, "mcpServers.workspace"],
    [
      "two names that the client takes for one",
      { "a b": { command: "x" }, a_b: { command: "x" } },
      "mcpServers.a_b",
    ],
    ["an empty command", { a: { command: "" } }, "mcpServers.a.command"],
    [
      "scopes that are a list",
      { a: { type: "http", url: "https://x.example/", oauth: { scopes: ["a"] } } },
      "mcpServers.a.oauth.scopes",
    ],
  ])("MCP servers: %s", (_, mcpServers, path) => {
    expect(rendered({ mcpServers }).problems.map((problem) => problem.path)).toEqual([path]);
  });
});

test.each<[string, WritableSet]>([
  ["defaultMode", { defaultMode: "auto" }],
  ["defaultMode", { defaultMode: "bypassPermissions" }],
  ["denyInsteadOfPrompting", { denyInsteadOfPrompting: true }],
])("permissions.%s %j is written, and a problem: no project can say it", (key, permissions) => {
  expect(settingsOf({ permissions })).toEqual({ permissions });
  expect(rendered({ permissions }).problems.map(({ path }) => path)).toEqual([`permissions.${key}`]);
});

describe("names that cannot be files are problems, and no path leads outside", () => {
  const names = [
    "../../x",
    "..",
    ".",
    "",
    "a/b",
    "a\\b",
    "/etc/x",
    "C:\\x\\y",
    "a\nb",
    "a\u0000b",
    "a\u202eb",
    "a\u200bb",
    "\ud800",
    " a",
    "a ",
    "a.",
    ".git",
    ".Git",
    "git~1",
    ".git::$INDEX_ALLOCATION",
    ".hg",
    "x".repeat(300),
  ];
  test.each(names.map((name) => [JSON.stringify(name.slice(0, 12)), name]))("a skill named %s", (_, name) => {
    const { files, problems } = rendered({ skills: { [name]: { text: "x" }, fine: { text: "y" } } });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toMatch(/^its name .*cannot be the name of a file$/);
    expect(files.map(({ path }) => path)).toEqual([".claude/skills/fine/SKILL.md"]);
  });

  test.each(["agents", "commands", "outputStyles"])(
    "%s may lie in directories, but not leave theirs",
    (kind) => {
      const unit = "---\nname: x\ndescription: d\n---\nx";
      const good = { "team/deep/x": unit };
      const bad = {
        "../x": unit,
        "a/../../x": unit,
        "/x": unit,
        "a//b": unit,
        "a/": unit,
        "a/./b": unit,
        "a/.git/b": unit,
      };
      const { files, problems } = rendered({ [kind]: { ...good, ...bad } });
      expect(files).toHaveLength(1);
      expect(files[0]!.path).toMatch(/^\.claude\/[a-z-]+\/team\/deep\/x\.md$/);
      const refused = problems.filter(({ message }) => message.includes("cannot be the name of a file"));
      expect(refused).toHaveLength(Object.keys(bad).length);
    },
  );

  test("whatever the names are, every path is one of the client's and stands once", () => {
    const name = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc
        .array(fc.constantFrom("..", ".", "/", "\\", "a", "A", "~", " ", "\u0000", "é", "e\u0301"), {
          maxLength: 5,
        })
        .map((parts) => parts.join("")),
    );
    const unit = "---\nname: x\ndescription: d\n---\n";
    const units = fc.dictionary(name, fc.constant<Writable>(unit));
    const skills = fc.dictionary(name, fc.constant<Writable>({ text: "x" }));
    const contexts = fc.record({ skills, agents: units, commands: units, outputStyles: units });
    fc.assert(
      fc.property(contexts, (context) => {
        const paths = rendered(context).files.map(({ path }) => path);
        for (const path of paths) {
          expect(path).toMatch(
            /^\.claude\/(?:skills\/[^/]+\/SKILL|(?:agents|commands|output-styles)\/.+)\.md$/u,
          );
          expect(posix.normalize(path)).toBe(path);
          expect(path).not.toMatch(/[\p{Cc}\\]/u);
        }
        expect(new Set(paths.map((path) => path.normalize("NFC").toLowerCase())).size).toBe(paths.length);
      }),
    );
  });

  test("of two names for one file the first is written", () => {
    const { files, problems } = rendered({ skills: { Review: { text: "A" }, review: { text: "B" } } });
    expect(files.map(({ text }) => text)).toEqual([expect.stringContaining("A")]);
    expect(problems.map(({ path }) => path)).toEqual(["skills.review"]);
  });

  test("no file stands where another needs a directory", () => {
    const { files, problems } = rendered({ commands: { a: "A", "a.md/b": "B" } });
    expect(files.map(({ path }) => path)).toEqual([".claude/commands/a.md"]);
    expect(problems.map(({ path }) => path)).toEqual(['commands."a.md/b"']);
  });
});

describe("agents, which the client knows by their front matter", () => {
  const agent = (text: string) => rendered({ agents: { assistant: text } });
  test.each<[string, string, string]>([
    [
      "get a name and a description",
      "# You help.\n\nMore.",
      '---\nname: "assistant"\ndescription: "You help."\n---\n\n# You help.\n\nMore.',
    ],
    [
      "get a description",
      "---\nname: assistant\ncolor: red\n---\nYou help.",
      '---\nname: "assistant"\ndescription: "You help."\ncolor: "red"\n---\n\nYou help.',
    ],
    [
      "keep their own text when it says both",
      "---\nname: assistant\ndescription: d\n---\nx",
      "---\nname: assistant\ndescription: d\n---\nx",
    ],
    [
      "are described by their name when they say nothing",
      "",
      '---\nname: "assistant"\ndescription: "assistant"\n---\n\n',
    ],
  ])("%s", (_, text, expected) => {
    const result = agent(text);
    expect(textOf(result, ".claude/agents/assistant.md")).toBe(expected);
    expect(result.problems).toEqual([]);
  });
  test.each<[string, string]>([
    ["another name", "---\nname: other\ndescription: d\n---\nx"],
    ["a name with a colon", '---\nname: "a:b"\ndescription: d\n---\nx'],
  ])("with %s are known otherwise, which is a problem", (_, text) => {
    const { files, problems } = agent(text);
    expect(files).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path: "agents.assistant" });
  });
});

describe("front matter written in Nix", () => {
  test("holds programs and paths as the client reads them", () => {
    const mcpServers = { search: { command: packageOf("rg-mcp-1.0", { mainProgram: "rg-mcp" }) } };
    const reviewer = { description: "d", mcpServers, text: "You review.\n" };
    expect(textOf(rendered({ agents: { reviewer } }), ".claude/agents/reviewer.md")).toBe(
      '---\nname: "reviewer"\ndescription: "d"\nmcpServers: {"search":{"command":"rg-mcp"}}\n---\n\nYou review.\n',
    );
  });
  test("that names a file of an input keeps the whole unit back", () => {
    const hooks = { Stop: [{ hooks: [{ type: "command", command: fileOf("<standards>/a.sh", "x") }] }] };
    const { files, omitted } = rendered({ skills: { a: { hooks, text: "x" } } });
    expect(files).toEqual([]);
    expect(omitted.map(({ path }) => path)).toEqual(["skills.a.hooks.Stop[0].hooks[0].command"]);
  });
});

describe("what the context does not hold is omitted, and said", () => {
  test.each<[string, WritableSet, string, string[]]>([
    ["a skill that is a package", { skills: { a: packageOf("a-skill-1.0") } }, "skills.a", []],
    [
      "the files beside a skill",
      { skills: { a: directoryOf("./a", { "SKILL.md": "x", "run.sh": "y" }) } },
      "skills.a",
      [".claude/skills/a/SKILL.md"],
    ],
    [
      "a hook that lies in an input",
      { hooks: { Stop: [{ hooks: [{ type: "command", command: fileOf("<standards>/guard.sh", "x") }] }] } },
      "hooks.Stop[0].hooks[0]",
      [],
    ],
    [
      "a command line that names an input",
      { hooks: { Stop: [{ hooks: [{ type: "command", command: "sh <standards>/guard.sh" }] }] } },
      "hooks.Stop[0].hooks[0]",
      [],
    ],
    [
      "a server that lies in an input",
      { mcpServers: { a: { command: "sh", args: [fileOf("<standards>/srv.sh", "x")] } } },
      "mcpServers.a",
      [],
    ],
    ["a variable that names an input", { env: { A: "<standards>/x" } }, "env.A", []],
    [
      "a rule that names an input",
      { permissions: { allow: ["Read(/<standards>/**)"] } },
      "permissions.allow[0]",
      [],
    ],
    [
      "a setting that lies in an input",
      { settings: { apiKeyHelper: fileOf("<standards>/key.sh", "x") } },
      "settings.apiKeyHelper",
      [],
    ],
  ])("%s", (_, context, path, paths) => {
    const { files, problems, omitted } = rendered(context, { inputs: ["standards"] });
    expect(files.map((file) => file.path)).toEqual(paths);
    expect(problems).toEqual([]);
    expect(omitted.map((omission) => omission.path)).toEqual([path]);
  });

  test("a persona and a skill of which only a hash is known", () => {
    const hashed = (path: string) =>
      new RawLeaf({ kind: "path", path, content: { kind: "file", sha256: "0".repeat(64) } });
    const context = { persona: hashed("./persona.md"), skills: { big: hashed("./big.md") } };
    const { files, problems, omitted } = rendered(context);
    expect(files).toEqual([]);
    expect(problems).toEqual([]);
    expect(omitted.map(({ path }) => path)).toEqual(["skills.big", "persona"]);
  });

  test("texts for Claude may name an input: they run nothing", () => {
    const { files, omitted } = rendered({ persona: "See <standards>/guide.md." }, { inputs: ["standards"] });
    expect(files).toHaveLength(1);
    expect(omitted).toEqual([]);
  });
});

describe("memory files that a context was read from", () => {
  const policies = {
    "CLAUDE.md": "See @docs/git.md.\n",
    "docs/git.md": "Rebase.\n",
    ".claude/rules/a.md": "---\npaths: src\n---\nx",
  };
  test("are written where they were, as they were", () => {
    const { files } = rendered({ policies }, { from: "files" });
    expect(Object.fromEntries(files.map(({ path, text }) => [path, text]))).toEqual(policies);
  });
  test("are omitted when they lie above the project", () => {
    const { files, omitted } = rendered({ policies: { "../CLAUDE.md": "x" } }, { from: "files" });
    expect(files).toEqual([]);
    expect(omitted.map(({ path }) => path)).toEqual(['policies."../CLAUDE.md"']);
  });
  test("never take the place of settings", () => {
    const context = { policies: { ".claude/settings.json": "{}" }, permissions: { deny: ["Bash"] } };
    const { files, problems } = rendered(context, { from: "files" });
    expect(files.map(({ text }) => text)).toEqual([expect.stringContaining("deny")]);
    expect(problems.map(({ path }) => path)).toEqual(['policies.".claude/settings.json"']);
  });
});
