import type { GitHub } from "./api.ts";
import { isNotAllowed, statusOf } from "./failure.ts";
import { formatMarker, isNewer, type Marker, parseMarker } from "./marker.ts";

export interface StickyComment {
  /** Number of the pull request. */
  issue: number;
  marker: Marker;
  /** Login of whoever owns the token, such as `github-actions[bot]`. */
  author: string;
  /** The text, largest form first: the next is tried when GitHub finds one too large. */
  bodies: readonly string[];
  /** False: only a comment that is there is changed, none is made. */
  create: boolean;
}

export type CommentOutcome =
  | { kind: "created" | "updated" | "unchanged"; url: string }
  /** There is none, and none was to be made. */
  | { kind: "absent" }
  /** A later run has spoken. */
  | { kind: "outdated" }
  | { kind: "not-allowed" }
  /** It was made under another name, and will not be found again. */
  | { kind: "foreign-author"; login: string };

interface Comment {
  id: number;
  body: string;
  login: string;
  url: string;
}

/** A run that is overtaken while it writes looks again this often. */
const MAX_ROUNDS = 3;

/**
 * Makes, updates or leaves alone the one comment of this marker's key. Found by marker and author over all pages; an
 * older run never takes the place of a newer one; what two runs wrote at once becomes one comment again.
 */
export async function upsertComment(github: GitHub, wanted: StickyComment): Promise<CommentOutcome> {
  try {
    return await settle(github, wanted);
  } catch (error) {
    if (isNotAllowed(error)) return { kind: "not-allowed" };
    throw error;
  }
}

async function settle(github: GitHub, wanted: StickyComment): Promise<CommentOutcome> {
  let outcome: CommentOutcome = { kind: "absent" };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const own = await ownComments(github, wanted);
    // Whoever is newer puts things in order; what an older run removed could be the only word of it.
    if (own.some(({ body }) => isOvertaken(body, wanted.marker))) return { kind: "outdated" };
    const [kept, ...duplicates] = own;
    for (const { id } of duplicates) await remove(github, id);
    if (kept === undefined && !wanted.create) return { kind: "absent" };
    const written = await write(github, wanted, kept);
    if (written.kind === "unchanged") return outcome.kind === "absent" ? written : outcome;
    outcome = written;
    if (written.kind === "foreign-author") return written;
    // Read again: another run may have written in between.
  }
  return outcome;
}

function isOvertaken(body: string, ours: Marker): boolean {
  const theirs = parseMarker(body);
  return theirs !== null && isNewer(theirs, ours);
}

/** By id: the oldest first. */
async function ownComments(github: GitHub, { issue, marker, author }: StickyComment): Promise<Comment[]> {
  const { octokit, owner, repo } = github;
  const all = await octokit.paginate(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: issue,
    per_page: 100,
  });
  return all
    .map(({ id, body, user, html_url }) => ({
      id,
      body: body ?? "",
      login: user?.login ?? "",
      url: html_url,
    }))
    .filter(({ body, login }) => login === author && parseMarker(body)?.key === marker.key)
    .sort((a, b) => a.id - b.id);
}

async function write(
  github: GitHub,
  wanted: StickyComment,
  kept: Comment | undefined,
): Promise<CommentOutcome> {
  for (const [index, text] of wanted.bodies.entries()) {
    const body = formatMarker(wanted.marker) + text;
    try {
      return await writeBody(github, wanted, kept, body);
    } catch (error) {
      const isTooLarge = statusOf(error) === 422;
      if (!isTooLarge || index === wanted.bodies.length - 1) throw error;
    }
  }
  return { kind: "absent" };
}

async function writeBody(
  { octokit, owner, repo }: GitHub,
  { issue, author }: StickyComment,
  kept: Comment | undefined,
  body: string,
): Promise<CommentOutcome> {
  if (kept === undefined) {
    const { data } = await octokit.rest.issues.createComment({ owner, repo, issue_number: issue, body });
    const login = data.user?.login ?? "";
    return login === author ? { kind: "created", url: data.html_url } : { kind: "foreign-author", login };
  }
  if (sameText(kept.body, body)) return { kind: "unchanged", url: kept.url };
  const { data } = await octokit.rest.issues.updateComment({ owner, repo, comment_id: kept.id, body });
  return { kind: "updated", url: data.html_url };
}

function sameText(a: string, b: string): boolean {
  return a.replaceAll("\r\n", "\n").trimEnd() === b.trimEnd();
}

async function remove({ octokit, owner, repo }: GitHub, id: number): Promise<void> {
  try {
    await octokit.rest.issues.deleteComment({ owner, repo, comment_id: id });
  } catch (error) {
    // The other run has removed it first.
    if (statusOf(error) !== 404) throw error;
  }
}
