import type { Readable, Writable } from "node:stream";
import type { Json, JsonObject } from "../../model/json.ts";
import { ERROR, type Incoming, incoming } from "./messages.ts";

/** A longer line is not read into memory; room for some arguments of the largest size a system takes. */
export const MAX_LINE_BYTES = 16 * 1024 ** 2;

/** The transport over standard streams: one JSON-RPC message a line, UTF-8, nothing else. */
export interface Lines {
  /** Also what cannot be read, one message a line; empty lines are passed over. */
  onMessage(handler: (message: Incoming) => void): void;
  send(message: JsonObject): void;
  /** Settles when the other side has closed its end, or nobody reads ours any more. */
  ended: Promise<void>;
}

export function linesOver(input: Readable, output: Writable): Lines {
  let handle: (message: Incoming) => void = () => {};
  const splitter = new LineSplitter((line) => {
    const message = parsed(line);
    if (message !== null) handle(message);
  });
  const ended = new Promise<void>((resolve) => {
    input.on("end", () => {
      splitter.end();
      resolve();
    });
    for (const event of ["close", "error"]) input.on(event, () => resolve());
    for (const event of ["close", "error"]) output.on(event, () => resolve());
  });
  return {
    onMessage: (handler) => {
      handle = handler;
      input.on("data", (chunk: Buffer) => splitter.push(chunk));
    },
    send: (message) => {
      if (output.writable) output.write(`${JSON.stringify(message)}\n`);
    },
    ended,
  };
}

/** Text that is not UTF-8 would otherwise reach a command as something that nobody sent. */
const decoder = new TextDecoder("utf-8", { fatal: true });

/** `null`: the line was longer than anything that is read. */
function parsed(line: Buffer | null): Incoming | null {
  if (line === null) {
    const message = `A message has at most ${MAX_LINE_BYTES} bytes.`;
    return { kind: "malformed", code: ERROR.invalidRequest, message };
  }
  let value: Json;
  try {
    const text = decoder.decode(line);
    if (text.trim() === "") return null;
    value = JSON.parse(text) as Json;
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "JSON" : "UTF-8";
    return { kind: "malformed", code: ERROR.parse, message: `The line is not ${reason}.` };
  }
  return incoming(value);
}

/** Cuts a stream into lines without copying a line more than once; what is too long is dropped as it comes. */
class LineSplitter {
  readonly #take: (line: Buffer | null) => void;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(take: (line: Buffer | null) => void) {
    this.#take = take;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      this.#add(chunk.subarray(from, at));
      this.#line();
      from = at + 1;
    }
    this.#add(chunk.subarray(from));
  }

  /** A last line without its line break is a message too. */
  end(): void {
    if (this.#length > 0) this.#line();
  }

  #add(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > MAX_LINE_BYTES) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #line(): void {
    const line = this.#length > MAX_LINE_BYTES ? null : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    this.#take(line);
  }
}
