import { getOctokit } from "@actions/github";
import { pause, retrying, type Sleep } from "./retry.ts";

export type Octokit = ReturnType<typeof getOctokit>;

export interface GitHubOptions {
  token: string;
  /** `https://api.github.com`, or that of a GitHub Enterprise server. */
  apiUrl: string;
  /** Waits between attempts; a test hands in one that does not. */
  sleep?: Sleep;
}

/** A repository's part of the API. */
export interface GitHub {
  octokit: Octokit;
  owner: string;
  repo: string;
}

/** @param repository `owner/name`. */
export function connect(repository: string, { token, apiUrl, sleep = pause }: GitHubOptions): GitHub {
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  octokit.hook.wrap("request", (request, options) => retrying(() => request(options), options.method, sleep));
  const [owner = "", repo = ""] = repository.split("/");
  return { octokit, owner, repo };
}
