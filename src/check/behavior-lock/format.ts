import { createHash } from "node:crypto";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { printableJson } from "../../render/escape.ts";
import { LOCK_SHAPE } from "./lock-shape.ts";

/** A lock as the file has it: texts of several lines as lists of their lines. Its members are those of the schema. */
export type BehaviorLock = JsonObject & { attribute: string; client: string; digest: string };

/** The lock of these facts, whose digest names them. */
export function withDigest(facts: JsonObject): BehaviorLock {
  return { ...facts, digest: digestOf(facts) } as BehaviorLock;
}

/** SHA-256 (hex) over everything but the digest. */
export function digestOf({ digest: _, ...facts }: JsonObject): string {
  return createHash("sha256").update(canonicalJson(facts)).digest("hex");
}

/** The text of the file: one value a line, keys in one order, and nothing that a reader would not see. */
export function formatLock(lock: JsonObject): string {
  const ordered = Object.fromEntries(
    Object.keys(LOCK_SHAPE.members).map((name) => [name, sorted(lock[name] as Json)]),
  );
  return `${printableJson(JSON.stringify(ordered, null, 2))}\n`;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] as Json)]),
  );
}

/**
 * Texts that are the same but for line endings (Git may store either) and for which characters beyond ASCII stand
 * escaped: versions of Node know different characters.
 */
export function isSameText(one: string, other: string): boolean {
  return one === other || plainText(one) === plainText(other);
}

function plainText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/\\(?:u([0-9a-f]{4})|.)/g, (written, hex?: string) =>
      hex !== undefined && Number.parseInt(hex, 16) > 0x7e
        ? String.fromCharCode(Number.parseInt(hex, 16))
        : written,
    );
}
