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

/*
 * All phrases stand at the beginning of what the client says, or of what it says in a tool's error: paths, commands and
 * names of the call come behind, and may hold any other phrase.
 */

/** Said whatever a person would answer: a deny rule, a tool that is switched off, a mode that refuses. */
const REFUSED =
  /^(?:Permission to [a-z]+ .*has been denied|Permission for this command was denied by a built-in|WebFetch denied access to |Skill execution blocked by |Agent type '[^']*' has been denied by permission rule)/s;
const REFUSED_FILE = /^File is (?:in a directory that is denied|covered by an? [A-Za-z]+ deny rule)/;
/** It begins with the path: told apart only where the client says that it held the call back. */
const REFUSED_OUTSIDE =
  /^\/.* the permissions\.block(?:Reads|Writes)OutsideWorkingDirectories setting blocks /s;
const PROMPTED = /^(?:Claude requested permissions? |This command requires (?:explicit )?approval)/;

/** How questions begin; the stand-in of a shell prints nothing of the kind. */
const HELD =
  /^(?:Claude requested permissions? |This command requires (?:explicit )?approval|[a-z]+ in '.*' was blocked\. For security, )/s;

/** Older clients name the classifier of a mode only here. */
const CLASSIFIED = /^Permission for this action was denied by the Claude Code auto mode classifier/;

/** Newer clients' word for a prompt that nobody is there to answer, as `denyInsteadOfPrompting` has it. */
const NOBODY_THERE = /^asyncAgent(?::|$)/;

const NOT_OFFERED = /^(?:Error: )?No such tool available: /;

/** Seen in one session of 2.1.197: calls were held back, and the list of them was empty. */
function heldSomething({ toolResults }: SessionOutput): boolean {
  return [...toolResults.values()].some(({ isError, text }) => isError && HELD.test(text));
}

/** What the client did with one call, from what it said. Phrases are those of the versions in `CLIENT_VERSIONS`. */
export function answerOf(output: SessionOutput, id: string): ClientAnswer {
  const result = output.toolResults.get(id);
  if (result === undefined) return { kind: "unclear", message: "the client gave no answer to this call" };
  const { text: message } = result;
  if (!result.isError) return { kind: "runs", message };
  const toolError = /^\s*<tool_use_error>(.*)/s.exec(message)?.[1];
  const reason = output.denials.get(id) ?? null;
  if (toolError !== undefined) {
    if (NOT_OFFERED.test(toolError)) return { kind: "not-offered", message };
    if (REFUSED_FILE.test(toolError)) return { kind: "refused", message, reason };
  }
  if (CLASSIFIED.test(message)) return { kind: "prompts", message, reason: `classifier: ${message}` };
  if (REFUSED.test(message)) return { kind: "refused", message, reason };
  if (PROMPTED.test(message) && !NOBODY_THERE.test(reason ?? "")) return { kind: "prompts", message, reason };
  if (output.denials.has(id)) {
    const refused = NOBODY_THERE.test(reason ?? "") || REFUSED_OUTSIDE.test(message);
    return { kind: refused ? "refused" : "prompts", message, reason };
  }
  // Wrong input is told before anybody is asked; any other error comes from the tool itself, which therefore ran.
  if (toolError !== undefined) return { kind: "unclear", message };
  // Older clients say at the end only what they held back, and this one was stopped before, or did not say it.
  if (output.denials.size === 0 && (output.result === null || heldSomething(output)))
    return { kind: "unclear", message };
  return { kind: "runs", message };
}
