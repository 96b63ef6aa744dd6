import type { SourceAttributes } from "./parse.ts";

const FORGES: Readonly<Record<string, string>> = {
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
  if (type in FORGES) {
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
  if (String(source.type) in FORGES && source.rev !== undefined) {
    const [base, query] = reference.split("?");
    return `${base}/${revision}${query === undefined ? "" : `?${query}`}`;
  }
  const name = source.rev === undefined ? "narHash" : "rev";
  return `${reference}${reference.includes("?") ? "&" : "?"}${name}=${revision}`;
}

/** A page that shows what lies between two revisions of the same repository, where there is one. */
export function compareLink(from: SourceAttributes, to: SourceAttributes): string | null {
  if (referenceOf(from) !== referenceOf(to)) return null;
  const revisions = [from.rev, to.rev].map(String);
  const safe = [to.owner, to.repo].every((part) => /^[\w.-]+$/.test(String(part)));
  if (!safe || !revisions.every((revision) => /^[0-9a-f]{40}$/.test(revision))) return null;
  const host = String(to.host ?? FORGES[String(to.type)] ?? "");
  if (!/^[a-z0-9.-]+$/i.test(host)) return null;
  const repository = `https://${host}/${to.owner}/${to.repo}`;
  if (to.type === "github") return `${repository}/compare/${revisions.join("...")}`;
  if (to.type === "gitlab") return `${repository}/-/compare/${revisions.join("...")}`;
  return null;
}

function withQuery(base: string, query: readonly string[]): string {
  return query.length === 0 ? base : `${base}?${query.join("&")}`;
}

function relativeText(path: string): string {
  return path.startsWith("/") || path.startsWith("./") || path.startsWith("../") ? path : `./${path}`;
}
