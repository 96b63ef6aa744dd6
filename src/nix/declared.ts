import type { LockFile, LockNode, SourceAttributes } from "../lock/index.ts";
import { EMPTY_SET, type RawSet, type RawValue } from "../model/raw-value.ts";

/**
 * Inputs whose declaration in `flake.nix` is not what `flake.lock` was made from, by name. Nix would lock them anew,
 * so that what was judged would not be what runs.
 */
export function staleInputs(declared: RawValue, lock: LockFile): string[] {
  // Nix wants literal sets here; what only pretends to be something else cannot be what was locked.
  if (declared.kind !== "set") return ["inputs"];
  return Object.entries(declared.entries).flatMap(([name, input]) =>
    name === "self" || (input.kind === "set" && isAsLocked(name, input, lock)) ? [] : [name],
  );
}

function isAsLocked(name: string, input: RawSet, lock: LockFile): boolean {
  const edge = lock.nodes.get(lock.root)!.inputs.get(name);
  if (edge === undefined) return false;
  const follows = textOf(input, "follows");
  if (follows !== null && follows !== "") return samePath(edge, follows);
  if (typeof edge !== "string") return false;
  const node = lock.nodes.get(edge);
  if (node === undefined || isFlake(input) !== node.flake || !overridesAreAsLocked(input, node, lock)) {
    return false;
  }
  // An override of an inner input that nobody followed to its end: only the root's own path can say it.
  const inner = setOf(input, "inputs");
  const followsElsewhere = [...node.inputs].some(
    ([child, to]) =>
      typeof to !== "string" && to.length > 0 && to[0] !== name && !Object.hasOwn(inner.entries, child),
  );
  if (followsElsewhere) return false;
  return namesSource(input, node.original ?? {}, name);
}

/** What the flake says of inputs of its inputs; one that the input does not have has no effect, Nix only warns. */
function overridesAreAsLocked(input: RawSet, node: LockNode, lock: LockFile): boolean {
  return Object.entries(setOf(input, "inputs").entries).every(([name, override]) => {
    const edge = node.inputs.get(name);
    if (edge === undefined) return true;
    if (override.kind !== "set") return false;
    const follows = textOf(override, "follows");
    if (follows !== null && follows !== "") return samePath(edge, follows);
    const child = typeof edge === "string" ? lock.nodes.get(edge) : undefined;
    if (namesAny(override)) {
      if (child === undefined || !namesSource(override, child.original ?? {}, name)) return false;
    }
    return child === undefined || overridesAreAsLocked(override, child, lock);
  });
}

function isFlake(input: RawSet): boolean {
  const flake = Object.hasOwn(input.entries, "flake") ? input.entries.flake : undefined;
  return !(flake?.kind === "scalar" && flake.value === false);
}

function namesAny(input: RawSet): boolean {
  return Object.hasOwn(input.entries, "url") || Object.hasOwn(input.entries, "type");
}

/** A group of groups is written `a%2Fb`, which versions of Nix keep or decode. */
function decoded(value: string | number | boolean | undefined): string | null {
  if (value === undefined) return null;
  try {
    return decodeURIComponent(spelled(value));
  } catch {
    return spelled(value);
  }
}

/** Does this declaration name the source that the lock file says it was made from? */
function namesSource(input: RawSet, original: SourceAttributes, name: string): boolean {
  if (Object.hasOwn(input.entries, "type")) {
    const wanted = attributesOf(input);
    return wanted !== null && sameSource(wanted, original);
  }
  // Without an address, the input is what the registry calls so.
  const url = Object.hasOwn(input.entries, "url") ? textOf(input, "url") : `flake:${name}`;
  if (url === null) return false;
  const wanted = parseReference(url);
  return wanted !== null ? sameSource(wanted, original) : sameAddress(url, original);
}

/** For forms with several spellings: the same place, and the same parameters. */
function sameAddress(url: string, original: SourceAttributes): boolean {
  const address = String(original.url ?? original.path ?? "");
  if (location(url) !== location(address)) return false;
  const wanted = parametersOf(url);
  const locked = parametersOf(address);
  for (const [key, value] of Object.entries(original)) {
    if (!["type", "url", "path", "owner", "repo", "id", "host"].includes(key))
      locked.set(key, spelled(value));
  }
  return [...new Set([...wanted.keys(), ...locked.keys()])].every(
    (key) => (wanted.get(key) ?? "0") === (locked.get(key) ?? "0"),
  );
}

function parametersOf(url: string): Map<string, string> {
  const [, query = ""] = url.replace(/#.*$/s, "").split(/\?(.*)/s);
  return new Map(new URLSearchParams(query));
}

function spelled(value: string | number | boolean): string {
  return typeof value === "boolean" ? (value ? "1" : "0") : String(value);
}

/** What forms with several spellings have in common: the place without scheme prefix, parameters and last slash. */
function location(url: string): string {
  const bare = url
    .replace(/[?#].*$/s, "")
    .replace(/^(?:path:|(?:git|hg|tarball|file)\+)/, "")
    .replace(/^file:\/\//, "");
  try {
    return decodeURIComponent(bare).replace(/\/$/, "");
  } catch {
    return bare;
  }
}

function sameSource(wanted: SourceAttributes, original: SourceAttributes): boolean {
  const names = new Set([...Object.keys(wanted), ...Object.keys(original)]);
  return [...names].every((name) => decoded(wanted[name]) === decoded(original[name]));
}

function samePath(edge: string | readonly string[], follows: string): boolean {
  return typeof edge !== "string" && edge.join("/") === follows;
}

function attributesOf(input: RawSet): SourceAttributes | null {
  const known: [string, string | number | boolean][] = [];
  for (const [name, value] of Object.entries(input.entries)) {
    if (["inputs", "flake", "follows"].includes(name)) continue;
    if (value.kind !== "scalar" || value.value === null) return null;
    known.push([name, value.value]);
  }
  return Object.fromEntries(known);
}

function setOf(input: RawSet, name: string): RawSet {
  const value = Object.hasOwn(input.entries, name) ? input.entries[name] : undefined;
  return value?.kind === "set" ? value : EMPTY_SET;
}

/**
 * A flake reference as the attributes that Nix writes into `original`; null for forms that have several spellings
 * there, of which only the place is compared.
 */
export function parseReference(url: string): SourceAttributes | null {
  if (url.includes("#")) return null;
  const [base = "", query = ""] = url.split("?");
  const parameters = Object.fromEntries(
    query.split("&").flatMap((pair) => {
      const [name, value] = pair.split("=");
      return name && value !== undefined ? [[name, value]] : [];
    }),
  );
  const forge = /^(github|gitlab|sourcehut):([^/]+)\/([^/]+)(?:\/(.+))?$/.exec(base);
  if (forge !== null) {
    const [, type, owner, repo, revision] = forge;
    const at =
      revision === undefined ? {} : /^[0-9a-f]{40}$/.test(revision) ? { rev: revision } : { ref: revision };
    return { type: type!, owner: owner!, repo: repo!, ...at, ...parameters };
  }
  if (url.includes("%")) return null;
  const indirect = /^(?:flake:)?([A-Za-z][A-Za-z0-9_-]*)(?:\/([A-Za-z0-9_.-]+))?$/.exec(base);
  if (indirect !== null) {
    const [, id, revision] = indirect;
    const at =
      revision === undefined ? {} : /^[0-9a-f]{40}$/.test(revision) ? { rev: revision } : { ref: revision };
    return { type: "indirect", id: id!, ...at, ...parameters };
  }
  const git = /^git\+((?:https|http|ssh|file):\/\/.+)$/.exec(base);
  if (git !== null) {
    const others = Object.keys(parameters).filter((name) => !["ref", "rev", "dir"].includes(name));
    return others.length > 0 ? null : { type: "git", url: git[1]!, ...parameters };
  }
  return null;
}

function textOf(set: RawSet, name: string): string | null {
  const value = Object.hasOwn(set.entries, name) ? set.entries[name] : undefined;
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : null;
}
