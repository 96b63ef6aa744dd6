import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, type Pair, parseDocument } from "yaml";

/**
 * Lines of ours in a YAML file, each block between two marks. Nothing else of the file changes, so the text is not
 * written anew: the parsed document says where the lines have to stand, and is asked again when they stand there.
 */
const BEGIN = "# >>> nixclaude >>>";
const END = "# <<< nixclaude <<<";
const WHOLE_FILE = " (the whole file)";

/** `value` under a path of keys; where the path leads to a list, as its first entry. */
export interface YamlAddition {
  path: readonly string[];
  value: Record<string, unknown> | unknown[];
  /** The value in YAML, a line each, not indented. */
  lines: readonly string[];
}

/** The file as it was before, byte for byte; null when there was none. */
export function withoutYamlBlocks(text: string): string | null {
  if (text.startsWith(BEGIN + WHOLE_FILE)) return null;
  return text
    .replace(/^[ \t]*# >>> nixclaude >>>[\s\S]*?# <<< nixclaude <<<\r?\n/gm, "")
    .replace(/\r?\n[ \t]*# >>> nixclaude >>>[\s\S]*?# <<< nixclaude <<<$/, "");
}

/** A file of nothing but this. */
export function newYamlFile(remark: string, additions: readonly YamlAddition[]): string {
  const lines = additions.flatMap(({ path, lines }) => nested(path, lines));
  return `${[BEGIN + WHOLE_FILE + remark, ...lines, END].join("\n")}\n`;
}

/** null where the lines cannot stand without changing others: a list or map on one line, a name that is taken. */
export function withYamlBlock(text: string, remark: string, addition: YamlAddition): string | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const root = document.contents;
  if (root !== null && !isMap(root)) return null;
  const place = findPlace(text, root, addition.path);
  if (place === null) return null;
  const lines = nested(place.rest, addition.lines).map((line) => " ".repeat(place.indent) + line);
  const marks = [BEGIN + remark, END].map((line) => " ".repeat(place.indent) + line);
  const result = inserted(text, place.offset, [marks[0]!, ...lines, marks[1]!]);
  return saysExactly(result, document.toJS(), addition) ? result : null;
}

/** After which line the block stands, how far in, and what of the path it has to bring along. */
interface Place {
  /** Of the line feed, or the end of the text. */
  offset: number;
  indent: number;
  rest: readonly string[];
}

function findPlace(text: string, root: unknown, path: readonly string[]): Place | null {
  let node = root;
  let place: Place = { offset: text.length, indent: 0, rest: path };
  for (const [depth, key] of path.entries()) {
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    if (pair === undefined) return place;
    const inside = placeInside(text, pair);
    if (inside === null) return null;
    place = { ...inside, rest: path.slice(depth + 1) };
    node = pair.value;
  }
  return place;
}

/** Right below the line of a key whose value stands on lines of its own, or is not there. */
function placeInside(text: string, { key, value }: Pair): Omit<Place, "rest"> | null {
  if (!isScalar(key) || !key.range) return null;
  const end = text.indexOf("\n", key.range[1]);
  const offset = end === -1 ? text.length : end;
  if (value === null || (isScalar(value) && value.value === null && value.source === "")) {
    return { offset, indent: column(text, key.range[0]) + 2 };
  }
  if (!(isMap(value) || isSeq(value)) || value.flow || !value.range || value.range[0] <= offset) return null;
  return { offset, indent: column(text, value.range[0]) };
}

function column(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** A text that does not end in a line feed does not end in one afterwards, either. */
function inserted(text: string, offset: number, lines: readonly string[]): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const block = lines.join(newline);
  if (offset < text.length) return `${text.slice(0, offset + 1)}${block}${newline}${text.slice(offset + 1)}`;
  if (text === "" || text.endsWith("\n")) return `${text}${block}${newline}`;
  return `${text}${newline}${block}`;
}

function nested(path: readonly string[], lines: readonly string[]): string[] {
  return [
    ...path.map((key, depth) => `${"  ".repeat(depth)}${key}:`),
    ...lines.map((line) => "  ".repeat(path.length) + line),
  ];
}

function saysExactly(text: string, before: unknown, { path, value }: YamlAddition): boolean {
  const document = parseDocument(text);
  if (document.errors.length > 0) return false;
  return isDeepStrictEqual(document.toJS(), added(before, path, value));
}

function added(before: unknown, [key, ...rest]: readonly string[], value: YamlAddition["value"]): unknown {
  if (key === undefined) {
    if (Array.isArray(value)) return [...value, ...(Array.isArray(before) ? before : [])];
    return { ...value, ...((before ?? {}) as object) };
  }
  const map = (before ?? {}) as Record<string, unknown>;
  return { ...map, [key]: added(map[key], rest, value) };
}
