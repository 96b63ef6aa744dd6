import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Client } from "../../src/client/find-client.ts";
import { runSession, type SessionOptions } from "../../src/client/session.ts";
import type { SessionRequest } from "../../src/model/client-session.ts";
import type { ClientError } from "../../src/model/errors.ts";
import { createDirectory } from "../support/repository.ts";

/**
 * Programs that stand for a client that does something: none of them is the client, and no test here says what the
 * client decides.
 */
const directory = createDirectory();
/** Part of the name of every program of this file, inside the box and outside. */
const mark = `stand-in-${process.pid}-`;
let made = 0;

/** An executable file with this text. `#!/run/nixclaude/node` is the Node that every box has. */
export function program(text: string, mode = 0o755): Client {
  const binary = join(directory, `${mark}${made++}`);
  writeFileSync(binary, text);
  chmodSync(binary, mode);
  return { binary };
}

export function shellProgram(lines: string): Client {
  return program(`#!/bin/sh\n${lines}\n`);
}

export function session(change: Partial<SessionRequest> = {}): SessionRequest {
  return { files: [], mode: null, trusted: true, mcpServers: {}, calls: [], ...change };
}

/** The error that a session ends in. */
export async function failure(
  client: Client,
  options: Partial<SessionOptions> = {},
  request: SessionRequest = session(),
): Promise<ClientError> {
  try {
    await runSession(client, request, options);
  } catch (error) {
    return error as ClientError;
  }
  throw new Error("the session did not fail");
}

/** What a program prints when it looks around in the box: all its lines. */
export async function looksAround(
  lines: string,
  change: Partial<SessionRequest> = {},
  options: Partial<SessionOptions> = {},
): Promise<string[]> {
  const error = await failure(shellProgram(`exec 2>&1\n${lines}`), options, session(change));
  if (error.code !== "client-unreadable") throw error;
  return [...error.details];
}

/**
 * A small client that keeps to the protocol: it says who it is, asks the model, "runs" whatever the model wants, and
 * asks again. A settings file that is no JSON object with a list of deny rules is dropped, as the client does.
 */
export const OBEDIENT = `#!/run/nixclaude/node
const { readFileSync } = require("node:fs");
const print = (line) => console.log(JSON.stringify(line));
let settings = {};
try {
  const file = JSON.parse(readFileSync(process.env.HOME + "/proj/.claude/settings.json", "utf8"));
  if (Array.isArray(file.permissions?.deny ?? [])) settings = file;
} catch {}
const model = settings.model ?? "usual-model";
if (process.argv[2] === "doctor") console.log("all is well");
else (async () => {
  print({ type: "system", subtype: "init", claude_code_version: "2.1.330", permissionMode: "default", tools: ["Bash"] });
  const tools = ["Bash", "Read", "Write", "Edit"].map((name) => ({ name, input_schema: { type: "object" } }));
  const messages = [{ role: "user", content: "go" }];
  for (;;) {
    const response = await fetch(process.env.ANTHROPIC_BASE_URL + "/v1/messages", {
      method: "POST", body: JSON.stringify({ model, tools, messages, system: "s" }),
    });
    const { content } = await response.json();
    const uses = content.filter((block) => block.type === "tool_use");
    if (uses.length === 0) break;
    const results = uses.map(({ id, name, input }) => ({
      type: "tool_result", tool_use_id: id, content: name + " " + JSON.stringify(input),
    }));
    print({ type: "user", message: { content: results } });
    messages.push({ role: "assistant", content }, { role: "user", content: results });
  }
  print({ type: "result", subtype: "success", result: "ok" });
})();
`;

/** Command lines, spaces between, of the processes of this machine that name a program of this file. */
export function commandsLeft(): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return command.includes(mark) ? [command] : [];
    } catch {
      return [];
    }
  });
}

/**
 * Gives the sessions of this file a place for their temporary directories.
 * @returns those that stand there.
 */
export function ownTemporaryDirectory(): () => string[] {
  const own = join(createDirectory(), "tmp");
  const before = process.env.TMPDIR;
  beforeAll(() => {
    mkdirSync(own);
    process.env.TMPDIR = own;
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  return () => readdirSync(own).filter((name) => name.startsWith("nixclaude-client-"));
}
