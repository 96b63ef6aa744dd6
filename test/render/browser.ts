import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

type Message = {
  id?: number;
  method?: string;
  params?: Params;
  result?: Params;
  error?: { message: string };
};
type Params = Record<string, unknown>;

/**
 * A headless Chromium (`CHROMIUM` names another than the one on the path) over the pipe of its DevTools protocol,
 * https://chromedevtools.github.io/devtools-protocol/: messages are JSON, each ended by a null byte.
 */
export class Browser {
  readonly events: Message[] = [];
  private readonly profile = mkdtempSync(join(tmpdir(), "nixclaude-browser-"));
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private nextId = 1;
  private session: string | undefined;
  private target: string | undefined;

  constructor() {
    const flags = [
      "--headless=new",
      "--no-sandbox",
      "--remote-debugging-pipe",
      `--user-data-dir=${this.profile}`,
    ];
    this.process = spawn(process.env.CHROMIUM ?? "chromium", flags, {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    let rest = "";
    (this.process.stdio[4] as Readable).setEncoding("utf8").on("data", (chunk: string) => {
      const messages = (rest + chunk).split("\0");
      rest = messages.pop()!;
      for (const message of messages) this.receive(JSON.parse(message) as Message);
    });
  }

  private receive(message: Message): void {
    if (message.id === undefined) this.events.push(message);
    else this.waiting.get(message.id)?.(message);
  }

  /** @throws Error with what the browser says against it, or that it cannot be started */
  send(method: string, params: Params = {}): Promise<Params> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.process.once("error", reject);
      this.waiting.set(id, ({ result, error }) => {
        this.waiting.delete(id);
        this.process.off("error", reject);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      const session = this.session === undefined ? {} : { sessionId: this.session };
      (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    });
  }

  /** A page of its own for what follows, in place of the one before. */
  async openPage(): Promise<void> {
    this.session = undefined;
    const before = this.target;
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    this.target = targetId as string;
    if (before !== undefined) await this.send("Target.closeTarget", { targetId: before });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    this.session = sessionId as string;
    for (const domain of ["Page", "Network", "Log", "Runtime"]) await this.send(`${domain}.enable`);
  }

  /** The value of an expression in the page; what our own page forbids to its content does not bind the debugger. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as Params).value;
  }

  /** Ends when the browser has ended and its profile is removed. */
  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.session = undefined;
    await this.send("Browser.close");
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
