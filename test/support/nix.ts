import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface TestNix {
  version: string;
  binary: string;
}

/** The versions of Nix that `scripts/get-nix.mjs --all` fetched, oldest first. */
export function nixVersions(): TestNix[] {
  const directory =
    process.env.NIXCLAUDE_NIX_DIR || fileURLToPath(new URL("../../.cache/nix", import.meta.url));
  const found = (existsSync(directory) ? readdirSync(directory) : [])
    .filter((version) => /^\d/.test(version) && existsSync(join(directory, version, "suite")))
    .filter((version) => readFileSync(join(directory, version, "suite"), "utf8").trim() !== "")
    .map((version) => ({ version, binary: join(directory, version, "nix") }))
    .sort((a, b) => a.version.localeCompare(b.version, "en", { numeric: true }));
  if (found.length === 0)
    throw new Error("There is no Nix to test with; `node scripts/get-nix.mjs --all` fetches it.");
  return found;
}

/** The newest version: for tests that need some Nix. */
export function defaultNix(): TestNix {
  return nixVersions().at(-1)!;
}
