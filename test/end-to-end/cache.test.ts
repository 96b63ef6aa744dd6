import { appendFileSync, chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultNix } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";

/** The real Nix behind a script that writes a line for every start. */
function countedNix() {
  const directory = createDirectory();
  const log = join(directory, "starts");
  const binary = join(directory, "nix");
  writeFileSync(binary, `#!/bin/sh\necho start >> '${log}'\nexec '${defaultNix().binary}' "$@"\n`);
  chmodSync(binary, 0o755);
  const env = { NIXCLAUDE_NIX: binary, XDG_CACHE_HOME: createDirectory() };
  const starts = () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0);
  return { env, starts, touch: () => appendFileSync(binary, "\n") };
}

const CONTEXT = '{ outputs = _: { claudeContext = { version = "2025-01"; }; }; }';

test("the hook starts no Nix while neither tree nor lock changed", () => {
  const { env, starts } = countedNix();
  const repository = createRepository({ "flake.nix": CONTEXT });
  expect(nixclaude(repository.root, ["hook", "pre-commit"], env).status).toBe(0);
  const first = starts();
  expect(first).toBeGreaterThan(0);
  expect(nixclaude(repository.root, ["hook", "pre-commit"], env)).toEqual({
    status: 0,
    stdout: "",
    stderr: "",
  });
  expect(starts()).toBe(first);
});

test("a side that was evaluated before is not evaluated again", () => {
  const { env, starts } = countedNix();
  const repository = createRepository({ "flake.nix": CONTEXT });
  nixclaude(repository.root, ["hook", "pre-commit"], env);
  repository.write({ "README.md": "text" });
  repository.git("add", "-A");
  const report = JSON.parse(
    nixclaude(repository.root, ["check", "--staged", "--format", "json"], env).stdout,
  );
  expect(report.evaluation).toMatchObject({ cached: 1, evaluations: 1 });
  expect(starts()).toBeGreaterThan(1);
});

test("another Nix, another client or --no-cache asks again", () => {
  const { env, starts, touch } = countedNix();
  const repository = createRepository({ "flake.nix": CONTEXT });
  const count = (...args: string[]) => {
    const before = starts();
    nixclaude(repository.root, ["check", ...args], env);
    return starts() - before;
  };
  expect(count()).toBeGreaterThan(0);
  expect(count()).toBe(0);
  expect(count("--no-cache")).toBeGreaterThan(0);
  touch();
  expect(count()).toBeGreaterThan(0);
});
