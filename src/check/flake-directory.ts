import { isAbsolute, join, relative } from "node:path/posix";
import { UsageError } from "../model/errors.ts";

/**
 * Directories of the asked-for flakes inside the tree (`""` is its root), without repetition.
 * @throws UsageError for a directory outside the repository.
 */
export function flakeDirectories(root: string, from: string, asked: readonly string[]): string[] {
  if (asked.length === 0) return [""];
  return [...new Set(asked.map((directory) => insideRepository(root, from, directory)))];
}

function insideRepository(root: string, from: string, directory: string): string {
  const inside = relative(root, isAbsolute(directory) ? directory : join(from, directory));
  if (inside === ".." || inside.startsWith("../")) {
    throw new UsageError("flake-outside-repository", `--flake ${directory} lies outside the repository`, {
      hint: "Name a directory inside the repository that is being checked.",
    });
  }
  return inside;
}

/** `flake.nix` in `dir`: the path of a file of the flake inside the tree. */
export function inFlake(directory: string, file: string): string {
  return directory === "" ? file : `${directory}/${file}`;
}
