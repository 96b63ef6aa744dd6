import { expect, test } from "vitest";
import { flakeDirectories } from "../../src/check/flake-directory.ts";

test.each([
  { asked: [], from: "/repo/sub", directories: [""] },
  { asked: ["."], from: "/repo/sub", directories: ["sub"] },
  { asked: ["../api", "api", "/repo/api"], from: "/repo/sub", directories: ["api", "sub/api"] },
  { asked: ["."], from: "/repo", directories: [""] },
])("$asked from $from", ({ asked, from, directories }) => {
  expect(flakeDirectories("/repo", from, asked)).toEqual(directories);
});

test.each(["..", "/elsewhere", "../../repo2", "/repository"])("%s is outside", (asked) => {
  expect(() => flakeDirectories("/repo", "/repo", [asked])).toThrow("outside the repository");
});
