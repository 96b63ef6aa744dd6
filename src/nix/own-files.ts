import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** By the name they have beside each other in the generated flake. */
const OWN_NIX_FILES = {
  "driver.nix": "nix/eval/driver.nix",
  "extract.nix": "nix/eval/extract.nix",
  "definitions.nix": "nix/eval/definitions.nix",
  "checks.nix": "nix/eval/checks.nix",
  // The modules read skills by it, too.
  "skill.nix": "nix/lib/skill.nix",
};

/** The directory of this package: the folder with `nix/eval`, above `src/nix` and above the bundle in `dist`. */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let directory = start; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "nix", "eval", "driver.nix"))) return directory;
    if (directory === dirname(directory)) throw new Error(`nix/eval/driver.nix is not above ${start}`);
  }
}

/** Our Nix code by file name. */
export function ownNixFiles(): Record<string, string> {
  const root = packageRoot();
  return Object.fromEntries(
    Object.entries(OWN_NIX_FILES).map(([name, path]) => [name, readFileSync(join(root, path), "utf8")]),
  );
}

export function ownNixDigest(): string {
  const hash = createHash("sha256");
  for (const [name, text] of Object.entries(ownNixFiles())) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex");
}
