import fc from "fast-check";
import { expect, test } from "vitest";
import { ModelText } from "../../src/cli/messages/model-text.ts";

function shown(...pieces: string[]): string {
  let all = "";
  const text = new ModelText((part) => {
    all += part;
  });
  for (const piece of pieces) text.add(piece);
  text.end();
  return all;
}

test.each<[string, string[], string]>([
  ["lines and tabs stay", ["a\n\tb"], "a\n\tb\n"],
  ["the last line is ended", ["a"], "a\n"],
  ["an ended line is not ended again", ["a\n"], "a\n"],
  ["nothing is nothing", [], ""],
  ["an escape is spelled out", ["\u001b[31mred"], "\\u{1b}[31mred\n"],
  ["a return is spelled out", ["a\rb"], "a\\rb\n"],
  ["a command in a row of pieces", [":", ":", "debug::x"], "\\u{3a}:debug::x\n"],
  ["a command behind blanks", ["a\n  ", "::x::"], "a\n  \\u{3a}:x::\n"],
  ["an older command in pieces", ["a #", "#", "[error", "]b"], "a \\u{23}#[error]b\n"],
  ["a scope operator within a line", ["std", "::", "vector"], "std::vector\n"],
  ["a heading", ["#", "# Title"], "## Title\n"],
  ["a character in two pieces", ["\ud83d", "\ude00"], "\u{1f600}\n"],
  ["half a character", ["a\ud83d"], "a\\u{d83d}\n"],
])("%s", (_, pieces, expected) => {
  expect(shown(...pieces)).toBe(expected);
});

const hostile = fc.array(
  fc.constantFrom(
    "a",
    " ",
    "\n",
    "\t",
    ":",
    "::",
    "#",
    "##[",
    "]",
    "\u001b",
    "\u202e",
    "\ud83d",
    "\ude00",
    "set-output ",
  ),
);

test("however the text is cut into pieces, it looks the same", () => {
  fc.assert(
    fc.property(hostile, (pieces) => {
      expect(shown(...pieces)).toBe(shown(pieces.join("")));
    }),
  );
});

test("no line is a command, and nothing is invisible", () => {
  fc.assert(
    fc.property(hostile, (pieces) => {
      const all = shown(...pieces);
      expect(all).not.toMatch(/^\s*::/m);
      expect(all).not.toMatch(/##[A-Za-z]*\[/);
      expect(all).not.toMatch(/[^\n\t\P{Cc}]|[\p{Cf}\p{Cs}]/u);
    }),
  );
});
