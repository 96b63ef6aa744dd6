import type { Json, JsonObject } from "../model/json.ts";
import type { RawValue } from "../model/raw-value.ts";
import { contentDigest } from "./digest.ts";
import { packageProgram } from "./read.ts";

/** What only nixclaude says about a value; an attribute that is written so must not be taken for it. */
const OWN_WORD = /^\$+(?:package|program|path|content|text|files)$/;

/**
 * A value of free form (settings, schemas) as JSON. Packages become `{ "$package", "$program" }` and paths
 * `{ "$path", "$content" }`, texts that name files `{ "$text", "$files" }`, so that other content under the same name
 * is a difference. A user's own attributes of these names get one more `$`. What JSON cannot say (functions, values
 * that did not evaluate) is left out; the schema and the list of failures name it.
 */
export function plainJson(raw: RawValue): Json | undefined {
  switch (raw.kind) {
    case "scalar":
      return raw.references === undefined ? raw.value : { $text: raw.value, $files: { ...raw.references } };
    case "string-like":
      return raw.references === undefined ? raw.text : { $text: raw.text, $files: { ...raw.references } };
    case "source":
      return raw.text;
    case "list":
      return raw.items.map(plainJson).filter((item) => item !== undefined);
    case "set":
      return plainEntries(Object.entries(raw.entries));
    case "derivation":
      return { $package: raw.name, $program: packageProgram(raw) };
    case "path":
      return { $path: raw.path, $content: contentDigest(raw.content) };
    case "function":
    case "failure":
    case "cut":
      return undefined;
  }
}

export function plainObject(raw: RawValue | undefined): JsonObject {
  return raw?.kind === "set" ? plainEntries(Object.entries(raw.entries)) : {};
}

/** The entries of a set without those that have a place of their own in the normal form. */
export function plainRest(raw: RawValue | undefined, known: readonly string[]): JsonObject {
  if (raw?.kind !== "set") return {};
  return plainEntries(Object.entries(raw.entries).filter(([key]) => !known.includes(key)));
}

function plainEntries(entries: [string, RawValue][]): JsonObject {
  // `fromEntries` makes own properties, also of `__proto__`.
  return Object.fromEntries(
    entries.flatMap(([key, value]): [string, Json][] => {
      const plain = plainJson(value);
      return plain === undefined ? [] : [[OWN_WORD.test(key) ? `$${key}` : key, plain]];
    }),
  );
}
