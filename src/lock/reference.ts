import type { LockNode, SourceAttributes } from "./parse.ts";

/** Host of each forge, where the source names no other. */
export const FORGES: Readonly<Record<string, string>> = {
  github: "github.com",
  gitlab: "gitlab.com",
  sourcehut: "git.sr.ht",
};

/**
 * A source without its revision, for people and globs: `github:acme/standards`, `git+https://…/x.git?dir=nix`,
 * `path:./x`. A branch is left out: it says how a revision was found, not where the source lives.
 */
export function referenceOf(source: SourceAttributes): string {
  const text = (name: string) => String(source[name] ?? "");
  const query: string[] = [];
  if (source.dir !== undefined && source.dir !== "") query.push(`dir=${text("dir")}`);
  const type = text("type");
  if (Object.hasOwn(FORGES, type)) {
    if (source.host !== undefined && source.host !== FORGES[type]) query.unshift(`host=${text("host")}`);
    return withQuery(`${type}:${text("owner")}/${text("repo")}`, query);
  }
  switch (type) {
    case "git":
    case "hg":
      return withQuery(`${type}+${text("url")}`, query);
    case "path":
      return withQuery(`path:${relativeText(text("path"))}`, query);
    case "indirect":
      return `flake:${text("id")}`;
    default:
      return withQuery(text("url") === "" ? `${type}:` : text("url"), query);
  }
}

/** `rev`, else `narHash`; null where the source is not pinned. */
export function revisionOf(source: SourceAttributes): string | null {
  const revision = source.rev ?? source.narHash;
  return revision === undefined ? null : String(revision);
}

/** Reference and revision in one, as a flake reference: `github:acme/standards/3f2c…`. */
export function pinnedReference(source: SourceAttributes): string {
  const reference = referenceOf(source);
  const revision = revisionOf(source);
  if (revision === null) return reference;
  if (Object.hasOwn(FORGES, String(source.type)) && source.rev !== undefined) {
    const [base, query] = reference.split("?");
    return `${base}/${revision}${query === undefined ? "" : `?${query}`}`;
  }
  const name = source.rev === undefined ? "narHash" : "rev";
  return `${reference}${reference.includes("?") ? "&" : "?"}${name}=${revision}`;
}

/**
 * Where an input comes from, whatever its revision. A server of tarballs may give each revision an address of its own
 * (releases.nixos.org, FlakeHub): then it is the address that was asked for, and the host that answered.
 */
export function placeOf({ original, locked }: Pick<LockNode, "original" | "locked">): string {
  if (locked === null) return "";
  if (locked.type !== "tarball" || original?.type !== "tarball" || original.url === locked.url) {
    return referenceOf(locked);
  }
  const asked = referenceOf({ ...original, ...(locked.dir === undefined ? {} : { dir: locked.dir }) });
  return `${asked} at ${hostOf(String(locked.url))}`;
}

/** In lower case, without user and port; "" where an address has none. */
export function hostOf(url: string): string {
  return (/^[a-z+]+:\/\/(?:[^/?#]*@)?([^/?#:]*)/i.exec(url)?.[1] ?? "").toLowerCase();
}

/**
 * The branch or tag that is asked for; null: the default one. Another branch is another line of history, which
 * whoever guards the first one need not guard.
 */
export function branchOf({ original, locked }: Pick<LockNode, "original" | "locked">): string | null {
  return branchIn(original === null ? locked : original);
}

/** Older versions of Nix write `main` where newer ones write `refs/heads/main`. */
export function branchIn(source: SourceAttributes | null): string | null {
  return typeof source?.ref === "string" ? source.ref.replace(/^refs\/heads\//, "") : null;
}

function withQuery(base: string, query: readonly string[]): string {
  return query.length === 0 ? base : `${base}?${query.join("&")}`;
}

function relativeText(path: string): string {
  return path.startsWith("/") || path.startsWith("./") || path.startsWith("../") ? path : `./${path}`;
}
