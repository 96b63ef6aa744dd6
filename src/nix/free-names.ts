import type { Token } from "./nix-tokens.ts";

const KEYWORDS = new Set(["if", "then", "else", "assert", "or", "rec", "let", "in", "inherit"]);
/** What Nix itself gives to all code, and what is the same everywhere. */
const GLOBAL = new Set([
  "abort",
  "baseNameOf",
  "builtins",
  "dirOf",
  "false",
  "isNull",
  "map",
  "null",
  "removeAttrs",
  "throw",
  "toString",
  "true",
]);

/**
 * Does the code mean the same wherever it stands: does it name nothing but its own arguments and variables and what Nix
 * gives to all code? A name that is bound somewhere in the code counts as bound in all of it; whatever is not sure to
 * be such code (`with`, paths) is not.
 */
export function isClosed(tokens: readonly Token[]): boolean {
  if (tokens.some(({ kind, text }) => kind === "path" || text === "with" || text === "__curPos"))
    return false;
  const reader = new NameReader(tokens);
  reader.read(0, tokens.length);
  return [...reader.used].every((name) => reader.bound.has(name) || GLOBAL.has(name));
}

/** Which sets names stand in: only those of `let` and `rec` bind. */
type Surroundings = "let" | "rec" | "set" | "none";

/** Is the whole of it one function, as written? */
export function isFunction(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first?.kind === "name") return second?.text === ":" || second?.text === "@";
  return first?.text === "{" && new NameReader(tokens).isFormalsAt(0);
}

class NameReader {
  readonly used = new Set<string>();
  readonly bound = new Set<string>();
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(from: number, to: number): void {
    const around: Surroundings[] = ["none"];
    for (let at = from; at < to; at++) {
      const { kind, text } = this.#tokens[at]!;
      if (text === "let") around.push("let");
      else if (text === "in") around.pop();
      else if (text === "inherit") at = this.#inherit(at, around.at(-1)!);
      else if (text === "{") {
        const end = this.#closing(at);
        if (this.isFormalsAt(at)) {
          this.#formals(at + 1, end);
          at = end;
        } else around.push(this.#text(at - 1) === "rec" ? "rec" : "set");
      } else if (text === "${") around.push("none");
      else if (text === "}") around.pop();
      else if (text === "?" && this.#text(at + 1) !== "${") at = this.#pathEnd(at + 1) - 1;
      else if (kind === "name" && !KEYWORDS.has(text)) this.#name(at, around.at(-1) ?? "none");
    }
  }

  #name(at: number, around: Surroundings): void {
    const { text } = this.#tokens[at]!;
    if (this.#text(at - 1) === ".") return;
    if (this.#text(at + 1) === ":" || this.#text(at + 1) === "@" || this.#text(at - 1) === "@") {
      this.bound.add(text);
    } else if (this.#text(this.#pathEnd(at)) !== "=") this.used.add(text);
    else if (around === "let" || around === "rec") this.bound.add(text);
  }

  /** `inherit a b;` uses names from around; `inherit (x) a b;` takes them out of x. */
  #inherit(at: number, around: Surroundings): number {
    const isFrom = this.#text(at + 1) === "(";
    const names = isFrom ? this.#closing(at + 1) + 1 : at + 1;
    if (isFrom) this.read(at + 2, names - 1);
    let end = names;
    for (; end < this.#tokens.length && this.#text(end) !== ";"; end++) {
      const { kind, text } = this.#tokens[end]!;
      if (kind !== "name") continue;
      if (!isFrom) this.used.add(text);
      else if (around === "let" || around === "rec") this.bound.add(text);
    }
    return end;
  }

  /** `{ a, b ? default, ... }`, without the braces. */
  #formals(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const { kind, text } = this.#tokens[at]!;
      if (kind === "name") this.bound.add(text);
      if (text !== "?") continue;
      const end = this.#endOfDefault(at + 1, to);
      this.read(at + 1, end);
      at = end;
    }
  }

  #endOfDefault(from: number, to: number): number {
    for (let at = from; at < to; at++) {
      if (this.#text(at) === ",") return at;
      if (OPENING.has(this.#text(at))) at = this.#closing(at);
    }
    return to;
  }

  isFormalsAt(at: number): boolean {
    const end = this.#closing(at);
    return this.#text(end + 1) === ":" || this.#text(end + 1) === "@";
  }

  /** Behind an attribute path: `a.b.c`. */
  #pathEnd(at: number): number {
    let end = at + 1;
    while (this.#text(end) === "." && this.#tokens[end + 1] !== undefined) end += 2;
    return end;
  }

  #closing(at: number): number {
    let depth = 0;
    for (let end = at; end < this.#tokens.length; end++) {
      if (OPENING.has(this.#text(end))) depth += 1;
      if (CLOSING.has(this.#text(end))) depth -= 1;
      if (depth === 0) return end;
    }
    return this.#tokens.length;
  }

  #text(at: number): string {
    return this.#tokens[at]?.text ?? "";
  }
}

const OPENING = new Set(["{", "(", "[", "${"]);
const CLOSING = new Set(["}", ")", "]"]);
