import type { Json, JsonObject } from "../model/json.ts";
import type { RawValue } from "../model/raw-value.ts";

/** Marks what JSON cannot say. A user's own attribute of that name is written with one more `$`. */
const MARK = "$nix";
const MARK_LIKE = /^\$+nix$/;

/**
 * The value as the JSON Schema sees it: packages, paths and functions become objects with `$nix`, which no set of
 * the user's can pretend to be. Sets that turn themselves into text are that text.
 */
export function jsonView(raw: RawValue): Json {
  switch (raw.kind) {
    case "scalar":
      return raw.value;
    case "string-like":
      return raw.text;
    case "list":
      return raw.items.map(jsonView);
    case "set":
      return Object.fromEntries(
        Object.entries(raw.entries).map(([key, value]) => [viewKey(key), jsonView(value)]),
      );
    case "derivation":
      return marked("package", { name: raw.name });
    case "path":
      return marked("path", { path: raw.path, content: raw.content.kind });
    case "function":
    case "source":
      return marked(raw.kind, {});
    case "failure":
    case "cut":
      return marked("unknown", {});
  }
}

/** The attribute that a key of the view stands for. */
export function attributeOfViewKey(key: string): string {
  return MARK_LIKE.test(key) ? key.slice(1) : key;
}

function viewKey(key: string): string {
  return MARK_LIKE.test(key) ? `$${key}` : key;
}

function marked(kind: string, facts: JsonObject): JsonObject {
  return { [MARK]: kind, ...facts };
}
