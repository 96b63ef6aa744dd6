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
  try {
    const validate = compiledFrom(schema);
    if (validate(value)) return [];
    return schemaErrors(validate.errors ?? [], value).map(({ path, message }) => {
      const separator = path === "" || path.startsWith("[") ? "" : ".";
      return `${name}${separator}${path} ${message}`;
    });
  } catch (error) {
    // A value so deep that a schema which refers to itself exhausts the stack.
    return [`${name} could not be validated: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function compiledFrom(schema: JsonObject): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const { $id: _, $schema: __, ...anonymous } = schema;
  const validate = ajv.compile(anonymous);
  // Tools may change as long as a server runs; ajv itself would keep the schema of each.
  ajv.removeSchema(anonymous);
  compiled.set(schema, validate);
  return validate;
}
