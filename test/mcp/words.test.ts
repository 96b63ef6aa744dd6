import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf, splitCommand } from "../../src/mcp/tools-file/words.ts";

describe("a command that is a string", () => {
  test.each<[text: string, words: string[]]>([
    ["nix search nixpkgs", ["nix", "search", "nixpkgs"]],
    ["  a\tb\n c  ", ["a", "b", "c"]],
    ["", []],
    ["''", [""]],
    [`a "" b`, ["a", "", "b"]],
    [`echo 'a b' "c d"`, ["echo", "a b", "c d"]],
    [`pre'a b'"c d"post`, ["prea bc dpost"]],
    [`'a"b' "a'b"`, ['a"b', "a'b"]],
    [String.raw`"a\"b" "a\\b" "a\nb"`, ['a"b', "a\\b", "a\\nb"]],
    [String.raw`'a\'`, ["a\\"]],
    [String.raw`a\ b \" \\`, ["a b", '"', "\\"]],
    [
      "$HOME ~ *.ts `id` $(id) {a,b} a=b #x !1",
      ["$HOME", "~", "*.ts", "`id`", "$(id)", "{a,b}", "a=b", "#x", "!1"],
    ],
    ["nix run nixpkgs#hello https://h/?a=1&b=2;c", ["nix", "run", "nixpkgs#hello", "https://h/?a=1&b=2;c"]],
    [`echo '|' "&&" \\;`, ["echo", "|", "&&", ";"]],
  ])("%j is the words %j", (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  test.each([
    ["a 'b", "the quote ' at character 3 is not closed"],
    [`a "b\\"`, 'the quote " at character 3 is not closed'],
    ["a \\", "it ends in a backslash"],
    ["cat x | grep y", "no shell reads it, so | does nothing"],
    ["a > b", "no shell reads it, so > does nothing"],
    ["a &&", "no shell reads it, so && does nothing"],
    ["a 2>&1", "no shell reads it, so 2>&1 does nothing"],
  ])("%j is refused: %s", (text, mistake) => {
    expect(splitCommand(text)).toEqual({ mistake: expect.stringContaining(mistake) });
  });

  test("words between single quotes come out as they were", () => {
    const word = fc.string({ unit: "binary", maxLength: 10 }).map((text) => text.replaceAll("'", ""));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        expect(splitCommand(words.map((each) => `'${each}'`).join(" "))).toEqual(words);
      }),
    );
  });
});

describe("placeholders in a word", () => {
  const literal = (text: string) => ({ kind: "literal", text });
  const placeholder = (property: string) => ({ kind: "placeholder", property });

  test.each([
    ["{query}", [placeholder("query")]],
    ["--query={query}", [literal("--query="), placeholder("query")]],
    ["{a}-{b.c}x", [placeholder("a"), literal("-"), placeholder("b.c"), literal("x")]],
    ["{{query}}", [literal("{query}")]],
    ["{{a}}{a}", [literal("{a}"), placeholder("a")]],
    ["{}", [literal("{}")]],
    ["{print $1}", [literal("{print $1}")]],
    ["{a,b}", [literal("{a,b}")]],
    ["", [literal("")]],
  ])("%j", (word, parts) => {
    expect(partsOf(word)).toEqual(parts);
  });
});
