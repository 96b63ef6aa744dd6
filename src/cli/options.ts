import type { Limits } from "../model/limits.ts";
import type { ClientVersion } from "../model/semantics.ts";
import type { FormatName } from "../render/format-names.ts";

/** What `check`, `diff`, `why` and the hooks are asked; defaults are filled in, nothing contradicts. */
export interface CheckOptions {
  /** A revision, or `none`. */
  base?: string;
  head?: string;
  staged: boolean;
  worktree: boolean;
  includeUntracked: boolean;
  /** As typed, relative to the working directory; empty when not given. */
  flakes: string[];
  /** Attribute path as typed. */
  attribute: string;
  orgs: string[];
  /** At most one without a file. */
  formats: { name: FormatName; file?: string }[];
  failOn: FailOn;
  frozen: boolean;
  approve: string[];
  client: ClientVersion;
  untrusted: boolean;
  offline: boolean;
  cache: boolean;
  debug: boolean;
  color: "auto" | "always" | "never";
  limits: Limits;
  /** How the real client is asked; nobody is when `with` is empty. */
  probe: { with: string[]; allowNetwork: boolean; timeoutMs: number };
}

export const FAIL_ON = ["error", "warning", "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];
export const COLOR_WHEN = ["auto", "always", "never"] as const;
