import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { replaceFile } from "../replace-file.ts";

/** A file as it is and as it is to be; Latin-1, so that every byte is kept. null: there is none. */
export interface FileChange {
  path: string;
  before: string | null;
  after: string | null;
}

/** Writes what differs, and returns the paths of that. */
export function applyChanges(changes: readonly FileChange[], newMode: number): string[] {
  const differing = changes.filter(({ before, after }) => before !== after);
  for (const { path, after } of differing) {
    if (after === null) {
      rmSync(path);
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    replaceFile(path, after, newMode);
  }
  return differing.map(({ path }) => path);
}
