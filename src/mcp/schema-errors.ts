import type { ErrorObject } from "ajv";
import { isJsonObject, type Json } from "../model/json.ts";
import { nearest } from "../model/nearest.ts";
import { attributePath } from "../model/position.ts";

/** A longer key is no typing mistake, and comparing it with others costs the product of the lengths. */
const TYPED_KEY_MAX_CHARACTERS = 64;
const SHOWN_CHARACTERS = 60;

export interface SchemaMistake {
  /** `tools[0].inputSchema.type`; empty for the value itself. */
  path: string;
  message: string;
}

/**
 * ajv's errors in words: one for each place, with what was found and what would be right.
 * @param errors of a validator that was made with `verbose` and `allErrors`.
 */
export function schemaErrors(errors: readonly ErrorObject[], root: Json): SchemaMistake[] {
  const byPath = new Map<string, SchemaMistake>();
  // Of several schemas that apply to one value, the one that takes the fewest types says most.
  const first = errors
    .filter(({ keyword }) => !CONSEQUENCES.has(keyword))
    .sort((a, b) => types(a) - types(b));
  for (const error of first) {
    const mistake = mistakeOf(error, pathOf(error.instancePath, root));
    if (!byPath.has(mistake.path)) byPath.set(mistake.path, mistake);
  }
  // Where only a combination failed, that is all there is to say.
  if (byPath.size === 0) {
    return errors.slice(0, 1).map((error) => mistakeOf(error, pathOf(error.instancePath, root)));
  }
  return [...byPath.values()];
}

function types({ keyword, params }: ErrorObject): number {
  return keyword === "type" && Array.isArray(params.type) ? params.type.length : 1;
}

/** They fail because something inside them does, which has an error of its own. */
const CONSEQUENCES = new Set(["if", "propertyNames", "anyOf", "oneOf", "allOf", "$ref"]);

function mistakeOf(error: ErrorObject, path: string): SchemaMistake {
  const { keyword, params, data } = error;
  switch (keyword) {
    case "required":
      return { path: attributePath(path, String(params.missingProperty)), message: "is missing" };
    case "additionalProperties":
    case "unevaluatedProperties": {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty);
      return { path: attributePath(path, key), message: unknownKey(key, error) };
    }
    case "type":
      return { path, message: `is ${inWords(data)}, expected ${words([params.type].flat())}` };
    case "enum":
      return { path, message: `is ${inWords(data)}, expected one of ${list(params.allowedValues)}` };
    case "const":
      return { path, message: `is ${inWords(data)}, expected ${JSON.stringify(params.allowedValue)}` };
    case "pattern":
      return {
        path,
        message: `is ${inWords(data)}, which does not match ${params.pattern}${explained(error)}`,
      };
    case "minLength":
    case "minItems":
      if (params.limit === 1) return { path, message: "is empty" };
  }
  const name = error.propertyName === undefined ? path : attributePath(path, String(error.propertyName));
  return { path: name, message: `${inWords(data)} ${error.message ?? `does not fit ${keyword}`}` };
}

/** What the schema says of the place, for those who cannot read expressions. */
function explained({ parentSchema }: ErrorObject): string {
  const description = (parentSchema as { description?: unknown } | undefined)?.description;
  return typeof description === "string" ? ` (${description})` : "";
}

function unknownKey(key: string, { parentSchema }: ErrorObject): string {
  const properties = (parentSchema as { properties?: object } | undefined)?.properties ?? {};
  const known = Object.keys(properties);
  const near = key.length > TYPED_KEY_MAX_CHARACTERS ? null : nearest(key, known);
  return near === null ? "is an unknown key" : `is an unknown key; did you mean "${near}"?`;
}

/** `/tools/0/name` as `tools[0].name`, by what stands there. */
function pathOf(pointer: string, root: Json): string {
  let path = "";
  let value: Json | undefined = root;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) {
      path = attributePath(path, Number(key));
      value = value[Number(key)];
    } else {
      path = attributePath(path, key);
      value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
  }
  return path;
}

function words(types: unknown[]): string {
  return types.map((type) => TYPE_WORDS[String(type)] ?? String(type)).join(" or ");
}

const TYPE_WORDS: Record<string, string> = {
  array: "a list",
  boolean: "a boolean",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

function list(values: unknown): string {
  const all = Array.isArray(values) ? values : [];
  const shown = all.slice(0, 20).map((value) => JSON.stringify(value));
  return all.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}

function inWords(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value !== "string") return JSON.stringify(value) ?? "nothing";
  const text = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;
  return JSON.stringify(text);
}
