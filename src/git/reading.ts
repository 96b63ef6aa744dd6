import type { Tree } from "../check/ports.ts";
import { corruptRepository, missingObjects } from "./errors.ts";
import { KnownDirectories } from "./known-directories.ts";
import { lookUpObjects, readObjects } from "./objects.ts";
import { comparePaths, isText, pathFromBytes, pathToBytes } from "./path-text.ts";
import { parseTree } from "./tree-builder.ts";
import type { View } from "./view.ts";
import { splitNul } from "./work-tree.ts";

/** An export reads every file of a tree once; those need not be kept. */
const KNOWN_FILES_MAX = 64;

/** Both sides, whole and below the flake's directory; a list of a large tree takes some memory. */
const KNOWN_LISTS_MAX = 4;

/** Reads files of trees. Requests made at the same time share one Git process. */
export interface TreeReader {
  readFile(tree: Tree, path: string): Promise<Uint8Array | null>;
  listFiles(tree: Tree, directory: string): Promise<string[]>;
  listLinks(tree: Tree, directory: string): Promise<Record<string, string>>;
  listSubmodules(tree: Tree): Promise<Record<string, string>>;
  changedFiles(before: Tree, after: Tree): Promise<string[]>;
}

interface Request {
  tree: Tree;
  path: string;
  resolve(content: Uint8Array | null): void;
  reject(error: unknown): void;
}

export function createTreeReader(view: View): TreeReader {
  // `flake.nix` and `flake.lock` are asked for by everyone who looks at a tree; a tree never changes.
  const known = new Map<string, Promise<Uint8Array | null>>();
  const changed = new Map<string, Promise<string[]>>();
  // Files, links and submodules are asked for one after the other: one list answers all three.
  const listed = new Map<string, Promise<Entry[]>>();
  const directories = new KnownDirectories();
  const entriesOf = async (tree: Tree, directory: string) => {
    if (directory !== "" && directories.lacksDirectory(tree, directory)) return [];
    const key = `${tree.id}:${directory}`;
    const entries = listed.get(key) ?? listEntries(view, tree, directory);
    if (listed.size < KNOWN_LISTS_MAX) listed.set(key, entries);
    return entries;
  };
  let waiting: Request[] = [];
  const flush = async () => {
    const requests = waiting;
    waiting = [];
    try {
      const contents = await readBatch(view, requests, directories);
      requests.forEach((request, index) => {
        const content = contents[index]!;
        if (content instanceof Error) request.reject(content);
        else request.resolve(content);
      });
    } catch (error) {
      for (const request of requests) request.reject(error);
    }
  };
  return {
    readFile: (tree, path) => {
      if (!isPlainPath(path) || directories.lacks(tree, path)) return Promise.resolve(null);
      const key = `${tree.id}:${path}`;
      const content =
        known.get(key) ??
        new Promise<Uint8Array | null>((resolve, reject) => {
          if (waiting.length === 0) setImmediate(flush);
          waiting.push({ tree, path, resolve, reject });
        });
      if (known.size < KNOWN_FILES_MAX) known.set(key, content);
      return content;
    },
    listFiles: (tree, directory) => listFiles(entriesOf, tree, directory),
    listLinks: (tree, directory) => listLinks(view, entriesOf, tree, directory),
    listSubmodules: async (tree) => {
      const modules = (await entriesOf(tree, "")).filter((entry) => entry.mode === "160000");
      return Object.fromEntries(modules.map(({ path, id }) => [path, id]));
    },
    changedFiles: (before, after) => {
      const key = `${before.id} ${after.id}`;
      const paths = changed.get(key) ?? changedFiles(view, before, after);
      changed.set(key, paths);
      return paths;
    },
  };
}

/** `a//b`, `./a` and `../a` are nothing a tree holds, but mean something to Git. */
function isPlainPath(path: string): boolean {
  return (
    !path.includes("\0") && path.split("/").every((step) => step !== "" && step !== "." && step !== "..")
  );
}

/**
 * Of every path the directory is asked for as well: only there is written whether it is a file, a symlink or a
 * submodule. A path with a line feed cannot be named on a line of input; it is looked up in the list of all files.
 */
async function readBatch(
  view: View,
  requests: readonly Request[],
  directories: KnownDirectories,
): Promise<(Uint8Array | null | Error)[]> {
  const lines = await Promise.all(
    requests.map(async ({ tree, path }) => {
      if (!path.includes("\n")) return [nameIn(tree, parentOf(path)), nameIn(tree, path)];
      const id = (await listEntries(view, tree, "")).find((entry) => entry.path === path)?.id;
      return [Buffer.from(tree.id), Buffer.from(id ?? tree.id)];
    }),
  );
  const objects = await lookUpObjects(view, lines.flat(), describe(requests));
  const idBytes = view.location.objectFormat === "sha1" ? 20 : 32;
  return requests.map(({ tree, path }, index) => {
    const [directory, file] = [objects[2 * index], objects[2 * index + 1]];
    if (path.includes("\n")) return file?.kind === "blob" ? file.content : null;
    if (directory?.kind !== "tree") return null;
    const entries = parseTree(directory.content, idBytes);
    directories.learn(tree, parentOf(path), entries);
    const name = pathToBytes(path.slice(path.lastIndexOf("/") + 1));
    const entry = entries.find((candidate) => candidate.name.equals(name));
    if (entry === undefined || !isRegular(entry.mode)) return null;
    return file?.content ?? missingObjects(`${path} in ${tree.label}`, [entry.id], view.location.partial);
  });
}

function nameIn(tree: Tree, path: string): Buffer {
  return path === "" ? Buffer.from(tree.id) : Buffer.concat([Buffer.from(`${tree.id}:`), pathToBytes(path)]);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function isRegular(mode: string): boolean {
  return mode.startsWith("100");
}

function describe(requests: readonly Request[]): string {
  const [first] = requests;
  return first === undefined ? "The tree" : `${first.path} in ${first.tree.label}`;
}

interface Entry {
  mode: string;
  id: string;
  path: string;
}

type Entries = (tree: Tree, directory: string) => Promise<Entry[]>;

async function listFiles(entriesOf: Entries, tree: Tree, directory: string): Promise<string[]> {
  const entries = await entriesOf(tree, directory);
  return entries.filter((entry) => isRegular(entry.mode)).map((entry) => entry.path);
}

async function listLinks(
  view: View,
  entriesOf: Entries,
  tree: Tree,
  directory: string,
): Promise<Record<string, string>> {
  const links = (await entriesOf(tree, directory)).filter((entry) => entry.mode === "120000");
  if (links.length === 0) return {};
  const ids = links.map((link) => link.id);
  const targets = await readObjects(view, ids, `The tree of ${tree.label}`);
  return Object.fromEntries(links.map((link, index) => [link.path, pathFromBytes(targets[index]!)]));
}

async function listEntries(view: View, tree: Tree, directory: string): Promise<Entry[]> {
  if (directory !== "" && !isPlainPath(directory)) return [];
  // Bytes that are not UTF-8 cannot be an argument of a process: then everything is listed and searched.
  const prefix = directory === "" ? "" : `${directory}/`;
  const filter = prefix !== "" && isText(prefix) ? ["--", prefix] : [];
  const result = await view.git(["ls-tree", "-r", "-z", "--full-tree", tree.id, ...filter]);
  if (result.exitCode !== 0) throw corruptRepository(`The tree of ${tree.label}`, result);
  return splitNulBytes(result.stdout)
    .map((line) => {
      const tab = line.indexOf(0x09);
      const [mode, , id] = line.toString("latin1", 0, tab).split(" ");
      return { mode: mode!, id: id!, path: pathFromBytes(line.subarray(tab + 1)) };
    })
    .filter((entry) => entry.path.startsWith(prefix));
}

function splitNulBytes(output: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    parts.push(output.subarray(at, end));
    at = end + 1;
  }
  return parts;
}

async function changedFiles(view: View, before: Tree, after: Tree): Promise<string[]> {
  if (before.id === after.id) return [];
  const result = await view.git([
    "diff-tree",
    "-r",
    "-z",
    "--name-only",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    before.id,
    after.id,
  ]);
  if (result.exitCode !== 0) throw corruptRepository(`${before.label} or ${after.label}`, result);
  return splitNul(result.stdout).sort(comparePaths);
}
