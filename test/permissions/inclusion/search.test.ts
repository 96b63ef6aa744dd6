import fc from "fast-check";
import { DFA, JS, NFA } from "refa";
import { describe, expect, test } from "vitest";
import { type Automaton, accepts, type Piece } from "../../../src/permissions/inclusion/automaton.ts";
import { AutomatonBuilder } from "../../../src/permissions/inclusion/automaton-builder.ts";
import { ANY } from "../../../src/permissions/inclusion/characters.ts";
import { WordSearch } from "../../../src/permissions/inclusion/search.ts";

function globs(...patterns: string[]): Automaton {
  const builder = new AutomatonBuilder();
  for (const pattern of patterns) {
    builder.pattern(
      pattern
        .split("*")
        .flatMap((text, i): Piece[] => [
          ...(i > 0 ? [{ kind: "many", of: ANY } as const] : []),
          { kind: "text", text },
        ]),
    );
  }
  return builder.build();
}

function matches(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "s").test(text));
}

function firstWord(inside: readonly string[][], outside: readonly string[], steps = 1_000_000) {
  const search = new WordSearch(
    inside.map((list) => globs(...list)),
    globs(...outside),
    { left: steps },
    { prune: true },
  );
  const { value, done } = search.words().next();
  return { word: done === true ? null : (value as string), exhausted: search.exhausted };
}

const LETTERS = ["a", "b", "c"];
const glob = fc
  .array(fc.constantFrom("a", "b", "*"), { minLength: 1, maxLength: 6 })
  .map((letters) => letters.join(""));
const list = fc.array(glob, { minLength: 1, maxLength: 4 });

function allTexts(length: number): string[] {
  return length === 0
    ? [""]
    : ["", ...allTexts(length - 1).flatMap((text) => LETTERS.map((letter) => letter + text))];
}
const TEXTS = [...new Set(allTexts(6))].sort((a, b) => a.length - b.length);

describe("the search for a text that sticks out", () => {
  test("agrees with enumerating every short text, and its first text is a shortest one", () => {
    fc.assert(
      fc.property(list, list, (inside, outside) => {
        const { word, exhausted } = firstWord([inside], outside);
        const shortest = TEXTS.find((text) => matches(inside, text) && !matches(outside, text));
        expect(exhausted).toBe(false);
        if (shortest !== undefined) expect(word?.length).toBe(shortest.length);
        if (word !== null) expect(matches(inside, word) && !matches(outside, word)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("finds texts in the intersection of several languages", () => {
    fc.assert(
      fc.property(list, list, list, (one, other, outside) => {
        const { word } = firstWord([one, other], outside);
        const known = TEXTS.some(
          (text) => matches(one, text) && matches(other, text) && !matches(outside, text),
        );
        if (known) expect(word).not.toBeNull();
        if (word !== null)
          expect(matches(one, word) && matches(other, word) && !matches(outside, word)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("agrees with refa, which decides by complement and intersection", () => {
    fc.assert(
      fc.property(list, list, (inside, outside) => {
        const { word } = firstWord([inside], outside);
        expect(word !== null).toBe(differsByRefa(inside, outside));
      }),
      { numRuns: 60 },
    );
  });

  test("automata accept what the patterns say", () => {
    fc.assert(
      fc.property(list, fc.constantFrom(...TEXTS), (patterns, text) => {
        expect(accepts(globs(...patterns), text)).toBe(matches(patterns, text));
      }),
      { numRuns: 500 },
    );
  });

  test("prefers letters that a person would type", () => {
    expect(firstWord([["git *"]], ["git a*", "git b*"]).word).toBe("git ");
    expect(firstWord([["git *"]], ["git ", "git a*"]).word).toBe("git x");
    expect(firstWord([["*"]], ["", "x*", "y*"]).word).toBe("z");
  });

  test.each([
    ["an inclusion that needs many sets", [["*a*a*a*a*a*a*b"]], ["*a*a*a*a*b"]],
    ["a difference behind a long text", [[`${"ab".repeat(200)}*`]], [`${"ab".repeat(200)}x*`]],
  ])("out of steps it says so and claims nothing: %s", (_, inside, outside) => {
    expect(firstWord(inside, outside, 3)).toEqual({ word: null, exhausted: true });
  });
});

function differsByRefa(inside: readonly string[], outside: readonly string[]): boolean {
  const automaton = (patterns: readonly string[]): NFA =>
    NFA.fromRegex(
      JS.Parser.fromLiteral(new RegExp(patterns.map((p) => p.replaceAll("*", "[^]*")).join("|"), "u")).parse()
        .expression,
      { maxCharacter: 0x10ffff },
    );
  const complement = DFA.fromFA(automaton(outside));
  complement.complement();
  const both = NFA.fromIntersection(automaton(inside), complement);
  return !both.isEmpty;
}
