import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accepts, type Piece } from "../../../src/permissions/inclusion/automaton.ts";
import { AutomatonBuilder } from "../../../src/permissions/inclusion/automaton-builder.ts";
import { domainPieces } from "../../../src/permissions/inclusion/name-language.ts";
import { pathPieces } from "../../../src/permissions/inclusion/path-language.ts";
import { WordSearch } from "../../../src/permissions/inclusion/search.ts";
import { USUAL_SURROUNDINGS } from "../../../src/permissions/index.ts";
import { withSingleSpaces } from "../../../src/permissions/rules/command-pattern.ts";
import { matchesDomain } from "../../../src/permissions/rules/domains.ts";
import { compilePathPattern } from "../../../src/permissions/rules/paths.ts";

function acceptsPieces(pieces: readonly Piece[], text: string): boolean {
  const builder = new AutomatonBuilder();
  builder.pattern(pieces);
  return accepts(builder.build(), text);
}

function pathAccepted(pattern: string, list: "allow" | "deny", path: string): boolean {
  const pieces = pathPieces(pattern, list, USUAL_SURROUNDINGS, "2.1.330");
  if (pieces === "unmodelled") throw new Error(`${pattern} is not modelled`);
  return pieces !== null && acceptsPieces(pieces, path.toLowerCase());
}

const prefix = fc.constantFrom("", "./", "/", "~/", "//", "../", "!");
const segment = fc.constantFrom(
  "src",
  "a",
  "*",
  "**",
  "*.ts",
  "?",
  "[ab]",
  "[!a]",
  "[a-c]x",
  ".env",
  "A",
  "[",
  "a\\*",
  "***",
  "",
);
const patterns = fc
  .tuple(prefix, fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "/"))
  .map(([start, segments, end]) => start + segments.join("/") + end);
const paths = fc
  .tuple(
    fc.constantFrom("/home/u/proj/", "/home/u/", "/", "/home/u/proj/src/"),
    fc.array(fc.constantFrom("src", "a", "b", "cx", "a.ts", ".env", "SRC", "a*", "x[", "d"), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([start, segments]) => start + segments.join("/"));

describe("path patterns as automata", () => {
  test("match what the matcher matches", () => {
    fc.assert(
      fc.property(patterns, fc.constantFrom("allow", "deny"), paths, (pattern, list, path) => {
        const expected = compilePathPattern(pattern, list, USUAL_SURROUNDINGS, "2.1.330").matches(path);
        expect(pathAccepted(pattern, list, path)).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ["src/**", "allow", "/home/u/proj/pkg/src/x", false],
    ["src/**", "deny", "/home/u/proj/pkg/src/x", true],
    [".env", "deny", "/home/u/proj/a/.ENV", true],
    ["/.env", "deny", "/home/u/proj/a/.env", false],
    ["src/*", "allow", "/home/u/proj/src/a/b", true],
    ["~/.ssh/**", "allow", "/home/u/.ssh/id_rsa", true],
    ["//etc/**", "allow", "/etc/passwd", true],
    ["**", "allow", "/home/u/x", false],
  ] as const)("%s in %s on %s: %s", (pattern, list, path, expected) => {
    expect(pathAccepted(pattern, list, path)).toBe(expected);
  });
});

describe("host patterns as automata", () => {
  test("match what the matcher matches", () => {
    const label = fc.constantFrom("example", "com", "*", "a", "*example", "ex*", "");
    const pattern = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
    const host = fc
      .array(fc.constantFrom("example", "com", "a", "notexample", "x"), { minLength: 1, maxLength: 4 })
      .map((labels) => labels.join("."));
    fc.assert(
      fc.property(pattern, host, (one, other) => {
        expect(acceptsPieces(domainPieces(one), other)).toBe(matchesDomain(one, other));
      }),
      { numRuns: 3000 },
    );
  });
});

test("everything below a directory is known to be covered as soon as its first letter is read", () => {
  const { project } = USUAL_SURROUNDINGS;
  const automatonOf = (pattern: string) => {
    const builder = new AutomatonBuilder();
    builder.pattern(pathPieces(pattern, "allow", USUAL_SURROUNDINGS, "2.1.330") as Piece[]);
    return builder.build();
  };
  const budget = { left: 10_000 };
  const below = `${"a".repeat(5_000)}.ts`;
  const search = new WordSearch([automatonOf(`src/${below}`)], automatonOf("src/**"), budget, {
    prune: true,
  });
  expect([...search.words()]).toEqual([]);
  expect(10_000 - budget.left).toBeLessThan(2 * `${project}/src/x`.length);
});

test("white space is one space, however it is written", () => {
  const spaced = fc.string({ unit: fc.constantFrom("a", " ", "\t", "\n", "\u00a0") });
  fc.assert(
    fc.property(spaced, (text) => {
      expect(withSingleSpaces(text)).toBe(text.replace(/\s+/g, " "));
    }),
  );
});
