import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** By the name under which they import each other. */
const OWN_NIX_FILES = {
  "driver.nix": "nix/eval/driver.nix",
  "extract.nix": "nix/eval/extract.nix",
  "definitions.nix": "nix/eval/definitions.nix",
  "checks.nix": "nix/eval/checks.nix",
  // The modules read skills by it, too.
  "skill.nix": "nix/lib/skill.nix",
};

export type OwnNixFile = keyof typeof OWN_NIX_FILES;

/** The directory of this package: the folder with `nix/eval`, above `src/nix` and above the bundle in `dist`. */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let directory = start; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "nix", "eval", "driver.nix"))) return directory;
    if (directory === dirname(directory)) throw new Error(`nix/eval/driver.nix is not above ${start}`);
  }
}

/** Our Nix code by file name. */
function ownNixFiles(): Record<OwnNixFile, string> {
  const root = packageRoot();
  const read = ([name, path]: [string, string]) => [name, readFileSync(join(root, path), "utf8")];
  return Object.fromEntries(Object.entries(OWN_NIX_FILES).map(read)) as Record<OwnNixFile, string>;
}

/**
 * One of them as an expression that needs no other file: what it imports stands in its place, comments are left out.
 * Each file of the generated flake would be an object to write and to remove, and Nix would copy it to the store.
 */
export function ownExpression(name: OwnNixFile): string {
  const files = ownNixFiles();
  const inlined = (file: OwnNixFile): string =>
    `(${files[file]
      .replace(/^[ \t]*#.*\n/gm, "")
      .replace(/\bimport \.\/([\w-]+\.nix)/g, (whole, other: string) =>
        Object.hasOwn(files, other) ? inlined(other as OwnNixFile) : whole,
      )})`;
  return inlined(name);
}

export function ownNixDigest(): string {
  const hash = createHash("sha256");
  for (const [name, text] of Object.entries(ownNixFiles())) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex");
}
