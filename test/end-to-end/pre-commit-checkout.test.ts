import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, openRepository } from "../support/repository.ts";
import { BLOCKED, MANAGERS, PRE_COMMIT, QUIET, runIn } from "./hook-world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** As the machine has it for npm: its registry, and its cache, which holds what `npm ci` has brought. */
function npmEnvironment(): Record<string, string> {
  const cache = execFileSync("npm", ["config", "get", "cache"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("GIT_"),
  );
  return {
    ...Object.fromEntries(own),
    npm_config_cache: cache,
    npm_config_prefer_offline: "true",
    NODE_ENV: "",
  };
}

test("pre-commit builds the program from a checkout of this repository, and runs it", {
  timeout: 300_000,
}, () => {
  const source = join(createDirectory(), "nixclaude");
  openRepository(root).git("clone", "-q", "--no-local", root, source);
  const revision = openRepository(source).head();
  const repository = createRepository({
    "flake.nix": QUIET,
    ".pre-commit-config.yaml": `repos:\n- repo: ${source}\n  rev: ${revision}\n  hooks: [{id: nixclaude}, {id: nixclaude-push}]\n`,
  });
  const env = {
    ...npmEnvironment(),
    ...MANAGERS["pre-commit"].env,
    NIXCLAUDE_NIX: userEnvironment().NIXCLAUDE_NIX!,
  };
  execFileSync(PRE_COMMIT, ["install"], { cwd: repository.root, env, stdio: "ignore" });
  repository.write({ "flake.nix": BLOCKED });
  const { status, output } = runIn(repository, env, ["commit", "-a", "-m", "x"]);
  expect(output).toContain("no-push");
  expect(status).toBe(1);
});
