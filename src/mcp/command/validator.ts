import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Json, JsonObject } from "../../model/json.ts";
import { schemaErrors } from "../schema-errors.ts";

/*
 * Validates values against the schemas of tools. Loaded with the first call: a server that is only asked what it offers
 * needs no compiler of schemas.
 */

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  // What a schema says beyond the standard is for others.
  strict: false,
  // The file was checked when it was read.
  validateSchema: false,
  meta: false,
  logger: false,
  // Annotations, as the standard has it.
  validateFormats: false,
});
const compiled = new WeakMap<JsonObject, ValidateFunction>();

/**
 * Every mistake in a value, one a line; empty when it is valid.
 * @param name of the value in those lines.
 */
export function mistakesIn(value: Json, schema: JsonObject, name: string): string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    const { $id: _, $schema: __, ...anonymous } = schema;
    validate = ajv.compile(anonymous);
    compiled.set(schema, validate);
  }
  if (validate(value)) return [];
  return schemaErrors(validate.errors ?? [], value).map(({ path, message }) => {
    const separator = path === "" || path.startsWith("[") ? "" : ".";
    return `${name}${separator}${path} ${message}`;
  });
}
