import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const program = join(root, "dist", "cli.js");

let nix;
/** The newest Nix at hand, or the one that NIXCLAUDE_NIX names. */
export function benchNix() {
  nix ??= execFileSync(process.execPath, [join(root, "scripts", "get-nix.mjs")], { encoding: "utf8" }).trim();
  return nix;
}

/** The versions that the tests run on, oldest first. */
export function benchNixes() {
  return execFileSync(process.execPath, [join(root, "scripts", "get-nix.mjs"), "--all"], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((binary) => ({
      binary,
      version: /[\d.]+\d/.exec(execFileSync(binary, ["--version"], { encoding: "utf8" }))[0],
    }));
}

export function initRepository(directory, home) {
  mkdirSync(directory, { recursive: true });
  git(directory, home, "init", "-q", "-b", "main");
  return directory;
}

export function commit(repository, home, message) {
  git(repository, home, "add", "-A");
  git(repository, home, "commit", "-q", "-m", message);
  return git(repository, home, "rev-parse", "HEAD").trim();
}

function git(repository, home, ...args) {
  return execFileSync("git", args, { cwd: repository, env: benchEnvironment(home), encoding: "utf8" });
}

/** Both programs see the same: no configuration, a cache and a store of their own under `home`. */
export function benchEnvironment(home, nixBinary) {
  return {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: join(home, "home"),
    XDG_CACHE_HOME: join(home, "cache"),
    LC_ALL: "C",
    NO_COLOR: "1",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Bench",
    GIT_AUTHOR_EMAIL: "bench@example.org",
    GIT_COMMITTER_NAME: "Bench",
    GIT_COMMITTER_EMAIL: "bench@example.org",
    ...(nixBinary === undefined ? {} : { NIXCLAUDE_NIX: nixBinary }),
  };
}
