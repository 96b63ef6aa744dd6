import { assertNever } from "../model/assert-never.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { RawValue } from "../model/raw-value.ts";

/** A raw value as plain data for display and comparison; what is not data is named in words. */
export function plainJson(value: RawValue): Json {
  switch (value.kind) {
    case "scalar":
      return value.value;
    case "list":
      return value.items.map(plainJson);
    case "set":
      return Object.fromEntries(
        Object.entries(value.entries).map(([key, entry]) => [key, plainJson(entry)]),
      ) as JsonObject;
    case "string-like":
    case "source":
      return value.text;
    case "path":
      return value.path;
    case "derivation":
      return `package ${value.name}`;
    case "function":
      return "function";
    case "failure":
      return `does not evaluate: ${value.message}`;
    case "cut":
      return `cut: ${value.limit}`;
    default:
      return assertNever(value);
  }
}
