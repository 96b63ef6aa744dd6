#!/usr/bin/env node
// Makes sure that the managers of hooks are there that tests run, and prints where: {"lefthook": PATH, "husky": PATH}. They
// are no dependencies of this project: installed as one, lefthook would write hooks into every checkout that somebody
// installs. Their versions are pinned in test/hook-managers/package-lock.json.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const directory = join(fileURLToPath(new URL("..", import.meta.url)), "test", "hook-managers");
const modules = join(directory, "node_modules");
const found = {
  lefthook: join(modules, `lefthook-${process.platform}-${process.arch}`, "bin", "lefthook"),
  husky: join(modules, "husky", "bin.js"),
};
const missing = () => Object.keys(found).filter((name) => !existsSync(found[name]));

if (missing().length > 0) {
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (npm.error !== undefined) {
    process.stderr.write(`get-hook-managers: npm could not be started: ${npm.error.message}\n`);
  }
}
if (missing().length > 0) {
  process.stderr.write(
    `get-hook-managers: ${missing().join(" and ")} could not be installed. Try \`npm ci\` in test/hook-managers.\n`,
  );
  process.exitCode = 1;
} else process.stdout.write(`${JSON.stringify(found)}\n`);
