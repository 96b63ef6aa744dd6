import posix from "node:path/posix";
import type { LockNode, SourceAttributes } from "./parse.ts";
import { branchIn, FORGES, hostOf } from "./reference.ts";

/** How a lock contradicts what it says it was made from. */
export interface Misfit {
  /** Attribute of `locked` (`owner`, `rev`), or `original` where that is missing. */
  attribute: string;
  wanted: string;
  found: string;
  /** `sibling`: another host of what may be the same owner, which servers of tarballs use. */
  kind: "other" | "sibling";
}

/** Whether a node is locked to what it says it asked for; null: as far as that can be told, it is. */
export function misfitOf({ original, locked }: LockNode): Misfit | null {
  if (locked === null) return null;
  if (original === null) return { attribute: "original", wanted: "", found: "", kind: "other" };
  // What a name in the registry stood for when it was locked is not written down.
  if (original.type !== "indirect") {
    if (original.type !== locked.type) return misfit("type", original, locked);
    const elsewhere = placeMisfit(original, locked);
    if (elsewhere !== null) return elsewhere;
    if (text(original.dir) !== text(locked.dir)) return misfit("dir", original, locked);
  }
  for (const name of ["rev", "narHash"]) {
    if (original[name] !== undefined && original[name] !== locked[name]) {
      return misfit(name, original, locked);
    }
  }
  for (const name of ["submodules", "lfs"]) {
    // The source can ask for these itself (`inputs.self.submodules`), but not refuse them.
    if (isOn(original[name]) && !isOn(locked[name])) return misfit(name, original, locked);
  }
  const [wanted, found] = [branchIn(original), branchIn(locked)];
  return wanted !== null && found !== null && wanted !== found ? misfit("ref", original, locked) : null;
}

function placeMisfit(original: SourceAttributes, locked: SourceAttributes): Misfit | null {
  const type = String(locked.type);
  if (Object.hasOwn(FORGES, type)) {
    const host = (source: SourceAttributes) => text(source.host ?? FORGES[type]).toLowerCase();
    if (host(original) !== host(locked)) {
      return { ...misfit("host", original, locked), wanted: host(original), found: host(locked) };
    }
    const name = ["owner", "repo"].find((part) => decoded(original[part]) !== decoded(locked[part]));
    return name === undefined ? null : misfit(name, original, locked);
  }
  if (type === "path") {
    const same = pathOf(original) === pathOf(locked);
    return same ? null : misfit("path", original, locked);
  }
  if (addressOf(original) === addressOf(locked)) return null;
  if (type === "tarball") return tarballMisfit(original, locked);
  return misfit("url", original, locked);
}

/** A server may answer with the address of what does not change, mostly on another host of its own. */
function tarballMisfit(original: SourceAttributes, locked: SourceAttributes): Misfit | null {
  const [wanted, found] = [hostOf(text(original.url)), hostOf(text(locked.url))];
  // `releases.nixos.org` for `nixos.org`: who owns a name owns all names below it.
  if (wanted.includes(".") && (found === wanted || found.endsWith(`.${wanted}`))) return null;
  return { ...misfit("url", original, locked), kind: areSiblings(wanted, found) ? "sibling" : "other" };
}

/** `channels.nixos.org` and `releases.nixos.org`; also `a.github.io` and `b.github.io`, which are not one owner's. */
function areSiblings(one: string, other: string): boolean {
  const owner = (host: string) => host.split(".").slice(-2).join(".");
  return /^[^.\d]+\.[^.\d]+$/.test(owner(one)) && owner(one) === owner(other);
}

function misfit(attribute: string, original: SourceAttributes, locked: SourceAttributes): Misfit {
  return { attribute, wanted: text(original[attribute]), found: text(locked[attribute]), kind: "other" };
}

/** Nix writes `https://host/x.git/` and `https://host/x.git` as they were typed. */
function addressOf({ url }: SourceAttributes): string {
  return decoded(url)
    .replace(/^file:\/\/(?=\/)/, "file:")
    .replace(/\/$/, "");
}

function pathOf({ path }: SourceAttributes): string {
  return posix.normalize(decoded(path)).replace(/(?<=.)\/$/, "");
}

function decoded(value: string | number | boolean | undefined): string {
  try {
    return decodeURIComponent(text(value));
  } catch {
    return text(value);
  }
}

function isOn(value: string | number | boolean | undefined): boolean {
  return value === true || value === 1 || value === "1";
}

function text(value: string | number | boolean | undefined): string {
  return value === undefined ? "" : String(value);
}
