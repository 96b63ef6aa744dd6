import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asPlainText, codeBlock, codeSpan, withClosedFence } from "../../src/artifacts/memory-markdown.ts";
import { DOUBTFUL, markdown } from "./markdown.ts";
import { rendered, textOf } from "./support.ts";

describe("what the client would act on becomes plain text", () => {
  test.each<[string, string, string]>([
    ["an import", "See @docs/git.md.", "See \\@docs/git.md."],
    ["an import at the start", "@~/.ssh/id_rsa", "\\@~/.ssh/id_rsa"],
    ["an import in emphasis", "*@a.md* _@b.md_ [@c.md](d)", "*\\@a.md* _\\@b.md_ [\\@c.md](d)"],
    ["an import behind an escaped backslash", "\\\\@a.md", "\\\\\\@a.md"],
    ["an import at the end of a code span", "`a`@b.md", "`a`\\@b.md"],
    ["an import behind a carriage return", "a\r@b.md", "a\n\\@b.md"],
    ["a comment", "a\n  <!-- b -->", "a\n  \\<!-- b -->"],
    ["a comment over lines", "<!-- a\n@b\n-->", "\\<!-- a\n\\@b\n-->"],
  ])("%s", (_, text, expected) => expect(asPlainText(text)).toBe(expected));

  test.each<[string, string]>([
    ["what was escaped before", "See \\@docs/git.md."],
    ["an address", "Mail a@example.com, or git@github.com:a/b.git"],
    ["a lone character", "You @ work"],
    ["code in a line", "Run `npx @example/tool` or ``@b``; never `@ts-ignore`."],
    ["code in a fence", "```ts\n@Component()\n<!-- a -->\n```\nThen b.\n~~~\n@x\n~~~"],
    ["a longer fence around a shorter", "````\n```\n@x\n```\n````"],
    ["a comment inside a line", "a <!-- b --> c"],
  ])("%s stays as it is", (_, text) => expect(asPlainText(text)).toBe(text));

  test.each(DOUBTFUL)("where a parser could see other code (%s), everything is escaped", (_, text) => {
    expect(asPlainText(text)).toContain("\\@x.md");
  });

  test("twice is the same as once", () => {
    fc.assert(
      fc.property(markdown(), (text) => {
        const once = asPlainText(text);
        expect(asPlainText(once)).toBe(once);
      }),
    );
  });

  test("nothing but backslashes is added", () => {
    fc.assert(
      fc.property(markdown(), (text) => {
        expect(asPlainText(text).replaceAll("\\", "")).toBe(
          text.replace(/\r\n?/g, "\n").replaceAll("\\", ""),
        );
      }),
    );
  });

  test("outside of code no import is left", () => {
    fc.assert(
      fc.property(
        markdown().filter((text) => !/[`~]/.test(text)),
        (text) => {
          expect(asPlainText(text)).not.toMatch(/(?:^|[\s*_[(>])@\S/);
        },
      ),
    );
  });
});

describe("a text cannot take the next one with it", () => {
  test.each<[string, string, string]>([
    ["an open fence is closed", "a\n```sh\nb\n\n", "a\n```sh\nb\n```"],
    ["as long as it was opened", "~~~~\nb", "~~~~\nb\n~~~~"],
    ["a closed one stays", "```\nb\n```\n", "```\nb\n```\n"],
  ])("%s", (_, text, expected) => expect(withClosedFence(text)).toBe(expected));

  test("in CLAUDE.md the headings behind it are still headings", () => {
    const text = textOf(rendered({ persona: "```\nnever closed", policies: { a: "A" } }), "CLAUDE.md");
    expect(text).toContain("\nnever closed\n```\n\n## Policies\n\n### a\n\nA\n");
  });
});

test.each<[string, string, string]>([
  ["a span", codeSpan("a"), "`a`"],
  ["a span with a backtick", codeSpan("a`b"), "``a`b``"],
  ["a span that starts with one", codeSpan("`a"), "`` `a ``"],
  ["a block", codeBlock("a\r\nb", "sh"), "```sh\na\nb\n```"],
  ["a block with a fence in it", codeBlock("```\na", ""), "````\n```\na\n````"],
])("%s of code holds any text", (_, code, expected) => expect(code).toBe(expected));

test("a long line of backticks costs no more than its length", () => {
  const line = "` ".repeat(130_000);
  // Compared here: a failure would print it all.
  expect(asPlainText(line) === line).toBe(true);
  expect(codeSpan(line) === `\`\` ${line} \`\``).toBe(true);
});

test("CLAUDE.md starts with a line of its own, since front matter would be taken out", () => {
  const text = textOf(rendered({ persona: "---\na: b\n---\nYou are x." }), "CLAUDE.md");
  expect(text).toBe("# Claude in this repository\n\n---\na: b\n---\nYou are x.\n");
});

test("an id of a policy stays on its line", () => {
  const text = textOf(rendered({ policies: { "a\n# b": "A" } }), "CLAUDE.md");
  expect(text).toContain("### a # b\n\nA\n");
});
