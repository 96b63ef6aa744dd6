import { describe, expect, test } from "vitest";
import {
  markdownBlock,
  markdownCode,
  markdownCompareLink,
  markdownLineLink,
  markdownProse,
  nixString,
  printableJson,
  visible,
  withoutLineCommands,
} from "../../src/render/escape.ts";

describe("in a terminal", () => {
  test.each([
    ["plain text", "plain text"],
    ["line\nbreak\ttab\rreturn", "line\\nbreak\\ttab\\rreturn"],
    ["\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["C1 \u009b31m", "C1 \\u{9b}31m"],
    ["right to left \u202egnp.exe", "right to left \\u{202e}gnp.exe"],
    ["isolate \u2066x\u2069", "isolate \\u{2066}x\\u{2069}"],
    ["zero\u200bwidth\u200d\ufeff", "zero\\u{200b}width\\u{200d}\\u{feff}"],
    ["soft\u00adhyphen", "soft\\u{ad}hyphen"],
    ["separator\u2028and\u2029", "separator\\u{2028}and\\u{2029}"],
    ["tag \u{e0041}", "tag \\u{e0041}"],
    ["variation \ufe0f \u{e0100}", "variation \\u{fe0f} \\u{e0100}"],
    ["annotation \ufff9x\ufffa", "annotation \\u{fff9}x\\u{fffa}"],
    ["filler \u3164 \u2800", "filler \\u{3164} \\u{2800}"],
    ["other spaces\u00a0\u3000", "other spaces\\u{a0}\\u{3000}"],
    ["lone \ud800 surrogate", "lone \\u{d800} surrogate"],
    ["private \ue000, non-character \uffff", "private \\u{e000}, non-character \\u{ffff}"],
    ["anywhere ##[add-path]/tmp", "anywhere \\u{23}#[add-path]/tmp"],
    ["pipelines ##vso[task.setvariable]x", "pipelines \\u{23}#vso[task.setvariable]x"],
    ["naïve 漢字 🙂", "naïve 漢字 🙂"],
  ])("%j shows what cannot be seen", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test.each([
    ["::set-output name=x::y", "\\u{3a}:set-output name=x::y"],
    ["fine\n  ::add-mask::y", "fine\n  \\u{3a}:add-mask::y"],
    ["std::string and ## heading", "std::string and ## heading"],
  ])("%j gives a runner no orders", (text, shown) => {
    expect(withoutLineCommands(text)).toBe(shown);
  });
});

test("JSON stays the same value, with nothing hidden and no runner command in it", () => {
  const value = { "a\u202e": ["\u001b[2J\u2028", "##[group]", "\u{e0041}", "tab\t"] };
  const text = printableJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  expect(text).not.toContain("##[");
});

describe("in Markdown", () => {
  test.each([
    ["", '`""`'],
    ["git push", "`git push`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    [" x ", "`  x  `"],
    ["a|b", "<code>a&#124;b</code>"],
    ["a\\|`<b>", "<code>a&#92;&#124;&#96;&#60;b&#62;</code>"],
    ["x\u202ey\n", "`xU+202EyU+000A`"],
  ])("code %j cannot leave its span", (text, shown) => {
    expect(markdownCode(text)).toBe(shown);
  });

  test.each([
    ["allow rule `Bash(git *)` added", "allow rule `Bash(git *)` added"],
    ["ask @octocat about #12", "ask `@octocat` about `#12`"],
    ["see https://evil.example now", "see `https://evil.example` now"],
    ["see www.evil.example", "see `www.evil.example`"],
    ["(www.evil.example, (0123abc)", "(`www.evil.example`, (`0123abc`)"],
    ["a ::b c:: d", "a `::b` `c`:: d"],
    ["<img src=x> <!-- x", "`<img` `src=x>` `<!--` x"],
    ["[text](//x) *bold* _em_ ~~no~~", "`[text](//x`) `*bold*` `_em_` `~~no~~`"],
    ["one\ntwo\n\n# three", "one two `#` three"],
    ["- item 1. two", "`-` item `1`. two"],
    ["a | b", "a <code>&#124;</code> b"],
    ["odd ` backtick @x", "odd `` ` `` backtick `@x`"],
    ["`a`@b", "`a` `@b`"],
    ["a -> b", "a → b"],
    [":smile: GH-12 deadbeef1", "`:smile`: `GH-12` `deadbeef1`"],
    ["hidden\u200bjoin", "`hiddenU+200Bjoin`"],
  ])("prose %j means nothing but itself", (text, shown) => {
    expect(markdownProse(text)).toBe(shown);
  });

  test("a fenced block ends where we end it", () => {
    expect(markdownBlock("diff", ["+ ```", "+ ````x\n@y"])).toBe("`````diff\n+ ```\n+ ````xU+000A@y\n`````");
  });

  test("only comparisons on known hosts become links", () => {
    const known = "https://github.com/acme/standards/compare/a...b";
    expect(markdownCompareLink("x", known)).toBe(`[x](${known})`);
    expect(markdownCompareLink("x", "https://evil.example/")).toBe("x (`https://evil.example/`)");
    expect(markdownCompareLink("x", `${known}) @you`)).toBe(`x (\`${known}) @you\`)`);
  });

  test.each([
    ["https://github.com/acme/standards/blob/0123/a%20b.nix#L3", true],
    ["https://bitbucket.org/acme/standards/src/0123/a.nix#lines-3", true],
    ["https://git.acme.org/acme/standards/blob/0123/a.nix#L3", false],
    ["https://github.com/acme/standards/blob/0123/a.nix", false],
    ["https://github.com/a/b/blob/0123/x)[y](https://evil.example)#L3", false],
    ["https://github.com.evil.example/a/b/blob/0123/x#L3", false],
    ["https://github.com/a/b/blob/0123/x#L3\n", false],
    [undefined, false],
  ])("a line at %j is linked: %j", (url, linked) => {
    expect(markdownLineLink("x", url)).toBe(linked ? `[x](${url})` : "x");
  });
});

test.each([
  ["plain", '"plain"'],
  ['a "quote" \\ $y', '"a \\"quote\\" \\\\ $y"'],
  [`not $${"{x}"}`, `"not \\$${"{x}"}"`],
])("%j as a Nix string", (text, literal) => {
  expect(nixString(text)).toBe(literal);
});
