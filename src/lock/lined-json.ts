/** A JSON value with the lines that it stands on, 1-based. */
export type Lined =
  | { kind: "object"; line: number; members: LinedMember[] }
  | { kind: "array"; line: number; items: Lined[] }
  | { kind: "plain"; line: number; value: string | number | boolean | null };

export interface LinedMember {
  name: string;
  /** Of the name, which is where an editor's reader looks. */
  line: number;
  value: Lined;
}

/**
 * Reads text that `JSON.parse` takes, and no other: what is wrong with a text has been found before. Names that stand
 * twice are kept twice.
 */
export function readLinedJson(text: string): Lined {
  return new Reader(text).value();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const BLANK = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;

class Reader {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Lined {
    this.#skip();
    const line = this.#line;
    switch (this.#text[this.#at]) {
      case "{":
        return { kind: "object", line, members: this.#until("}", () => this.#member()) };
      case "[":
        return { kind: "array", line, items: this.#until("]", () => this.value()) };
      case '"':
        return { kind: "plain", line, value: this.#string() };
      default:
        return { kind: "plain", line, value: this.#word() };
    }
  }

  #until<Item>(end: string, next: () => Item): Item[] {
    const items: Item[] = [];
    this.#at++;
    for (this.#skip(); this.#text[this.#at] !== end; this.#skip()) items.push(next());
    this.#at++;
    return items;
  }

  #member(): LinedMember {
    const line = this.#line;
    return { name: this.#string(), line, value: this.value() };
  }

  #string(): string {
    const start = this.#at;
    for (let at = start + 1; ; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) {
        this.#at = at + 1;
        break;
      }
    }
    const written = this.#text.slice(start, this.#at);
    return written.includes("\\") ? (JSON.parse(written) as string) : written.slice(1, -1);
  }

  #word(): number | boolean | null {
    const word = /[^\s,\]}]*/y;
    word.lastIndex = this.#at;
    const [written] = word.exec(this.#text)!;
    this.#at += written.length;
    return JSON.parse(written) as number | boolean | null;
  }

  /** Blanks, and the marks between values, which are where they must be. */
  #skip(): void {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === LINE_FEED) this.#line++;
      else if (!(code <= BLANK || code === COMMA || code === COLON)) return;
    }
  }
}
