import { UsageError } from "../../model/errors.ts";
import type { Io } from "../io.ts";

/** More than any push or edit, and little enough to hold. */
const MOST_BYTES = 64 * 1024 ** 2;

/** All that the caller sends. Throws UsageError when that is no text, or too much of it. */
export async function readInput(io: Io): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of io.stdin) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw notUnderstood("is longer than 64 MiB");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw notUnderstood("is not UTF-8");
  }
}

function notUnderstood(reason: string): UsageError {
  return new UsageError("input-not-understood", `standard input ${reason}`, {
    hint: "This command is called by a hook, which hands over what Git or the client says.",
  });
}
