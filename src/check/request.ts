import type { Limits } from "../model/limits.ts";
import type { ClientVersion } from "../model/semantics.ts";
import type { RevisionSpec } from "./ports.ts";

/** One run of the gate, fully spelled out: no defaults are left to be guessed further down. */
export interface CheckRequest {
  /** Absolute, real path from which the repository is looked up and `flakes` are resolved. */
  directory: string;
  base: RevisionSpec;
  head: RevisionSpec;
  /** Directories of flakes relative to `directory`; empty: the root of the repository. */
  flakes: readonly string[];
  /** Steps of the attribute path: `["claudeContext"]`. */
  attribute: readonly string[];
  /** Flake references given with `--org`. */
  organisations: readonly string[];
  trust: "trusted" | "untrusted";
  offline: boolean;
  debug: boolean;
  /** Results may be read from and written to the cache. */
  cache: boolean;
  client: ClientVersion;
  failOn: "error" | "warning" | "never";
  /** Fingerprints of findings that were approved for exactly this change. */
  approve: readonly string[];
  limits: Limits;
  /** A behavior lock has to be there and to fit. */
  frozen: boolean;
  /** Clients to be asked about both sides, as they were named; empty: none is asked. */
  probeWith: readonly string[];
  /** What is reported: everything, or only what the real client does. */
  purpose: "judge" | "probe";
}
