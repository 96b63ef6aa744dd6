#!/usr/bin/env node
// Makes sure that the clients which `npm run conformance` asks are there, and prints where. Opt-in: they are no
// dependency of this project, and take about 600 MB. Their versions are pinned in test/conformance/package-lock.json.
//
//   node scripts/get-client.mjs
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { presentClients } from "./get-client.d/present.mjs";

const directory = join(fileURLToPath(new URL("..", import.meta.url)), "test", "conformance");

const missing = () =>
  Object.entries(presentClients(directory)).flatMap(([version, path]) => (path === null ? [version] : []));

if (missing().length > 0) {
  // Nothing of the packages is run here: the program is found where it was unpacked.
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (npm.error !== undefined)
    process.stderr.write(`get-client: npm could not be started: ${npm.error.message}\n`);
}

const left = missing();
if (left.length > 0) {
  process.stderr.write(
    `get-client: ${left.join(" and ")} could not be installed for ${process.platform} on ${process.arch}. Try \`npm ci\` in test/conformance.\n`,
  );
  process.exitCode = 1;
} else {
  for (const path of Object.values(presentClients(directory))) process.stdout.write(`${path}\n`);
}
