/** A piece of Nix code. Comments leave nothing behind; a string is one piece, behind those that are interpolated. */
export interface Token {
  kind: "name" | "mark" | "string" | "path" | "number";
  text: string;
  /** Where in the code it ends. */
  end: number;
}

const NAME = /[A-Za-z_][A-Za-z0-9_'-]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Also `<nixpkgs>` and addresses: all that names something outside of the code. */
const PATH =
  /(?:\.{1,2}|~)?\/(?:[A-Za-z0-9._+-]|\$\{)[^\s;,(){}[\]]*|<[A-Za-z0-9._+/-]+>|[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9%/?:@&=+$,_.!~*'-]+|[A-Za-z0-9._+-]+\/[A-Za-z0-9._+-][^\s;,(){}[\]]*/y;
const MARK = /\.\.\.|==|!=|<=|>=|\|\||&&|->|\+\+|\/\/|\$\{|[{}()[\];:,.=?@<>!+*/-]/y;
const SPACE = /\s+|#[^\n]*|\/\*[\s\S]*?\*\//y;

/** null where the code cannot be taken apart. */
export function tokensOf(code: string): Token[] | null {
  const reader = new TokenReader(code);
  return reader.expression(null) ? reader.tokens : null;
}

class TokenReader {
  readonly tokens: Token[] = [];
  readonly #code: string;
  #at = 0;

  constructor(code: string) {
    this.#code = code;
  }

  /** Up to the brace that ends an interpolation, or to the end; false: it does not come. */
  expression(end: "}" | null): boolean {
    let depth = 0;
    while (this.#at < this.#code.length) {
      if (this.#take(SPACE) !== null) continue;
      const character = this.#code[this.#at]!;
      if (end !== null && depth === 0 && character === end) return true;
      if (character === '"') {
        if (!this.#string()) return false;
        continue;
      }
      if (this.#code.startsWith("''", this.#at)) {
        if (!this.#indentedString()) return false;
        continue;
      }
      const token = this.#token();
      if (token === null) return false;
      if (token.text === "{" || token.text === "${") depth += 1;
      if (token.text === "}") depth -= 1;
      this.tokens.push(token);
    }
    return end === null;
  }

  #token(): Token | null {
    for (const [kind, pattern] of KINDS) {
      const text = this.#take(pattern);
      if (text !== null) return { kind, text, end: this.#at };
    }
    return null;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#code)?.[0] ?? null;
    if (text !== null) this.#at += text.length;
    return text;
  }

  #string(): boolean {
    const start = this.#at;
    this.#at += 1;
    for (; this.#at < this.#code.length; this.#at += 1) {
      const character = this.#code[this.#at];
      if (character === "\\") this.#at += 1;
      else if (character === '"') return this.#endString(start, 1);
      else if (!this.#interpolation()) return false;
    }
    return false;
  }

  #indentedString(): boolean {
    const start = this.#at;
    this.#at += 2;
    for (; this.#at < this.#code.length; this.#at += 1) {
      if (this.#code.startsWith("'''", this.#at) || this.#code.startsWith("''$", this.#at)) this.#at += 2;
      else if (this.#code.startsWith("''\\", this.#at)) this.#at += 3;
      else if (this.#code.startsWith("''", this.#at)) return this.#endString(start, 2);
      else if (!this.#interpolation()) return false;
    }
    return false;
  }

  #endString(start: number, length: number): true {
    this.#at += length;
    this.tokens.push({ kind: "string", text: this.#code.slice(start, this.#at), end: this.#at });
    return true;
  }

  /** Leaves off at its closing brace; true as well where there is none. */
  #interpolation(): boolean {
    if (this.#code.startsWith("$${", this.#at)) {
      this.#at += 1;
      return true;
    }
    if (!this.#code.startsWith("${", this.#at)) return true;
    this.#at += 2;
    // In parentheses, it is an expression like any other.
    this.tokens.push({ kind: "mark", text: "(", end: this.#at });
    const ended = this.expression("}");
    this.tokens.push({ kind: "mark", text: ")", end: this.#at });
    return ended;
  }
}

const KINDS: readonly (readonly [Token["kind"], RegExp])[] = [
  ["path", PATH],
  ["name", NAME],
  ["number", NUMBER],
  ["mark", MARK],
];
