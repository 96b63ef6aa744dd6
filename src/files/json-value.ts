import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { DEFAULT_LIMITS } from "../model/limits.ts";
import type { Position } from "../model/position.ts";
import type { RawSet, RawValue } from "../model/raw-value.ts";

export type ParsedJson =
  | { kind: "parsed"; value: RawSet }
  | { kind: "failure"; message: string; position: Position };

/**
 * A JSON object of the client's with the position of every key and element. Strict: the client reads these files
 * with `JSON.parse`, and drops one whole that has a comment or a trailing comma.
 */
export function parseJsonObject(text: string, file: string): ParsedJson {
  const place = positionsIn(text, file);
  try {
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    const [first] = errors;
    if (first !== undefined) {
      const what = words(printParseErrorCode(first.error));
      return { kind: "failure", message: `it is not JSON (${what})`, position: place(first.offset) };
    }
    JSON.parse(text);
    const value = root === undefined ? undefined : rawOf(root, place, 0);
    if (value?.kind === "set") return { kind: "parsed", value };
    return { kind: "failure", message: "it is not a JSON object", position: place(root?.offset ?? 0) };
  } catch (error) {
    const message = error instanceof RangeError ? "it is nested too deeply" : "it is not JSON";
    return { kind: "failure", message, position: place(0) };
  }
}

function rawOf(node: Node, place: (offset: number) => Position, depth: number): RawValue {
  if (depth > DEFAULT_LIMITS.contextDepth) return { kind: "cut", limit: "depth" };
  const children = node.children ?? [];
  switch (node.type) {
    case "object": {
      const entries: [string, RawValue][] = [];
      const positions: [string, Position][] = [];
      for (const property of children) {
        const [key, value] = property.children ?? [];
        if (key === undefined || value === undefined) continue;
        // Of equal keys the last counts, as in `JSON.parse`; `fromEntries` also keeps a key named `__proto__`.
        entries.push([String(key.value), rawOf(value, place, depth + 1)]);
        positions.push([String(key.value), place(key.offset)]);
      }
      return { kind: "set", entries: Object.fromEntries(entries), positions: Object.fromEntries(positions) };
    }
    case "array":
      return {
        kind: "list",
        items: children.map((child) => rawOf(child, place, depth + 1)),
        itemPositions: children.map((child) => place(child.offset)),
      };
    default:
      return { kind: "scalar", value: node.value as null | boolean | number | string };
  }
}

function positionsIn(text: string, file: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: offset - starts[low]! + 1 };
  };
}

/** `CommaExpected` → `comma expected`. */
function words(code: string): string {
  return code.replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
