import { pinnedReference, type SourceAttributes, sourceDigest } from "../lock/index.ts";
import { EvaluationError } from "../model/errors.ts";

/** Where a foreign lock file may make us fetch from when the base revision did not: the public forges. */
const PUBLIC_HOSTS: Readonly<Record<string, string>> = {
  github: "github.com",
  gitlab: "gitlab.com",
  sourcehut: "git.sr.ht",
};
const FETCHABLE = new Set([...Object.values(PUBLIC_HOSTS), "codeberg.org"]);

/**
 * Before an untrusted lock file is acted upon: everything new in it must come from a public host, and nothing new may
 * point into this machine or its network.
 * @param known sources of the base revision: who wrote those is trusted.
 * @param which `local`: only what would be read from this machine or over plain HTTP; `all`: before anything is fetched.
 * @throws EvaluationError `input-not-allowed`, naming the source.
 */
export function vetSources(
  sources: Iterable<SourceAttributes>,
  known: readonly SourceAttributes[],
  which: "local" | "all",
): void {
  const knownKeys = new Set(known.map(identityOf));
  const knownHosts = new Set(known.map(hostOf).filter((host) => host !== null));
  for (const source of sources) {
    if (knownKeys.has(identityOf(source))) continue;
    const host = reachesFurther(source) ? null : hostOf(source);
    if (host !== null && (which === "local" || FETCHABLE.has(host) || knownHosts.has(host))) continue;
    throw new EvaluationError(
      "input-not-allowed",
      `flake.lock of an untrusted change names ${pinnedReference(source)}, which is not fetched`,
      {
        hint: "Inputs from other hosts are fetched once the base revision locks one of them; check it without --untrusted after reading it.",
      },
    );
  }
}

/** All of a source that decides about what is fetched. */
function identityOf(source: SourceAttributes): string {
  const { dir: _dir, lastModified: _date, revCount: _count, ...rest } = source;
  return sourceDigest(rest);
}

/** Submodules and large files are fetched from addresses that the repository itself names. */
function reachesFurther(source: SourceAttributes): boolean {
  return ["submodules", "lfs"].some((name) => source[name] !== undefined && source[name] !== false);
}

/** The host that a source is fetched from over TLS or SSH; null for local ones and for plain HTTP. */
export function hostOf(source: SourceAttributes): string | null {
  const type = String(source.type);
  if (Object.hasOwn(PUBLIC_HOSTS, type)) return String(source.host ?? PUBLIC_HOSTS[type]).toLowerCase();
  const url = /^(?:https|ssh):\/\/(?:[^@/?#\\\s]*@)?([a-z0-9.-]+)(?::\d+)?\//i.exec(
    String(source.url ?? ""),
  )?.[1];
  return url?.toLowerCase() ?? null;
}

/**
 * References that a sealed evaluation may open for a source: all below its parent directory, which is fetched already.
 * Nix reads the list as words: an address with a blank in it would be two, the second chosen by whoever wrote it.
 */
export function allowedUrisOf(source: SourceAttributes): string[] {
  return urisOf(source).filter((uri) => !/\s/.test(uri));
}

function urisOf(source: SourceAttributes): string[] {
  switch (source.type) {
    case "github":
    case "gitlab":
    case "sourcehut":
      return [
        `${source.type}:${source.owner}/${source.repo}`,
        `${source.type}:${source.owner}/${source.repo}/`,
      ];
    case "path":
      return [`path:${parentOf(String(source.path))}`];
    default: {
      const url = parentOf(String(source.url ?? ""));
      return [url, `${source.type}+${url}`];
    }
  }
}

function parentOf(url: string): string {
  return url.slice(0, url.replace(/\/+$/, "").lastIndexOf("/") + 1);
}
