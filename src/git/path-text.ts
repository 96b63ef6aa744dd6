import { isUtf8 } from "node:buffer";

/**
 * Git paths are bytes, ours are strings. Bytes that are not UTF-8 become lone surrogates U+DC80…U+DCFF, as in
 * Python's `surrogateescape`: every path has exactly one text, and gets its own bytes back.
 */
export function pathFromBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString("utf8");
  let text = "";
  for (let at = 0; at < buffer.length; ) {
    const length = utf8LengthAt(buffer, at);
    text +=
      length === 0 ? String.fromCharCode(0xdc00 + buffer[at]!) : buffer.toString("utf8", at, at + length);
    at += Math.max(length, 1);
  }
  return text;
}

export function pathToBytes(path: string): Buffer {
  if (isText(path)) return Buffer.from(path, "utf8");
  const parts = [...path].map((character) => {
    const code = character.charCodeAt(0);
    const escaped = character.length === 1 && code >= 0xdc80 && code <= 0xdcff;
    return escaped ? Buffer.of(code - 0xdc00) : Buffer.from(character, "utf8");
  });
  return Buffer.concat(parts);
}

/** The same, of bytes that stand as one character each. */
export function pathFromLatin1(text: string): string {
  return BEYOND_ASCII.test(text) ? pathFromBytes(Buffer.from(text, "latin1")) : text;
}

export function pathToLatin1(path: string): string {
  return BEYOND_ASCII.test(path) ? pathToBytes(path).toString("latin1") : path;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Whether the path was UTF-8: only then can it be an argument of a process. */
export function isText(path: string): boolean {
  return !/\p{Surrogate}/u.test(path);
}

/** Order of Git: by bytes. UTF-16 code units would put U+E000…U+FFFF after the supplementary planes. */
export function comparePaths(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === length) return a.length - b.length;
  const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
  if (left < 0xd800 && right < 0xd800) return left - right;
  return Buffer.compare(pathToBytes(a), pathToBytes(b));
}

/** Length of the UTF-8 sequence that starts here, or 0. */
function utf8LengthAt(buffer: Buffer, at: number): number {
  const first = buffer[at]!;
  const length =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > buffer.length) return 0;
  return isUtf8(buffer.subarray(at, at + length)) ? length : 0;
}
