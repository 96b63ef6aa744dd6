import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { type BehaviorLock, digestOf, formatLock, isSameText } from "./format.ts";
import { LOCK_SHAPE, LOCK_VERSION } from "./lock-shape.ts";
import { misfitOf } from "./shape.ts";

/** A larger file is neither written nor read. */
export const LOCK_MAX_BYTES = 16 * 1024 ** 2;

export type ReadLock =
  | { kind: "read"; lock: BehaviorLock }
  /** `because` goes on after the name of the file; `line` is 1-based. */
  | { kind: "unreadable"; because: string; line?: number };

const MERGE_MARK = /^(?:<{7,}|={7,}|>{7,}|\|{7,})(?: |\r?$)/m;

/** Reads the file as it stands, which is hostile text. What is not exactly a lock as it was written is none. */
export function readLock(bytes: Uint8Array): ReadLock {
  if (bytes.length > LOCK_MAX_BYTES) {
    return unreadable(`is larger than ${LOCK_MAX_BYTES / 1024 ** 2} MiB`);
  }
  const text = decoded(bytes);
  if (text === null) return unreadable("is not UTF-8 text");
  const mark = MERGE_MARK.exec(text);
  if (mark !== null) {
    const line = text.slice(0, mark.index).split("\n").length;
    return { ...unreadable("holds the marks of a merge that was not resolved"), line };
  }
  try {
    return fromText(text);
  } catch (error) {
    // No lock nests deep enough to exhaust the stack.
    if (error instanceof RangeError) return unreadable("is nested too deeply to be a behavior lock");
    throw error;
  }
}

function fromText(text: string): ReadLock {
  const value = parsed(text);
  if (value === undefined) return unreadable("is not JSON");
  if (!isJsonObject(value)) return unreadable("is no behavior lock");
  const because = whatIsWrong(value, text);
  return because === null ? { kind: "read", lock: value as BehaviorLock } : unreadable(because);
}

function whatIsWrong(value: JsonObject, text: string): string | null {
  const { schemaVersion } = value;
  if (typeof schemaVersion === "number" && schemaVersion !== LOCK_VERSION) {
    return `has version ${schemaVersion} of the format, and this nixclaude knows version ${LOCK_VERSION}`;
  }
  const misfit = misfitOf(LOCK_SHAPE, value);
  if (misfit !== null) return `is no behavior lock: ${misfit}`;
  if (value.digest !== digestOf(value)) {
    return "was changed by something else than nixclaude: its digest is not that of what it holds";
  }
  // A value that is said twice, say: a reader sees the first and the last one counts.
  return isSameText(text, formatLock(value)) ? null : "is not spelled as nixclaude spells it";
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function unreadable(because: string): ReadLock & { kind: "unreadable" } {
  return { kind: "unreadable", because };
}
