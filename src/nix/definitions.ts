import { isJsonObject, type Json } from "../model/json.ts";
import type { Position } from "../model/position.ts";
import type { RawSet, RawValue } from "../model/raw-value.ts";
import { type DecodeOptions, decodeValue } from "./decode.ts";
import { nixString } from "./tool-flake.ts";

/**
 * What `claudeContextOptions` tells, printed by definitions.nix: each definition as a context in which nothing else
 * stands. Attributes in it have the places that Nix knows. Of a definition as a whole only its file is told, by the
 * flake itself: that counts only where the file has the very text, once.
 * @param read text of a file of a tree by its path in the store, or null.
 */
export function decodeDefinitions(
  node: Json,
  label: string,
  options: DecodeOptions,
  read: (path: string) => string | null,
): RawValue[] {
  // A limit that is reached here leaves places unknown, and nothing of the context out.
  const list = decodeValue(node, label, { ...options, limitsHit: new Set() });
  if (list.kind !== "list" || !Array.isArray(node)) return [];
  const texts = new Map<string, string | null>();
  return list.items.flatMap((entry, index) => {
    const path = storePathIn(node[index]!);
    const start = options.symbols.position({ file: path, line: 1, column: 1 });
    if (start === null || start.file.split("/").includes("..")) return definition(entry, null);
    if (!texts.has(path)) texts.set(path, read(path));
    const source = texts.get(path) ?? null;
    return definition(entry, source === null ? null : { start, source });
  });
}

/** `/nix/store/…-source/claude.nix, via option claude.tools`, as it was printed. */
function storePathIn(entry: Json): string {
  const attributes = isJsonObject(entry) ? (entry.a ?? null) : null;
  const file = isJsonObject(attributes) ? attributes.file : null;
  return typeof file === "string" ? file.replace(/, via option .*$/s, "") : "";
}

/** The file that is said to hold a definition. */
interface SourceFile {
  start: Position;
  source: string;
}

function definition(entry: RawValue, file: SourceFile | null): RawValue[] {
  if (entry.kind !== "set") return [];
  const { path, value } = entry.entries;
  const steps = path?.kind === "list" ? path.items.map(textOf) : [];
  if (value === undefined || !steps.every((step) => step !== null)) return [];
  if (file === null) return [nested(steps, value, null)];
  return [nested(steps, withItemPlaces(value, file), placeOf(value, steps.at(-1), file))];
}

function textOf(value: RawValue | undefined): string | null {
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : null;
}

function nested(steps: readonly string[], value: RawValue, at: Position | null): RawValue {
  return steps.reduceRight<RawValue>(
    (inner, step, index): RawSet => ({
      kind: "set",
      entries: Object.fromEntries([[step, inner]]),
      positions: at !== null && index === steps.length - 1 ? Object.fromEntries([[step, at]]) : {},
    }),
    value,
  );
}

function withItemPlaces(value: RawValue, file: SourceFile): RawValue {
  if (value.kind !== "list") return value;
  const itemPositions = value.items.map((item) => {
    const text = textOf(item);
    return text === null ? null : onlyPlace(nixString(text), file);
  });
  return { ...value, itemPositions };
}

function placeOf(value: RawValue, name: string | undefined, file: SourceFile): Position | null {
  if (value.kind !== "scalar") return null;
  if (typeof value.value === "string") {
    return onlyPlace(nixString(value.value), file) ?? placeOfIndented(value.value, file);
  }
  return name === undefined ? null : onlyPlace(`${name} = ${value.value};`, file);
}

function onlyPlace(text: string, { start, source }: SourceFile): Position | null {
  const offset = source.indexOf(text);
  if (offset < 0 || source.includes(text, offset + 1)) return null;
  return placeAt(offset, { start, source });
}

/** Indented strings over several lines in which nothing is escaped or interpolated: most long texts. */
const INDENTED = /''[ \t]*\n((?:[^'$]|'(?!')|\$(?!\{))*)''(?![$'\\])/g;

/** The one indented string of the file that has this value. */
function placeOfIndented(text: string, file: SourceFile): Position | null {
  const found = [...file.source.matchAll(INDENTED)].filter(([, body]) => withoutIndentation(body!) === text);
  return found.length === 1 ? placeAt(found[0]!.index, file) : null;
}

/** As Nix reads it: the indentation that all lines have is no part of it, nor is that before the closing quotes. */
function withoutIndentation(body: string): string {
  const lines = body.split("\n");
  const last = lines.pop()!;
  const indentations = [...lines, last].flatMap((line) =>
    /\S/.test(line) ? [/^ */.exec(line)![0].length] : [],
  );
  const common = Math.min(...indentations);
  return [...lines.map((line) => line.slice(common)), /\S/.test(last) ? last.slice(common) : ""].join("\n");
}

function placeAt(offset: number, { start, source }: SourceFile): Position {
  const before = source.slice(0, offset).split("\n");
  return { ...start, line: before.length, column: Buffer.byteLength(before.at(-1)!) + 1 };
}
