import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { createDirectory } from "../support/repository.ts";

/** The server as it is published: `npm test` builds it first. */
export const SERVER = fileURLToPath(new URL("../../dist/mcp.js", import.meta.url));

const directory = createDirectory("nixclaude-mcp-");
let files = 0;

export interface RawTool {
  name: string;
  description?: string;
  command: string | string[];
  [key: string]: Json | undefined;
}

/** Writes a tools file and returns its path. */
export function toolsFile(tools: readonly RawTool[], further: JsonObject = {}): string {
  const path = join(directory, `tools-${files++}.json`);
  const described = tools.map((tool) => ({ description: "A tool of a test.", ...tool }));
  writeFileSync(path, JSON.stringify({ name: "test", tools: described, ...further }));
  return path;
}

/** A tool that runs a program of Node; words behind it follow. */
export function script(code: string, ...words: string[]): string[] {
  return [process.execPath, "-e", code, "--", ...words];
}

/** JSON Schema of an object with these properties. */
export function takes(
  properties: JsonObject,
  required: readonly string[] = [],
): JsonObject & { type: "object" } {
  return { type: "object", properties, required: [...required], additionalProperties: false };
}

/** The official client, connected to a server of its own; closed by `await using`. */
export async function officialClient(file: string, env: Record<string, string> = {}) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [SERVER, file],
    stderr: "pipe",
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(transport);
  return Object.assign(client, {
    pid: () => transport.pid as number,
    [Symbol.asyncDispose]: () => client.close(),
  });
}

export const VERSION_KEY = "io.modelcontextprotocol/protocolVersion";
export const CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities";
/** What a request of revision 2026-07-28 carries. */
export const META = { [VERSION_KEY]: "2026-07-28", [CAPABILITIES_KEY]: {} };

/** A server that is spoken to line by line. */
export class RawServer {
  readonly process: ChildProcessWithoutNullStreams;
  readonly messages: JsonObject[] = [];
  stderr = "";
  readonly #waiting = new Set<() => void>();
  readonly #ended: Promise<{ status: number | null; signal: string | null }>;

  constructor(file: string, args: readonly string[] = [SERVER]) {
    this.process = spawn(process.execPath, [...args, file], { stdio: "pipe" });
    this.process.stdin.on("error", () => {});
    this.process.stderr.on("data", (chunk) => {
      this.stderr += chunk;
    });
    createInterface({ input: this.process.stdout }).on("line", (line) => {
      this.messages.push(JSON.parse(line) as JsonObject);
      for (const look of this.#waiting) look();
    });
    this.#ended = new Promise((resolve) => {
      this.process.on("close", (status, signal) => {
        for (const look of this.#waiting) look();
        resolve({ status, signal });
      });
    });
  }

  /** Sends text as it is, with a line break. */
  line(text: string | Buffer): void {
    this.process.stdin.write(text);
    this.process.stdin.write("\n");
  }

  send(message: JsonObject): void {
    this.line(JSON.stringify({ jsonrpc: "2.0", ...message }));
  }

  /** The first message that fits, which may have come already. */
  async message(fits: (message: JsonObject) => boolean): Promise<JsonObject> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.messages.find(fits);
        if (found === undefined && this.process.exitCode === null) return;
        this.#waiting.delete(look);
        if (found === undefined) reject(new Error(`the server ended: ${this.stderr}`));
        else resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Sends a request and returns the message that answers it. */
  async request(id: string | number, method: string, params?: JsonObject): Promise<JsonObject> {
    this.send({ id, method, ...(params === undefined ? {} : { params }) });
    return this.message((message) => message.id === id && !("method" in message));
  }

  async initialize(protocolVersion = "2025-11-25"): Promise<JsonObject> {
    const clientInfo = { name: "raw", version: "0" };
    const answer = await this.request("init", "initialize", {
      protocolVersion,
      capabilities: {},
      clientInfo,
    });
    this.send({ method: "notifications/initialized" });
    return answer;
  }

  /** Closes its input and returns how it ended. */
  end(): Promise<{ status: number | null; signal: string | null }> {
    this.process.stdin.end();
    return this.#ended;
  }

  get ended() {
    return this.#ended;
  }

  /** Killed, it could not end what it runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}

/** Waits until a condition holds, looking again and again; for processes that nobody else tells about. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); ) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
