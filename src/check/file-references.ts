import posix from "node:path/posix";
import { SETTING_EFFECTS } from "../diff/setting-effects.ts";
import type { RawSet, RawValue, References } from "../model/raw-value.ts";

/** A tree that texts can name files of. Paths are relative to its root. */
export interface NamedTree {
  kindOf(path: string): "file" | "directory" | null;
  /** `sha256:…` over the file, or over names and contents of all files below the directory. */
  digestOf(path: string): Promise<string>;
}

export interface ReferenceTrees {
  /** The repository's own tree; opened when there is a text to look at. */
  own(): Promise<NamedTree>;
  /** The project's directory in it: a relative path may start there, or at the root. */
  directory: string;
  /** Inputs by the symbol that a text has for them: `<standards>`. The digest of `""` is that of the whole input. */
  inputs: ReadonlyMap<string, NamedTree>;
}

/** Longer texts are no commands; what they name is not searched for, and every change of the tree counts. */
const MAX_TEXT = 16 * 1024;
const MAX_TEXT_IN_ALL = 1024 * 1024;
/** How many ends of a name are tried: a name may hold blanks and other characters that end a word. */
const MAX_ENDS = 32;

/** What holds command lines. Of a tool, all but `command` is text for Claude. */
const SURFACES = ["hooks", "mcpServers", "tools", "env", "settings"] as const;
const WORDS_ONLY = new Set(["name", "type", "matcher", "description", "prompt", "examples", "preferOver"]);
/** Here every key is the name of a variable. */
const VARIABLES = new Set(["env", "headers"]);

/**
 * The context with a digest of every file that a command line names: a hook that runs `./hooks/guard.sh` is another
 * hook once that file is another, though its text stays the same.
 */
export async function withFileReferences(context: RawValue, trees: ReferenceTrees): Promise<RawValue> {
  if (context.kind !== "set") return context;
  const finder = new ReferenceFinder(trees);
  const entries = { ...context.entries };
  for (const surface of SURFACES) {
    const value = Object.hasOwn(entries, surface) ? entries[surface] : undefined;
    if (value !== undefined) {
      entries[surface] = await finder.visit(value, surface, (key) => surface !== "settings" || mayRun(key));
    }
  }
  return { ...context, entries };
}

/** Settings that run something, and those of which nobody knows. */
function mayRun(key: string): boolean {
  const effect = Object.hasOwn(SETTING_EFFECTS, key) ? SETTING_EFFECTS[key] : undefined;
  const isGroup = Object.keys(SETTING_EFFECTS).some((name) => name.startsWith(`${key}.`));
  return effect === undefined ? !isGroup : effect.kind === "code";
}

class ReferenceFinder {
  readonly #trees: ReferenceTrees;
  readonly #digests = new Map<string, Promise<string>>();
  #opened: Promise<NamedTree> | null = null;
  #left = MAX_TEXT_IN_ALL;

  constructor(trees: ReferenceTrees) {
    this.#trees = trees;
  }

  /** @param under the key that the value stands under. */
  async visit(
    value: RawValue,
    under: string,
    isWanted: (key: string) => boolean = () => true,
  ): Promise<RawValue> {
    switch (value.kind) {
      case "scalar":
        return typeof value.value === "string" ? this.#noted(value, value.value) : value;
      case "string-like":
        return this.#noted(value, value.text);
      case "list": {
        const items: RawValue[] = [];
        for (const item of value.items) items.push(await this.visit(item, under));
        return { ...value, items };
      }
      case "set":
        return this.#visitSet(value, under, isWanted);
      default:
        return value;
    }
  }

  async #visitSet(set: RawSet, under: string, isWanted: (key: string) => boolean): Promise<RawSet> {
    const entries: [string, RawValue][] = [];
    for (const [key, value] of Object.entries(set.entries)) {
      const isText = value.kind !== "set" && WORDS_ONLY.has(key) && !VARIABLES.has(under);
      entries.push([key, isText || !isWanted(key) ? value : await this.visit(value, key)]);
    }
    return { ...set, entries: Object.fromEntries(entries) };
  }

  async #noted<T extends RawValue>(value: T, text: string): Promise<T> {
    const references = await this.#referencesOf(text);
    return Object.keys(references).length === 0 ? value : { ...value, references };
  }

  async #referencesOf(text: string): Promise<References> {
    this.#left -= text.length;
    if (text.length > MAX_TEXT || this.#left < 0) {
      return { ".": await this.#digest(".", await this.#own(), "") };
    }
    const own = await this.#own();
    const found = new Map<string, [tree: NamedTree, path: string]>();
    // As the shell reads it, and as it is written: quotes may stand around a part of a name, or in it.
    for (const spelling of new Set([withoutQuotes(text), text])) {
      const relative = spelling.replace(PROJECT_DIRECTORY, ".");
      for (const base of new Set(["", this.#trees.directory])) {
        for (const path of namedPaths(relative, own, base)) {
          found.set(`./${path}`, [own, path]);
        }
      }
      for (const [symbol, tree] of this.#trees.inputs) {
        for (const path of pathsAfter(spelling, symbol, tree)) {
          found.set(path === "" ? symbol : `${symbol}/${path}`, [tree, path]);
        }
      }
    }
    const names = [...found.keys()].sort();
    const digests = names.map(async (name) => [name, await this.#digest(name, ...found.get(name)!)] as const);
    return Object.fromEntries(await Promise.all(digests));
  }

  #own(): Promise<NamedTree> {
    this.#opened ??= this.#trees.own();
    return this.#opened;
  }

  #digest(name: string, tree: NamedTree, path: string): Promise<string> {
    const known = this.#digests.get(name) ?? tree.digestOf(path);
    this.#digests.set(name, known);
    return known;
  }
}

/** Ways in which a command says where the project lies. */
const PROJECT_DIRECTORY =
  /\$\{?(?:CLAUDE_PROJECT_DIR|PWD)(?::-[^}]*)?\}?|\$\(pwd\)|`pwd`|[$][(]git rev-parse --show-toplevel[)]/g;

function withoutQuotes(text: string): string {
  return text.replace(/["'\\]/g, "");
}

/** Where a word can begin. */
const WORD_START = /(?<=^|[\s"'`=;:,|&<>(){}[\]@])[^\s"'`=;:,|&<>(){}[\]@/]/g;

/** Files of the tree that the text names, and directories where it is plain that a path is meant. */
function namedPaths(text: string, tree: NamedTree, base: string): Set<string> {
  const paths = new Set<string>();
  for (const { index } of text.matchAll(WORD_START)) {
    const rest = text.slice(index);
    const isPath = /^\.{1,2}\//.test(rest);
    const { path, kind, left } = walk(tree, base, rest);
    // Of the root nothing is said: it is named for its own sake, and every change would be one of the command.
    if (path === "" || kind === null) continue;
    if (kind === "file" ? endsWord(left) : isPath || left.startsWith("/")) {
      if (path !== base) paths.add(path);
    }
  }
  return paths;
}

/** Paths in an input, `""` where the text names it whole. */
function pathsAfter(text: string, symbol: string, tree: NamedTree): Set<string> {
  const paths = new Set<string>();
  for (let at = text.indexOf(symbol); at !== -1; at = text.indexOf(symbol, at + 1)) {
    const rest = text.slice(at + symbol.length);
    paths.add(rest.startsWith("/") ? walk(tree, "", rest.slice(1)).path : "");
  }
  return paths;
}

/** As far as the text leads: the longest name first, so that a blank in a name is no end of it. */
function walk(tree: NamedTree, base: string, text: string) {
  let [path, left] = [base, text];
  let kind: "file" | "directory" | null = null;
  for (;;) {
    const climbed = /^(\.{1,2})(?:\/+|$)/.exec(left);
    if (climbed !== null) {
      path = climbed[1] === "." ? path : posix.join(path, "..");
      if (path === ".." || path.startsWith("../")) return { path: "", kind: null, left };
      path = path === "." ? "" : path;
      left = left.slice(climbed[0].length);
      kind = "directory";
      continue;
    }
    const name = longestName(tree, path, left);
    if (name === null) break;
    path = posix.join(path, name);
    kind = tree.kindOf(path);
    left = left.slice(name.length);
    if (kind === "file" || !left.startsWith("/")) break;
    if (longestName(tree, path, left.replace(/^\/+/, "")) === null && !/^\/+\.{1,2}\//.test(left)) break;
    left = left.replace(/^\/+/, "");
  }
  return { path, kind, left };
}

function longestName(tree: NamedTree, directory: string, text: string): string | null {
  const step = /^[^/\0]{1,255}/.exec(text)?.[0] ?? "";
  const ends = [...step.matchAll(/(?<=[\w.-])(?![\w.-])|(?=\.?$)|(?<=[^\w.-])/g)].map(({ index }) => index);
  for (const end of ends.slice(0, MAX_ENDS).reverse()) {
    const name = step.slice(0, end);
    if (name !== "" && name !== "." && name !== ".." && tree.kindOf(posix.join(directory, name)) !== null) {
      return name;
    }
  }
  return null;
}

function endsWord(left: string): boolean {
  return !/^(?:[\w-]|\.\w)/.test(left);
}
