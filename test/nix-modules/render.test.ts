import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderClientFiles } from "../../src/artifacts/index.ts";
import { asPlainText, codeBlock, codeSpan, withClosedFence } from "../../src/artifacts/memory-markdown.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { RawLeaf, snapshotOf, type Writable, type WritableSet } from "../support/context.ts";
import { nixVersions } from "../support/nix.ts";
import { CONTEXTS } from "./render-contexts.ts";
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
