import type { Json } from "../../model/json.ts";

/** A name, and what stands in parentheses right behind it; they may hold one more pair. */
const WORD = /[^\s,(]+(?:\((?:[^()]|\([^()]*\))*\)|\([^)]*\))?/g;

/**
 * Rules and tool names as front matter lists them: `Read, Bash(git add *)`, `Read Bash(git add *)`, or a list whose
 * members may be written so again; separators inside parentheses do not split. Nothing there is an empty list.
 * null: it is neither a text nor a list of texts, so that what the client makes of it is not known.
 */
export function ruleWordsOf(value: Json): string[] | null {
  if (value === null) return [];
  const texts = Array.isArray(value) ? value : [value];
  const words: string[] = [];
  for (const text of texts) {
    if (typeof text !== "string") return null;
    words.push(...(text.match(WORD) ?? []));
  }
  return words;
}
