import type { GitHub } from "./api.ts";
import { isFault, isNotAllowed, statusOf } from "./failure.ts";
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
  /** `expired`: the token is none (any more), whatever it may do. */
  | { kind: "not-allowed"; because: "expired" | "forbidden" }
  /** It was made under another name, and will not be found again. */
  | { kind: "foreign-author"; login: string };

/** All comments of a pull request, asked for ahead of time. */
export interface CommentsAhead {
  /** When they came, on the clock of `performance.now`; null: they did not. */
  answer: Promise<{ atMs: number; comments: Comment[] } | null>;
}

type Writing = Omit<StickyComment, "bodies"> & { bodies: string[] };

interface Comment {
  id: number;
  body: string;
  login: string;
  url: string;
}

/** A run that is overtaken while it writes looks again this often. */
const MAX_ROUNDS = 3;

/** What was asked for earlier than this is asked for again: a later run may have written since. */
const AHEAD_MAX_AGE_MS = 1000;

/** Asks for the comments while the check still runs: with an answer that is known, GitHub takes longer than the check. */
export function commentsAhead(github: GitHub, issue: number): CommentsAhead {
  const answer = allComments(github, issue).then(
    (comments) => ({ atMs: performance.now(), comments }),
    // Whoever writes asks again, and says what goes wrong.
    () => null,
  );
  return { answer };
}

/**
 * Makes, updates or leaves alone the one comment of this marker's key. Found by marker and author over all pages; an
 * older run never takes the place of a newer one; what two runs wrote at once becomes one comment again.
 */
export async function upsertComment(
  github: GitHub,
  wanted: StickyComment,
  ahead: CommentsAhead | null = null,
): Promise<CommentOutcome> {
  try {
    return await settle(github, wanted, (await ahead?.answer) ?? null);
  } catch (error) {
    const because = statusOf(error) === 401 ? "expired" : "forbidden";
    if (isNotAllowed(error)) return { kind: "not-allowed", because };
    throw error;
  }
}

async function settle(
  github: GitHub,
  wanted: StickyComment,
  ahead: Awaited<CommentsAhead["answer"]>,
): Promise<CommentOutcome> {
  let outcome: CommentOutcome = { kind: "absent" };
  let all = isStillTrue(ahead, wanted) ? ahead.comments : await allComments(github, wanted.issue);
  // Shrinks by what GitHub has found too large.
  const bodies = [...wanted.bodies];
  for (let round = 1; ; round++) {
    const own = ownComments(all, wanted);
    // Whoever is newer puts things in order; what an older run removed could be the only word of it.
    if (own.some(({ body }) => isOvertaken(body, wanted.marker))) {
      // What this very run has just made beside it is nobody's only word, and the newer one may be gone already.
      for (const { id, body } of own) if (isOurs(body, wanted.marker)) await remove(github, id);
      return { kind: "outdated" };
    }
    // That of an older run may be removed by it at this moment.
    const kept = own.find(({ body }) => isOurs(body, wanted.marker)) ?? own[0];
    for (const { id } of own) if (id !== kept?.id) await remove(github, id);
    if (kept === undefined && !wanted.create) return { kind: "absent" };
    const written = await writeOrDoubt(github, { ...wanted, bodies }, kept, round === MAX_ROUNDS);
    if (written?.kind === "unchanged") return outcome.kind === "absent" ? written : outcome;
    if (written !== null) outcome = written;
    if (outcome.kind === "foreign-author" || round === MAX_ROUNDS) return outcome;
    // Read again: another run may have written in between.
    all = await allComments(github, wanted.issue);
  }
}

/** null: a fault hides whether the comment was made, or it is gone by now: the next reading tells. */
async function writeOrDoubt(
  github: GitHub,
  wanted: Writing,
  kept: Comment | undefined,
  isLast: boolean,
): Promise<CommentOutcome | null> {
  try {
    return await write(github, wanted, kept);
  } catch (error) {
    const isInDoubt = kept === undefined ? isFault(error) : statusOf(error) === 404;
    if (isLast || !isInDoubt) throw error;
    return null;
  }
}

/**
 * Without a comment of its own: two that are made at once become one again. One that is there is read just before it is
 * changed, since GitHub changes it whatever it says by then.
 */
function isStillTrue(
  ahead: Awaited<CommentsAhead["answer"]>,
  wanted: StickyComment,
): ahead is NonNullable<Awaited<CommentsAhead["answer"]>> {
  if (ahead === null || performance.now() - ahead.atMs > AHEAD_MAX_AGE_MS) return false;
  return ownComments(ahead.comments, wanted).length === 0;
}

function isOurs(body: string, ours: Marker): boolean {
  const theirs = parseMarker(body);
  return theirs !== null && theirs.run === ours.run && theirs.attempt === ours.attempt;
}

function isOvertaken(body: string, ours: Marker): boolean {
  const theirs = parseMarker(body);
  return theirs !== null && isNewer(theirs, ours);
}

async function allComments({ octokit, owner, repo }: GitHub, issue: number): Promise<Comment[]> {
  const all = await octokit.paginate(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: issue,
    per_page: 100,
  });
  return all.map(({ id, body, user, html_url }) => ({
    id,
    body: body ?? "",
    login: user?.login ?? "",
    url: html_url,
  }));
}

/** By id: the oldest first. */
function ownComments(all: readonly Comment[], { marker, author }: StickyComment): Comment[] {
  return all
    .filter(({ body, login }) => login === author && parseMarker(body)?.key === marker.key)
    .sort((a, b) => a.id - b.id);
}

/** Forms that are too large are taken out. */
async function write(github: GitHub, wanted: Writing, kept: Comment | undefined): Promise<CommentOutcome> {
  for (;;) {
    try {
      return await writeBody(github, wanted, kept, formatMarker(wanted.marker) + wanted.bodies[0]);
    } catch (error) {
      const isTooLarge = statusOf(error) === 422;
      if (!isTooLarge || wanted.bodies.length === 1) throw error;
      wanted.bodies.shift();
    }
  }
}

async function writeBody(
  { octokit, owner, repo }: GitHub,
  { issue, author }: Writing,
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
