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
