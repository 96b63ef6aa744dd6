import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answerOf, readSessionOutput } from "../../src/client/answers.ts";
import { capturedRequest } from "../../src/client/captured-request.ts";
import { scriptedModel, type Turn } from "../../src/client/scripted-model.ts";
import type { CapturedRequest, ClientAnswer } from "../../src/model/client-session.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import { runProcess } from "../../src/system/process.ts";
import { PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory } from "../support/repository.ts";

const PLUGIN = fileURLToPath(new URL("../../hooks/client/plugin", import.meta.url));
export const clientProgram = (version: ClientVersion) =>
  fileURLToPath(
    new URL(`../conformance/node_modules/claude-code-${version}/bin/claude.exe`, import.meta.url),
  );

const SESSION = ["-p", "go", "--output-format", "stream-json", "--verbose"];

/** A call that waits for something is made this often at most. */
const MOST_TRIES = 40;

export interface RealCall {
  tool: string;
  input: JsonObject;
  /** Something that happens before it is made for the first time. */
  before?: () => void;
  /** It is made again and again, until the client offers the model these tools. */
  until?: (tools: readonly string[]) => boolean;
}

export interface RealSession {
  /** All that the model was told first, as one text. */
  told: string;
  /** What the hook gave to the session, as the model is told it; "" for nothing. */
  contextMessage: string;
  /** Tools that the model sees, by name. */
  tools: Readonly<Record<string, CapturedRequest["tools"][number]>>;
  /** One for each call that was made, in order. */
  answers: ClientAnswer[];
}

export interface RealOptions {
  calls?: readonly RealCall[];
  /** Further words of the client's command line. */
  args?: readonly string[];
  /** false: `nixclaude` is not on the search path. */
  withProgram?: boolean;
  /** false: without the plugin. */
  withPlugin?: boolean;
  /** Directories before all others on the search path. */
  path?: readonly string[];
}

/**
 * A session of the real client in a trusted project of ours, with the plugin as a user has it, and a scripted model on the
 * loopback. The client runs unboxed: it has to start the built program, and that has to start Nix.
 */
export async function realSession(
  version: ClientVersion,
  project: string,
  { calls = [], args = [], withProgram = true, withPlugin = true, path = [] }: RealOptions = {},
): Promise<RealSession> {
  const home = createDirectory("nixclaude-client-");
  const bin = join(home, "bin");
  mkdirSync(bin);
  if (withProgram) {
    writeFileSync(join(bin, "nixclaude"), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
    chmodSync(join(bin, "nixclaude"), 0o755);
  }
  writeFileSync(
    join(home, ".claude.json"),
    JSON.stringify({
      hasCompletedOnboarding: true,
      projects: { [project]: { hasTrustDialogAccepted: true } },
    }),
  );
  const made: string[] = [];
  const model = scriptedModel(calls.flatMap((call) => turnsOf(call, made)));
  await new Promise<void>((listening) => model.server.listen(0, "127.0.0.1", listening));
  try {
    const end = await runProcess(
      {
        program: clientProgram(version),
        arguments: [...SESSION, ...(withPlugin ? ["--plugin-dir", PLUGIN] : []), ...args],
        environment: userEnvironment({
          PATH: [bin, ...path, process.env.PATH].join(":"),
          HOME: home,
          ANTHROPIC_BASE_URL: `http://127.0.0.1:${(model.server.address() as AddressInfo).port}`,
          ANTHROPIC_API_KEY: "no-key-is-needed",
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
          DISABLE_TELEMETRY: "1",
          DISABLE_AUTOUPDATER: "1",
        }),
        cwd: project,
        timeoutMs: 120_000,
        maxOutputBytes: 64 * 1024 ** 2,
      },
      () => true,
    );
    const first = model.firstRequest();
    if (end.kind !== "exited" || first === null) throw new Error(`no session: ${JSON.stringify(end)}`);
    const output = readSessionOutput(end.stdout);
    return {
      told: textsIn([first.system ?? [], first.messages ?? []]).join("\n"),
      contextMessage: textsIn(first.messages).find((text) => text.includes("SessionStart hook")) ?? "",
      tools: Object.fromEntries(capturedRequest(first).tools.map((tool) => [tool.name, tool])),
      answers: made.map((id) => answerOf(output, id)),
    };
  } finally {
    model.server.close();
    model.server.closeAllConnections();
  }
}

function turnsOf({ tool, input, before, until }: RealCall, made: string[]): Turn[] {
  const make: Turn = () => {
    const id = `toolu_${made.length}`;
    made.push(id);
    return [{ id, name: tool, input }];
  };
  const once: Turn = (request) => {
    before?.();
    return make(request);
  };
  if (until === undefined) return [once];
  const again: Turn = (request) => (until(toolNames(request)) ? [] : make(request));
  return [once, ...Array<Turn>(MOST_TRIES - 1).fill(again)];
}

function toolNames({ tools }: JsonObject): string[] {
  return (Array.isArray(tools) ? tools : []).flatMap((tool) =>
    typeof tool === "object" && tool !== null && "name" in tool ? [String(tool.name)] : [],
  );
}

/** Every text in a part of a request, whatever role it has: what a hook says is in no user's message. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  const { text, content } = value as { text?: unknown; content?: unknown };
  return [...textsIn(text), ...textsIn(content)];
}
