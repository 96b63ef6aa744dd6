import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { NamedTree } from "../check/file-references.ts";
import { filesDigest } from "../context/digest.ts";

/** Directories with more files are compared by the input as a whole. */
const MAX_FILES = 1000;

/** An input as it lies in the store, for texts that name files of it. */
export function storeTree(root: string, storeName: string): NamedTree {
  const whole = `store:${storeName}`;
  return {
    kindOf: (path) => {
      const real = inside(root, path);
      if (real === null) return null;
      const stat = statSync(real);
      return stat.isFile() ? "file" : stat.isDirectory() ? "directory" : null;
    },
    digestOf: async (path) => {
      const real = path === "" ? null : inside(root, path);
      if (real === null) return whole;
      try {
        if (statSync(real).isFile()) return `sha256:${sha256(readFileSync(real))}`;
        const files = new Map<string, string>();
        collect(real, "", files);
        return files.size > MAX_FILES ? whole : `sha256:${filesDigest(Object.fromEntries(files))}`;
      } catch {
        // Collected meanwhile, or in a remote store: the name is made of the content.
        return whole;
      }
    },
  };
}

/** Where the path leads, links followed; null when that is nowhere, or out of the input. */
function inside(root: string, path: string): string | null {
  try {
    const [top, real] = [realpathSync(root), realpathSync(join(root, path))];
    return real === top || real.startsWith(`${top}/`) ? real : null;
  } catch {
    return null;
  }
}

function collect(directory: string, prefix: string, files: Map<string, string>): void {
  for (const name of readdirSync(directory).sort()) {
    if (files.size > MAX_FILES) return;
    const [path, relative] = [join(directory, name), `${prefix}${name}`];
    const stat = lstatSync(path);
    if (stat.isDirectory()) collect(path, `${relative}/`, files);
    else files.set(relative, sha256(stat.isFile() ? readFileSync(path) : `symlink ${readlinkSync(path)}`));
  }
}

function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
