import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { SessionRequest } from "../model/client-session.ts";
import { type Command, type ProcessEnd, removeAtExit, removeNow, runProcess } from "../system/process.ts";
import { makeTemporaryDirectory } from "../system/temporary-directory.ts";
import { BOX_MODEL_ADDRESS, boxCommand } from "./box.ts";
import type { Client } from "./find-client.ts";
import { boxedGround, type Ground, openGround, plant, shellOf } from "./plant.ts";
import type { ScriptedModel } from "./scripted-model.ts";

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
 * A client that has had its last answer prints its result and ends. What it started in the background (an agent, a
 * monitor, a wake-up) can keep it for as long as it likes; then it is ended.
 */
const FAREWELL_MS = 3_000;

/** One run of the client's program. */
export interface ClientRun {
  end: ProcessEnd;
  model: ScriptedModel;
  durationMs: number;
}

/**
 * Runs the client's program on the ground of a session, in the closed box unless the options say otherwise. When it
 * returns, nothing of it is left: no process, no file.
 * @param modelFor makes the model that the client talks to, given the ground and the files that stand there.
 */
export async function runClient(
  client: Client,
  request: SessionRequest,
  clientArguments: readonly string[],
  modelFor: (ground: Ground, planted: ReadonlyMap<string, string>) => ScriptedModel,
  options: SessionOptions,
): Promise<ClientRun> {
  const directory = makeTemporaryDirectory("client");
  removeAtExit(directory);
  let model: ScriptedModel | null = null;
  try {
    const seed = join(directory, "seed");
    const ground = options.allowNetwork ? openGround(seed) : boxedGround(seed);
    const planted = plant(request, ground);
    model = modelFor(ground, planted);
    const command = options.allowNetwork ? openCommand : boxedCommand;
    const started = performance.now();
    const { timeoutMs, maxOutputBytes } = options;
    const stop = new AbortController();
    model.onFinished(() => setTimeout(() => stop.abort(), FAREWELL_MS).unref());
    const end = await runProcess(
      {
        ...(await command({ client, clientArguments, directory, ground, model })),
        timeoutMs,
        maxOutputBytes,
        stop: stop.signal,
      },
      () => true,
    );
    return { end, model, durationMs: Math.round(performance.now() - started) };
  } finally {
    model?.server.close();
    model?.server.closeAllConnections();
    removeNow(directory);
  }
}

interface Setting {
  client: Client;
  clientArguments: readonly string[];
  directory: string;
  ground: Ground;
  model: ScriptedModel;
}

type Unlimited = Omit<Command, "timeoutMs" | "maxOutputBytes">;

async function boxedCommand(setting: Setting): Promise<Unlimited> {
  const { client, clientArguments, directory, ground, model } = setting;
  const socket = join(directory, "model.sock");
  const mountPoint = join(directory, "root");
  mkdirSync(mountPoint);
  await listening(model, socket);
  return boxCommand({
    seed: ground.seed,
    socket,
    mountPoint,
    binary: client.binary,
    arguments: clientArguments,
    environment: clientEnvironment(ground, BOX_MODEL_ADDRESS, "/tmp"),
  });
}

async function openCommand(setting: Setting): Promise<Unlimited> {
  const { client, clientArguments, directory, ground, model } = setting;
  await listening(model, null);
  const address = model.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const temporary = join(directory, "tmp");
  mkdirSync(temporary);
  return {
    program: client.binary,
    arguments: clientArguments,
    environment: {
      ...clientEnvironment(ground, `http://127.0.0.1:${port}`, temporary),
      PATH: process.env.PATH ?? "/usr/bin:/bin",
    },
    cwd: ground.place.project,
  };
}

function clientEnvironment(ground: Ground, modelAddress: string, temporary: string) {
  const shell = shellOf(ground);
  return {
    HOME: ground.place.home,
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

function listening(model: ScriptedModel, socket: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    model.server.once("error", reject);
    if (socket === null) model.server.listen(0, "127.0.0.1", resolve);
    else model.server.listen(socket, resolve);
  });
}
