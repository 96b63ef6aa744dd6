import type { SessionFile, SessionRequest } from "../../src/model/client-session.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Call, PermissionMode, RuleList } from "../../src/model/permission.ts";
import { AGENTS, type SkillKind, serversFor, skillFiles } from "./world.ts";

/** One settings file of the client. */
export interface SettingsFile {
  scope: SettingsScope;
  /** As it stands in the file. */
  settings: JsonObject;
}

/** Widest say first: what stands in an earlier one wins where only one can. */
export const SETTINGS_SCOPES = ["managed", "local", "project", "user"] as const;
export type SettingsScope = (typeof SETTINGS_SCOPES)[number];

/** Everything that decides about calls, without the calls. */
export interface RuleSet {
  /** At most one file a scope, in the order of `SETTINGS_SCOPES`. */
  files: readonly SettingsFile[];
  /** As on the command line; null: what the settings say. */
  mode: PermissionMode | null;
  trusted: boolean;
}

/** A rule set, and calls that are asked about under it. */
export interface Scenario extends RuleSet {
  category: string;
  calls: readonly Call[];
}

export type Lists = Partial<Record<RuleList, readonly string[]>>;

/** The usual case: one project file with these rules, trusted, in the default mode. */
export function projectRules(lists: Lists, more: JsonObject = {}): RuleSet {
  return {
    files: [{ scope: "project", settings: { permissions: { ...copied(lists), ...more } } }],
    mode: null,
    trusted: true,
  };
}

/** The same rules in another file of the client: what is anchored at the file's folder then means something else. */
export function inScope(rules: RuleSet, scope: SettingsScope): RuleSet {
  return { ...rules, files: rules.files.map(({ settings }) => ({ scope, settings })) };
}

export function copied(lists: Lists): JsonObject {
  const filled = Object.entries(lists).filter(([, rules]) => rules.length > 0);
  return Object.fromEntries(filled.map(([list, rules]) => [list, [...rules]]));
}

const PLACES: Readonly<Record<SettingsScope, string>> = {
  managed: "/etc/claude-code/managed-settings.json",
  local: ".claude/settings.local.json",
  project: ".claude/settings.json",
  user: "~/.claude/settings.json",
};

/** What the door needs to ask these calls in one session. */
export function sessionRequest(
  rules: RuleSet,
  calls: readonly Call[],
  skills: SkillKind = "plain",
): SessionRequest {
  const uses = (tool: RegExp): boolean => calls.some((call) => tool.test(call.tool));
  return {
    files: [
      ...settingsFiles(rules.files),
      ...(uses(/^Skill$/) ? skillFiles(skills) : []),
      ...(uses(/^(?:Agent|Task)$/) ? AGENTS : []),
      ...notebooks(calls),
    ],
    mode: rules.mode,
    trusted: rules.trusted,
    mcpServers: serversFor(calls),
    calls,
  };
}

/** A notebook can only be edited where there is one; the door then has it read first. */
function notebooks(calls: readonly Call[]): SessionFile[] {
  const text = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  return calls
    .filter(({ tool }) => tool === "NotebookEdit")
    .map(({ argument }) => ({ path: argument, text }));
}

/** The project's own file always stands there, as in a repository that uses the client at all. */
function settingsFiles(files: readonly SettingsFile[]): SessionFile[] {
  const missing = files.some((file) => file.scope === "project")
    ? []
    : [{ scope: "project", settings: {} } as const];
  return [...files, ...missing].map(({ scope, settings }) => ({
    path: PLACES[scope],
    text: JSON.stringify(settings),
  }));
}

/** The same text for the same rules: what is asked about them fits into one session. */
export function ruleSetKey({ files, mode, trusted }: RuleSet): string {
  return JSON.stringify([files, mode, trusted]);
}
