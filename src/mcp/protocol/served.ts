import type { Json, JsonObject } from "../../model/json.ts";

/** What a server says of itself and offers. Tools may change while it runs: see `onChange`. */
export interface ServerDefinition {
  info: { name: string; version: string; title?: string };
  /** How the tools are to be used together, for the model. */
  instructions?: string;
  /** In the order in which they are listed; asked anew for every list and every call. Names are unique. */
  tools(askedFor: "list" | "call"): readonly ServedTool[] | Promise<readonly ServedTool[]>;
  /** Absent: a server without resources. URIs are unique. */
  resources?(): readonly ServedResource[] | Promise<readonly ServedResource[]>;
  /**
   * Present where lists change: called once when the server starts; `announce` tells every client that asked for it, and
   * `log` writes a line into the client's log (clients of revision 2026-07-28 have none). Returns what ends that. Absent: the lists stay what they are as long as the server runs.
   */
  onChange?(announce: (what: ChangingList) => void, log: CallContext["log"]): () => void;
}

export type ChangingList = "tools" | "resources";

export interface ServedTool {
  definition: ToolDefinition;
  /** Failures of the tool are results with `isError`, never thrown. */
  call(args: JsonObject, call: CallContext): Promise<ToolResult>;
}

/** As clients are shown it. */
export interface ToolDefinition {
  name: string;
  title?: string;
  description: string;
  inputSchema: JsonObject & { type: "object" };
  /** Any schema; clients of revisions before 2026-07-28 are shown it only when its type is `object`. */
  outputSchema?: JsonObject;
  annotations?: JsonObject;
  _meta?: JsonObject;
}

export interface CallContext {
  /** Aborted when the client cancels the call or goes away: nobody waits for the result any more. */
  signal: AbortSignal;
  /** Tells a client that asked for it that the call is under way; called as often as one likes. */
  progress(message: string): void;
  /** One line for the client's log; clients of revision 2026-07-28 have none. */
  log(level: "info" | "warning" | "error", line: string): void;
}

export interface ToolResult {
  content: { type: "text"; text: string }[];
  /** What fits the tool's outputSchema; the content holds it as text too. */
  structuredContent?: Json;
  isError?: true;
}

export interface ServedResource {
  definition: { uri: string; name: string; title?: string; description?: string; mimeType?: string };
  read(): Promise<{ text: string; mimeType?: string }>;
}

/** A result that says in words what went wrong, for the model to read. */
export function failed(text: string): ToolResult {
  return { content: [{ type: "text", text }], isError: true };
}
