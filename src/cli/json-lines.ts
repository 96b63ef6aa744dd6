import { UsageError } from "../model/errors.ts";

/** Line numbers begin with 1; the line break is not part of the text. */
export interface Line {
  number: number;
  text: string;
}

/** Of one line: more than any list of rules, and little enough to hold. */
const MOST_LINE_BYTES = 16 * 1024 ** 2;

const LINE_FEED = 0x0a;

/**
 * The lines of a stream of UTF-8, in one list for each piece of input that ends any: whoever sends a line and waits for
 * the answer gets it. Empty lines are counted and left out. No more is held than one piece and one line.
 * Throws a `UsageError` with code `line-too-long` or `line-not-text`, when the lines before it have been handed out.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Line[], void> {
  const reader = new LineReader();
  for await (const piece of input) yield* reader.take(piece);
  yield* reader.end();
}

class LineReader {
  private readonly decoder = new TextDecoder("utf-8", { fatal: true });
  /** The beginning of a line that has not ended yet. */
  private pieces: Uint8Array[] = [];
  private bytes = 0;
  private number = 0;

  *take(piece: Uint8Array): Generator<Line[], void> {
    const lines: Line[] = [];
    let from = 0;
    try {
      for (let to = piece.indexOf(LINE_FEED); to >= 0; to = piece.indexOf(LINE_FEED, from)) {
        this.hold(piece.subarray(from, to));
        this.finish(lines);
        from = to + 1;
      }
      this.hold(piece.subarray(from));
    } finally {
      // Also where the next line fails: these were in order.
      if (lines.length > 0) yield lines;
    }
  }

  /** The last line may lack its line break. */
  *end(): Generator<Line[], void> {
    const lines: Line[] = [];
    if (this.bytes > 0) this.finish(lines);
    if (lines.length > 0) yield lines;
  }

  private hold(piece: Uint8Array): void {
    this.bytes += piece.length;
    if (this.bytes > MOST_LINE_BYTES) {
      throw new UsageError("line-too-long", `line ${this.number + 1} is longer than 16 MiB`, {
        hint: "Send fewer calls or rules in one line.",
      });
    }
    if (piece.length > 0) this.pieces.push(piece);
  }

  private finish(lines: Line[]): void {
    const [only, ...more] = this.pieces;
    const bytes = more.length === 0 ? only : Buffer.concat(this.pieces);
    this.pieces = [];
    this.bytes = 0;
    this.number++;
    const text = this.decode(bytes);
    if (text.trim() !== "") lines.push({ number: this.number, text });
  }

  private decode(bytes: Uint8Array | undefined): string {
    try {
      return this.decoder.decode(bytes);
    } catch (cause) {
      throw new UsageError("line-not-text", `line ${this.number} is not UTF-8`, {
        hint: "Write JSON in UTF-8, one value a line.",
        cause,
      });
    }
  }
}
