import { corruptRepository, missingObjects } from "./errors.ts";
import type { View } from "./view.ts";

export interface GitObject {
  kind: string;
  content: Buffer;
}

/**
 * Objects by name (an id, or `<tree>:<path>`), null for what is not there. One Git process.
 * @param names without line feeds
 * @param what is read, for messages
 */
export async function lookUpObjects(
  view: View,
  names: readonly Buffer[],
  what: string,
): Promise<(GitObject | null)[]> {
  if (names.length === 0) return [];
  const input = Buffer.concat(names.flatMap((name) => [name, Buffer.of(0x0a)]));
  const result = await view.git(["cat-file", "--batch"], { input });
  if (result.exitCode !== 0) throw corruptRepository(what, result);
  return parseBatch(result.stdout, names);
}

/** The contents of objects that must be there. */
export async function readObjects(view: View, ids: readonly string[], what: string): Promise<Buffer[]> {
  const found = await lookUpObjects(
    view,
    ids.map((id) => Buffer.from(id)),
    what,
  );
  return found.map((object, index) => {
    if (object === null) throw missingObjects(what, [ids[index]!], view.location.partial);
    return object.content;
  });
}

/** Answers stand in the order of the questions: `<id> <type> <size>LF<bytes>LF`, or the question and ` missing`. */
function parseBatch(output: Buffer, names: readonly Buffer[]): (GitObject | null)[] {
  let at = 0;
  return names.map((name) => {
    const missing = Buffer.concat([name, Buffer.from(" missing\n")]);
    if (output.subarray(at, at + missing.length).equals(missing)) {
      at += missing.length;
      return null;
    }
    const lineEnd = output.indexOf(0x0a, at);
    const [, kind, size] = output.toString("latin1", at, lineEnd).split(" ");
    const start = lineEnd + 1;
    const end = start + Number(size);
    at = end + 1;
    return { kind: kind ?? "", content: output.subarray(start, end) };
  });
}
