import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OWN_NIX_FILES = ["driver.nix", "extract.nix", "definitions.nix", "checks.nix"] as const;

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
  const read = (name: string) => readFileSync(join(packageRoot(), "nix", "eval", name), "utf8");
  return Object.fromEntries(OWN_NIX_FILES.map((name) => [name, read(name)]));
}

export function ownNixDigest(): string {
  const hash = createHash("sha256");
  for (const [name, text] of Object.entries(ownNixFiles())) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex");
}
