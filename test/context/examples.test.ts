import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeExample } from "../../scripts/example.mjs";
import type { Json } from "../../src/model/json.ts";
import { contextOf, type WritableSet } from "../support/context.ts";
import { defaultNix } from "../support/nix.ts";

const directory = realpathSync(mkdtempSync(join(tmpdir(), "nixclaude-examples-")));
const nix = defaultNix().binary;

afterAll(() => {
  // Nix makes its store read-only.
  execFileSync("chmod", ["-R", "u+w", directory]);
  rmSync(directory, { recursive: true, force: true });
});

/** What real Nix makes of it, with paths as the strings they are in JSON. */
function evaluated(flake: string): Json {
  const nixArguments = ["--extra-experimental-features", "nix-command flakes", "eval", "--json"];
  const output = execFileSync(nix, [...nixArguments, `${flake}#claudeContext`], {
    env: {
      PATH: process.env.PATH ?? "/usr/bin:/bin",
      HOME: join(directory, "home"),
      NIX_REMOTE: join(directory, "store"),
      NIX_CONF_DIR: join(directory, "home"),
      GIT_CONFIG_GLOBAL: "/dev/null",
    },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(output) as Json;
}

test.each(["templates/repository", "templates/organisation", "examples/organisation"])(
  "%s evaluates without any input, and has no problem",
  (flake) => {
    const copy = join(directory, flake);
    cpSync(flake, copy, { recursive: true });
    const context = contextOf(evaluated(`path:${copy}`) as WritableSet);
    expect(context.permissions.bypassDisabled).toBe(true);
    expect(context.permissions.rules.filter(({ list }) => list === "deny")).not.toEqual([]);
  },
);

test("examples/repository takes its organisation's deny rules and policies", () => {
  const { repository } = makeExample(directory, nix);
  // A skill is a path, which JSON shows as text.
  const { skills, ...rest } = evaluated(`git+file://${repository}`) as WritableSet;
  expect(Object.keys(skills as WritableSet)).toEqual(["release-notes"]);
  const context = contextOf(rest);
  expect(Object.keys(context.policies)).toEqual(["commits", "language", "tests"]);
  expect(context.permissions.rules.map(({ list, text }) => `${list} ${text}`)).toEqual([
    "allow Bash(git status)",
    "allow Bash(git diff)",
    "allow Bash(npm test)",
    "deny Read(.env)",
    "deny Read(.env.*)",
    "deny Read(~/.ssh/**)",
  ]);
});
