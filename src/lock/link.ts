import type { SourceAttributes } from "./parse.ts";
import { FORGES, referenceOf } from "./reference.ts";

/** A repository on a forge: host, and the path of the repository on it. */
interface Page {
  host: string;
  path: string;
}

/** How a kind of forge writes addresses below that of a repository. */
interface Forge {
  compare(from: string, to: string): string;
  file(revision: string, path: string, line: number): string;
  /** What a tarball of a revision is called there. */
  tarball: RegExp;
}

const github: Forge = {
  compare: (from, to) => `compare/${from}...${to}`,
  file: (revision, path, line) => `blob/${revision}/${path}#L${line}`,
  tarball: /^archive\/([^/]+)\.(?:tar\.gz|zip)$/,
};
const gitlab: Forge = {
  compare: (from, to) => `-/compare/${from}...${to}`,
  file: (revision, path, line) => `-/blob/${revision}/${path}#L${line}`,
  tarball: /^-\/archive\/([^/]+)\/[^/]+\.(?:tar\.gz|tar\.bz2|zip)$/,
};
/** SourceHut has no page for what lies between two commits; its log lists what led to the new one. */
const sourcehut: Forge = {
  compare: (_, to) => `log/${to}`,
  file: (revision, path, line) => `tree/${revision}/item/${path}#L${line}`,
  tarball: /^archive\/([^/]+)\.tar\.gz$/,
};
/** Gitea and its descendants. */
const forgejo: Forge = {
  compare: github.compare,
  file: (revision, path, line) => `src/commit/${revision}/${path}#L${line}`,
  tarball: github.tarball,
};
const bitbucket: Forge = {
  compare: (from, to) => `branches/compare/${to}%0D${from}`,
  file: (revision, path, line) => `src/${revision}/${path}#lines-${line}`,
  tarball: /^get\/([^/]+)\.(?:tar\.gz|tar\.bz2|zip)$/,
};

const TYPES: Readonly<Record<string, Forge>> = { github, gitlab, sourcehut };

/** Hosts whose pages are known, for sources that are fetched by address. */
const HOSTS: Readonly<Record<string, Forge>> = {
  "github.com": github,
  "gitlab.com": gitlab,
  "gitlab.freedesktop.org": gitlab,
  "gitlab.gnome.org": gitlab,
  "invent.kde.org": gitlab,
  "salsa.debian.org": gitlab,
  "git.sr.ht": sourcehut,
  "codeberg.org": forgejo,
  "gitea.com": forgejo,
  "git.lix.systems": forgejo,
  "bitbucket.org": bitbucket,
};

/** A page that shows what lies between two revisions of the same repository, where there is one. */
export function compareLink(from: SourceAttributes, to: SourceAttributes): string | null {
  if (referenceOf(from) !== referenceOf(to)) return null;
  const [old, now] = [from.rev, to.rev];
  const page = pageOf(to);
  if (page === null || !isRevision(old) || !isRevision(now)) return null;
  return `https://${page.host}/${page.path}/${forgeOf(to, page).compare(old, now)}`;
}

/**
 * The page of a file at a line (1-based) and at the locked revision, where there is one.
 * @param file relative to the root of the source's tree.
 */
export function fileLink(locked: SourceAttributes, file: string, line: number): string | null {
  const tarball = locked.type === "tarball" ? tarballPage(locked) : null;
  const page = tarball ?? pageOf(locked);
  // What is in a tarball is what its address names, whatever else is locked beside it.
  const revision = tarball === null ? locked.rev : tarball.revision;
  const steps = file.split("/");
  const isPlain = steps.every(
    (step) => step !== "" && step !== "." && step !== ".." && !/\p{Surrogate}/u.test(step),
  );
  if (page === null || !isRevision(revision) || !isPlain) return null;
  const path = steps.map(encodedStep).join("/");
  return `https://${page.host}/${page.path}/${forgeOf(locked, page).file(revision, path, line)}`;
}

function pageOf(source: SourceAttributes): Page | null {
  if (Object.hasOwn(TYPES, String(source.type))) return forgePage(source);
  return source.type === "git" ? gitPage(String(source.url)) : null;
}

function forgeOf({ type }: SourceAttributes, { host }: Page): Forge {
  return Object.hasOwn(TYPES, String(type)) ? TYPES[String(type)]! : HOSTS[host]!;
}

function isRevision(text: unknown): text is string {
  return typeof text === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** `encodeURIComponent` leaves a few marks alone that end a link in Markdown. */
function encodedStep(step: string): string {
  return encodeURIComponent(step).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function forgePage({ type, host, owner, repo }: SourceAttributes): Page | null {
  const page = { host: String(host ?? FORGES[String(type)]), path: `${decoded(owner)}/${decoded(repo)}` };
  return isPage(page) ? page : null;
}

/** `https://host/a/b.git`, `ssh://git@host/a/b`; the host must be one whose pages are known. */
function gitPage(url: string): Page | null {
  const match = /^(?:https?|ssh|git):\/\/(?:[\w.-]+@)?([^/:@]+)(?::\d+)?\/([^?#]+?)(?:\.git)?\/?$/.exec(url);
  if (match === null) return null;
  const page = { host: match[1]!.toLowerCase(), path: match[2]! };
  return Object.hasOwn(HOSTS, page.host) && isPage(page) ? page : null;
}

/** `https://github.com/a/b/archive/REV.tar.gz` and its like on the other hosts. */
function tarballPage({ url }: SourceAttributes): (Page & { revision: string }) | null {
  const match = /^https:\/\/([^/:@?#]+)\/([^?#]+)(?:\?[^#]*)?$/.exec(String(url));
  const [, host = "", rest = ""] = match ?? [];
  if (!Object.hasOwn(HOSTS, host)) return null;
  const steps = rest.split("/");
  // GitLab has groups in groups: the repository ends where the name of a tarball begins.
  for (let length = 2; length < steps.length; length++) {
    const revision = HOSTS[host]!.tarball.exec(steps.slice(length).join("/"))?.[1];
    const page = { host, path: steps.slice(0, length).join("/") };
    if (revision !== undefined && isPage(page)) return { ...page, revision };
  }
  return null;
}

/** Nothing that would lead a reader's browser elsewhere: every step is a plain name. */
function isPage({ host, path }: Page): boolean {
  const steps = path.split("/");
  return (
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host) &&
    steps.length >= 2 &&
    steps.every((step) => /^~?[\w.-]+$/.test(step) && !/^\.+$/.test(step))
  );
}

/** A group of groups is written `a%2Fb`. */
function decoded(part: string | number | boolean | undefined): string {
  return String(part ?? "").replace(/%2f/gi, "/");
}
