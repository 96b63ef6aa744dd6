import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestNix } from "../support/nix.ts";

/** Where the real module systems lie, for the proofs that need them. */
export const REAL = {
  /** The directory `lib` of nixpkgs: `NIXPKGS_LIB` names what holds it. */
  lib: join(named("NIXPKGS_LIB", "lib/default.nix"), "lib"),
  homeManager: named("HOME_MANAGER", "modules/programs/claude-code/default.nix"),
  flakeParts: named("FLAKE_PARTS", "lib.nix"),
};

/** What home-manager and flake-parts ask of Nix; our own modules ask for less. */
export function suffices({ version }: TestNix): boolean {
  return version.localeCompare("2.18", "en", { numeric: true }) >= 0;
}

function named(variable: string, file: string): string {
  const directory = process.env[variable];
  if (directory === undefined || !existsSync(join(directory, file))) {
    throw new Error(`${variable} names no directory with ${file} (docs/modules.md)`);
  }
  return directory;
}
