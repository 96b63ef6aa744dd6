import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SessionRequest, SessionResult } from "../model/client-session.ts";
import { ClientError } from "../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { temporaryFilesFailed } from "../system/failures.ts";
import { type Command, removeAtExit, removeNow, runProcess } from "../system/process.ts";
import { makeTemporaryDirectory } from "../system/temporary-directory.ts";
import { answerOf, readSessionOutput, type SessionOutput } from "./answers.ts";
import { BOX_MODEL_ADDRESS, boxCommand } from "./box.ts";
import { capturedRequest } from "./captured-request.ts";
import type { Client } from "./find-client.ts";
import { absoluteIn, BOX_PLACE, isWithin, MANAGED_DIRECTORY, type Place } from "./place.ts";
import { type ScriptedModel, scriptedModel, type ToolUse } from "./scripted-model.ts";
import { failureOf, type SessionEnd } from "./session-failure.ts";
import { mcpServerScript, SHELL } from "./stand-ins.ts";
import { toolInput } from "./tool-input.ts";

export interface SessionOptions {
  /** Run without the closed box where the system has none: only what the client itself keeps is kept then. */
  allowNetwork: boolean;
  timeoutMs: number;
  maxOutputBytes: number;
}

export const SESSION_DEFAULTS: SessionOptions = {
  allowNetwork: false,
  timeoutMs: 60_000,
  maxOutputBytes: 64 * 1024 ** 2,
};

/**
 * Runs one session of the real client and says what it did with each call.
 * @throws ClientError `client-no-box`, `client-crashed`, `client-timeout`, `client-output-limit`, `client-not-started`,
 *   `client-unreadable`, `client-wants-login`, `client-settings-rejected`, `client-file-outside`
 */
export async function runSession(
  client: Client,
  request: SessionRequest,
  options: Partial<SessionOptions> = {},
): Promise<SessionResult> {
  const { allowNetwork, ...limits } = { ...SESSION_DEFAULTS, ...options };
  const directory = makeTemporaryDirectory("client");
  removeAtExit(directory);
  const place = allowNetwork ? openPlace(directory) : BOX_PLACE;
  const model = scriptedModel((body) => toolUses(request, place, body));
  try {
    const seed = join(directory, "seed");
    plant(request, place, seed, allowNetwork);
    const started = performance.now();
    const end = await runProcess(
      allowNetwork
        ? await openCommand(client, request, directory, model, limits)
        : await boxedCommand(client, request, directory, model, limits),
      () => true,
    );
    return sessionResult(end, model, request, { allowNetwork, client, ms: performance.now() - started });
  } finally {
    model.server.close();
    model.server.closeAllConnections();
    removeNow(directory);
  }
}

/** Without a box the same tree stands in the temporary directory itself. */
function openPlace(directory: string): Place {
  const home = join(directory, "seed", BOX_PLACE.home);
  return { home, project: join(home, "proj") };
}

function toolUses(request: SessionRequest, place: Place, body: JsonObject): ToolUse[] {
  const schemas = new Map<string, Json>();
  for (const tool of Array.isArray(body.tools) ? body.tools : []) {
    if (isJsonObject(tool) && typeof tool.name === "string")
      schemas.set(tool.name, tool.input_schema ?? null);
  }
  return request.calls.map((call, index) => ({
    id: toolUseId(index),
    name: call.tool,
    input: toolInput(call, place, schemas.get(call.tool) ?? null),
  }));
}

function toolUseId(index: number): string {
  return `toolu_${String(index).padStart(6, "0")}`;
}

/** Writes what exists before the session. */
function plant(request: SessionRequest, place: Place, seed: string, open: boolean): void {
  const root = open ? "" : seed;
  const write = (path: string, text: string, executable = false): void => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    if (executable) chmodSync(target, 0o755);
  };
  const shell = shellPath(open ? seed : "");
  try {
    mkdirSync(join(root, place.project), { recursive: true });
    for (const file of request.files) write(checkedPath(file.path, place, open), file.text);
    write(join(place.home, ".claude.json"), JSON.stringify(clientState(place, request.trusted)));
    write(shell, SHELL, true);
    const servers = Object.entries(request.mcpServers).map(([name, tools], index) => {
      const command = join(dirname(shell), `mcp-${index}`);
      write(command, mcpServerScript(tools), true);
      return [name, { command }] as const;
    });
    if (servers.length > 0) {
      write(join(place.project, ".mcp.json"), JSON.stringify({ mcpServers: Object.fromEntries(servers) }));
    }
    if (open) return;
    write("/etc/passwd", `u:x:1000:1000::${place.home}:${shell}\n`);
    // An allowed fetch asks these hosts first whether the address is safe: refused at once, not after ten seconds.
    write("/etc/hosts", "127.0.0.1 localhost api.anthropic.com claude.ai\n");
  } catch (cause) {
    if (cause instanceof ClientError) throw cause;
    throw temporaryFilesFailed(seed, cause);
  }
}

/** The shell's name must be that of a shell the client knows. */
function shellPath(root: string): string {
  return join(root === "" ? "/" : root, "stub", "bash");
}

function checkedPath(path: string, place: Place, open: boolean): string {
  const absolute = absoluteIn(place, path);
  const roots = open ? [place.home] : [place.home, MANAGED_DIRECTORY, "/tmp", "/srv"];
  if (roots.some((root) => absolute !== root && isWithin(root, absolute)) && !/[\0\n]/.test(absolute)) {
    return absolute;
  }
  throw new ClientError("client-file-outside", `A session cannot hold the file ${JSON.stringify(path)}.`, {
    hint: open
      ? "Without the closed box, only files of the project and the home directory can stand there."
      : "Files of a session stand in the project, in the home directory or among managed settings.",
  });
}

/** What the client remembers from earlier sessions: that it was set up, and whether this project is trusted. */
function clientState(place: Place, trusted: boolean): JsonObject {
  return {
    hasCompletedOnboarding: true,
    projects: { [place.project]: { hasTrustDialogAccepted: trusted } },
  };
}

function clientArguments(request: SessionRequest): string[] {
  const mode = request.mode === null ? [] : ["--permission-mode", request.mode];
  return ["-p", "go", "--output-format", "stream-json", "--verbose", ...mode];
}

function clientEnvironment(place: Place, modelAddress: string, shell: string, temporary: string) {
  return {
    HOME: place.home,
    SHELL: shell,
    CLAUDE_CODE_SHELL: shell,
    TMPDIR: temporary,
    TERM: "dumb",
    LANG: "C.UTF-8",
    ANTHROPIC_BASE_URL: modelAddress,
    ANTHROPIC_API_KEY: "no-key-is-needed",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_AUTOUPDATER: "1",
  };
}

type Limits = Omit<SessionOptions, "allowNetwork">;

async function boxedCommand(
  client: Client,
  request: SessionRequest,
  directory: string,
  model: ScriptedModel,
  limits: Limits,
): Promise<Command> {
  const socket = join(directory, "model.sock");
  const mountPoint = join(directory, "root");
  mkdirSync(mountPoint);
  await listening(model, socket);
  return boxCommand(
    {
      seed: join(directory, "seed"),
      socket,
      mountPoint,
      binary: client.binary,
      arguments: clientArguments(request),
      environment: clientEnvironment(BOX_PLACE, BOX_MODEL_ADDRESS, shellPath(""), "/tmp"),
    },
    limits,
  );
}

async function openCommand(
  client: Client,
  request: SessionRequest,
  directory: string,
  model: ScriptedModel,
  limits: Limits,
): Promise<Command> {
  await listening(model, null);
  const address = model.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const place = openPlace(directory);
  const temporary = join(directory, "tmp");
  mkdirSync(temporary);
  const environment = clientEnvironment(
    place,
    `http://127.0.0.1:${port}`,
    shellPath(join(directory, "seed")),
    temporary,
  );
  return {
    program: client.binary,
    arguments: clientArguments(request),
    environment: { ...environment, PATH: process.env.PATH ?? "/usr/bin:/bin" },
    cwd: place.project,
    ...limits,
  };
}

function listening(model: ScriptedModel, socket: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    model.server.once("error", reject);
    if (socket === null) model.server.listen(0, "127.0.0.1", resolve);
    else model.server.listen(socket, resolve);
  });
}

function sessionResult(
  end: SessionEnd["process"],
  model: ScriptedModel,
  request: SessionRequest,
  run: { allowNetwork: boolean; client: Client; ms: number },
): SessionResult {
  const output: SessionOutput = readSessionOutput("stdout" in end ? end.stdout : "");
  const body = model.firstRequest();
  if (end.kind !== "exited" || output.init === null || output.result === null || body === null) {
    throw failureOf({ process: end, output, log: model.log(), boxed: !run.allowNetwork, client: run.client });
  }
  const { init } = output;
  return {
    version: String(init.claude_code_version ?? "unknown"),
    answers: request.calls.map((_, index) => answerOf(output, toolUseId(index))),
    mode: String(init.permissionMode ?? "unknown"),
    tools: textsOf(init.tools),
    mcpServers: objectsOf(init.mcp_servers).map(({ name, status }) => ({
      name: String(name),
      status: String(status),
    })),
    request: capturedRequest(body),
    durationMs: Math.round(run.ms),
  };
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
