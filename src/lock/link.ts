import type { SourceAttributes } from "./parse.ts";
import { FORGES, referenceOf } from "./reference.ts";

/** A repository on a forge: host, and the path of the repository on it. */
interface Page {
  host: string;
  path: string;
}

type Link = (repository: string, from: string, to: string) => string;

const github: Link = (repository, from, to) => `${repository}/compare/${from}...${to}`;
const gitlab: Link = (repository, from, to) => `${repository}/-/compare/${from}...${to}`;
/** SourceHut has no page for what lies between two commits; this one lists what led to the new one. */
const sourcehut: Link = (repository, _, to) => `${repository}/log/${to}`;
const bitbucket: Link = (repository, from, to) => `${repository}/branches/compare/${to}%0D${from}`;

const TYPES: Readonly<Record<string, Link>> = { github, gitlab, sourcehut };

/** Hosts whose pages are known, for sources that are fetched with Git. Forgejo and Gitea write links as GitHub does. */
const HOSTS: Readonly<Record<string, Link>> = {
  "github.com": github,
  "gitlab.com": gitlab,
  "gitlab.freedesktop.org": gitlab,
  "gitlab.gnome.org": gitlab,
  "invent.kde.org": gitlab,
  "salsa.debian.org": gitlab,
  "git.sr.ht": sourcehut,
  "codeberg.org": github,
  "gitea.com": github,
  "git.lix.systems": github,
  "bitbucket.org": bitbucket,
};

/** A page that shows what lies between two revisions of the same repository, where there is one. */
export function compareLink(from: SourceAttributes, to: SourceAttributes): string | null {
  if (referenceOf(from) !== referenceOf(to)) return null;
  const [old, now] = [String(from.rev), String(to.rev)];
  if (![old, now].every((revision) => /^[0-9a-f]{40}$/.test(revision))) return null;
  const type = String(to.type);
  const page = Object.hasOwn(TYPES, type) ? forgePage(to) : type === "git" ? gitPage(String(to.url)) : null;
  if (page === null) return null;
  const link = Object.hasOwn(TYPES, type) ? TYPES[type]! : HOSTS[page.host]!;
  return link(`https://${page.host}/${page.path}`, old, now);
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
