import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";

/** What GitHub publishes about its API (scripts/github-api.mjs keeps the part that is used here). */
interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
}
interface Operation {
  operationId: string;
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, Answer | { $ref: string }>;
}
interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: unknown;
}
interface Answer {
  content?: Record<string, { schema: unknown }>;
}

const description = asJsonSchema(
  JSON.parse(readFileSync(new URL("published/rest.json", import.meta.url), "utf8")),
) as Description;

const ROOT = "https://description.example/rest.json";
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(description as object, ROOT);

/** OpenAPI 3.0 says `nullable` where JSON Schema has a further type. */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, ...schema } = value as Record<string, unknown>;
  const plain = Object.fromEntries(
    Object.entries(schema).map(([key, member]) => [key, asJsonSchema(member)]),
  );
  return nullable === true ? { anyOf: [{ type: "null" }, plain] } : plain;
}

/** An operation that a request is for, with what it says in its path. */
export interface Matched {
  id: string;
  operation: Operation;
  parameters: Record<string, string>;
}

/** null: GitHub has no such operation, or nothing here may use it. */
export function operationFor(method: string, path: string): Matched | null {
  for (const [template, item] of Object.entries(description.paths)) {
    const operation = item[method.toLowerCase()];
    if (operation === undefined) continue;
    const names = [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!);
    const form = new RegExp(`^${template.replace(/\{[^}]+\}/g, "([^/]+)")}$`);
    const values = form.exec(path)?.slice(1);
    if (values === undefined) continue;
    const parameters = Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(values[index]!)]),
    );
    return { id: operation.operationId, operation, parameters };
  }
  return null;
}

/** What of a request GitHub would not understand: unknown or ill-formed parameters, a body of another shape. */
export function requestProblems(matched: Matched, query: URLSearchParams, body: unknown): string[] {
  const known = (matched.operation.parameters ?? []).map((one) => resolved<Parameter>(one));
  const queryProblems = [...query].flatMap(([name, value]) => {
    const parameter = known.find((one) => one.in === "query" && one.name === name);
    if (parameter === undefined) return [`unknown query parameter ${name}`];
    return problems(parameter.schema, asWritten(parameter.schema, value)).map(
      (problem) => `${name}${problem}`,
    );
  });
  const missing = known
    .filter((one) => one.required === true && one.in === "query" && !query.has(one.name))
    .map(({ name }) => `missing query parameter ${name}`);
  const schema = matched.operation.requestBody?.content["application/json"]?.schema;
  if (schema === undefined)
    return [...queryProblems, ...missing, ...(body === null ? [] : ["a body where none belongs"])];
  return [...queryProblems, ...missing, ...problems(schema, body).map((problem) => `body${problem}`)];
}

/** What of an answer is not as GitHub describes it: a test that answers so would prove nothing. */
export function responseProblems({ operation, id }: Matched, status: number, body: unknown): string[] {
  const answer = operation.responses[String(status)];
  if (answer === undefined) return isFault(status) ? [] : [`${id} never answers ${status}`];
  const schema = resolved<Answer>(answer).content?.["application/json"]?.schema;
  if (schema === undefined && isFault(status)) return [];
  if (schema === undefined) return body === null ? [] : [`${id} answers ${status} without a body`];
  return problems(schema, body);
}

/** What any operation may answer, though no description lists it. */
function isFault(status: number): boolean {
  return [401, 403, 404, 429, 500, 502, 503].includes(status);
}

function resolved<Part>(part: Part | { $ref: string }): Part {
  if (typeof part !== "object" || part === null || !("$ref" in part)) return part as Part;
  const [, kind = "", name = ""] = part.$ref.split("/").slice(1);
  return description.components[kind]![name] as Part;
}

/** A query is text; a number in it is one where the schema wants one. */
function asWritten(schema: unknown, value: string): unknown {
  const { type } = resolved<{ type?: string }>(schema as { type?: string });
  if (type === "integer") return Number(value);
  return type === "boolean" ? value === "true" : value;
}

const compiled = new Map<string, ValidateFunction>();

function problems(schema: unknown, value: unknown): string[] {
  const text = JSON.stringify(schema).replaceAll('"#/', `"${ROOT}#/`);
  const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text) as object);
  compiled.set(text, validate);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

interface ObjectSchema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  anyOf?: ObjectSchema[];
  allOf?: ObjectSchema[];
  required?: string[];
  properties?: Record<string, ObjectSchema>;
}

/** A value with every field that a schema requires: the given ones, and for those that nobody reads the plainest there are. */
export function completed(schemaName: string, given: Record<string, unknown>): Record<string, unknown> {
  return filled({ $ref: `#/components/schemas/${schemaName}` }, given) as Record<string, unknown>;
}

function filled(part: ObjectSchema, given: unknown): unknown {
  const schema = resolved<ObjectSchema>(part as ObjectSchema & { $ref: string });
  if (schema.anyOf !== undefined) return given === undefined ? null : filled(schema.anyOf.at(-1)!, given);
  if (schema.allOf !== undefined) return filled(schema.allOf[0]!, given);
  const isObject = schema.properties !== undefined;
  if (given === null || (given !== undefined && (!isObject || typeof given !== "object"))) return given;
  if (!isObject) return plainest(schema);
  const known = (given ?? {}) as Record<string, unknown>;
  const names = new Set([...(schema.required ?? []), ...Object.keys(known)]);
  return Object.fromEntries(
    [...names].map((name) => [name, filled(schema.properties![name] ?? {}, known[name])] as const),
  );
}

function plainest({ type, enum: words }: ObjectSchema): unknown {
  if (words !== undefined) return words[0];
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return false;
  if (type === "array") return [];
  return type === "object" ? {} : "x";
}
