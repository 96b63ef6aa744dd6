import type { ClientAnswer } from "../model/client-session.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

/** What one session printed (`--output-format stream-json`), as far as it matters. */
export interface SessionOutput {
  init: JsonObject | null;
  result: JsonObject | null;
  /** Tool results by the id of their tool use. */
  toolResults: ReadonlyMap<string, ToolResult>;
  /** The client's word for why a call was held back, by tool use; newer clients only. */
  denials: ReadonlyMap<string, string | null>;
  /** Lines that were no JSON. */
  otherLines: readonly string[];
}

interface ToolResult {
  isError: boolean;
  text: string;
}

/** Reads the lines of a session. Never throws: what is missing shows in the fields. */
export function readSessionOutput(stdout: string): SessionOutput {
  const output = {
    init: null as JsonObject | null,
    result: null as JsonObject | null,
    toolResults: new Map<string, ToolResult>(),
    denials: new Map<string, string | null>(),
    otherLines: [] as string[],
  };
  for (const line of stdout.split("\n")) {
    if (line.trim() === "") continue;
    const entry = parsed(line);
    if (entry === null) output.otherLines.push(line);
    else if (entry.type === "system" && entry.subtype === "init") output.init = entry;
    else if (entry.type === "result") output.result = entry;
    else if (entry.type === "system" && entry.subtype === "permission_denied") {
      if (typeof entry.tool_use_id === "string") output.denials.set(entry.tool_use_id, reasonOf(entry));
    } else if (entry.type === "user") collectResults(entry, output.toolResults);
  }
  for (const denial of listOf(output.result?.permission_denials)) {
    if (!isJsonObject(denial) || typeof denial.tool_use_id !== "string") continue;
    if (!output.denials.has(denial.tool_use_id)) output.denials.set(denial.tool_use_id, null);
  }
  return output;
}

function parsed(line: string): JsonObject | null {
  try {
    const value = JSON.parse(line) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function reasonOf(entry: JsonObject): string | null {
  const words = [entry.decision_reason_type, entry.decision_reason].filter(
    (word) => typeof word === "string",
  );
  return words.length === 0 ? null : words.join(": ");
}

function collectResults(entry: JsonObject, into: Map<string, ToolResult>): void {
  const message = isJsonObject(entry.message) ? entry.message : {};
  for (const block of listOf(message.content)) {
    if (!isJsonObject(block) || block.type !== "tool_result" || typeof block.tool_use_id !== "string")
      continue;
    into.set(block.tool_use_id, { isError: block.is_error === true, text: textOf(block.content) });
  }
}

function textOf(content: Json | undefined): string {
  if (typeof content === "string") return content;
  return listOf(content)
    .map((block) => (isJsonObject(block) && typeof block.text === "string" ? block.text : ""))
    .join("\n");
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Said whatever a person would answer: a deny rule, a tool that is switched off, a mode that refuses. */
const REFUSED =
  /has been denied|denied by your permission settings|denied by permission rule|denied access to|is denied by|covered by an? [A-Za-z]+ deny rule|setting blocks (?:reads|writes) outside|built-in Claude Code safety check|blocked by (?:your )?permission/;
const PROMPTED = /haven't granted|requires? (?:explicit )?approval|needs approval|requested permissions?/;

/** Older clients name the classifier of a mode only here. */
const CLASSIFIED = /by the Claude Code auto mode classifier/;

/** What the client did with one call, from what it said. Phrases are those of the versions in `CLIENT_VERSIONS`. */
export function answerOf(output: SessionOutput, id: string): ClientAnswer {
  const result = output.toolResults.get(id);
  if (result === undefined) return { kind: "unclear", message: "the client gave no answer to this call" };
  const { text: message } = result;
  if (!result.isError) return { kind: "runs", message };
  if (message.includes("No such tool available")) return { kind: "not-offered", message };
  if (CLASSIFIED.test(message)) return { kind: "prompts", message, reason: `classifier: ${message}` };
  const reason = output.denials.get(id) ?? null;
  if (REFUSED.test(message)) return { kind: "refused", message, reason };
  if (output.denials.has(id) || PROMPTED.test(message)) return { kind: "prompts", message, reason };
  // Wrong input is told before anybody is asked; any other error comes from the tool itself, which therefore ran.
  if (message.includes("<tool_use_error>")) return { kind: "unclear", message };
  return { kind: "runs", message };
}
