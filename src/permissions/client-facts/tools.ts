/**
 * The client's tools: what rules for them may say, and which run without a rule. Names are compared with their case.
 */

/** What may stand between the parentheses of a rule for the tool. */
export type SpecifierFamily =
  | { kind: "command"; tool: "Bash" | "PowerShell" }
  | { kind: "path"; action: "read" | "edit" }
  /** The client accepts a path here and never consults it; the other tool's rules govern. */
  | { kind: "path-elsewhere"; action: "read" | "edit"; instead: "Read" | "Edit" }
  | { kind: "domain" }
  | { kind: "name"; tool: "Skill" | "Agent" }
  | { kind: "none" };

export interface ToolFacts {
  family: SpecifierFamily;
  /** The field that specifiers are about; a parameter rule on it is ignored with a warning. */
  mainField?: string;
  /** Further input fields that a parameter rule may name. Without the list, any identifier is taken for one. */
  parameters?: readonly string[];
}

export const TOOLS: Readonly<Record<string, ToolFacts>> = {
  Bash: {
    family: { kind: "command", tool: "Bash" },
    mainField: "command",
    parameters: ["timeout", "description", "run_in_background", "dangerouslyDisableSandbox"],
  },
  PowerShell: {
    family: { kind: "command", tool: "PowerShell" },
    mainField: "command",
    parameters: ["timeout", "description", "run_in_background", "dangerouslyDisableSandbox"],
  },
  // Judged by Bash(command) rules; specifiers of its own do nothing.
  Monitor: { family: { kind: "none" }, parameters: ["description", "timeout_ms", "persistent"] },
  Read: {
    family: { kind: "path", action: "read" },
    mainField: "file_path",
    parameters: ["offset", "limit", "pages"],
  },
  Edit: {
    family: { kind: "path", action: "edit" },
    mainField: "file_path",
    parameters: ["old_string", "new_string", "replace_all"],
  },
  Write: {
    family: { kind: "path-elsewhere", action: "edit", instead: "Edit" },
    mainField: "file_path",
    parameters: ["content"],
  },
  MultiEdit: {
    family: { kind: "path-elsewhere", action: "edit", instead: "Edit" },
    mainField: "file_path",
    parameters: [],
  },
  NotebookEdit: {
    family: { kind: "path-elsewhere", action: "edit", instead: "Edit" },
    mainField: "notebook_path",
    parameters: ["cell_id", "cell_type", "edit_mode", "new_source"],
  },
  Glob: {
    family: { kind: "path-elsewhere", action: "read", instead: "Read" },
    mainField: "path",
    parameters: ["pattern"],
  },
  Grep: {
    family: { kind: "path-elsewhere", action: "read", instead: "Read" },
    mainField: "path",
    parameters: ["pattern", "glob", "type", "output_mode", "head_limit", "multiline"],
  },
  LSP: { family: { kind: "path-elsewhere", action: "read", instead: "Read" }, parameters: ["operation"] },
  WebFetch: { family: { kind: "domain" }, mainField: "url", parameters: ["prompt"] },
  WebSearch: { family: { kind: "none" }, parameters: ["query"] },
  Skill: { family: { kind: "name", tool: "Skill" }, parameters: ["skill", "args"] },
  Agent: {
    family: { kind: "name", tool: "Agent" },
    parameters: ["subagent_type", "model", "description", "prompt", "run_in_background", "isolation", "name"],
  },
};

/** Tools without a specifier language that the reference names; other names may be newer tools. */
export const PLAIN_TOOLS = [
  "AskUserQuestion",
  "BashOutput",
  "Cd",
  "CronCreate",
  "CronDelete",
  "CronList",
  "EndConversation",
  "EnterPlanMode",
  "EnterWorktree",
  "ExitPlanMode",
  "ExitWorktree",
  "KillShell",
  "ListAgents",
  "ReportFindings",
  "ScheduleWakeup",
  "SendMessage",
  "SlashCommand",
  "TaskCreate",
  "TaskGet",
  "TaskList",
  "TaskOutput",
  "TaskStop",
  "TaskUpdate",
  "TodoWrite",
  "ToolSearch",
  "Workflow",
];

/** Former names that rules may still use. */
export const TOOL_ALIASES: Readonly<Record<string, string>> = { Task: "Agent" };

/** Run without a prompt by default (measured). */
export const FREE_TOOLS: ReadonlySet<string> = new Set([
  "CronCreate",
  "CronList",
  "EnterPlanMode",
  "EnterWorktree",
  "ListAgents",
  "ReportFindings",
  "ScheduleWakeup",
  "SendMessage",
  "TaskCreate",
  "TaskGet",
  "TaskList",
  "TaskUpdate",
  "ToolSearch",
]);
