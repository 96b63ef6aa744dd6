import { type Call, formatCall } from "../../../src/model/permission.ts";

const WRITES = new Set(["Write", "Edit", "NotebookEdit"]);
const FILES = new Set([...WRITES, "Read"]);

/**
 * Leaves out what comes twice, and what an earlier call could answer differently: a file that one call writes is
 * neither read nor written by another, nor is it a directory of another's file. The client wants files to be read
 * before they change, and says nothing about permission where a directory stands in the way.
 */
export function independentCalls(calls: readonly Call[]): Call[] {
  const seen = new Set<string>();
  const read = new Set<string>();
  const written = new Set<string>();
  return calls.filter((call) => {
    const text = JSON.stringify([formatCall(call), call.parameters]);
    if (seen.has(text)) return false;
    seen.add(text);
    if (!FILES.has(call.tool)) return true;
    const path = plainPath(call.argument);
    if (meets(written, path)) return false;
    if (!WRITES.has(call.tool)) {
      read.add(path);
      return true;
    }
    if (EXISTING_DIRECTORIES.has(path) || meets(read, path)) return false;
    written.add(path);
    return true;
  });
}

/** What every session has: no file can be written in its place. Files below them can. */
const EXISTING_DIRECTORIES: ReadonlySet<string> = new Set([
  "/",
  "/etc",
  "/home",
  "/home/u",
  "/home/u/.claude",
  "/home/u/proj",
  "/home/u/proj/.claude",
  "/tmp",
  "/srv",
]);

/** Is the path one of these, above or below one of them? */
function meets(paths: ReadonlySet<string>, path: string): boolean {
  for (const other of paths) {
    if (`${other}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${other}/`)) return true;
  }
  return false;
}

/** One spelling for the ways in which calls name the same file. */
function plainPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.replace(/^~\//, "/home/u/").split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return `/${segments.join("/")}`;
}
