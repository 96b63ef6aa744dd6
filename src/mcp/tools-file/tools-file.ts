import type { JsonObject } from "../../model/json.ts";

/** A tools file that was found right: `schema/mcp-tools.schema.json` and docs/mcp.md. */
export interface ToolsFile {
  name: string;
  version: string;
  instructions?: string;
  tools: readonly DeclaredTool[];
}

/** A command that is offered as a tool. */
export interface DeclaredTool {
  name: string;
  title?: string;
  description: string;
  inputSchema: JsonObject & { type: "object" };
  outputSchema?: JsonObject;
  annotations?: JsonObject;
  /** Program and arguments, in which placeholders still stand. */
  words: readonly Word[];
  env: Readonly<Record<string, string>>;
  /** Absolute, or relative to the server's own directory; null: that one. */
  cwd: string | null;
  timeoutMs: number;
  outputLimitBytes: number;
}

/** One argument of a command, in parts; a word without placeholders is one literal. */
export type Word = readonly WordPart[];
export type WordPart = { kind: "literal"; text: string } | { kind: "placeholder"; property: string };

export const DEFAULT_TIMEOUT_MS = 60_000;
export const DEFAULT_OUTPUT_LIMIT_BYTES = 100_000;

/** One mistake in a file: where it stands, as an attribute path, and what is wrong. */
export interface FileProblem {
  path: string;
  message: string;
}
