import { userInfo } from "node:os";
import { expect, test } from "vitest";
import { cacheDirectoryOf } from "../../src/cli/doors.ts";

const home = userInfo().homedir;

test.each([
  [{ XDG_CACHE_HOME: "/c", HOME: "/h" }, "/c/nixclaude"],
  [{ XDG_CACHE_HOME: "c", HOME: "/h" }, "/h/.cache/nixclaude"],
  [{ XDG_CACHE_HOME: "", HOME: "/h" }, "/h/.cache/nixclaude"],
  // Never below the directory that this runs in, which is the repository.
  [{ HOME: "x" }, `${home}/.cache/nixclaude`],
  [{ HOME: "" }, `${home}/.cache/nixclaude`],
  [{}, `${home}/.cache/nixclaude`],
])("with %j the cache is %s", (env, expected) => {
  expect(cacheDirectoryOf(env)).toBe(expected);
});
