import { describe, expect, test } from "vitest";
import { normaliseContext } from "../../src/context/index.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import {
  directoryOf,
  failureOf,
  fileOf,
  functionOf,
  missingOf,
  packageOf,
  pretendingOf,
  rawOf,
  sourceOf,
  type Writable,
  type WritableSet,
} from "../support/context.ts";

function problemsOf(value: Writable): string[] {
  return normaliseContext(rawOf(value), { client: DEFAULT_CLIENT }).problems.map(
    ({ path, found, expected, nearest, dropsFile }) =>
      `${path}: ${found}${nearest === undefined ? "" : ` (${nearest}?)`}, not ${expected}${dropsFile ? " [drops the file]" : ""}`,
  );
}

const context = (rest: WritableSet) => ({ version: "2025-01", ...rest });
const RULES = "a list of permission rules";
const RULE = 'a permission rule such as "Bash(git status)"';
const SERVER = "an MCP server: a package, or an attribute set with command or url";
const SKILL = "a skill: a path, a package, or an attribute set with name, description and text";
const TEXT = "text, or the path of a text file";

describe("one mistake is one problem that says where, what and what else", () => {
  const cases: [name: string, value: WritableSet, expected: string][] = [
    [
      "an unknown key names the nearest",
      { autoAprove: [] },
      "autoAprove: an unknown key (autoApprove?), not one of version, system, persona, tools, policies, autoApprove, permissions, mcpServers, skills, agents, commands, outputStyles, hooks, env, model, sandbox, settings, constraints, waivers",
    ],
    [
      "a key of the client that is unknown here",
      { permissions: { alow: [] } },
      "permissions.alow: an unknown key (allow?), not one of allow, ask, deny, defaultMode, additionalDirectories, disableBypassPermissionsMode, disableAutoMode, blockReadsOutsideWorkingDirectories, blockWritesOutsideWorkingDirectories, denyInsteadOfPrompting",
    ],
    [
      "a deny list that is text",
      { permissions: { deny: "Read(.env)" } },
      `permissions.deny: a string "Read(.env)", not ${RULES} [drops the file]`,
    ],
    [
      "a rule that is a number",
      { permissions: { allow: ["Bash(ls)", 5] } },
      `permissions.allow[1]: the number 5, not ${RULE}`,
    ],
    [
      "a rule that is a package",
      { autoApprove: [packageOf("git-2.51")] },
      `autoApprove[0]: a package (git), not ${RULE}`,
    ],
    [
      "autoApprove is not a list of the client's",
      { autoApprove: "Bash" },
      `autoApprove: a string "Bash", not ${RULES}`,
    ],
    [
      "an unknown mode",
      { permissions: { defaultMode: "bogus" } },
      'permissions.defaultMode: a string "bogus", not one of "dontAsk", "plan", "default", "manual", "acceptEdits", "auto", "bypassPermissions" [drops the file]',
    ],
    [
      "a function where text is expected",
      { persona: functionOf("pkgs") },
      `persona: a function, not ${TEXT}`,
    ],
    [
      "a path that does not exist",
      { persona: missingOf("./persona.md") },
      `persona: a path that does not exist (./persona.md), not ${TEXT}`,
    ],
    [
      "a directory where text is expected",
      { policies: { commits: directoryOf("./policies", {}) } },
      `policies.commits: a directory (./policies), not ${TEXT}`,
    ],
    ["null where text is expected", { policies: { commits: null } }, `policies.commits: null, not ${TEXT}`],
    ["a set where text is expected", { persona: { text: "x" } }, `persona: an attribute set, not ${TEXT}`],
    [
      "a set that pretends to be a package hides nothing",
      { permissions: pretendingOf({ allow: ["Bash"] }) },
      "permissions: a package (pretender), not an attribute set of allow, ask, deny and modes [drops the file]",
    ],
    [
      "policies that pretend to be a package",
      { policies: pretendingOf({}) },
      "policies: a package (pretender), not an attribute set of texts",
    ],
    [
      "a tool that is a package",
      { tools: { rg: packageOf("ripgrep-14.1") } },
      "tools.rg: a package (ripgrep), not a tool: an attribute set such as { pkg = pkgs.ripgrep; }",
    ],
    [
      "tools that are a package",
      { tools: packageOf("ripgrep-14.1") },
      "tools: a package (ripgrep), not an attribute set of tools, or a list of tools with a name",
    ],
    [
      "a listed tool without a name",
      { tools: [{ pkg: packageOf("ripgrep-14.1") }] },
      "tools[0].name: nothing, not a string",
    ],
    [
      "a tool's package that is text",
      { tools: { rg: { pkg: "ripgrep" } } },
      'tools.rg.pkg: a string "ripgrep", not a package',
    ],
    [
      "two listed tools of one name",
      { tools: [{ name: "rg" }, { name: "rg" }] },
      'tools[1]: a second tool named "rg", not one name for each tool (the first is tools[0])',
    ],
    [
      "a server that is text",
      { mcpServers: { gh: "gh-mcp" } },
      `mcpServers.gh: a string "gh-mcp", not ${SERVER}`,
    ],
    [
      "a server that is a function",
      { mcpServers: { gh: functionOf() } },
      `mcpServers.gh: a function, not ${SERVER}`,
    ],
    [
      "servers that are a package",
      { mcpServers: packageOf("gh-mcp-1") },
      "mcpServers: a package (gh-mcp), not an attribute set of MCP servers, or a list of packages",
    ],
    [
      "a server without a command",
      { mcpServers: { gh: { args: ["x"] } } },
      "mcpServers.gh.command: nothing, not a program: a string, a package or the path of a file",
    ],
    [
      "a server with an address and no type",
      { mcpServers: { gh: { url: "https://x.example" } } },
      'mcpServers.gh.type: nothing, not one of "http", "sse", "ws"',
    ],
    [
      "arguments that are text",
      { mcpServers: { gh: { command: "gh", args: "stdio" } } },
      'mcpServers.gh.args: a string "stdio", not a list of arguments',
    ],
    [
      "a misspelled key of a server",
      { mcpServers: { gh: { comand: "gh", command: "gh" } } },
      "mcpServers.gh.comand: an unknown key (command?), not one of type, command, args, env, name, timeout, alwaysLoad",
    ],
    [
      "a listed server without a name",
      { mcpServers: [{ command: "gh" }] },
      "mcpServers[0].name: nothing, not a name, as a list gives none",
    ],
    ["a skill that is text", { skills: { review: "text" } }, `skills.review: a string "text", not ${SKILL}`],
    [
      "a skill that is a whole input",
      { skills: [sourceOf("<standards>")] },
      `skills[0]: a flake or source tree (<standards>), not ${SKILL}`,
    ],
    [
      "a skill's directory without SKILL.md",
      { skills: { review: directoryOf("./skills/review", { "README.md": "" }) } },
      "skills.review: a directory without SKILL.md (./skills/review), not a directory with a SKILL.md",
    ],
    [
      "a skill with broken front matter",
      { skills: { review: fileOf("./review.md", "---\nname: [\n---\n") } },
      "skills.review: front matter that cannot be read: Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1, not YAML between two lines `---`",
    ],
    [
      "an agent's front matter that never ends",
      { agents: { a: "---\nname: a\n" } },
      "agents.a: front matter that cannot be read: it is never closed with `---`, not YAML between two lines `---`",
    ],
    [
      "an agent that is a path in a string",
      { agents: { a: "/nix/store/abc-source/a.md" } },
      'agents.a: a string "/nix/store/abc-source/a.md", not the text itself, or a path value such as ./review.md',
    ],
    [
      "a persona that is a path in a string",
      { persona: "<company-standards>/persona.md" },
      'persona: a string "<company-standards>/persona.md", not the text itself, or a path value such as ./review.md',
    ],
    [
      "a misspelled key of an agent",
      { agents: { a: { tols: ["Read"], text: "" } } },
      "agents.a.tols: an unknown key (tools?), not one of name, description, text, prompt, tools, disallowedTools, model, permissionMode, maxTurns, skills, mcpServers, hooks, memory, background, effort, isolation, color, initialPrompt, experimental",
    ],
    [
      "a hook without a command",
      { hooks: { Stop: [{ hooks: [{ type: "command" }] }] } },
      "hooks.Stop[0].hooks[0].command: nothing, not a command: a string, a package or a path [drops the file]",
    ],
    [
      "hooks that are a list",
      { hooks: [] },
      "hooks: an empty list, not an attribute set of events such as PreToolUse [drops the file]",
    ],
    [
      "env that is a number",
      { env: 5 },
      "env: the number 5, not an attribute set of variables [drops the file]",
    ],
    [
      "a variable that is a list",
      { env: { PATH: ["/bin"] } },
      "env.PATH: a list, not a string, number, boolean or path [drops the file]",
    ],
    [
      "a switch of the sandbox that is text",
      { sandbox: { enabled: "yes" } },
      'sandbox.enabled: a string "yes", not true or false [drops the file]',
    ],
    [
      "permissions inside settings",
      { settings: { permissions: { allow: ["Bash"] } } },
      "settings.permissions: an attribute set, not nothing here: write permissions at the top level of claudeContext",
    ],
    [
      "a known setting of the wrong type",
      { settings: { disableAllHooks: "no" } },
      'settings.disableAllHooks: a string "no", not true or false [drops the file]',
    ],
    [
      "a function inside settings",
      { settings: { statusLine: { command: functionOf() } } },
      "settings.statusLine.command: a function, not a plain value: text, number, boolean, null, list, attribute set, package or path",
    ],
    [
      "a waiver without an owner",
      { waivers: { x: { reason: "r", expires: "2027-01-31" } } },
      "waivers.x.owner: nothing, not the name of a person or team",
    ],
    [
      "a waiver until a day that is not",
      { waivers: { x: { reason: "r", owner: "o", expires: "2027-02-30" } } },
      'waivers.x.expires: a day that no calendar has (2027-02-30), not a date such as "2027-01-31"',
    ],
    [
      "a waiver with a misspelled limit",
      { waivers: { x: { reason: "r", owner: "o", expires: "2027-02-28", onyl: {} } } },
      "waivers.x.onyl: an unknown key (only?), not one of reason, owner, expires, only",
    ],
    [
      "a user's own $nix cannot pretend",
      { persona: { $nix: "path", content: "file" } },
      `persona: an attribute set, not ${TEXT}`,
    ],
    [
      "names that Nix would quote",
      { policies: { "no push.": 1 } },
      `policies."no push.": the number 1, not ${TEXT}`,
    ],
  ];
  test.each(cases)("%s", (_, value, expected) => {
    expect(problemsOf(context(value))).toEqual([expected]);
  });
});

describe("a claudeContext that is no attribute set is one problem", () => {
  const WHOLE = 'an attribute set with version = "2025-01"';
  const cases: [name: string, value: Writable, found: string][] = [
    ["a string", "hello", 'a string "hello"'],
    ["a list", [], "an empty list"],
    ["a function", functionOf("pkgs"), "a function"],
    ["a package", packageOf("hello-2.12"), "a package (hello)"],
    ["a path", fileOf("./context.nix", ""), "a file (./context.nix)"],
    ["null", null, "null"],
  ];
  test.each(cases)("%s", (_, value, found) => {
    expect(problemsOf(value)).toEqual([`: ${found}, not ${WHOLE}`]);
  });
});

test("a missing version is a problem", () => {
  expect(problemsOf({})).toEqual(['version: nothing, not "2025-01"']);
});

test.each<[Writable, string]>([
  ["2026-01", 'a string "2026-01"'],
  [2025, "the number 2025"],
])("an unknown version %j is refused, and the known one named", (version, found) => {
  expect(() => problemsOf({ version })).toThrowError(
    expect.objectContaining({
      code: "context-version-unknown",
      message: `claudeContext.version is ${found}; this nixclaude knows "2025-01".`,
    }),
  );
});

test("all mistakes are told at once, ordered by path", () => {
  const value = context({
    tools: { rg: { alwaysAprove: true } },
    env: 1,
    permissions: { deny: {} },
    model: [],
  });
  expect(problemsOf(value).map((line) => line.split(":")[0])).toEqual([
    "env",
    "model",
    "permissions.deny",
    "tools.rg.alwaysAprove",
  ]);
});

test("a mistake costs only what it stands in", () => {
  const { context: normal } = normaliseContext(
    rawOf(context({ permissions: { deny: "x", allow: ["Bash(ls)", 5, "Bash(pwd)"] }, persona: "p" })),
    { client: DEFAULT_CLIENT },
  );
  expect(normal.permissions.rules.map((rule) => rule.text)).toEqual(["Bash(ls)", "Bash(pwd)"]);
  expect(normal.persona).toBe("p");
});

test("a waiver with a mistake waives nothing", () => {
  const { context: normal } = normaliseContext(
    rawOf(
      context({ waivers: { a: { reason: "r", owner: "o", expires: "2027-01-31", onyl: { rule: "Bash" } } } }),
    ),
    { client: DEFAULT_CLIENT },
  );
  expect(normal.waivers).toEqual({});
});

test("a waiver whose limit does not evaluate waives nothing", () => {
  const only = { rule: failureOf("boom") };
  const { context: normal, failures } = normaliseContext(
    rawOf(context({ waivers: { a: { reason: "r", owner: "o", expires: "2027-01-31", only } } })),
    { client: DEFAULT_CLIENT },
  );
  expect(normal.waivers).toEqual({});
  expect(failures.map(({ path }) => path)).toEqual(["waivers.a.only.rule"]);
});

test("misplaced permissions stay visible among the settings", () => {
  const { context: normal } = normaliseContext(
    rawOf(context({ settings: { permissions: { allow: ["Bash"] } } })),
    { client: DEFAULT_CLIENT },
  );
  expect(normal.settings).toEqual({ permissions: { allow: ["Bash"] } });
});
