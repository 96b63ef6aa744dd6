#!/usr/bin/env node
// Makes sure that the Node is there which GitHub's runner starts the Action with, and prints where: tests run the built
// Action on it besides the Node that runs them. Its version is pinned in test/node-versions/package-lock.json. There is
// none for macOS, where continuous integration sets up the Node that it wants.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const directory = join(fileURLToPath(new URL("..", import.meta.url)), "test", "node-versions");
const program = join(directory, "node_modules", `node-linux-${process.arch}`, "bin", "node");

if (process.platform === "linux") {
  if (!existsSync(program)) install();
  if (existsSync(program)) process.stdout.write(`${program}\n`);
  else {
    process.stderr.write("get-node: Node could not be installed. Try `npm ci` in test/node-versions.\n");
    process.exitCode = 1;
  }
}

function install() {
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (npm.error !== undefined) {
    process.stderr.write(`get-node: npm could not be started: ${npm.error.message}\n`);
  }
}
