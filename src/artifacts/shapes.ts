import { assertNever } from "../model/assert-never.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import { parsedUrl } from "../model/url.ts";
import type { RenderNotes } from "./rendered.ts";

/** What a client takes for one value of a file. Keys of a record that are not listed are taken as they are. */
export type Shape =
  | { kind: "any" }
  | { kind: "boolean" }
  | { kind: "text"; nonEmpty: boolean }
  | { kind: "url" }
  | { kind: "number"; integer: boolean; least: number | null; above: number | null; most: number | null }
  | { kind: "word"; words: readonly string[] }
  | { kind: "list"; of: Shape }
  | { kind: "map"; of: Shape }
  | { kind: "record"; keys: Readonly<Record<string, Shape>>; required: readonly string[] }
  | { kind: "either"; shapes: readonly Shape[] };

export const any: Shape = { kind: "any" };
export const flag: Shape = { kind: "boolean" };
export const text: Shape = { kind: "text", nonEmpty: false };
export const filledText: Shape = { kind: "text", nonEmpty: true };
export const word = (...words: string[]): Shape => ({ kind: "word", words });
export const url: Shape = { kind: "url" };
const unbounded = { kind: "number", integer: false, least: null, above: null, most: null } as const;
export const number: Shape = unbounded;
export const integerFrom = (least: number, most: number | null = null): Shape => ({
  ...unbounded,
  integer: true,
  least,
  most,
});
export const numberFrom = (least: number, most: number | null = null): Shape => ({
  ...unbounded,
  least,
  most,
});
export const numberAbove = (above: number, most: number | null = null): Shape => ({
  ...unbounded,
  above,
  most,
});
export const listOf = (of: Shape): Shape => ({ kind: "list", of });
export const mapOf = (of: Shape): Shape => ({ kind: "map", of });
export const record = (keys: Readonly<Record<string, Shape>>, ...required: string[]): Shape => ({
  kind: "record",
  keys,
  required,
});
export const either = (...shapes: Shape[]): Shape => ({ kind: "either", shapes });

/**
 * The value without all that the client would not take, each with a problem under its path; undefined when nothing is
 * left. Of lists and sets only the members that do not fit are left out.
 */
export function fitting(value: Json, shape: Shape, path: string, notes: RenderNotes): Json | undefined {
  if (Array.isArray(value) && shape.kind === "list") {
    return value.flatMap((item, index) => {
      const fit = fitting(item, shape.of, attributePath(path, index), notes);
      return fit === undefined ? [] : [fit];
    });
  }
  if (isJsonObject(value) && shape.kind === "map") return fittingEntries(value, () => shape.of, path, notes);
  if (isJsonObject(value) && shape.kind === "record") return fittingRecord(value, shape, path, notes);
  if (shape.kind === "either") return fittingEither(value, shape.shapes, path, notes);
  if (accepts(shape, value)) return value;
  notes.problem(path, `the client takes ${inWords(shape)} here`);
  return undefined;
}

function fittingRecord(
  value: JsonObject,
  shape: Extract<Shape, { kind: "record" }>,
  path: string,
  notes: RenderNotes,
): JsonObject | undefined {
  const missing = shape.required.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) {
    notes.problem(path, `the client takes it only with \`${missing}\``);
    return undefined;
  }
  const keyShape = (key: string) => (Object.hasOwn(shape.keys, key) ? (shape.keys[key] ?? any) : any);
  const fit = fittingEntries(value, keyShape, path, notes);
  return shape.required.every((key) => Object.hasOwn(fit, key)) ? fit : undefined;
}

function fittingEntries(
  value: JsonObject,
  shapeOf: (key: string) => Shape,
  path: string,
  notes: RenderNotes,
): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, Json][] => {
      const fit = fitting(item, shapeOf(key), attributePath(path, key), notes);
      return fit === undefined ? [] : [[key, fit]];
    }),
  );
}

/** The first alternative that takes all of it; else what the first of the same type leaves of it. */
function fittingEither(
  value: Json,
  shapes: readonly Shape[],
  path: string,
  notes: RenderNotes,
): Json | undefined {
  const whole = shapes.find((shape) => takesAll(value, shape));
  if (whole !== undefined) return value;
  const near = shapes.find(({ kind }) =>
    Array.isArray(value) ? kind === "list" : isJsonObject(value) && (kind === "map" || kind === "record"),
  );
  if (near !== undefined) return fitting(value, near, path, notes);
  const taken = shapes.map(inWords).join(" or ");
  notes.problem(path, `the client takes ${taken} here`);
  return undefined;
}

function takesAll(value: Json, shape: Shape): boolean {
  switch (shape.kind) {
    case "list":
      return Array.isArray(value) && value.every((item) => takesAll(item, shape.of));
    case "map":
      return isJsonObject(value) && Object.values(value).every((item) => takesAll(item, shape.of));
    case "record":
      return (
        isJsonObject(value) &&
        shape.required.every((key) => Object.hasOwn(value, key)) &&
        Object.entries(value).every(([key, item]) =>
          takesAll(item, Object.hasOwn(shape.keys, key) ? (shape.keys[key] ?? any) : any),
        )
      );
    case "either":
      return shape.shapes.some((alternative) => takesAll(value, alternative));
    default:
      return accepts(shape, value);
  }
}

function accepts(shape: Exclude<Shape, { kind: "either" }>, value: Json): boolean {
  switch (shape.kind) {
    case "any":
      return true;
    case "boolean":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string" && (value !== "" || !shape.nonEmpty);
    case "number":
      return typeof value === "number" && isWithin(value, shape);
    case "url":
      return typeof value === "string" && parsedUrl(value) !== null;
    case "word":
      return typeof value === "string" && shape.words.includes(value);
    case "list":
    case "map":
    case "record":
      // What has the right type was taken apart before.
      return false;
    default:
      return assertNever(shape);
  }
}

type NumberShape = Extract<Shape, { kind: "number" }>;

function isWithin(value: number, { integer, least, above, most }: NumberShape): boolean {
  return (
    (least === null || value >= least) &&
    (above === null || value > above) &&
    (most === null || value <= most) &&
    (!integer || Number.isSafeInteger(value))
  );
}

function numberInWords({ integer, least, above, most }: NumberShape): string {
  return [
    integer ? "a whole number" : "a number",
    least === null ? [] : `from ${least}`,
    above === null ? [] : `above ${above}`,
    most === null ? [] : `up to ${most}`,
  ]
    .flat()
    .join(" ");
}

function inWords(shape: Shape): string {
  switch (shape.kind) {
    case "any":
      return "any value";
    case "boolean":
      return "true or false";
    case "text":
      return shape.nonEmpty ? "a string that is not empty" : "a string";
    case "number":
      return numberInWords(shape);
    case "url":
      return "an address";
    case "word":
      return shape.words.map((one) => `"${one}"`).join(" or ");
    case "list":
      return "a list";
    case "map":
    case "record":
      return "an attribute set";
    case "either":
      return shape.shapes.map(inWords).join(" or ");
    default:
      return assertNever(shape);
  }
}
