import type { JsonObject } from "../model/json.ts";
import type { Call, Decision, PermissionMode, RuleList } from "../model/permission.ts";
import type { ClientVersion } from "../model/semantics.ts";

/** Everything of one context that decides about calls. */
export interface PermissionSet {
  allow: readonly string[];
  ask: readonly string[];
  deny: readonly string[];
  /** null: not pinned; judged as `default`. */
  mode: PermissionMode | null;
  additionalDirectories: readonly string[];
  bypassDisabled: boolean;
  /** There is a sandbox to leave (`dangerouslyDisableSandbox`); absent: there is none. */
  sandboxEnabled?: boolean;
  /** `autoAllowBashIfSandboxed` is true and the sandbox is enabled. */
  sandboxApprovesBash: boolean;
  /** Other keys of the client's `permissions` object. */
  other: JsonObject;
}

/** Where calls are judged. Rules with `/p`, `p` and `~/p` mean nothing without it. */
export interface Surroundings {
  home: string;
  /** Root of the project; also the working directory. */
  project: string;
  /** Which settings file the rules stand in. */
  scope: "project" | "local" | "user" | "managed";
  /** Project allow rules wait for the workspace trust dialog. */
  trusted: boolean;
  /** Names of skills that declare neither `allowed-tools` nor hooks; others may ask before their first use. */
  plainSkills?: ReadonlySet<string>;
  /** Names of the MCP tools that say of themselves that they only read; without the set that is not known. */
  readOnlyMcpTools?: ReadonlySet<string>;
}

/** What a reader of a report would assume: a trusted project of a user `u`. */
export const USUAL_SURROUNDINGS: Surroundings = {
  home: "/home/u",
  project: "/home/u/proj",
  scope: "project",
  trusted: true,
};

/** A permission rule as the client of one version understands it in one list. */
export type ParsedRule =
  /**
   * Every use of a tool: `Bash`, `Bash(*)`, `WebSearch`. For a path tool this names that tool alone, and neither the
   * others of its family nor file commands in Bash: `Edit` says nothing about Write. With `inside` only paths inside
   * the working directories (`Read(*)` and `Write(*)` as allow rules of newer clients).
   */
  | { kind: "whole-tool"; tool: string; inside?: true }
  /** A glob over tool names in deny and ask: `*`, `B*`, `mcp__*__get_*`. */
  | { kind: "tool-glob"; pattern: string }
  /** `mcp__server` (pattern `*`), `mcp__server__tool`, `mcp__server__get_*`. */
  | { kind: "mcp"; server: string; toolPattern: string }
  | { kind: "command"; tool: "Bash" | "PowerShell"; pattern: CommandPattern }
  /** `action` is what it governs; `pattern` as written inside the parentheses. */
  | { kind: "path"; action: "read" | "edit"; tool: string; pattern: string }
  /** `WebFetch(domain:…)`: the host pattern, lower case, without trailing dot. */
  | { kind: "domain"; pattern: string }
  /** With `prefix` every name that begins so: `Skill(x *)` also means the skill `x-y` (measured). */
  | { kind: "name"; tool: "Skill" | "Agent"; name: string; prefix?: true }
  /** `Tool(param:value)` in deny and ask. */
  | { kind: "parameter"; tool: string; parameter: string; valuePattern: string }
  /** The client accepts the text and never consults it (here); `instead` is the form that works. */
  | { kind: "ignored"; reason: string; instead?: string }
  /** Not a rule at all, or a form nothing is known about: whatever depends on it is undecided. */
  | { kind: "unknown"; reason: string };

export type CommandPattern =
  | { kind: "exact"; text: string }
  /**
   * `parts` are the literal texts between wildcards: `git * main` is `["git ", " main"]`, `npm run *` is
   * `["npm run ", ""]`. With `bareForm` the pattern also matches `parts[0]` without its trailing space.
   */
  | { kind: "glob"; parts: readonly string[]; bareForm: boolean };

export interface DecideOptions {
  client: ClientVersion;
  surroundings?: Surroundings;
}

export interface DecisionResult {
  /** `undecided`: the call lies outside what is modelled. */
  decision: Decision | "undecided";
  /** Does it run without a person? `default` may (read-only commands) or may not. */
  runs: boolean | "undecided";
  /** The rule that settled it. */
  rule?: { list: RuleList; text: string };
  /** In plain words, for `why`. */
  reason: string;
  /** What asks although no rule says so, whatever the allow rules say. */
  check?: Check;
}

/**
 * `protected`: a write to a path that decides what tools do, or the like; `critical`: a removal that takes too much;
 * `held`: the mode or a setting keeps it for a person; `question`: the tool is itself a question to a person.
 */
export type Check = "protected" | "critical" | "held" | "question";

/** Several rules as they stand in one list; their language is the set of calls that any of them matches there. */
export interface RuleGroup {
  list: RuleList;
  rules: readonly string[];
}

export interface SearchOptions {
  client: ClientVersion;
  /** Steps of the search before it gives up as undecided. */
  steps: number;
}

/** Answer to "is there a call such that …". A found call was checked by the matcher. */
export type Search =
  | { kind: "found"; call: Call; severity: ProbeSeverity | null }
  | { kind: "none" }
  | { kind: "undecided"; reason: string };

/** Damage if the call runs unattended; null for calls that are not in the catalogue. */
export type ProbeSeverity = "critical" | "high" | "medium" | "low";
