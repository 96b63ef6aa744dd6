// The example of the documentation as two real repositories: an organisation's standards, and a repository that
// imports them. Used by the demo and by the tests.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const examples = fileURLToPath(new URL("../examples", import.meta.url));

/** The line of examples/repository/flake.nix that names the organisation's flake. */
const INPUT_LINE = /company-standards\.url = "[^"]*"/;

/** Makes both below `directory`; the repository's lock is written by the given `nix`. Returns their paths. */
export function makeExample(directory, nix) {
  const organisation = join(directory, "company-standards");
  const repository = join(directory, "repository");
  copy(join(examples, "organisation"), organisation);
  copy(join(examples, "repository"), repository);
  gitIn(organisation, directory, "init", "-q", "-b", "main");
  commitAll(organisation, directory, "Standards for Claude");
  replaceIn(
    join(repository, "flake.nix"),
    INPUT_LINE,
    `company-standards.url = "git+file://${organisation}"`,
  );
  gitIn(repository, directory, "init", "-q", "-b", "main");
  gitIn(repository, directory, "add", "-A");
  lock(repository, directory, nix);
  commitAll(repository, directory, "Say how Claude behaves here");
  return { organisation, repository };
}

/** Replaces exactly one place of a file, or says that it is not there. */
export function replaceIn(file, from, to) {
  const text = readFileSync(file, "utf8");
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(file, changed);
}

export function commitAll(repository, home, message) {
  gitIn(repository, home, "add", "-A");
  gitIn(repository, home, "commit", "-q", "-m", message);
}

export function gitIn(repository, home, ...args) {
  return execFileSync("git", args, { cwd: repository, env: environment(home), encoding: "utf8" });
}

/** `nix flake lock` or another command in the repository, with a private store and no user configuration. */
export function lock(repository, home, nix, ...args) {
  execFileSync(nix, ["--extra-experimental-features", "nix-command flakes", "flake", "lock", ...args], {
    cwd: repository,
    env: environment(home),
    stdio: ["ignore", "ignore", "pipe"],
  });
  gitIn(repository, home, "add", "flake.lock");
}

function copy(from, to) {
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
}

function environment(home) {
  return {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: join(home, "home"),
    XDG_CACHE_HOME: join(home, "home", ".cache"),
    NIX_REMOTE: join(home, "store"),
    NIX_CONF_DIR: join(home, "home"),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Ada Example",
    GIT_AUTHOR_EMAIL: "ada@example.org",
    GIT_AUTHOR_DATE: "2026-10-01T09:00:00Z",
    GIT_COMMITTER_NAME: "Ada Example",
    GIT_COMMITTER_EMAIL: "ada@example.org",
    GIT_COMMITTER_DATE: "2026-10-01T09:00:00Z",
  };
}
