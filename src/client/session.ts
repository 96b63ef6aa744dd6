import type { ClientAnswer, SessionRequest, SessionResult } from "../model/client-session.ts";
import { ClientError } from "../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { answerOf, readSessionOutput } from "./answers.ts";
import { capturedRequest } from "./captured-request.ts";
import type { Client } from "./find-client.ts";
import type { Place } from "./place.ts";
import { type ClientRun, runClient, SESSION_DEFAULTS, type SessionOptions } from "./run-client.ts";
import { scriptedModel, type ToolUse } from "./scripted-model.ts";
import { failureOf } from "./session-failure.ts";
import { existingFileOf, toolInput } from "./tool-input.ts";

export { SESSION_DEFAULTS, type SessionOptions } from "./run-client.ts";

/**
 * Runs one session of the real client and says what it did with each call.
 *
 * The client writes only to files that were read in the same session, and says nothing about permission before: files
 * of the request that a call writes to are read in a turn of their own.
 * @throws ClientError `client-no-box`, `client-crashed`, `client-timeout`, `client-output-limit`, `client-not-started`,
 *   `client-unreadable`, `client-wants-login`, `client-settings-rejected`, `client-file-outside`,
 *   `client-file-impossible`, `client-unknown-version`
 */
export async function runSession(
  client: Client,
  request: SessionRequest,
  options: Partial<SessionOptions> = {},
): Promise<SessionResult> {
  const complete = { ...SESSION_DEFAULTS, ...options };
  const run = await runClient(
    client,
    request,
    clientArguments(request),
    ({ place }, planted) =>
      scriptedModel([
        () => readsBefore(request, place, planted),
        (body) => toolUses(request, place, planted, body),
      ]),
    complete,
  );
  return sessionResult(run, request, !complete.allowNetwork, client);
}

/** Why a run of a session gave no answers. */
export function failureOfRun({ end, model }: ClientRun, boxed: boolean, client: Client): ClientError {
  const output = readSessionOutput("stdout" in end ? end.stdout : "");
  return failureOf({ process: end, output, requests: model.requests(), boxed, client });
}

/** The command line of a session. */
export function clientArguments(request: SessionRequest): string[] {
  const mode = request.mode === null ? [] : ["--permission-mode", request.mode];
  return ["-p", "go", "--output-format", "stream-json", "--verbose", ...mode];
}

function readsBefore(request: SessionRequest, place: Place, planted: ReadonlyMap<string, string>): ToolUse[] {
  const paths = request.calls
    .map((call) => existingFileOf(call, place, planted))
    .filter((path) => path !== null);
  return [...new Set(paths)].map((file_path, index) => ({
    id: `toolu_read_${index}`,
    name: "Read",
    input: { file_path },
  }));
}

function toolUses(
  request: SessionRequest,
  place: Place,
  planted: ReadonlyMap<string, string>,
  body: JsonObject,
): ToolUse[] {
  const schemas = new Map<string, Json>();
  for (const tool of Array.isArray(body.tools) ? body.tools : []) {
    if (isJsonObject(tool) && typeof tool.name === "string")
      schemas.set(tool.name, tool.input_schema ?? null);
  }
  return request.calls.map((call, index) => ({
    id: toolUseId(index),
    name: call.tool,
    input: toolInput(call, place, schemas.get(call.tool) ?? null, planted),
  }));
}

function toolUseId(index: number): string {
  return `toolu_${String(index).padStart(6, "0")}`;
}

function sessionResult(
  run: ClientRun,
  request: SessionRequest,
  boxed: boolean,
  client: Client,
): SessionResult {
  const { end, model, durationMs } = run;
  const output = readSessionOutput("stdout" in end ? end.stdout : "");
  // Rules may leave the model without a single tool: then no request offers any, and that is the answer.
  const { tools } = output.init ?? {};
  const toolless = model.firstRequest() === null && Array.isArray(tools) && tools.length === 0;
  const body = toolless ? model.lastRequest() : model.firstRequest();
  const ended = (end.kind === "exited" && output.result !== null) || end.kind === "stopped";
  if (!ended || output.init === null || body === null) throw failureOfRun(run, boxed, client);
  const { init } = output;
  return {
    version: versionOf(init, client),
    answers: request.calls.map((_, index) => (toolless ? NO_TOOLS : answerOf(output, toolUseId(index)))),
    mode: String(init.permissionMode ?? "unknown"),
    tools: textsOf(tools),
    mcpServers: objectsOf(init.mcp_servers).map(({ name, status }) => ({
      name: String(name),
      status: String(status),
    })),
    request: capturedRequest(body),
    durationMs,
  };
}

const NO_TOOLS: ClientAnswer = { kind: "not-offered", message: "the session has no tools" };

/** What a client without a name decided could not be compared with anything. */
function versionOf({ claude_code_version: version }: JsonObject, client: Client): string {
  // Whatever else it calls itself may be anything, of any length.
  if (typeof version === "string" && /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[\w.-]{1,40})?$/.test(version))
    return version;
  throw new ClientError("client-unknown-version", `${client.binary} does not say which version it is.`, {
    hint: "Use a published version of Claude Code: its sessions begin with their version.",
  });
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
