import { comparePaths, pathToLatin1 } from "./path-text.ts";

/** A file, symlink or submodule as an index or a tree has it. */
export interface Entry {
  path: string;
  /** Octal, as Git prints it: `100644`, `100755`, `120000`, `160000`. */
  mode: string;
  id: string;
}

export interface BuiltTree {
  id: string;
  /** The root and all trees below it: content by id. */
  trees: Map<string, Uint8Array>;
}

/** The trees that Git's `write-tree` would make of these entries, in any order. */
export function buildTree(entries: Iterable<Entry>, idOf: (content: Uint8Array) => string): BuiltTree {
  const sorted = [...entries].sort((a, b) => comparePaths(a.path, b.path));
  const trees = new Map<string, Uint8Array>();
  let next = 0;
  const build = (prefix: string): string => {
    let text = "";
    while (next < sorted.length && sorted[next]!.path.startsWith(prefix)) {
      const { path, mode, id } = sorted[next]!;
      const slash = path.indexOf("/", prefix.length);
      // Entries sorted by whole paths are in the order of a tree, where a directory counts as `name/`.
      if (slash === -1) {
        text += treeLine(mode, path.slice(prefix.length), id);
        next++;
      } else {
        const name = path.slice(prefix.length, slash);
        text += treeLine(TREE_MODE, name, build(path.slice(0, slash + 1)));
      }
    }
    const content = Buffer.from(text, "latin1");
    const id = idOf(content);
    trees.set(id, content);
    return id;
  };
  return { id: build(""), trees };
}

/** One byte a character. */
function treeLine(mode: string, name: string, id: string): string {
  return `${mode} ${pathToLatin1(name)}\0${Buffer.from(id, "hex").toString("latin1")}`;
}

/** A direct entry of a tree object. */
export interface TreeEntry {
  mode: string;
  name: Buffer;
  id: string;
}

/** A tree object with one entry in place of what has its name. */
export function treeWith(content: Buffer, idBytes: number, entry: TreeEntry): Buffer {
  const others = parseTree(content, idBytes).filter(({ name }) => !name.equals(entry.name));
  const entries = [...others, entry].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  return Buffer.concat(
    entries.flatMap(({ mode, name, id }) => [
      Buffer.from(`${mode} `),
      name,
      Buffer.of(0),
      Buffer.from(id, "hex"),
    ]),
  );
}

/** In a tree, a directory counts as `name/`. */
function sortKey({ mode, name }: TreeEntry): Buffer {
  return mode === TREE_MODE ? Buffer.concat([name, Buffer.from("/")]) : name;
}

export const TREE_MODE = "40000";

/** The direct entries of a tree object. */
export function parseTree(content: Buffer, idBytes: number): TreeEntry[] {
  const entries = [];
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const nul = content.indexOf(0, space);
    const end = nul + 1 + idBytes;
    entries.push({
      mode: content.toString("latin1", at, space),
      name: content.subarray(space + 1, nul),
      id: content.toString("hex", nul + 1, end),
    });
    at = end;
  }
  return entries;
}
