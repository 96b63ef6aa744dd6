/** What `nixclaude hook` answers to: the names that Git gives its hooks, and the client's hooks on edits and on the start of a session. */
export const GIT_HOOKS = [
  "pre-commit",
  "pre-push",
  "post-merge",
  "post-checkout",
  "prepare-commit-msg",
  "commit-msg",
] as const;
export type GitHook = (typeof GIT_HOOKS)[number];

/** Installed by default. */
export const CHECKING_HOOKS = ["pre-commit", "pre-push", "post-merge", "post-checkout"] as const;

/** Installed when trailers are asked for: the one says what is committed, the other finishes what an editor was shown. */
export const TRAILER_HOOKS = ["prepare-commit-msg", "commit-msg"] as const;

export const HOOK_NAMES = [...GIT_HOOKS, "client-edit", "session-start"] as const;
