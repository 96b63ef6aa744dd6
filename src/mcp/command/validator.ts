import { createContext, Script } from "node:vm";
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

/** A `pattern` such as `^(a+)+$` takes longer than anybody lives, and nothing else is heard meanwhile: no signal either. */
const TIME_LIMIT_MS = 1_000;
/** More than these help nobody to mend a value. */
const MOST_MISTAKES = 20;

/**
 * Mistakes in a value, one a line; empty when it is valid.
 * @param name of the value in those lines.
 */
export function mistakesIn(value: Json, schema: JsonObject, name: string): string[] {
  try {
    const validate = compiledFrom(schema);
    const mistakes = inTime(() => (validate(value) ? [] : schemaErrors(validate.errors ?? [], value)));
    const lines = mistakes.slice(0, MOST_MISTAKES).map(({ path, message }) => {
      const separator = path === "" || path.startsWith("[") ? "" : ".";
      return `${name}${separator}${path} ${message}`;
    });
    return mistakes.length > lines.length
      ? [...lines, `and ${mistakes.length - lines.length} more mistakes`]
      : lines;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      return [
        `${name} could not be validated within ${TIME_LIMIT_MS / 1000} s: a pattern of the schema takes too long`,
      ];
    }
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

const surroundings = createContext({ work: null });
const script = new Script("work()");

/** The only way to end a regular expression that is under way; it costs a tenth of a millisecond. */
function inTime<Result>(work: () => Result): Result {
  surroundings.work = work;
  try {
    return script.runInContext(surroundings, { timeout: TIME_LIMIT_MS }) as Result;
  } finally {
    surroundings.work = null;
  }
}
