import type { Json } from "./json.ts";
import type { Call, PermissionMode } from "./permission.ts";

/**
 * One session of the real client in a closed box: what stands there when it starts, and the calls that the scripted
 * model makes in its first answer. The box has a home directory `/home/u` and the project `/home/u/proj`, which is
 * also the working directory; nothing else of the machine can be written, and there is no network.
 */
export interface SessionRequest {
  /** Settings, memory, skills, sources: everything that exists before the session. */
  files: readonly SessionFile[];
  /** As on the client's command line (`--permission-mode`); null: what the settings say. */
  mode: PermissionMode | null;
  /** Has the workspace trust dialog been accepted? */
  trusted: boolean;
  /**
   * MCP servers that stand in for the real ones: name and the tools they offer. They answer every call with one word,
   * so that no foreign program is started.
   */
  mcpServers: Readonly<Record<string, readonly McpToolStub[]>>;
  calls: readonly Call[];
}

/** `path`: `.claude/settings.json` in the project, `~/.claude/settings.json`, or absolute. */
export interface SessionFile {
  path: string;
  text: string;
}

export interface McpToolStub {
  name: string;
  description?: string;
  inputSchema?: Json;
}

/** What the client did with one call. */
export type ClientAnswer =
  /** It ran without a person. */
  | { kind: "runs"; message: string }
  /** A person would have been asked; `reason` is the client's own word for why, where it gives one. */
  | { kind: "prompts"; message: string; reason: string | null }
  /** Refused whatever a person says. */
  | { kind: "refused"; message: string; reason: string | null }
  /** The tool was not offered to the model at all: denied as a whole, or unknown to this client. */
  | { kind: "not-offered"; message: string }
  /** The answer says nothing about permission: wrong input, a file that is not there. */
  | { kind: "unclear"; message: string };

export interface SessionResult {
  /** As the client reports it: `2.1.330`. */
  version: string;
  /** In the order of the calls. */
  answers: readonly ClientAnswer[];
  /** The mode the session ran in, as the client reports it. */
  mode: string;
  /** Names of the tools of this session, as the client reports them. */
  tools: readonly string[];
  /** Servers and whether they were connected, as the client reports them. */
  mcpServers: readonly { name: string; status: string }[];
  /** What the model was told. */
  request: CapturedRequest;
  durationMs: number;
}

/** The first request with tools, as the scripted model received it. */
export interface CapturedRequest {
  model: string;
  /** Text of the system blocks, in order. */
  system: readonly string[];
  /** Text blocks of the first user message: memory files and reminders stand here. */
  messages: readonly string[];
  tools: readonly { name: string; description: string; inputSchema: Json }[];
}

/** Something in a settings file that the client does not take. */
export interface RejectedSetting {
  /** As the request names it. */
  file: string;
  /** Keys and indices from the file's root; null: the file as a whole. */
  key: string[] | null;
  /** The client's own words where it has any, else ours. */
  message: string;
  /** `file`: for this, nothing in the file counts. `value`: the rest of the file does. */
  scope: "file" | "value";
}
