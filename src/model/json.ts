/** Any JSON value, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The one spelling of a value: keys sorted by code unit, no white space (RFC 8785 for the values used here).
 * Two values are the same exactly when their canonical texts are; digests and fingerprints are made from it.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`);
  return `{${members.join(",")}}`;
}

/** What stands at the end of a path of keys; undefined where a step is missing. */
export function valueAt(value: Json, ...path: string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (found, key) => (isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined),
    value,
  );
}

/** The same, where it is text; else null. */
export function textAt(value: Json, ...path: string[]): string | null {
  const found = valueAt(value, ...path);
  return typeof found === "string" ? found : null;
}
