import { completed } from "./description.ts";

/** Answers as GitHub gives them: what is read here is set, the rest is whatever its description asks for. */

const NOW = "2026-11-01T10:00:00Z";

function user(login: string) {
  return { login, type: login.endsWith("[bot]") ? "Bot" : "User" };
}

export function comment(id: number, login: string, body: string) {
  return completed("issue-comment", {
    id,
    body,
    html_url: `https://github.example/acme/shop/pull/7#issuecomment-${id}`,
    user: user(login),
    created_at: NOW,
  });
}

export function review(id: number, login: string, state: string, commit: string) {
  return completed("pull-request-review", {
    id,
    user: user(login),
    state,
    submitted_at: NOW,
    commit_id: commit,
  });
}

export function labelEvent(
  id: number,
  event: "labeled" | "unlabeled",
  name: string,
  login: string,
  at: string,
) {
  return completed("labeled-issue-event", { id, actor: user(login), event, created_at: at, label: { name } });
}

export function membership(state: "active" | "pending") {
  return completed("team-membership", { state });
}

export interface RunSample {
  id: number;
  headSha: string;
  branch: string;
  path: string;
  createdAt: string;
  repository: string;
}

export function workflowRun({ id, headSha, branch, path, createdAt, repository }: RunSample) {
  return completed("workflow-run", {
    id,
    head_branch: branch,
    head_sha: headSha,
    path,
    event: "pull_request",
    created_at: createdAt,
    head_repository: { full_name: repository },
  });
}

export interface PullRequestSample {
  number: number;
  sha: string;
  branch: string;
  /** Of the head. */
  repository: string;
  author?: string;
  state?: "open" | "closed";
  into?: string;
  /** Commits below its head. */
  contains?: string[];
}

export function pullRequest(sample: PullRequestSample) {
  const { number, sha, branch, repository, author = "ada", state = "open", into = "main" } = sample;
  return completed("pull-request-simple", {
    number,
    state,
    user: user(author),
    head: { ref: branch, sha, repo: { full_name: repository } },
    base: { ref: into, repo: { full_name: "acme/shop" } },
  });
}
