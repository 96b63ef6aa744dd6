import { narHash, treeOf } from "../../src/nix/nar.ts";
import { createDirectory, type Files, writeFiles } from "../support/repository.ts";

/** A flake.lock with these nodes; `inputs` are the root's. */
export function lock(inputs: Record<string, string | string[]>, nodes: Record<string, unknown>): string {
  return JSON.stringify({ version: 7, root: "root", nodes: { root: { inputs }, ...nodes } }, null, 2);
}

/** A directory as a locked `path:` input. */
export function pathInput(files: Files, more: object = {}) {
  const directory = createDirectory("nixclaude-input-");
  writeFiles(directory, files);
  const bytes = Object.entries(files).map(
    ([path, text]) => [path, { kind: "file" as const, bytes: Buffer.from(text) }] as const,
  );
  const source = { type: "path", path: directory, narHash: narHash(treeOf(bytes)) };
  const { narHash: _, ...original } = source;
  const locked: Record<string, string | number> = source;
  return { url: `path:${directory}`, directory, node: { locked, original, ...more } };
}
