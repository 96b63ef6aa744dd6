import { canonicalJson, type Json } from "../model/json.ts";

const QUOTED_CHARACTERS_MAX = 80;

/** A value inside a sentence: on one line, shortened. Renderers escape it for where it goes. */
export function quote(value: Json): string {
  const text = typeof value === "string" ? value : canonicalJson(value);
  const line = text.replace(/\s+/g, " ").trim();
  const short =
    line.length > QUOTED_CHARACTERS_MAX ? `${[...line].slice(0, QUOTED_CHARACTERS_MAX - 1).join("")}…` : line;
  return `\`${short}\``;
}
