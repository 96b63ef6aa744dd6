import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeMarkdown, parseFrontMatter } from "../../src/context/front-matter.ts";
import { normaliseContext } from "../../src/context/index.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { contextOf, directoryOf, fileOf, rawOf, type Writable } from "../support/context.ts";

const skill = (value: Writable) => contextOf({ skills: { review: value } }).skills.review!;

describe("skills are compared by content", () => {
  const files = { "SKILL.md": "Read the diff.\n", "lib/a.sh": "echo a\n" };
  test("the place of the files does not matter", () => {
    expect(skill(directoryOf("./skills/review", files))).toEqual(
      skill(directoryOf("<standards>/review", files)),
    );
  });
  test("the order of the files does not matter", () => {
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(skill(directoryOf("./a", reversed)).digest).toBe(skill(directoryOf("./a", files)).digest);
  });
  test.each<[string, Record<string, string>]>([
    ["other bytes in a helper file", { ...files, "lib/a.sh": "echo b\n" }],
    ["another name of a helper file", { "SKILL.md": "Read the diff.\n", "lib/b.sh": "echo a\n" }],
    ["one file more", { ...files, "lib/b.sh": "" }],
    ["another text", { ...files, "SKILL.md": "Read all.\n" }],
  ])("%s is another skill", (_, other) => {
    expect(skill(directoryOf("./a", other)).digest).not.toBe(skill(directoryOf("./a", files)).digest);
  });
  test("a file and a directory that holds only it are the same skill", () => {
    expect(skill(fileOf("./review.md", "x"))).toEqual(skill(directoryOf("./review", { "SKILL.md": "x" })));
  });
});

describe("a skill in a list is named", () => {
  const cases: [name: string, value: Writable, expected: string][] = [
    ["by its front matter", directoryOf("./skills/a", { "SKILL.md": "---\nname: review\n---\n" }), "review"],
    ["by its directory", directoryOf("./skills/review", { "SKILL.md": "" }), "review"],
    ["by the directory of a SKILL.md", fileOf("./skills/review/SKILL.md", ""), "review"],
    ["by its file", fileOf("./skills/review.md", ""), "review"],
    ["by the file of a Nix skill", fileOf("./skills/review.nix", "{ }"), "review"],
    ["by its attribute", { name: "review", text: "" }, "review"],
  ];
  test.each(cases)("%s", (_, value, expected) => {
    expect(Object.keys(contextOf({ skills: [value] }).skills)).toEqual([expected]);
  });
});

test("an agent written in Nix is the same as the file it becomes", () => {
  const written = { description: "Reviews", tools: ["Read"], text: "You review.\n" };
  const { a } = contextOf({ agents: { a: written } }).agents;
  expect(contextOf({ agents: { a: a!.text! } }).agents.a).toEqual(a);
});

describe("a skill or command written in Nix", () => {
  test.each(["skills", "commands"])("spells the client's words as Nix does: %s", (kind) => {
    const said = { "allowed-tools": ["Read"], "disallowed-tools": ["Bash"], text: "x" };
    const spelled = { allowedTools: ["Read"], disallowedTools: ["Bash"], text: "x" };
    expect(contextOf({ [kind]: { a: spelled } })).toEqual(contextOf({ [kind]: { a: said } }));
  });

  test("says a word once", () => {
    const { problems } = normaliseContext(
      rawOf({
        version: "2025-01",
        skills: { a: { text: "x", allowedTools: ["Read"], "allowed-tools": ["Bash"] } },
      }),
      { client: DEFAULT_CLIENT },
    );
    expect(problems).toMatchObject([{ path: "skills.a.allowedTools" }]);
  });

  test("is the same in a set and in a list", () => {
    const review = { name: "review", allowedTools: ["Read"], text: "x" };
    expect(contextOf({ skills: [review] }).skills).toEqual(contextOf({ skills: { review } }).skills);
  });

  test("an agent's disallowedTools stays the word that it is", () => {
    const { a } = contextOf({ agents: { a: { disallowedTools: ["Bash"], text: "x" } } }).agents;
    expect(a!.attributes).toEqual({ name: "a", disallowedTools: ["Bash"] });
  });
});

test("attributes said in Nix win over front matter in the text", () => {
  const { a } = contextOf({
    agents: { a: { tools: ["Read"], text: "---\ntools: Bash\ncolor: red\n---\nx" } },
  }).agents;
  expect(a!.attributes).toEqual({ name: "a", tools: ["Read"], color: "red" });
});

describe("front matter", () => {
  const cases: [name: string, text: string, attributes: JsonObject, body: string][] = [
    ["none", "text", {}, "text"],
    ["simple", "---\nname: a\n---\ntext", { name: "a" }, "text"],
    ["empty", "---\n---\ntext", {}, "text"],
    ["Windows line ends", "---\r\nname: a\r\n---\r\ntext", { name: "a" }, "text"],
    ["a byte order mark", "\uFEFF---\nname: a\n---\ntext", { name: "a" }, "text"],
    ["lists", "---\ntools: [Read, Bash]\n---\n", { tools: ["Read", "Bash"] }, ""],
    ["a line in the text is no opening", "text\n---\nname: a\n---\n", {}, "text\n---\nname: a\n---\n"],
  ];
  test.each(cases)("%s", (_, text, attributes, body) => {
    expect(parseFrontMatter(text)).toEqual({ attributes, body, error: null });
  });

  test.each([
    ["never closed", "---\nname: a\n"],
    ["broken", "---\nname: [\n---\n"],
    ["a key twice", "---\nname: a\nname: b\n---\n"],
    ["a list", "---\n- a\n---\n"],
    [
      "aliases without end",
      `---\na: &a [x,x]\nb: &b [*a,*a,*a,*a]\n${"cdefgh".replace(/./g, (c) => `${c}: &${c} [*${String.fromCharCode(c.charCodeAt(0) - 1)},*${String.fromCharCode(c.charCodeAt(0) - 1)},*${String.fromCharCode(c.charCodeAt(0) - 1)},*${String.fromCharCode(c.charCodeAt(0) - 1)}]\n`)}---\n`,
    ],
    ["nested without end", `---\na: ${"[".repeat(30_000)}\n---\n`],
    ["too long", `---\na: ${"x".repeat(70_000)}\n---\n`],
  ])("%s gives no attributes and a reason", (_, text) => {
    const { attributes, error } = parseFrontMatter(text);
    expect(attributes).toEqual({});
    expect(error).toMatch(/\S/);
  });

  test("what is composed is read back", () => {
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.boolean(), fc.array(fc.string()));
    const attributes = fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,8}$/), value, { minKeys: 1 });
    fc.assert(
      fc.property(attributes, fc.string(), (said, body) => {
        const { error, ...read } = parseFrontMatter(composeMarkdown(said, body));
        expect(error).toBeNull();
        expect(read.attributes).toEqual({ ...said });
        expect(read.body).toBe(`\n${body}`);
      }),
    );
  });
});
