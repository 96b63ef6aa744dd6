import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "../model/json.ts";
import type { PathContent } from "../model/raw-value.ts";

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** One digest over relative names and the SHA-256 of each file's bytes; never over where the files lie. */
export function filesDigest(files: Readonly<Record<string, string>>): string {
  return sha256(canonicalJson(files as Json));
}

/** `sha256:…` of what a path holds, or null when there is nothing that could be read. */
export function contentDigest(content: PathContent): string | null {
  switch (content.kind) {
    case "file":
      return `sha256:${content.sha256}`;
    case "directory":
      return `sha256:${filesDigest(Object.fromEntries(content.files.map((file) => [file.path, file.sha256])))}`;
    case "symlink":
    case "missing":
      return null;
  }
}
