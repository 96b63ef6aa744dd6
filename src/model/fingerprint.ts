import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "./json.ts";

/**
 * 16 hexadecimal digits that name a change or a finding from revision to revision. Parts say what it is about; never
 * a line number, an index or a time.
 */
export function fingerprintOf(...parts: Json[]): string {
  return createHash("sha256").update(canonicalJson(parts)).digest("hex").slice(0, 16);
}
