/**
 * Globs over one name: `*` spans any characters, `?` is one, `[ab]`, `[a-z]`, `[!a]` are classes, `\x` is x. Matching
 * takes time proportional to pattern times text at worst: patterns come from hostile repositories, and regular
 * expressions made from them can take for ever.
 */
export interface Glob {
  matches(text: string): boolean;
}

type Token =
  | { kind: "star" }
  | { kind: "any" }
  | { kind: "class"; regex: RegExp }
  | { kind: "text"; text: string };

/** How brackets are read: a shell knows `[!a]`; in the client's path rules that is `!` or `a`. */
export type BracketDialect = "shell" | "path-rule";

/** null: not a usable pattern (a class that never closes). Compared as written: lower-case both for no case. */
export function compileGlob(pattern: string, brackets: BracketDialect = "shell"): Glob | null {
  const tokens = tokenise(pattern, brackets);
  if (tokens === null) return null;
  return { matches: (text) => matchesTokens(tokens, [...text]) };
}

function tokenise(pattern: string, brackets: BracketDialect): Token[] | null {
  const characters = [...pattern];
  const tokens: Token[] = [];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === "*") {
      if (tokens.at(-1)?.kind !== "star") tokens.push({ kind: "star" });
    } else if (character === "?") tokens.push({ kind: "any" });
    else if (character === "[") {
      const close = characters.indexOf("]", i + (brackets === "shell" ? 2 : 1));
      const body = characters.slice(i + 1, close).join("");
      const regex = close < 0 ? null : classRegex(body, brackets === "shell");
      if (regex === null) return null;
      tokens.push({ kind: "class", regex });
      i = close;
    } else if (character === "\\" && i + 1 < characters.length) {
      tokens.push({ kind: "text", text: characters[++i]! });
    } else tokens.push({ kind: "text", text: character });
  }
  return tokens;
}

/** One character, so that no pattern can make it slow. */
function classRegex(body: string, negations: boolean): RegExp | null {
  const negated = negations && /^[!^]/.test(body);
  const members = (negated ? body.slice(1) : body).replace(/[\\[\]^]/g, "\\$&");
  if (members === "") return null;
  try {
    return new RegExp(`^[${negated ? "^" : ""}${members}]$`, "u");
  } catch {
    return null;
  }
}

/** Greedy with one point to go back to: the last star. */
function matchesTokens(tokens: readonly Token[], text: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let lastStar = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const current = tokens[token];
    if (current?.kind === "star") {
      lastStar = token++;
      resumeAt = at;
    } else if (current !== undefined && matchesOne(current, text[at]!)) {
      token++;
      at++;
    } else if (lastStar >= 0) {
      token = lastStar + 1;
      at = ++resumeAt;
    } else return false;
  }
  while (tokens[token]?.kind === "star") token++;
  return token === tokens.length;
}

function matchesOne(token: Token, character: string): boolean {
  switch (token.kind) {
    case "any":
      return true;
    case "class":
      return token.regex.test(character);
    case "text":
      return token.text === character;
    case "star":
      return false;
  }
}
