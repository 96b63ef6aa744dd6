import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Position } from "../model/position.ts";
import type { Symbols } from "./symbols.ts";

/**
 * Text of a source file of the tree at `root`; files of other trees are left alone.
 * @param physicalRoot what stands in front of `/nix/store` on this disk.
 */
export function sourceReader(
  root: string,
  physicalRoot: string,
  symbols: Symbols,
): (position: Position) => string | null {
  const onDisk = root.startsWith(`${physicalRoot}/`) ? root : physicalRoot + root;
  const own = symbols.position({ file: `${root}/x`, line: 1, column: 1 });
  const texts = new Map<string, string | null>();
  return ({ file, input }) => {
    if (own === null || input !== own.input) return null;
    const known = texts.get(file);
    if (known !== undefined) return known;
    const text = readSource(join(onDisk, file));
    texts.set(file, text);
    return text;
  };
}

/** What a symbolic link points to outside of its tree is no text of the tree. */
export function readInTree(path: string): string | null {
  const tree = /^.*\/nix\/store\/[^/]+/.exec(path)?.[0];
  try {
    const isInside = tree !== undefined && realpathSync(path).startsWith(`${realpathSync(tree)}/`);
    return isInside ? readSource(path) : null;
  } catch {
    return null;
  }
}

function readSource(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
