import type { Constraint } from "./constraint.ts";
import type { JsonObject } from "./json.ts";
import type { PermissionMode, RuleList } from "./permission.ts";
import type { Waiver } from "./waiver.ts";

/**
 * `claudeContext` in its one normal form: every shorthand spelled out, every optional collection present, every
 * path and package reduced to what acts (content, program). Keys of records are the user's own names.
 */
export interface ClaudeContext {
  system: SystemFacts | null;
  persona: string | null;
  tools: Record<string, Tool>;
  policies: Record<string, string>;
  permissions: Permissions;
  mcpServers: Record<string, McpServer>;
  skills: Record<string, TextUnit>;
  agents: Record<string, TextUnit>;
  commands: Record<string, TextUnit>;
  outputStyles: Record<string, TextUnit>;
  hooks: Hook[];
  env: Record<string, string>;
  model: string | null;
  sandbox: JsonObject;
  /** Every other key of the client's settings file. */
  settings: JsonObject;
  constraints: Record<string, Constraint>;
  waivers: Record<string, Waiver>;
}

export interface SystemFacts {
  type: string | null;
  version: string | null;
  desktop: string | null;
  shell: string | null;
}

export interface Tool {
  description: string | null;
  /** The program it runs: `meta.mainProgram`, else `pname`, else the command's first word, else the tool's name. */
  program: string;
  /** `name-version` of the package, without its store hash; null when no package is named. */
  package: string | null;
  command: string[] | null;
  preferOver: string[];
  examples: string[];
  alwaysApprove: boolean;
  inputSchema: JsonObject | null;
}

export interface Permissions {
  /** In source order. `allow` holds `permissions.allow`, `autoApprove` and the rules of always-approved tools. */
  rules: PermissionRule[];
  /** null: not pinned, so the client's own start mode applies. */
  defaultMode: PermissionMode | null;
  additionalDirectories: string[];
  bypassDisabled: boolean;
  /** Other keys of the client's `permissions` object (`blockReadsOutsideWorkingDirectories`, …). */
  other: JsonObject;
}

/** One rule as written. */
export interface PermissionRule {
  list: RuleList;
  text: string;
  /** Attribute path of the element: `permissions.allow[2]`, `autoApprove[0]`, `tools.rg.alwaysApprove`. */
  path: string;
}

export type McpServer =
  | {
      kind: "stdio";
      command: string;
      args: string[];
      env: Record<string, string>;
      package: string | null;
      other: JsonObject;
    }
  | { kind: "http" | "sse" | "ws"; url: string; headers: Record<string, string>; other: JsonObject };

/** A skill, agent, command or output style: text that Claude reads, compared by content. */
export interface TextUnit {
  description: string | null;
  /** The main text (`SKILL.md`, the agent's file); null when too large or not text, then `digest` alone speaks. */
  text: string | null;
  /** SHA-256 (hex) over all files of the unit: paths and bytes. */
  digest: string;
  /** Files of the unit by relative path → SHA-256; one entry (`SKILL.md`, …) for a single text. */
  files: Record<string, string>;
  /** Parsed front matter (`allowed-tools`, `tools`, `permissionMode`, `hooks`, …); empty when there is none. */
  attributes: JsonObject;
}

/** One hook command, flattened out of the client's nested object. */
export interface Hook {
  /** `PreToolUse`, `SessionStart`, … */
  event: string;
  matcher: string;
  type: "command" | "http" | "mcp_tool" | "prompt" | "agent" | string;
  /** The command line, URL or prompt: what runs. */
  command: string;
  other: JsonObject;
  path: string;
}
