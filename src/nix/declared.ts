import type { LockFile, SourceAttributes } from "../lock/index.ts";
import type { RawSet, RawValue } from "../model/raw-value.ts";

/**
 * Inputs whose declaration in `flake.nix` is not what `flake.lock` was made from, by name. Nix would lock them anew,
 * so that what was judged would not be what runs.
 */
export function staleInputs(declared: RawValue, lock: LockFile): string[] {
  if (declared.kind !== "set") return [];
  return Object.entries(declared.entries).flatMap(([name, input]) =>
    name === "self" || input.kind !== "set" || isAsLocked(name, input, lock) ? [] : [name],
  );
}

function isAsLocked(name: string, input: RawSet, lock: LockFile): boolean {
  const edge = lock.nodes.get(lock.root)!.inputs.get(name);
  if (edge === undefined) return false;
  const follows = textOf(input, "follows");
  if (follows !== null && follows !== "") return samePath(edge, follows);
  if (typeof edge !== "string") return false;
  const node = lock.nodes.get(edge);
  if (node === undefined) return false;
  const declaredFlake = input.entries.flake;
  const isFlake = !(declaredFlake?.kind === "scalar" && declaredFlake.value === false);
  if (isFlake !== node.flake) return false;
  const overrides = input.entries.inputs;
  if (overrides?.kind === "set") {
    for (const [inner, override] of Object.entries(overrides.entries)) {
      const target = override.kind === "set" ? textOf(override, "follows") : null;
      const lockedEdge = node.inputs.get(inner);
      // An override of an input that is not there has no effect; Nix only warns.
      if (target !== null && target !== "" && lockedEdge !== undefined && !samePath(lockedEdge, target))
        return false;
    }
  }
  if (node.original === null) return true;
  const url = textOf(input, "url");
  const wanted = url === null ? attributesOf(input) : parseReference(url);
  if (wanted !== null) return sameSource(wanted, node.original);
  return url === null || location(url) === location(String(node.original.url ?? node.original.path ?? ""));
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

const COMPARED = ["type", "owner", "repo", "id", "host", "ref", "rev", "dir", "url", "path"] as const;

function sameSource(wanted: SourceAttributes, original: SourceAttributes): boolean {
  return COMPARED.every((name) => (wanted[name] ?? null) === (original[name] ?? null));
}

function samePath(edge: string | readonly string[], follows: string): boolean {
  return typeof edge !== "string" && edge.join("/") === follows;
}

function attributesOf(input: RawSet): SourceAttributes | null {
  const type = textOf(input, "type");
  if (type === null || !["github", "gitlab", "sourcehut", "indirect"].includes(type)) return null;
  return Object.fromEntries(
    COMPARED.flatMap((name) => {
      const value = textOf(input, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/**
 * A flake reference as the attributes that Nix writes into `original`; null for forms that have several spellings
 * there, of which only the place is compared.
 */
export function parseReference(url: string): SourceAttributes | null {
  if (url.includes("%") || url.includes("#")) return null;
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
