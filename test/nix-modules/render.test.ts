import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderClientFiles } from "../../src/artifacts/index.ts";
import { asPlainText, codeBlock, codeSpan, withClosedFence } from "../../src/artifacts/memory-markdown.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { EVERYTHING } from "../artifacts/support.ts";
import { RawLeaf, snapshotOf, type Writable, type WritableSet } from "../support/context.ts";
import { nixVersions } from "../support/nix.ts";
import { ROOT, resultOf } from "./support.ts";

/** As a flake would write it. */
function asNix(value: Writable): Json {
  if (value instanceof RawLeaf) {
    const { raw } = value;
    if (raw.kind !== "derivation") throw new Error(`${raw.kind} has no place outside of a tree`);
    const { name, pname, mainProgram } = raw;
    return {
      type: "derivation",
      name,
      ...(pname && { pname }),
      ...(mainProgram && { meta: { mainProgram } }),
    };
  }
  if (Array.isArray(value)) return value.map(asNix);
  if (typeof value !== "object" || value === null) return value as Json;
  // Nix orders attributes by name.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, asNix(item as Writable)]));
}

/** The same for the normal form, which keeps the order that it is given. */
function ordered(value: Writable): Writable {
  if (value instanceof RawLeaf || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const entries = Object.entries(value as WritableSet).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}

interface Rendered {
  settings: JsonObject;
  mcp: JsonObject;
  memory: string | null;
  units: Record<string, string>;
  problems: string[];
}

/** By `nixclaude render`. */
function byProgram(context: WritableSet): Rendered {
  const snapshot = snapshotOf(ordered(context) as WritableSet);
  const { files, problems } = renderClientFiles(snapshot.context, { from: "flake" });
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const json = (path: string) => JSON.parse(texts.get(path) ?? "{}") as JsonObject;
  const units = files.filter(({ path }) => path.startsWith(".claude/") && path.endsWith(".md"));
  return {
    settings: json(".claude/settings.json"),
    mcp: json(".mcp.json"),
    memory: texts.get("CLAUDE.md") ?? null,
    units: Object.fromEntries(units.map(({ path, text }) => [path, text])),
    problems: problems.map(({ path }) => path).sort(),
  };
}

/** By nix/lib/render. */
const BY_NIX = `
let
  render = import ${ROOT}/nix/lib/render { };
  contexts = builtins.fromJSON (builtins.readFile ./contexts.json);
  files = prefix: suffix: units: builtins.listToAttrs (map
    (name: { name = ".claude/" + prefix + name + suffix; value = units.\${name}.text; })
    (builtins.attrNames units));
  one = context:
    let units = render.textUnits { inherit context; }; in
    {
      settings = render.settings context;
      mcp = render.mcp context;
      memory = render.memory { inherit context; };
      units = files "skills/" "/SKILL.md" units.skills // files "agents/" ".md" units.agents
        // files "commands/" ".md" units.commands // files "output-styles/" ".md" units.outputStyles;
      problems = builtins.sort (a: b: a < b) (map (problem: problem.path) (render.problems { inherit context; }));
    };
in
map one contexts`;

const { skills: _, hooks: __, ...everythingElse } = EVERYTHING;
const CONTEXTS: [string, WritableSet][] = [
  ["nothing", {}],
  [
    "something on every surface",
    {
      ...everythingElse,
      skills: {
        review: {
          description: "Reviews a change",
          "allowed-tools": ["Bash(git diff *)"],
          text: "Read the diff.",
        },
      },
      hooks: {
        PreToolUse: [
          { matcher: "Bash", hooks: [{ type: "command", command: "guard", timeout: 5 }] },
          { hooks: [{ type: "http", url: "https://hooks.example.com/x", command: "y" }] },
        ],
        Stop: [{ matcher: "", hooks: [{ type: "prompt", prompt: "Is it done?" }] }],
      },
    },
  ],
  [
    "rules of several origins",
    {
      autoApprove: ["Read", "Bash(a)"],
      permissions: { allow: ["Bash(a)", "Read"], ask: ["B", "B"], deny: ["C"], defaultMode: "manual" },
      tools: [
        { name: "b", alwaysApprove: true },
        { name: "a", command: "run-a --x", alwaysApprove: true },
      ],
    },
  ],
  [
    "tools as a list",
    { tools: [{ name: "z" }, { name: "a", command: ["/bin/x", "-y"], preferOver: ["`q`"] }] },
  ],
  [
    "servers as a list",
    {
      mcpServers: [
        { name: "b", command: "x" },
        { name: "a", type: "ws", url: "wss://x" },
      ],
    },
  ],
  [
    "servers that are problems",
    {
      mcpServers: {
        workspace: { command: "x" },
        "a b": { command: "x" },
        a_b: { command: "x" },
        c: { command: "" },
        d: { type: "http", url: "https://x.example/", oauth: { scopes: ["a"] }, headers: { A: 1 } },
      },
    },
  ],
  ["variables", { env: { A: true, B: 1, C: 1.5, D: "x", "E=F": "g" } }],
  [
    "settings that are problems",
    {
      settings: {
        cleanupPeriodDays: "x",
        skillOverrides: { a: "perhaps" },
        fallbackModel: ["opus", 5],
        verbose: null,
        spinnerVerbs: { mode: "append" },
        future: { a: [1, null, "x"] },
        permissions: { allow: ["Bash"] },
      },
      sandbox: {
        enabled: true,
        credentials: { allowPlaintextInject: "x" },
        network: { allowedDomains: ["a", 1] },
      },
    },
  ],
  [
    "hooks that are problems",
    {
      hooks: {
        Stop: [
          {
            hooks: [
              { type: "bogus", command: "x" },
              { type: "command", command: "x", once: 5 },
            ],
          },
        ],
        "Odd event": [{ hooks: [{ type: "http", url: "no address" }] }, { hooks: [] }],
        PreToolUse: [
          { matcher: "x", hooks: [{ type: "mcp_tool", server: "s", tool: "scan", input: { a: 1 } }] },
        ],
      },
    },
  ],
  [
    "units of text",
    {
      skills: [{ name: "listed", text: "\n\nx\n" }],
      agents: {
        plain: "# You help.\n\nMore.",
        "team/deep": { text: "Deep.", tools: ["Read"] },
        complete: "---\nname: complete\ndescription: d\n---\nx",
        prompted: { prompt: "P", description: "d", model: "sonnet", disallowedTools: ["Bash"] },
        empty: "",
      },
      commands: {
        "git/undo": { description: "Undoes", allowedTools: ["Read"], text: "Undo." },
        plain: "Do $1.",
      },
      outputStyles: { terse: { description: "Short", text: "Be short.", "keep-coding-instructions": true } },
    },
  ],
  [
    "names that are problems",
    {
      skills: Object.fromEntries(
        ["..", "a/b", "a\\b", "a\nb", " a", "a ", "a.", "x".repeat(300)].map((name) => [name, { text: "x" }]),
      ),
      commands: { "../x": "x", "a//b": "x", "a/./b": "x" },
    },
  ],
  [
    "names that are one file",
    {
      skills: { Review: { text: "A" }, review: { text: "B" } },
      commands: { a: "A", "a.md/b": "B", "c/D": "1", "C/d": "2" },
      agents: { "x.md/y": "Y", x: "X" },
    },
  ],
  [
    "a persona that would break out of its section",
    {
      persona: "\n\n```\nopen fence @/etc/passwd\n<!-- gone -->",
      policies: {
        "a\nb # c": "~~~ \n@~/.ssh/id_rsa",
        imports: "@a \\@b \\\\@c x@d @@e ‘@f` `@g` `` ` @h ``",
        "<!-- x -->": "  <!-- y -->\n\u00a0<!-- q -->",
        system: "\r\n# System\r\rx\r\n",
      },
      tools: { "@x": { description: "<!--", examples: ["```", "@y"], preferOver: ["`a`", " b\n c"] } },
      system: { type: "@z", version: "1", desktop: "\u2003x\n\ny " },
    },
  ],
];

/** Pieces that mean something to a Markdown parser, or to the client. */
const PIECES = [
  ..."@ab0 .\\`~\n\n\t-*<>[]():|!#",
  ...[
    "@x",
    "`@x`",
    "```",
    "````",
    "~~~",
    "\n```\n",
    "\n~~~\n",
    "<!--",
    "-->",
    "\n<!--",
    "\u2028",
    "\u00a0",
    "www.",
    "://",
  ],
  ...["“", "—", "    ", "\r\n", "\r", "](", "]:", "</a>"],
];
const TEXTS = fc.sample(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join("")),
  { numRuns: 1500, seed: 7 },
);

describe.each(nixVersions())("on Nix $version", (nix) => {
  test("a context becomes the same files as `nixclaude render` writes", () => {
    const contexts = JSON.stringify(CONTEXTS.map(([, context]) => asNix(context)));
    const made = resultOf(nix, BY_NIX, { "contexts.json": contexts }) as Rendered[];
    const expected = CONTEXTS.map(([name, context]) => [name, byProgram(context)]);
    expect(CONTEXTS.map(([name], index) => [name, made[index]])).toEqual(expected);
  });

  test("texts are escaped alike, whatever they are made of", () => {
    const expression = `
let markdown = import ${ROOT}/nix/lib/render/memory-markdown.nix; in
map
  (text: [ (markdown.asPlainText text) (markdown.withClosedFence text) (markdown.codeBlock text "sh") (markdown.codeSpan text) ])
  (builtins.fromJSON (builtins.readFile ./texts.json))`;
    const made = resultOf(nix, expression, { "texts.json": JSON.stringify(TEXTS) }) as string[][];
    const expected = TEXTS.map((text) => [
      asPlainText(text),
      withClosedFence(text),
      codeBlock(text, "sh"),
      codeSpan(text),
    ]);
    expect(TEXTS.map((text, index) => [text, made[index]])).toEqual(
      TEXTS.map((text, index) => [text, expected[index]]),
    );
  });

  test("behind a letter that Nix cannot know for one, an `@` is escaped", () => {
    const expression = `(import ${ROOT}/nix/lib/render/memory-markdown.nix).asPlainText "é@x e@x ß@/etc/passwd"`;
    expect(resultOf(nix, expression)).toBe("é\\@x e@x ß\\@/etc/passwd");
  });

  test.each([
    ["lines", "Text with an @import, a `code span` and more of it.\n", 5_000],
    ["words", "@import ", 30_000],
    ["blanks", " ", 100_000],
    ["ends of lines", "\n", 100_000],
    ["backticks", "`", 100_000],
    ["backslashes", "\\", 100_000],
  ])("a long text of %s is no trouble", (_, text, count) => {
    const expression = `
let text = builtins.concatStringsSep "" (builtins.genList (_: ${JSON.stringify(text)}) ${count}); in
builtins.stringLength ((import ${ROOT}/nix/lib/render { }).memory { context.persona = "x" + text + "@y" + text; })`;
    expect(resultOf(nix, expression)).toBeGreaterThan(count);
  });

  test("what the schema takes for text may be a path", () => {
    const expression = `(import ${ROOT}/nix/lib/render { }).memory {
      context = { persona = ./persona.md; policies.a = ./a.md; tools.b.description = ./b.md; };
    }`;
    const files = { "persona.md": "P @x\n", "a.md": "A\n", "b.md": "B\n" };
    expect(resultOf(nix, expression, files)).toBe(
      "# Claude in this repository\n\nP \\@x\n\n## Policies\n\n### a\n\nA\n\n## Tools\n\n### b\n\nB\n",
    );
  });
});
