import type { CommandPattern } from "../types.ts";

/**
 * The language between the parentheses of `Bash(…)` (reference, section 1.4): only `*` is special, and spans any
 * text. `written` is trimmed. null: a text that the client accepts and that never matches.
 */
export function parseCommandPattern(written: string): CommandPattern | null {
  // Measured: the client takes the backslash off `\(`, `\)` and `\\` before anything else looks at the text.
  const specifier = written.replace(/\\([()\\])/g, "$1");
  if (specifier.endsWith(":*")) {
    const prefix = specifier.slice(0, -2);
    // Measured inert: `:*`, `*:*`, `npm :*`, `npm*:*`.
    if (prefix === "" || prefix.endsWith(" ") || prefix.includes("*")) return null;
    return { kind: "glob", parts: [`${prefix} `, ""], bareForm: true };
  }
  const parts = splitAtWildcards(specifier);
  if (parts.length === 1) return { kind: "exact", text: specifier };
  const bareForm = parts.length === 2 && parts[1] === "" && /\s$/.test(parts[0]!);
  return { kind: "glob", parts, bareForm };
}

/** White space as the client compares it where wildcards stand: one space. Usually there is nothing to replace. */
export function withSingleSpaces(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, " ");
}

/** `\*` is no wildcard; it stays as written, since it is compared with the raw command text. */
function splitAtWildcards(text: string): string[] {
  if (!text.includes("\\")) return text.split("*");
  const parts = [""];
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === "\\" && text[i + 1] === "*") {
      parts[parts.length - 1] += "\\*";
      i++;
    } else if (character === "*") parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** `git * main`: the one spelling of a pattern. */
export function formatCommandPattern(pattern: CommandPattern): string {
  const text = pattern.kind === "exact" ? pattern.text : pattern.parts.join("*");
  // What parsing would take off: see `parseCommandPattern`.
  return text.replace(/\\(?=[()\\]|$)/g, "\\\\");
}

export function matchesCommandPattern(pattern: CommandPattern, text: string): boolean {
  if (pattern.kind === "exact") return pattern.text === text;
  if (pattern.bareForm && text === pattern.parts[0]!.slice(0, -1)) return true;
  return matchesParts(pattern.parts, text);
}

/** Greedy from the left, the last part at the end: linear, and complete since `*` spans everything. */
export function matchesParts(parts: readonly string[], text: string): boolean {
  const first = parts[0]!;
  const last = parts[parts.length - 1]!;
  if (parts.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return from <= end;
}
