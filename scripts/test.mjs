// `npm test`: everything the tests stand on, then the tests. Arguments are handed to vitest.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

// Three versions of Nix: what they print, and what they refuse, differs.
run("scripts/get-nix.mjs", "--all");
run("scripts/get-pre-commit.mjs");
run("scripts/get-hook-managers.mjs");
run("scripts/get-node.mjs");
// Tests of the command line run the built program, as a user does.
run("scripts/build.mjs");
run("node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2));
