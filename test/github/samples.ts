/** Answers as GitHub gives them, whole enough for its own description of them. */

const NOW = "2026-11-01T10:00:00Z";

export function user(login: string) {
  const url = `https://api.github.example/users/${encodeURIComponent(login)}`;
  const pages = [
    "followers",
    "following",
    "gists",
    "starred",
    "subscriptions",
    "organizations",
    "repos",
    "events",
    "received_events",
  ];
  return {
    login,
    id: 1 + login.length,
    node_id: "U_1",
    avatar_url: "https://avatars.example/1",
    gravatar_id: "",
    url,
    html_url: `https://github.example/${encodeURIComponent(login)}`,
    ...Object.fromEntries(pages.map((page) => [`${page}_url`, `${url}/${page}`])),
    type: login.endsWith("[bot]") ? "Bot" : "User",
    site_admin: false,
  };
}

export function comment(id: number, login: string, body: string) {
  const url = `https://api.github.example/comments/${id}`;
  return {
    id,
    node_id: `IC_${id}`,
    url,
    html_url: `https://github.example/acme/shop/pull/7#issuecomment-${id}`,
    issue_url: "https://api.github.example/issues/7",
    body,
    user: user(login),
    created_at: NOW,
    updated_at: NOW,
    author_association: "NONE",
    performed_via_github_app: null,
  };
}

export function review(id: number, login: string, state: string, commit: string) {
  const page = `https://github.example/acme/shop/pull/7#pullrequestreview-${id}`;
  return {
    id,
    node_id: `PRR_${id}`,
    user: user(login),
    body: "",
    state,
    html_url: page,
    pull_request_url: "https://api.github.example/pulls/7",
    _links: { html: { href: page }, pull_request: { href: "https://api.github.example/pulls/7" } },
    submitted_at: NOW,
    commit_id: commit,
    author_association: "MEMBER",
  };
}

export function labelEvent(
  id: number,
  event: "labeled" | "unlabeled",
  name: string,
  login: string,
  at: string,
) {
  return {
    id,
    node_id: `LE_${id}`,
    url: `https://api.github.example/events/${id}`,
    actor: user(login),
    event,
    commit_id: null,
    commit_url: null,
    created_at: at,
    performed_via_github_app: null,
    label: { name, color: "00ff00" },
  };
}

export function membership(state: "active" | "pending") {
  return { url: "https://api.github.example/memberships/1", role: "member", state };
}

export interface RunSample {
  id: number;
  headSha: string;
  branch: string;
  path: string;
  createdAt: string;
  repository: string;
}

/** Of a run of a workflow, the part that is read; the description asks for much more, which `run` fills in. */
export function workflowRun({ id, headSha, branch, path, createdAt, repository }: RunSample) {
  const url = `https://api.github.example/runs/${id}`;
  const links = ["jobs", "logs", "check_suite", "artifacts", "cancel", "rerun", "workflow"];
  const repositoryFacts = minimalRepository(repository);
  return {
    id,
    node_id: `WR_${id}`,
    name: "Claude",
    check_suite_id: id,
    check_suite_node_id: `CS_${id}`,
    head_branch: branch,
    head_sha: headSha,
    path,
    run_number: id,
    run_attempt: 1,
    event: "pull_request",
    display_title: "A change",
    status: "completed",
    conclusion: "success",
    workflow_id: 1,
    url,
    html_url: url,
    pull_requests: [],
    created_at: createdAt,
    updated_at: createdAt,
    run_started_at: createdAt,
    ...Object.fromEntries(links.map((link) => [`${link}_url`, `${url}/${link}`])),
    previous_attempt_url: null,
    head_commit: null,
    repository: repositoryFacts,
    head_repository: repositoryFacts,
  };
}

function minimalRepository(fullName: string) {
  const [owner = "", name = ""] = fullName.split("/");
  const url = `https://api.github.example/repos/${fullName}`;
  const links = [
    "archive",
    "assignees",
    "blobs",
    "branches",
    "collaborators",
    "comments",
    "commits",
    "compare",
    "contents",
    "contributors",
    "deployments",
    "downloads",
    "events",
    "forks",
    "git_commits",
    "git_refs",
    "git_tags",
    "hooks",
    "issue_comment",
    "issue_events",
    "issues",
    "keys",
    "labels",
    "languages",
    "merges",
    "milestones",
    "notifications",
    "pulls",
    "releases",
    "stargazers",
    "statuses",
    "subscribers",
    "subscription",
    "tags",
    "teams",
    "trees",
  ];
  return {
    id: 1,
    node_id: "R_1",
    name,
    full_name: fullName,
    owner: user(owner),
    private: false,
    html_url: `https://github.example/${fullName}`,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(links.map((link) => [`${link}_url`, `${url}/${link}`])),
  };
}
