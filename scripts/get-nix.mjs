#!/usr/bin/env node
// Makes sure that there is a Nix to test with, and prints the path of every one that can be used.
//
//   node scripts/get-nix.mjs         any usable Nix: $NIXCLAUDE_NIX, `nix` on PATH, one fetched before, else one is fetched
//   node scripts/get-nix.mjs --all   the oldest, a middle and the newest version that the tests run on
//
// Fetched ones are unpacked Debian packages under $NIXCLAUDE_NIX_DIR (default: .cache/nix in this checkout); nothing
// is installed, nothing of the system's package manager is changed, and no special rights are needed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { debianMirror, fetchNix } from "./get-nix.d/debian.mjs";
import { fetchedNixes, usableVersion } from "./get-nix.d/present.mjs";

/** For each version under test, the suites to take it from; the first that can be reached wins. */
const SUITES = [["bookworm"], ["trixie"], ["forky", "sid"]];

const root = fileURLToPath(new URL("..", import.meta.url));
const directory = process.env.NIXCLAUDE_NIX_DIR || join(root, ".cache", "nix");

try {
  const binaries = process.argv.includes("--all") ? allVersions() : [anyVersion()];
  process.stdout.write(`${binaries.join("\n")}\n`);
} catch (error) {
  process.stderr.write(`get-nix: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function anyVersion() {
  const named = process.env.NIXCLAUDE_NIX;
  if (named) {
    if (usableVersion(named) !== null) return named;
    throw new Error(`NIXCLAUDE_NIX names ${named}, which is not a Nix of version 2.8 or later.`);
  }
  for (const folder of (process.env.PATH ?? "").split(":")) {
    const candidate = join(folder, "nix");
    if (folder !== "" && existsSync(candidate) && usableVersion(candidate) !== null) return candidate;
  }
  return fetchedNixes(directory).at(-1)?.binary ?? fetchFrom(SUITES[0]);
}

function allVersions() {
  return SUITES.map((suites) => {
    const present = fetchedNixes(directory).find((nix) => suites.includes(nix.suite));
    return present?.binary ?? fetchFrom(suites);
  });
}

function fetchFrom(suites) {
  const mirror = debianMirror();
  const failures = [];
  for (const suite of suites) {
    try {
      return fetchNix({ mirror, suite, directory });
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(failures.join("\n"));
}
