import { accessSync, constants, readdirSync, realpathSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { EvaluationError } from "../model/errors.ts";
import { packageRoot } from "./own-files.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export const INSTALL_NIX =
  "Install Nix 2.8 or later (https://nixos.org/download), or name one with NIXCLAUDE_NIX=/path/to/nix.";

/**
 * The Nix to run, without starting it: the named one, `$NIXCLAUDE_NIX`, `nix` on PATH, or one that
 * `scripts/get-nix.mjs` fetched. null when there is none.
 * @throws EvaluationError `nix-missing` when one is named and is not there.
 */
export function locateNix(env: Environment, named?: string): string | null {
  const wanted = named ?? (env.NIXCLAUDE_NIX === "" ? undefined : env.NIXCLAUDE_NIX);
  if (wanted !== undefined) {
    if (isExecutable(wanted)) return wanted;
    throw new EvaluationError("nix-missing", `there is no program at ${wanted}, which was named as Nix`, {
      hint: "Correct NIXCLAUDE_NIX, or unset it so that `nix` on PATH is used.",
    });
  }
  return onPath(env) ?? fetched(env);
}

/** Changes whenever another program would run: its real path, size and time of modification. */
export function identityOf(binary: string): string {
  const path = realpathSync(binary);
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}

function onPath(env: Environment): string | null {
  for (const directory of (env.PATH ?? "").split(delimiter)) {
    const candidate = join(directory, "nix");
    // A relative entry would let the repository under check supply the program.
    if (isAbsolute(directory) && isExecutable(candidate)) return candidate;
  }
  return null;
}

function fetched(env: Environment): string | null {
  const directory = env.NIXCLAUDE_NIX_DIR || join(packageRoot(), ".cache", "nix");
  const versions = names(directory).filter(
    (name) => /^\d+\.\d+/.test(name) && isExecutable(join(directory, name, "nix")),
  );
  versions.sort((a, b) => compareVersions(a, b));
  const newest = versions.at(-1);
  return newest === undefined ? null : join(directory, newest, "nix");
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) =>
    version.split(".").map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let i = 0; i < Math.max(left!.length, right!.length); i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
