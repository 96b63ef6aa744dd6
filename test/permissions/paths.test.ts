import { describe, expect, test } from "vitest";
import type { RuleList } from "../../src/model/permission.ts";
import { USUAL_SURROUNDINGS } from "../../src/permissions/index.ts";
import { compileGlob } from "../../src/permissions/rules/glob.ts";
import { absolutePath, compilePathPattern } from "../../src/permissions/rules/paths.ts";

const PROJECT = USUAL_SURROUNDINGS.project;

function matches(
  pattern: string,
  path: string,
  list: RuleList = "deny",
  scope = USUAL_SURROUNDINGS.scope,
): boolean {
  const surroundings = { ...USUAL_SURROUNDINGS, scope };
  return compilePathPattern(pattern, list, surroundings, "2.1.330").matches(path);
}

describe("path patterns", () => {
  test.each([
    [".env", "sub/.env", true],
    ["**/.env", "sub/.env", true],
    ["/.env", "sub/.env", false],
    ["/.env", ".env", true],
    [".env.*", ".env", false],
    [".env.*", ".env.local", true],
    ["*.ts", "src/a/b.ts", true],
    ["/*.ts", "src/b.ts", false],
    ["src/*", "src/a/b", true],
    ["src", "src/a/b", true],
    ["src", "pkg/src/a", true],
    ["src/", "src", false],
    ["src/", "src/a", true],
    ["docs/*.md", "docs/sub/a.md", false],
    ["docs/**/*.md", "docs/a.md", true],
    ["docs/**/*.md", "docs/x/y/a.md", true],
    ["a/b/**", "pkg/a/b/c", false],
    ["a/b/**", "a/b/c", true],
    ["src/[ab].ts", "src/a.ts", true],
    ["src/[!ab].ts", "src/a.ts", true],
    ["src/[!ab].ts", "src/!.ts", true],
    ["src/[!ab].ts", "src/c.ts", false],
    ["src/?.ts", "src/ab.ts", false],
    ["src/{a,b}.ts", "src/a.ts", false],
    ["SRC/A.ts", "src/a.TS", true],
    ["src/a.ts ", "src/a.ts", true],
    ["**", "a/b", true],
    ["!src/a.ts", "src/a.ts", false],
    ["../**", "src/a.ts", false],
    ["a[.ts", "a[.ts", false],
    ["a[.ts", "sub/a[.ts", false],
  ])("%s on %s: %s", (pattern, path, expected) => {
    expect(matches(pattern, `${PROJECT}/${path}`)).toBe(expected);
  });

  test("a long row of `**` means what a short one means, at once", () => {
    const depth = "**/".repeat(20_000);
    expect(matches(`src/${depth}a.ts`, `${PROJECT}/src/x/a.ts`)).toBe(true);
    expect(matches(`src/${depth}`, `${PROJECT}/lib/a.ts`)).toBe(false);
    expect(matches("src/**/**", `${PROJECT}/pkg/src/a`)).toBe(false);
  });

  test("a directory and everything below it stays at the project in allow, and is any such directory in deny", () => {
    expect(matches("src/**", `${PROJECT}/pkg/src/a`, "deny")).toBe(true);
    expect(matches("./src/**", `${PROJECT}/pkg/src/a`, "ask")).toBe(true);
    expect(matches("src/**", `${PROJECT}/pkg/src/a`, "allow")).toBe(false);
    expect(matches("src/**", `${PROJECT}/src/a`, "allow")).toBe(true);
    const older = compilePathPattern("src/**", "allow", USUAL_SURROUNDINGS, "2.1.197");
    expect(older.matches(`${PROJECT}/pkg/src/a`)).toBe(true);
  });

  test("each prefix has its anchor, and nothing else is reached from it", () => {
    expect(matches("//etc/**", "/etc/ssl/x")).toBe(true);
    expect(matches("/etc/hosts", "/etc/hosts")).toBe(false);
    expect(matches("~/.ssh/*", "/home/u/.ssh/deep/k")).toBe(true);
    expect(matches("**", "/home/u/x")).toBe(false);
    expect(matches("/**", "/etc/x")).toBe(false);
    expect(matches("//**", "/anything/at/all")).toBe(true);
    expect(matches("/src/**", "/home/u/.claude/src/a", "deny", "user")).toBe(true);
    expect(matches("/src/**", `${PROJECT}/src/a`, "deny", "user")).toBe(false);
  });

  test("a pattern that cannot be used matches nothing, but for what reads as a comment", () => {
    expect(matches("a[.ts", `${PROJECT}/a[.ts`, "allow")).toBe(false);
    expect(matches("a[.ts", `${PROJECT}/a[.ts`)).toBe(false);
    expect(matches("#x", `${PROJECT}/#x`)).toBe(true);
    expect(matches("#x", `${PROJECT}/#x`, "allow")).toBe(false);
  });
});

describe("absolutePath", () => {
  test.each([
    ["a", "/home/u/proj/a"],
    ["./a//b/", "/home/u/proj/a/b"],
    ["../x", "/home/u/x"],
    ["~", "/home/u"],
    ["~/a/../b", "/home/u/b"],
    ["/a/./b", "/a/b"],
    ["~x", "/home/u/proj/~x"],
  ])("%s: %s", (path, expected) => {
    expect(absolutePath(path, PROJECT, "/home/u")).toBe(expected);
  });
});

describe("compileGlob", () => {
  test.each([
    ["a*c", "abbc", true],
    ["a*c", "abb", false],
    ["*", "", true],
    ["a**b", "ab", true],
    ["?", "é", true],
    ["[a-c]", "b", true],
    ["[^a]", "a", false],
    ["\\*", "*", true],
    ["\\*", "x", false],
    ["a.b", "axb", false],
  ])("%s on %s: %s", (pattern, text, expected) => {
    expect(compileGlob(pattern)!.matches(text)).toBe(expected);
  });

  test.each(["[", "[a", "[z-a]"])("%s is no usable pattern", (pattern) => {
    expect(compileGlob(pattern)).toBeNull();
  });
});
