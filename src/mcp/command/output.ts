/** The first bytes of a stream, and how many there were. */
export class Head {
  bytes = 0;
  readonly #limit: number;
  readonly #parts: Buffer[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get kept(): number {
    return Math.min(this.bytes, this.#limit);
  }

  push(chunk: Buffer): void {
    const room = this.#limit - this.bytes;
    // A copy of a part: the rest of the chunk is let go.
    if (room > 0) this.#parts.push(chunk.length <= room ? chunk : Buffer.from(chunk.subarray(0, room)));
    this.bytes += chunk.length;
  }

  /** A character that the limit has cut in two is left out. */
  text(): string {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return decoder.decode(Buffer.concat(this.#parts), { stream: this.bytes > this.#limit });
  }
}

const KEPT_ERROR_BYTES = 16 * 1024;
const MAX_LINE_CHARACTERS = 2_000;
/** A client's log is no place for a flood. */
const MAX_LINES = 1_000;

/** Standard error: its lines as they come, and its end. */
export class ErrorText {
  bytes = 0;
  #tail = Buffer.alloc(0);
  #line = "";
  #lines = 0;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-KEPT_ERROR_BYTES);
    if (this.#lines >= MAX_LINES) return;
    const lines = (this.#line + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#line = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    for (const line of lines) this.#tell(line);
  }

  end(): string {
    this.#tell(this.#line);
    this.#line = "";
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.#tail);
    return this.bytes > KEPT_ERROR_BYTES ? `… ${text}` : text;
  }

  #tell(line: string): void {
    if (line.trim() === "" || this.#lines >= MAX_LINES) return;
    this.#lines++;
    this.#onLine(line.slice(0, MAX_LINE_CHARACTERS));
  }
}
