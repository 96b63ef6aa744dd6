import type { AnySchemaObject, ErrorObject } from "ajv";
import { canonicalJson, type Json, type JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";

export interface SchemaViolation {
  /** Attribute path of the value, `""` for the whole. */
  path: string;
  keyword: string;
  /** Continues a sentence that starts with the value: `must be string`. */
  problem: string;
}

export type CompiledSchema =
  | { kind: "compiled"; violationsOf(value: Json): SchemaViolation[] }
  | { kind: "broken"; problem: string };

const compiled = new Map<string, Promise<CompiledSchema>>();

/**
 * A JSON Schema, 2020-12 unless `$schema` says draft-07. Strict: a keyword or format that is not known is an error,
 * since a schema with a typing mistake would let everything through. ajv is loaded only where a schema is used.
 */
export function compileSchema(schema: JsonObject): Promise<CompiledSchema> {
  const text = canonicalJson(schema);
  let result = compiled.get(text);
  if (result === undefined) {
    result = compileNow(schema);
    compiled.set(text, result);
  }
  return result;
}

async function compileNow(schema: JsonObject): Promise<CompiledSchema> {
  const options = {
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    logger: false,
  } as const;
  const isDraft7 = typeof schema.$schema === "string" && schema.$schema.includes("draft-07");
  const ajv = isDraft7
    ? new (await import("ajv")).Ajv(options)
    : new (await import("ajv/dist/2020.js")).Ajv2020(options);
  try {
    const validate = ajv.compile<Json>(schema as AnySchemaObject);
    return {
      kind: "compiled",
      violationsOf: (value) => (validate(value) ? [] : (validate.errors ?? []).map(violationOf)),
    };
  } catch (error) {
    return { kind: "broken", problem: error instanceof Error ? error.message : String(error) };
  }
}

function violationOf({ instancePath, keyword, message, params }: ErrorObject): SchemaViolation {
  return {
    path: attributePathOf(instancePath),
    keyword: `${keyword} ${canonicalJson(params as Json)}`,
    problem: `${message ?? `does not satisfy ${keyword}`}${detailOf(keyword, params)}`,
  };
}

/** What ajv's sentence leaves out. */
function detailOf(keyword: string, params: ErrorObject["params"]): string {
  switch (keyword) {
    case "enum":
      return ` (${JSON.stringify(params.allowedValues)})`;
    case "const":
      return ` (${JSON.stringify(params.allowedValue)})`;
    case "additionalProperties":
      return ` (\`${params.additionalProperty}\`)`;
    case "unevaluatedProperties":
      return ` (\`${params.unevaluatedProperty}\`)`;
    default:
      return "";
  }
}

/** `/permissions/rules/0/text` → `permissions.rules[0].text`. */
function attributePathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, step) => attributePath(path, /^\d+$/.test(step) && path !== "" ? Number(step) : step), "");
}
