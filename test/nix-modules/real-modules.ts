import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where the real module systems lie, for the proofs that need them. */
export const REAL = {
  /** The directory `lib` of nixpkgs: `NIXPKGS_LIB` names what holds it. */
  lib: join(named("NIXPKGS_LIB", "lib/default.nix"), "lib"),
  homeManager: named("HOME_MANAGER", "modules/programs/claude-code/default.nix"),
  flakeParts: named("FLAKE_PARTS", "lib.nix"),
};

function named(variable: string, file: string): string {
  const directory = process.env[variable];
  if (directory === undefined || !existsSync(join(directory, file))) {
    throw new Error(`${variable} names no directory with ${file} (docs/modules.md)`);
  }
  return directory;
}
