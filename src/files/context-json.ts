import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { ContextError, UsageError } from "../model/errors.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { DEFAULT_LIMITS } from "../model/limits.ts";
import type { PathContent, RawValue } from "../model/raw-value.ts";
import { codeOf } from "../system/failures.ts";

/** What follows the directory of the store in a path value or a package, as `nix eval --json` spells both. */
const IN_STORE = /^\/[0-9a-z]{32}-([0-9A-Za-z+._?=-]+)(?:\/[^\0]*)?$/;

/** A directory with more files is no skill. */
const MAX_FILES = 1000;

/**
 * A context from a file, as `nix eval --json .#claudeContext` prints it. JSON knows neither paths nor packages: a text
 * that is exactly the name of something in the store stands for a file, for a directory with a `SKILL.md`, or for a
 * package, as what stands there says.
 * @param store where the store is: Nix says it to what it builds in `NIX_STORE`.
 * @throws UsageError, ContextError
 */
export function readContextJson(file: string, store = "/nix/store"): RawValue {
  const value = parsed(readText(file));
  if (isJsonObject(value)) return rawOf(value, store, 0);
  throw new ContextError("context-not-json", `${file} is not a JSON object`, {
    hint: "Write it with `nix eval --json .#claudeContext`, or with `builtins.toJSON`.",
  });
}

/** The bytes of a file of the store that such a context names; null where there is none. */
export async function readFromStore(path: string, store = "/nix/store"): Promise<Uint8Array | null> {
  return isWithin(store, path) && lstatSync(path).isFile() ? readFileSync(path) : null;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // The caller says that it is none.
    return undefined;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(
      "context-not-read",
      `--context ${file} could not be read (${codeOf(cause) ?? "unknown error"})`,
      { hint: "Name a file that holds a context as JSON.", cause },
    );
  }
}

function rawOf(value: Json, store: string, depth: number): RawValue {
  if (depth > DEFAULT_LIMITS.contextDepth) return { kind: "cut", limit: "depth" };
  if (Array.isArray(value))
    return { kind: "list", items: value.map((item) => rawOf(item, store, depth + 1)) };
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => [key, rawOf(item, store, depth + 1)] as const);
    return { kind: "set", entries: Object.fromEntries(entries), positions: {} };
  }
  return (typeof value === "string" ? inStore(value, store) : null) ?? { kind: "scalar", value };
}

/** What a text stands for that is the name of something in the store; null for any other text. */
function inStore(text: string, store: string): RawValue | null {
  const name = text.startsWith(`${store}/`) ? IN_STORE.exec(text.slice(store.length))?.[1] : undefined;
  if (name === undefined || !isWithin(store, text)) return null;
  const stat = lstatSync(text);
  if (stat.isFile()) return pathValue(text, fileContent(text));
  if (!stat.isDirectory()) return null;
  const files = filesBelow(text, "");
  if (files.includes("SKILL.md")) return pathValue(text, directoryContent(text, files));
  return { kind: "derivation", name, ...mainProgram(text) };
}

/** Is there something of that name, in the store and nowhere else, whatever links and `..` the name holds? */
function isWithin(store: string, path: string): boolean {
  try {
    return realpathSync(path).startsWith(`${realpathSync(store)}/`);
  } catch {
    return false;
  }
}

function pathValue(path: string, content: PathContent): RawValue {
  return { kind: "path", path, content };
}

function fileContent(path: string): PathContent & { kind: "file" } {
  const bytes = readFileSync(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const text = bytes.length <= DEFAULT_LIMITS.comparedTextBytes ? utf8(bytes) : null;
  const executable = (lstatSync(path).mode & 0o111) !== 0;
  return { kind: "file", sha256, ...(text !== null && { text }), ...(executable && { executable }) };
}

function directoryContent(root: string, files: readonly string[]): PathContent {
  return {
    kind: "directory",
    files: files.slice(0, MAX_FILES).map((path) => {
      const full = join(root, path);
      if (lstatSync(full).isSymbolicLink()) {
        return {
          path,
          sha256: createHash("sha256")
            .update(`symlink ${readlinkSync(full)}`)
            .digest("hex"),
        };
      }
      const { kind: _, ...content } = fileContent(full);
      return { path, ...content };
    }),
    truncated: files.length > MAX_FILES,
  };
}

/** Files and links below a directory; one more than are read says that there are too many. */
function filesBelow(root: string, directory: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
    const path = directory === "" ? entry.name : `${directory}/${entry.name}`;
    if (entry.isDirectory()) found.push(...filesBelow(root, path));
    else found.push(path);
    if (found.length > MAX_FILES) return found.slice(0, MAX_FILES + 1);
  }
  return found.sort();
}

/** `meta.mainProgram` is not part of a package: the only program that it has is its main one. */
function mainProgram(path: string): { mainProgram?: string } {
  const bin = join(path, "bin");
  const programs = lstatSync(bin, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(bin) : [];
  return programs.length === 1 ? { mainProgram: basename(programs[0]!) } : {};
}

function utf8(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
