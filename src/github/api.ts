import { getOctokit } from "@actions/github";
import { pause, retrying, type Sleep } from "./retry.ts";

export type Octokit = ReturnType<typeof getOctokit>;

export interface GitHubOptions {
  token: string;
  /** `https://api.github.com`, or that of a GitHub Enterprise server. */
  apiUrl: string;
  /** How often one request is tried, at most. */
  attempts?: number;
  /** How long one answer is waited for, its body included. */
  answerMs?: number;
  /** Waits between attempts; a test hands in one that does not. */
  sleep?: Sleep;
}

/** A repository's part of the API. */
export interface GitHub {
  octokit: Octokit;
  owner: string;
  repo: string;
}

const ATTEMPTS = 4;
const ANSWER_MS = 15_000;
/** What GitHub asks for may be long; a check that hangs is worse than a comment that is missing. */
const PATIENCE_MS = 90_000;

/** @param repository `owner/name`. */
export function connect(
  repository: string,
  { token, apiUrl, attempts = ATTEMPTS, answerMs = ANSWER_MS, sleep = pause }: GitHubOptions,
): GitHub {
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  const patience = { attempts, answerMs, leftMs: PATIENCE_MS, sleep };
  octokit.hook.wrap("request", (request, options) =>
    retrying(
      async (signal) => {
        // In place: what is handed to `request` reaches no hook but the next one (Octokit's own, for the token).
        options.request = { ...options.request, signal };
        return whole(await request(options));
      },
      options.method,
      patience,
    ),
  );
  const [owner = "", repo = ""] = repository.split("/");
  return { octokit, owner, repo };
}

/**
 * An answer that broke off comes out of Octokit as text, empty or cut, and in a list it would be a page without entries:
 * among them what takes an approval back.
 * @throws Error without a status, as for a line that failed before there was one.
 */
function whole<Answer extends { status: number; data: unknown }>(answer: Answer): Answer {
  const { status, data } = answer;
  if (status !== 204 && (typeof data !== "object" || data === null)) {
    throw new Error("GitHub's answer broke off");
  }
  return answer;
}
