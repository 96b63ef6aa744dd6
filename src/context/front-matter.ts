import { parse } from "yaml";
import type { Json, JsonObject } from "../model/json.ts";

/** The client's own files hold a few lines; beyond this, parsing hostile YAML only costs time. */
const FRONT_MATTER_MAX_CHARACTERS = 65_536;

export interface FrontMatter {
  attributes: JsonObject;
  /** The text after it. */
  body: string;
  /** Why the attributes could not be read; they are empty then. */
  error: string | null;
}

/** Splits `---` … `---` off the start of a Markdown file. A text that does not start with it has none. */
export function parseFrontMatter(text: string): FrontMatter {
  const opening = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  if (opening === null) return { attributes: {}, body: text, error: null };
  const rest = text.slice(opening[0].length);
  const closing = /^---[ \t]*(?:\r?\n|$)/m.exec(rest);
  if (closing === null) return { attributes: {}, body: text, error: "it is never closed with `---`" };
  const body = rest.slice(closing.index + closing[0].length);
  try {
    return { attributes: attributesOf(rest.slice(0, closing.index)), body, error: null };
  } catch (error) {
    return { attributes: {}, body, error: firstLine(error) };
  }
}

/** The file a client would read for attributes and a body. JSON is YAML, and has one spelling. */
export function composeMarkdown(attributes: JsonObject, body: string): string {
  const lines = Object.entries(attributes).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return lines.length === 0 ? body : ["---", ...lines, "---", "", body].join("\n");
}

function attributesOf(yaml: string): JsonObject {
  if (yaml.length > FRONT_MATTER_MAX_CHARACTERS) throw new Error("it is too long");
  const value: unknown = parse(yaml, { maxAliasCount: 100, logLevel: "error" });
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new Error("it is not a set of keys and values");
  // Through text: what has no JSON spelling (infinities, cycles) must not get into the normal form.
  return JSON.parse(JSON.stringify(value)) as Record<string, Json>;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!.replace(/:$/, "");
}
