import type { Position } from "../model/position.ts";
import type { RawSet, RawValue } from "../model/raw-value.ts";

/**
 * Nix keeps no positions for elements of lists. Texts of a list whose attribute has one are looked up in the source
 * behind it, and get a place of their own where there is no doubt which literal they come from.
 * @param sourceOf text of the file a position stands in, or null.
 */
export function refineListPositions(
  value: RawValue,
  sourceOf: (position: Position) => string | null,
): RawValue {
  switch (value.kind) {
    case "set":
      return refineSet(value, sourceOf);
    case "string-like":
      return { ...value, set: refineSet(value.set, sourceOf) };
    case "list":
      return { ...value, items: value.items.map((item) => refineListPositions(item, sourceOf)) };
    default:
      return value;
  }
}

function refineSet(set: RawSet, sourceOf: (position: Position) => string | null): RawSet {
  const entries = Object.entries(set.entries).map(([name, child]): [string, RawValue] => {
    const refined = refineListPositions(child, sourceOf);
    const position = Object.hasOwn(set.positions, name) ? set.positions[name] : undefined;
    if (refined.kind !== "list" || position === undefined) return [name, refined];
    const source = sourceOf(position);
    const itemPositions = source === null ? null : placesOf(refined.items, source, position);
    return [name, itemPositions === null ? refined : { ...refined, itemPositions }];
  });
  return { ...set, entries: Object.fromEntries(entries) };
}

function placesOf(items: readonly RawValue[], source: string, start: Position): (Position | null)[] | null {
  const offset = offsetOf(source, start);
  if (offset === null) return null;
  const literals = new Map<string, number[]>();
  for (const literal of literalsOfBinding(source, offset)) {
    literals.set(literal.text, [...(literals.get(literal.text) ?? []), literal.offset]);
  }
  const texts = items.map((item) =>
    item.kind === "scalar" && typeof item.value === "string" ? item.value : null,
  );
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  const seen = new Map<string, number>();
  const places = texts.map((text) => {
    if (text === null) return null;
    const found = literals.get(text) ?? [];
    const index = seen.get(text) ?? 0;
    seen.set(text, index + 1);
    // As many literals as elements: the order is theirs. Otherwise it cannot be told which is which.
    return found.length === counts.get(text) ? placeAt(source, found[index]!, start) : null;
  });
  return places.some((place) => place !== null) ? places : null;
}

interface Literal {
  text: string;
  offset: number;
}

/** Plain strings (`"…"` without interpolation) from an attribute's name to the `;` that ends its definition. */
function literalsOfBinding(source: string, start: number): Literal[] {
  const literals: Literal[] = [];
  let depth = 0;
  let defined = false;
  let at = start;
  while (at < source.length) {
    const rest = source.slice(at, at + 2);
    const character = rest[0]!;
    if (character === "#") at = endOf(source, "\n", at);
    else if (rest === "/*") at = endOf(source, "*/", at + 2);
    else if (rest === "''") at = skipIndentedString(source, at + 2);
    else if (character === '"') {
      const literal = readString(source, at);
      // The name of the attribute itself may be quoted.
      if (literal.text !== null && defined) literals.push({ text: literal.text, offset: at });
      at = literal.end;
    } else {
      if ("([{".includes(character)) depth += 1;
      else if (")]}".includes(character)) depth -= 1;
      else if (character === "=") defined = true;
      if (depth < 0 || (depth === 0 && character === ";")) break;
      at += 1;
    }
  }
  return literals;
}

/** `text` is null when something is interpolated. */
function readString(source: string, start: number): { text: string | null; end: number } {
  const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
  let text: string | null = "";
  let at = start + 1;
  while (at < source.length && source[at] !== '"') {
    if (source[at] === "\\") {
      const escaped = source[at + 1] ?? "";
      text = text === null ? null : text + (escapes[escaped] ?? escaped);
      at += 2;
    } else if (source.startsWith("${", at)) {
      text = null;
      at = skipInterpolation(source, at + 2);
    } else {
      text = text === null ? null : text + source[at];
      at += 1;
    }
  }
  return { text, end: at + 1 };
}

function skipInterpolation(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < source.length && depth > 0) {
    if (source[at] === '"') at = readString(source, at).end;
    else if (source.startsWith("''", at)) at = skipIndentedString(source, at + 2);
    else {
      if (source[at] === "{") depth += 1;
      else if (source[at] === "}") depth -= 1;
      at += 1;
    }
  }
  return at;
}

function skipIndentedString(source: string, start: number): number {
  let at = start;
  while (at < source.length) {
    if (source.startsWith("'''", at) || source.startsWith("''$", at)) at += 3;
    else if (source.startsWith("''\\", at)) at += 4;
    else if (source.startsWith("''", at)) return at + 2;
    else if (source.startsWith("${", at)) at = skipInterpolation(source, at + 2);
    else at += 1;
  }
  return at;
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? source.length : found + mark.length;
}

/** Where a position lies in the text of its file; null: not in it. */
export function offsetOf(source: string, { line, column }: Position): number | null {
  let offset = 0;
  for (let current = 1; current < line; current++) {
    const next = source.indexOf("\n", offset);
    if (next < 0) return null;
    offset = next + 1;
  }
  return offset + column - 1;
}

function placeAt(source: string, offset: number, like: Position): Position {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = before.split("\n").length;
  return { ...like, line, column: Buffer.byteLength(source.slice(lineStart, offset)) + 1 };
}
