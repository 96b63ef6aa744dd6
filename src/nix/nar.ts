import { createHash, type Hash } from "node:crypto";
import { compareText } from "../model/order.ts";

/** A file tree in memory. */
export type FileTree = { kind: "directory"; entries: Map<string, FileTree> } | FileLeaf;
export type FileLeaf = { kind: "file"; bytes: Uint8Array } | { kind: "symlink"; target: string };

export function treeOf(files: Iterable<readonly [path: string, leaf: FileLeaf]>): FileTree {
  const root: FileTree = { kind: "directory", entries: new Map() };
  for (const [path, leaf] of files) {
    const steps = path.split("/");
    const name = steps.pop()!;
    let at = root.entries;
    for (const step of steps) {
      let next = at.get(step);
      if (next?.kind !== "directory") {
        next = { kind: "directory", entries: new Map() };
        at.set(step, next);
      }
      at = next.entries;
    }
    at.set(name, leaf);
  }
  return root;
}

/** `sha256-…` over the Nix archive of a tree: what `narHash` pins. Format: the Nix manual, "Nix Archive (NAR)". */
export function narHash(tree: FileTree): string {
  const hash = createHash("sha256");
  writeText(hash, "nix-archive-1");
  writeNode(hash, tree);
  return `sha256-${hash.digest("base64")}`;
}

function writeNode(hash: Hash, node: FileTree): void {
  writeText(hash, "(");
  writeText(hash, "type");
  if (node.kind === "file") {
    writeText(hash, "regular");
    writeText(hash, "contents");
    writeBytes(hash, node.bytes);
  } else if (node.kind === "symlink") {
    for (const word of ["symlink", "target", node.target]) writeText(hash, word);
  } else {
    writeText(hash, "directory");
    for (const name of [...node.entries.keys()].sort(compareBytes)) {
      for (const word of ["entry", "(", "name", name, "node"]) writeText(hash, word);
      writeNode(hash, node.entries.get(name)!);
      writeText(hash, ")");
    }
  }
  writeText(hash, ")");
}

function writeText(hash: Hash, text: string): void {
  writeBytes(hash, Buffer.from(text));
}

function writeBytes(hash: Hash, bytes: Uint8Array): void {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  hash.update(length);
  hash.update(bytes);
  hash.update(Buffer.alloc((8 - (bytes.length % 8)) % 8));
}

/** UTF-8 order; it differs from the order of UTF-16 units above the basic plane. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) || compareText(a, b);
}
