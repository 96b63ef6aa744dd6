#!/usr/bin/env node
// Makes sure that there is a pre-commit (https://pre-commit.com) to test with, and prints the path of its program:
// $NIXCLAUDE_PRE_COMMIT, `pre-commit` on PATH, one fetched before, else Debian's package, unpacked under
// $NIXCLAUDE_PRE_COMMIT_DIR (default: .cache/pre-commit in this checkout). Nothing is installed; Python 3.9 or newer
// has to be there.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { debianMirror, privateApt, run } from "./get-nix.d/debian.mjs";

/** Stages have had the names of Git's hooks since 3.2; older suites have an older one. */
const OLDEST = [3, 2];
const SUITE = "trixie";
/** All that it imports to run hooks whose programs are there, and to set up those for Node. */
const PACKAGES = ["pre-commit", "python3-cfgv", "python3-identify", "python3-yaml", "nodeenv"];

const root = fileURLToPath(new URL("..", import.meta.url));
const home = process.env.NIXCLAUDE_PRE_COMMIT_DIR || join(root, ".cache", "pre-commit");

try {
  process.stdout.write(`${program()}\n`);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `get-pre-commit: ${reason}\nInstall pre-commit 3.2 or later (https://pre-commit.com/#install), or name one with NIXCLAUDE_PRE_COMMIT.\n`,
  );
  process.exitCode = 1;
}

function program() {
  const named = process.env.NIXCLAUDE_PRE_COMMIT;
  if (named) {
    if (isUsable(named)) return named;
    throw new Error(`NIXCLAUDE_PRE_COMMIT names ${named}, which is no pre-commit of version 3.2 or later.`);
  }
  const onPath = (process.env.PATH ?? "").split(":").map((folder) => join(folder, "pre-commit"));
  const fetched = join(home, "pre-commit");
  return [...onPath, fetched].find((path) => existsSync(path) && isUsable(path)) ?? fetchPackage(fetched);
}

function isUsable(path) {
  try {
    const text = execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const [major, minor] = (/(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
    return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  } catch {
    return false;
  }
}

function fetchPackage(path) {
  const mirror = debianMirror();
  mkdirSync(join(home, ".."), { recursive: true });
  const work = mkdtempSync(`${home}-partial-`);
  try {
    process.stderr.write(`get-pre-commit: fetching pre-commit from Debian ${SUITE}\n`);
    const apt = privateApt(work, mirror, SUITE);
    apt("apt-get", ["-qq", "update"]);
    const debs = join(work, "debs");
    mkdirSync(debs);
    apt("apt-get", ["-qq", "download", ...PACKAGES], debs);
    const tree = join(work, "tree");
    mkdirSync(tree);
    for (const deb of readdirSync(debs)) run("dpkg-deb", ["-x", join(debs, deb), tree], debs);
    writeStarter(join(tree, "pre-commit"));
    if (!isUsable(join(tree, "pre-commit"))) throw new Error("Debian's pre-commit does not start here.");
    rmSync(home, { recursive: true, force: true });
    renameSync(tree, home);
    return path;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Its modules are pure Python, or fall back to it. The hooks it writes call Python by path: it has to find them, too. */
function writeStarter(path) {
  const script = [
    "#!/bin/sh",
    'here=$(dirname "$(readlink -f "$0")")',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    'export PYTHONPATH="$here/usr/lib/python3/dist-packages${PYTHONPATH:+:$PYTHONPATH}"',
    'exec python3 -m pre_commit "$@"',
    "",
  ].join("\n");
  writeFileSync(path, script, { mode: 0o755 });
}
