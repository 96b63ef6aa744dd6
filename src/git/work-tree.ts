import { lstatSync, readFileSync, readlinkSync, type Stats } from "node:fs";
import { codeOf } from "../system/failures.ts";
import { isTrue } from "./config-file.ts";
import { corruptRepository, workTreeUnreadable } from "./errors.ts";
import { parseRawDiff, readIndexEntries } from "./index-entries.ts";
import { readObjects } from "./objects.ts";
import { pathFromBytes, pathToBytes } from "./path-text.ts";
import { expandsInIsolation } from "./sparse-index.ts";
import type { Entry } from "./tree-builder.ts";
import type { View } from "./view.ts";

/**
 * Settings that change what Git would store of a file, or what it takes for changed or ignored: plain data, each
 * with the values that it may have. None names a program.
 */
const CONVERSION_SETTINGS: Record<string, RegExp> = {
  "core.autocrlf": /^(true|false|yes|no|on|off|1|0|input)$/i,
  "core.eol": /^(lf|crlf|native)$/i,
  "core.filemode": /^(true|false|yes|no|on|off|1|0)$/i,
  "core.symlinks": /^(true|false|yes|no|on|off|1|0)$/i,
  "core.ignorecase": /^(true|false|yes|no|on|off|1|0)$/i,
  "core.trustctime": /^(true|false|yes|no|on|off|1|0)$/i,
  "core.checkstat": /^(default|minimal)$/i,
  "core.precomposeunicode": /^(true|false|yes|no|on|off|1|0)$/i,
  "core.sparsecheckout": /^(true|false|yes|no|on|off|1|0)$/i,
  "core.sparsecheckoutcone": /^(true|false|yes|no|on|off|1|0)$/i,
  "core.excludesfile": /^[^\0\n]+$/,
  "core.attributesfile": /^[^\0\n]+$/,
};

/** What `git add -u` (with `includeUntracked`: `git add -A`) would stage now, without running any filter. */
export async function readWorkTreeEntries(
  view: View,
  workTree: string,
  includeUntracked: boolean,
): Promise<Entry[]> {
  const indexFile = view.copyIndex();
  const settings = await adoptSettings(view);
  const [staged, touched, untracked] = await Promise.all([
    readIndexEntries(view, indexFile),
    touchedPaths(view, workTree, indexFile),
    includeUntracked ? untrackedPaths(view, workTree, indexFile) : [],
  ]);
  const entries = new Map(staged.map((entry) => [entry.path, entry]));
  const files: FileToHash[] = [];
  for (const path of [...touched, ...untracked]) {
    const entry = entries.get(path);
    // A submodule stays at the commit that is staged; Git would have to run inside it to say more.
    if (entry?.mode === "160000") continue;
    const stat = statOf(workTree, path);
    if (stat?.isSymbolicLink()) {
      const target = linkTarget(workTree, path);
      entries.set(path, { path, mode: "120000", id: view.store.write("blob", target) });
    } else if (stat?.isFile()) {
      files.push({ path, mode: fileMode(stat, entry?.mode, settings) });
    } else {
      entries.delete(path);
    }
  }
  for (const entry of await storeFiles(view, workTree, indexFile, files, entries))
    entries.set(entry.path, entry);
  return [...withoutShadowed(entries)];
}

/** With the one file as it is about to become; what its path stands in the way of goes. */
export function withEdited(
  entries: readonly Entry[],
  edited: { path: string; content: string } | undefined,
  view: View,
): Entry[] {
  if (edited === undefined) return [...entries];
  const { path, content } = edited;
  const kept = entries.filter(
    (entry) =>
      entry.path !== path && !entry.path.startsWith(`${path}/`) && !path.startsWith(`${entry.path}/`),
  );
  const mode = entries.find((entry) => entry.path === path && entry.mode === "100755")?.mode ?? "100644";
  return [...kept, { path, mode, id: view.store.write("blob", Buffer.from(content)) }];
}

async function adoptSettings(view: View): Promise<Map<string, string>> {
  const found = await view.readUserConfig(
    `^core\\.(${Object.keys(CONVERSION_SETTINGS)
      .map((key) => key.slice(5))
      .join("|")})$`,
  );
  const settings = new Map([...found].filter(([key, value]) => CONVERSION_SETTINGS[key]?.test(value)));
  view.adoptConfig(settings);
  return settings;
}

/** Tracked paths that may differ from the index, `git add -N` included. Submodules are not entered. */
async function touchedPaths(view: View, workTree: string, indexFile: string): Promise<string[]> {
  const result = await view.git(
    [
      "diff-files",
      "--raw",
      "-z",
      "--no-renames",
      "--no-abbrev",
      "--ignore-submodules=all",
      "--no-ext-diff",
      "--no-textconv",
    ],
    { workTree, indexFile, isolated: await expandsInIsolation(view, indexFile) },
  );
  if (result.exitCode !== 0) throw corruptRepository("The work tree", result);
  return parseRawDiff(result.stdout).map((change) => change.path);
}

async function untrackedPaths(view: View, workTree: string, indexFile: string): Promise<string[]> {
  const result = await view.git(["ls-files", "-z", "--others", "--exclude-standard"], {
    workTree,
    indexFile,
    isolated: await expandsInIsolation(view, indexFile),
  });
  if (result.exitCode !== 0) throw corruptRepository("The work tree", result);
  const paths = splitNul(result.stdout);
  // A repository inside this one is listed as a directory: it is not part of this one.
  return paths.filter((path) => !path.endsWith("/"));
}

export function splitNul(output: Buffer): string[] {
  const parts: string[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    parts.push(pathFromBytes(output.subarray(at, end)));
    at = end + 1;
  }
  return parts;
}

interface FileToHash {
  path: string;
  mode: string;
}

/**
 * Ids of files as Git would store them: line endings and encodings as attributes and `core.autocrlf` say, no
 * filter (there is none in our configuration). Changed content is stored at once, so that what is judged is what
 * was read.
 */
async function storeFiles(
  view: View,
  workTree: string,
  indexFile: string,
  files: readonly FileToHash[],
  staged: ReadonlyMap<string, Entry>,
): Promise<Entry[]> {
  if (files.length === 0) return [];
  const contents = files.map(({ path }) => readWorkTreeFile(workTree, path));
  const ids = await hashFiles(view, workTree, files);
  const converted = new Set<string>();
  files.forEach(({ path }, index) => {
    const id = ids[index]!;
    if (id === staged.get(path)?.id) return;
    if (view.store.idOf("blob", contents[index]!) === id) view.store.write("blob", contents[index]!);
    else converted.add(path);
  });
  const convertedIds = await storeConverted(view, workTree, indexFile, converted, staged);
  return files.map(({ path, mode }, index) => ({ path, mode, id: convertedIds.get(path) ?? ids[index]! }));
}

async function hashFiles(view: View, workTree: string, files: readonly FileToHash[]): Promise<string[]> {
  const result = await view.git(["-C", workTree, "hash-object", "-t", "blob", "--stdin-paths"], {
    workTree,
    input: Buffer.concat(files.map(({ path }) => quotedLine(path))),
  });
  const ids = result.stdout.toString("latin1").split("\n").slice(0, -1);
  if (result.exitCode !== 0 || ids.length !== files.length) {
    throw workTreeUnreadable(files[ids.length]?.path ?? "?", new Error(result.stderr.trim()));
  }
  return ids;
}

/**
 * Files that are not stored byte for byte, stored by Git in a copy of the index. It also looks at what was stored
 * before: a file that has carriage returns there keeps them under `core.autocrlf`.
 */
async function storeConverted(
  view: View,
  workTree: string,
  indexFile: string,
  paths: ReadonlySet<string>,
  staged: ReadonlyMap<string, Entry>,
): Promise<Map<string, string>> {
  if (paths.size === 0) return new Map();
  const before = [...paths].flatMap((path) => staged.get(path)?.id ?? []);
  for (const content of await readObjects(view, before, "The index"))
    view.store.writeIsolated("blob", content);
  const copy = view.copyIndex(indexFile);
  const result = await view.git(["update-index", "-z", "--add", "--replace", "--stdin"], {
    workTree,
    indexFile: copy,
    isolated: true,
    input: Buffer.concat([...paths].flatMap((path) => [pathToBytes(path), Buffer.of(0)])),
  });
  if (result.exitCode !== 0) throw workTreeUnreadable([...paths].join(", "), new Error(result.stderr.trim()));
  const entries = await readIndexEntries(view, copy);
  return new Map(entries.filter(({ path }) => paths.has(path)).map(({ path, id }) => [path, id]));
}

/** One path a line, in C quotes: a path may hold a line feed or begin with a quote. */
function quotedLine(path: string): Buffer {
  const text = [...pathToBytes(path)]
    .map((byte) =>
      byte === 0x22 || byte === 0x5c
        ? `\\${String.fromCharCode(byte)}`
        : byte < 0x20 || byte >= 0x7f
          ? `\\${byte.toString(8).padStart(3, "0")}`
          : String.fromCharCode(byte),
    )
    .join("");
  return Buffer.from(`"${text}"\n`);
}

/** A file may be executable where the file system cannot say so, and a symlink a file where it has none. */
function fileMode(
  stat: Stats,
  stagedMode: string | undefined,
  settings: ReadonlyMap<string, string>,
): string {
  const off = (key: string) => settings.has(key) && !isTrue(settings.get(key));
  if (off("core.symlinks") && stagedMode === "120000") return stagedMode;
  if (off("core.filemode")) return stagedMode === "100755" ? stagedMode : "100644";
  return (stat.mode & 0o100) === 0 ? "100644" : "100755";
}

/** Without entries below a path that is now a file: its old files are gone, but may be hidden from `diff-files`. */
function* withoutShadowed(entries: ReadonlyMap<string, Entry>): Iterable<Entry> {
  for (const entry of entries.values()) {
    let shadowed = false;
    for (let slash = entry.path.indexOf("/"); slash !== -1; slash = entry.path.indexOf("/", slash + 1)) {
      shadowed ||= entries.has(entry.path.slice(0, slash));
    }
    if (!shadowed) yield entry;
  }
}

function absolute(workTree: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${workTree}/`), pathToBytes(path)]);
}

function statOf(workTree: string, path: string): Stats | undefined {
  try {
    // A path that leads through a symlink is not the tracked one.
    for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
      if (lstatSync(absolute(workTree, path.slice(0, slash))).isSymbolicLink()) return undefined;
    }
    return lstatSync(absolute(workTree, path));
  } catch (cause) {
    if (codeOf(cause) === "ENOENT" || codeOf(cause) === "ENOTDIR") return undefined;
    throw workTreeUnreadable(path, cause);
  }
}

function readWorkTreeFile(workTree: string, path: string): Buffer {
  try {
    return readFileSync(absolute(workTree, path));
  } catch (cause) {
    throw workTreeUnreadable(path, cause);
  }
}

function linkTarget(workTree: string, path: string): Buffer {
  try {
    return readlinkSync(absolute(workTree, path), { encoding: "buffer" });
  } catch (cause) {
    throw workTreeUnreadable(path, cause);
  }
}
