import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { attributePath } from "../../model/position.ts";
import type { FileProblem } from "./tools-file.ts";

/*
 * What the meta-schema cannot say of a schema: that its regular expressions are some, and that its references lead
 * somewhere. Nothing is ever fetched.
 */

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const SCHEMA = new Set(
  "additionalProperties contains contentSchema else if items not propertyNames then unevaluatedItems unevaluatedProperties".split(
    " ",
  ),
);
const LIST = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const NAMED = new Set(["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"]);

/** @param schema one that fits the meta-schema. */
export function schemaMistakes(schema: JsonObject, path: string): FileProblem[] {
  const anchors = new Set<string>();
  const visited: { at: string; schema: JsonObject }[] = [];
  visit(schema, path, (found, at) => {
    visited.push({ at, schema: found });
    for (const key of ["$anchor", "$dynamicAnchor"]) {
      if (typeof found[key] === "string") anchors.add(found[key]);
    }
  });
  return visited.flatMap(({ at, schema: found }) => mistakesOf(found, at, schema, anchors));
}

function visit(value: Json | undefined, path: string, see: (schema: JsonObject, path: string) => void): void {
  if (!isJsonObject(value)) return;
  see(value, path);
  for (const [key, child] of Object.entries(value)) {
    const at = attributePath(path, key);
    if (SCHEMA.has(key)) visit(child, at, see);
    else if (LIST.has(key) && Array.isArray(child)) {
      for (const [index, item] of child.entries()) visit(item, attributePath(at, index), see);
    } else if (NAMED.has(key) && isJsonObject(child)) {
      for (const [name, named] of Object.entries(child)) visit(named, attributePath(at, name), see);
    }
  }
}

function mistakesOf(
  schema: JsonObject,
  path: string,
  root: JsonObject,
  anchors: ReadonlySet<string>,
): FileProblem[] {
  const { $schema, pattern, patternProperties } = schema;
  const expressions: [path: string, source: string][] = [
    ...(typeof pattern === "string" ? [[attributePath(path, "pattern"), pattern] as [string, string]] : []),
    ...Object.keys(isJsonObject(patternProperties) ? patternProperties : {}).map(
      (source) =>
        [attributePath(attributePath(path, "patternProperties"), source), source] as [string, string],
    ),
  ];
  return [
    ...($schema === undefined || $schema === DIALECT || $schema === `${DIALECT}#`
      ? []
      : [{ path: attributePath(path, "$schema"), message: `only ${DIALECT} is understood` }]),
    ...expressions.flatMap(([at, source]) => expressionMistake(at, source)),
    ...["$ref", "$dynamicRef"].flatMap((key) =>
      referenceMistake(schema[key], attributePath(path, key), root, anchors),
    ),
  ];
}

/** As ajv reads them: with the flag `u`. */
function expressionMistake(path: string, source: string): FileProblem[] {
  try {
    new RegExp(source, "u");
    return [];
  } catch (cause) {
    const reason = (cause as Error).message.replace(/^Invalid regular expression: /, "");
    return [{ path, message: `is not a regular expression: ${reason}` }];
  }
}

function referenceMistake(
  reference: Json | undefined,
  path: string,
  root: JsonObject,
  anchors: ReadonlySet<string>,
): FileProblem[] {
  if (typeof reference !== "string") return [];
  if (!reference.startsWith("#")) {
    return [
      { path, message: `${JSON.stringify(reference)} is outside the schema; only # references are followed` },
    ];
  }
  const leads = reference.startsWith("#/")
    ? isSchema(pointed(root, reference.slice(2)))
    : reference === "#" || anchors.has(reference.slice(1));
  return leads ? [] : [{ path, message: `${JSON.stringify(reference)} leads to no schema` }];
}

function isSchema(value: Json | undefined): boolean {
  return isJsonObject(value) || typeof value === "boolean";
}

function pointed(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const step of pointer.split("/")) {
    const key = decoded(step).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isJsonObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
