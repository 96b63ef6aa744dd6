import type { GitHub } from "./api.ts";

/** A head that a run of a workflow has worked on. */
export interface WorkedOn {
  sha: string;
  branch: string;
  /** `owner/name`; of a fork another one than that of the pull request. */
  repository: string;
}

/** Numbers of the open pull requests into this repository whose head is exactly that commit of that branch. */
export async function pullRequestsAt(
  github: GitHub,
  { sha, branch, repository }: WorkedOn,
): Promise<number[]> {
  const { octokit, owner, repo } = github;
  const [headOwner = ""] = repository.split("/");
  const open = await octokit.paginate(octokit.rest.pulls.list, {
    owner,
    repo,
    state: "open",
    head: `${headOwner}:${branch}`,
    per_page: 100,
  });
  return open
    .filter(({ head }) => head.sha === sha && head.repo?.full_name === repository)
    .map(({ number }) => number);
}

/** A pull request as GitHub tells of it now. */
export interface OpenPullRequest {
  number: number;
  author: string;
  head: WorkedOn;
}

/** The open pull requests into a branch whose head is exactly this commit; one whose fork is gone is none. */
export async function pullRequestsWithHead(
  { octokit, owner, repo }: GitHub,
  sha: string,
  into: string,
): Promise<OpenPullRequest[]> {
  const found = await octokit.paginate(octokit.rest.repos.listPullRequestsAssociatedWithCommit, {
    owner,
    repo,
    commit_sha: sha,
    per_page: 100,
  });
  return found.flatMap(({ number, state, user, head, base }) => {
    const isIt = state === "open" && head.sha === sha && base.ref === into;
    if (!isIt || base.repo?.full_name !== `${owner}/${repo}` || !head.repo) return [];
    return [
      { number, author: user?.login ?? "", head: { sha, branch: head.ref, repository: head.repo.full_name } },
    ];
  });
}
