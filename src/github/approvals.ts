import type { GitHub } from "./api.ts";
import { isNotAllowed } from "./failure.ts";

export interface ApprovalQuestion {
  /** Number of the pull request. */
  pullRequest: number;
  /** The commit that must have been approved. */
  head: { sha: string; branch: string; repository: string };
  /** Never approves its own work. */
  author: string;
  /** Logins, and teams as `org/team`. */
  owners: readonly string[];
  label: string | null;
  /** Path of the workflow that asks, `.github/workflows/claude.yml`; its runs say which commit a label was set on. */
  workflow: string;
}

export interface Approval {
  by: string;
  /** ISO time, as GitHub gives it. */
  at: string;
  how: "review" | "label";
}

/** What could not be looked up, and what it would take; such approvals do not count. */
export interface ApprovalAnswer {
  approval: Approval | null;
  unknown: string[];
}

/** Who has approved exactly this commit: by a review, else by a label that was set on it. */
export async function approvalOf(github: GitHub, question: ApprovalQuestion): Promise<ApprovalAnswer> {
  const unknown: string[] = [];
  const approval =
    (await asking(() => byReview(github, question, unknown), "reviews (pull-requests: read)", unknown)) ??
    (await asking(() => byLabel(github, question, unknown), "labels (issues: read, actions: read)", unknown));
  return { approval, unknown };
}

async function asking(
  ask: () => Promise<Approval | null>,
  what: string,
  unknown: string[],
): Promise<Approval | null> {
  try {
    return await ask();
  } catch (error) {
    if (!isNotAllowed(error)) throw error;
    unknown.push(`the token may not read ${what}`);
    return null;
  }
}

async function byReview(
  github: GitHub,
  question: ApprovalQuestion,
  unknown: string[],
): Promise<Approval | null> {
  const { owners, pullRequest, head, author } = question;
  if (owners.length === 0) return null;
  const { octokit, owner, repo } = github;
  const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, {
    owner,
    repo,
    pull_number: pullRequest,
    per_page: 100,
  });
  // A later word of the same person takes back an earlier one; a comment takes nothing back.
  const last = new Map<string, (typeof reviews)[number]>();
  for (const review of reviews) {
    if (review.user !== null && ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(review.state)) {
      last.set(review.user.login, review);
    }
  }
  for (const [login, review] of last) {
    if (review.state !== "APPROVED" || review.commit_id !== head.sha || sameLogin(login, author)) continue;
    if (await isOwner(github, login, owners, unknown)) {
      return { by: login, at: review.submitted_at ?? "", how: "review" };
    }
  }
  return null;
}

async function isOwner(
  { octokit }: GitHub,
  login: string,
  owners: readonly string[],
  unknown: string[],
): Promise<boolean> {
  if (owners.some((owner) => !owner.includes("/") && sameLogin(owner, login))) return true;
  for (const team of owners.filter((owner) => owner.includes("/"))) {
    const [org = "", slug = ""] = team.replace(/^@/, "").split("/");
    try {
      const { data } = await octokit.rest.teams.getMembershipForUserInOrg({
        org,
        team_slug: slug,
        username: login,
      });
      if (data.state === "active") return true;
    } catch (error) {
      if (!isNotAllowed(error)) throw error;
      // GitHub answers the same for "not a member" and "this token may not know".
      const line = `whether ${login} is in ${team} (a token with members: read tells)`;
      if (!unknown.includes(line)) unknown.push(line);
    }
  }
  return false;
}

/**
 * A label counts for the commit that was the head when it was set. Nothing in the history of a pull request says which
 * that was, since dates of commits are whatever their author wrote; but every push and every label starts a run of the
 * workflow, and runs know their commit. So the last run before the label and the first one after it must be on this
 * head: one alone could be of a push that came before or after, where the label itself has started none.
 */
async function byLabel(
  github: GitHub,
  { label, pullRequest, head, author, workflow }: ApprovalQuestion,
  unknown: string[],
): Promise<Approval | null> {
  if (label === null) return null;
  const set = await lastLabeled(github, pullRequest, label);
  if (set === null || sameLogin(set.by, author)) return null;
  const { octokit, owner, repo } = github;
  const runs = await octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, {
    owner,
    repo,
    branch: head.branch,
    event: "pull_request",
    per_page: 100,
  });
  const own = runs
    .filter(
      (run) => run.path.split("@")[0] === workflow && run.head_repository?.full_name === head.repository,
    )
    .sort((a, b) => a.created_at.localeCompare(b.created_at) || a.id - b.id);
  const before = own.filter((run) => run.created_at < set.at).at(-1);
  const after = own.find((run) => run.created_at >= set.at);
  if (before === undefined || after === undefined) {
    unknown.push(`on which commit the label ${label} was set: let the workflow run on "labeled", too`);
    return null;
  }
  return before.head_sha === head.sha && after.head_sha === head.sha ? { ...set, how: "label" } : null;
}

/** Who set the label last; null when it is not there now. */
async function lastLabeled(
  { octokit, owner, repo }: GitHub,
  pullRequest: number,
  label: string,
): Promise<{ by: string; at: string } | null> {
  const events = await octokit.paginate(octokit.rest.issues.listEventsForTimeline, {
    owner,
    repo,
    issue_number: pullRequest,
    per_page: 100,
  });
  let set: { by: string; at: string } | null = null;
  for (const event of events) {
    const named = "label" in event && event.label?.name === label;
    if (!named || !("created_at" in event)) continue;
    if (event.event === "unlabeled") set = null;
    if (event.event === "labeled" && set === null) {
      set = { by: event.actor?.login ?? "", at: event.created_at ?? "" };
    }
  }
  return set;
}

/** Logins are the same whatever their case. */
function sameLogin(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
