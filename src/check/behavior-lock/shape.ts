import { assertNever } from "../../model/assert-never.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { attributePath } from "../../model/position.ts";

/**
 * What a JSON value may look like. The published schema is written from it, and files are read by it: neither can say
 * something else than the other.
 */
export type Shape =
  | { kind: "exactly"; value: string | number }
  | { kind: "one-of"; values: readonly (string | null)[] }
  | { kind: "text"; pattern?: string }
  | { kind: "flag" }
  /** Whatever JSON can say. */
  | { kind: "anything" }
  | { kind: "object-of-anything" }
  | { kind: "list"; of: Shape }
  /** By names that the user chose. */
  | { kind: "names"; of: Shape }
  /** Exactly these members, all of them. */
  | { kind: "members"; members: Readonly<Record<string, Member>> }
  /** The member that tells which of several objects it is. */
  | { kind: "by-member"; member: string; cases: readonly (Shape & { kind: "members" })[] }
  | { kind: "or-null"; of: Shape };

export interface Member {
  shape: Shape;
  description: string;
}

/** The first place that does not fit, in words; null when all fits. */
export function misfitOf(shape: Shape, value: Json, path = ""): string | null {
  switch (shape.kind) {
    case "exactly":
      return value === shape.value ? null : wrong(path, JSON.stringify(shape.value));
    case "one-of":
      return shape.values.includes(value as string)
        ? null
        : wrong(path, `one of ${shape.values.map((one) => JSON.stringify(one)).join(", ")}`);
    case "text":
      return typeof value === "string" && new RegExp(shape.pattern ?? "").test(value)
        ? null
        : wrong(path, shape.pattern === undefined ? "text" : `text that matches ${shape.pattern}`);
    case "flag":
      return typeof value === "boolean" ? null : wrong(path, "true or false");
    case "anything":
      return null;
    case "object-of-anything":
      return isJsonObject(value) ? null : wrong(path, "an object");
    case "list":
      return Array.isArray(value)
        ? firstOf(value.entries(), ([index, item]) => misfitOf(shape.of, item, attributePath(path, index)))
        : wrong(path, "a list");
    case "names":
      return isJsonObject(value)
        ? firstOf(Object.entries(value), ([name, item]) =>
            misfitOf(shape.of, item, attributePath(path, name)),
          )
        : wrong(path, "an object");
    case "members":
      return membersMisfit(shape, value, path);
    case "by-member":
      return caseMisfit(shape, value, path);
    case "or-null":
      return value === null ? null : misfitOf(shape.of, value, path);
    default:
      return assertNever(shape);
  }
}

function membersMisfit({ members }: Shape & { kind: "members" }, value: Json, path: string): string | null {
  if (!isJsonObject(value)) return wrong(path, "an object");
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) return `${attributePath(path, unknown)} is an unknown key`;
  return firstOf(Object.entries(members), ([name, { shape }]) =>
    Object.hasOwn(value, name)
      ? misfitOf(shape, value[name] as Json, attributePath(path, name))
      : `${attributePath(path, name)} is missing`,
  );
}

function caseMisfit(
  { member, cases }: Shape & { kind: "by-member" },
  value: Json,
  path: string,
): string | null {
  if (!isJsonObject(value)) return wrong(path, "an object");
  const said = Object.hasOwn(value, member) ? (value[member] as Json) : null;
  const found = cases.find((one) => misfitOf(one.members[member]!.shape, said) === null);
  return found === undefined
    ? `${attributePath(path, member)} is none that is known`
    : misfitOf(found, value, path);
}

function wrong(path: string, expected: string): string {
  return `${path === "" ? "it" : path} is not ${expected}`;
}

function firstOf<Item>(items: Iterable<Item>, misfit: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = misfit(item);
    if (found !== null) return found;
  }
  return null;
}

/** The same as JSON Schema. */
export function schemaOf(shape: Shape): JsonObject {
  switch (shape.kind) {
    case "exactly":
      return { const: shape.value };
    case "one-of":
      return { enum: [...shape.values] };
    case "text":
      return { type: "string", ...(shape.pattern !== undefined && { pattern: shape.pattern }) };
    case "flag":
      return { type: "boolean" };
    case "anything":
      return {};
    case "object-of-anything":
      return { type: "object" };
    case "list":
      return { type: "array", items: schemaOf(shape.of) };
    case "names":
      return { type: "object", additionalProperties: schemaOf(shape.of) };
    case "members":
      return {
        type: "object",
        additionalProperties: false,
        required: Object.keys(shape.members),
        properties: Object.fromEntries(
          Object.entries(shape.members).map(([name, member]) => [
            name,
            { description: member.description, ...schemaOf(member.shape) },
          ]),
        ),
      };
    case "by-member":
      return { oneOf: shape.cases.map(schemaOf) };
    case "or-null":
      return { anyOf: [schemaOf(shape.of), { type: "null" }] };
    default:
      return assertNever(shape);
  }
}
