#!/usr/bin/env node
// Makes sure that the lefthook is there with which tests run hooks, and prints where. It is no dependency of this project:
// installed as one, it would write hooks into every checkout that somebody installs. Its version is pinned in
// test/hook-managers/package-lock.json.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const directory = join(fileURLToPath(new URL("..", import.meta.url)), "test", "hook-managers");
const program = join(
  directory,
  "node_modules",
  `lefthook-${process.platform}-${process.arch}`,
  "bin",
  "lefthook",
);

if (!existsSync(program)) {
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (npm.error !== undefined) {
    process.stderr.write(`get-lefthook: npm could not be started: ${npm.error.message}\n`);
  }
}
if (!existsSync(program)) {
  process.stderr.write(
    "get-lefthook: lefthook could not be installed. Try `npm ci` in test/hook-managers.\n",
  );
  process.exitCode = 1;
} else process.stdout.write(`${program}\n`);
