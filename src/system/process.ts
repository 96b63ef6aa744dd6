import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { rmdirSync, rmSync } from "node:fs";
import type { Readable, Writable } from "node:stream";

/** A program to run, with its limits. The environment is complete: nothing is inherited. */
export interface Command {
  program: string;
  arguments: readonly string[];
  environment: Readonly<Record<string, string>>;
  cwd: string;
  timeoutMs: number;
  /** For standard output and standard error each. */
  maxOutputBytes: number;
  /** `open`: a pipe that ends when this process does, so that the other side sees it even after a SIGKILL. */
  stdin?: "closed" | "open";
  /** Ends the program where it is; what it printed so far is kept. */
  stop?: AbortSignal;
}

export type ProcessEnd =
  | { kind: "exited"; status: number; stdout: string; stderr: string[] }
  | { kind: "signalled"; signal: string; stderr: string[] }
  | { kind: "timeout"; stdout: string; stderr: string[] }
  | { kind: "stopped"; stdout: string; stderr: string[] }
  | { kind: "too-much-output"; stderr: string[] }
  | { kind: "not-started"; reason: string };

/** Progress and trace messages are dropped as they come; what is kept of the rest is small. */
const MAX_KEPT_STDERR_BYTES = 16 * 1024 ** 2;

type StartedProcess = ChildProcessByStdio<Writable | null, Readable, Readable>;

const running = new Set<ChildProcess>();
const temporary = new Set<string>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a program in a process group of its own and returns when it is gone. At a limit the whole group is killed
 * (Nix ignores softer signals while it evaluates, and Git children would outlive it).
 * @param keepLine which lines of standard error to keep.
 */
export function runProcess(command: Command, keepLine: (line: string) => boolean): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    guardExit();
    const child = start(command);
    if ("reason" in child) {
      releaseExit();
      resolve(child);
      return;
    }
    running.add(child);
    // The other side may be gone before we are: a broken pipe says nothing that its end does not say.
    child.stdin?.on("error", () => {});
    const stderr = new LineFilter(keepLine);
    const output: Buffer[] = [];
    let stoppedBy: "timeout" | "stopped" | "too-much-output" | null = null;
    const stop = (why: "timeout" | "stopped" | "too-much-output") => {
      stoppedBy ??= why;
      killGroup(child);
    };
    const timer = setTimeout(() => stop("timeout"), command.timeoutMs);
    const stopNow = () => stop("stopped");
    command.stop?.addEventListener("abort", stopNow);
    const counts = { stdout: 0, stderr: 0 };
    child.stdout.on("data", (chunk: Buffer) => {
      counts.stdout += chunk.length;
      if (counts.stdout > command.maxOutputBytes) stop("too-much-output");
      else output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      counts.stderr += chunk.length;
      if (counts.stderr > command.maxOutputBytes) stop("too-much-output");
      else stderr.push(chunk);
    });
    const finish = (end: ProcessEnd) => {
      clearTimeout(timer);
      command.stop?.removeEventListener("abort", stopNow);
      running.delete(child);
      releaseExit();
      resolve(end);
    };
    child.once("error", (error) => finish({ kind: "not-started", reason: error.message }));
    // A child of the child may keep the pipes open: when the leader is gone, so is its group.
    child.once("exit", () => killGroup(child));
    child.once("close", (status, signal) => {
      const lines = stderr.end();
      if (stoppedBy === "too-much-output") finish({ kind: stoppedBy, stderr: lines });
      else if (stoppedBy !== null) finish({ kind: stoppedBy, stdout: textOf(output), stderr: lines });
      else if (status === null) finish({ kind: "signalled", signal: signal ?? "unknown", stderr: lines });
      else finish({ kind: "exited", status, stdout: textOf(output), stderr: lines });
    });
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}

/** Some failures (too long a command line) are thrown, others come as an event. */
function start(command: Command): StartedProcess | Extract<ProcessEnd, { kind: "not-started" }> {
  try {
    return spawn(command.program, [...command.arguments], {
      cwd: command.cwd,
      env: { ...command.environment },
      stdio: [command.stdin === "open" ? "pipe" : "ignore", "pipe", "pipe"],
      detached: true,
    }) as StartedProcess;
  } catch (error) {
    return { kind: "not-started", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Registers a directory to be removed when this process ends, however it ends. */
export function removeAtExit(directory: string): void {
  guardExit();
  temporary.add(directory);
}

export function removeNow(directory: string): void {
  try {
    removeWhole(directory);
  } catch {
    // What was made in it forbids its removal; a result does not become an error for that.
  }
  temporary.delete(directory);
  releaseExit();
}

/** Mostly nothing was put into it, and Node's own way to remove what is in a directory takes 3 ms to load. */
function removeWhole(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    rmSync(directory, { recursive: true, force: true });
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

function cleanUp(): void {
  for (const child of running) killGroup(child);
  for (const directory of temporary) {
    try {
      rmSync(directory, { recursive: true, force: true });
    } catch {
      // Leaving: there is nobody left to tell.
    }
  }
}

/** A group of its own does not hear the terminal's Ctrl-C: we pass on what ends us. */
function onSignal(signal: NodeJS.Signals): void {
  cleanUp();
  process.removeListener(signal, onSignal);
  // Without a listener Node ends as the signal says; others that listen decide for themselves.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

let guarded = false;
function guardExit(): void {
  if (guarded) return;
  guarded = true;
  process.on("exit", cleanUp);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function releaseExit(): void {
  if (!guarded || running.size > 0 || temporary.size > 0) return;
  guarded = false;
  process.removeListener("exit", cleanUp);
  for (const signal of SIGNALS) process.removeListener(signal, onSignal);
}

class LineFilter {
  readonly #keep: (line: string) => boolean;
  readonly #lines: string[] = [];
  #keptBytes = 0;
  #rest: Buffer[] = [];

  constructor(keep: (line: string) => boolean) {
    this.#keep = keep;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      this.#rest.push(chunk.subarray(from, at));
      this.#line();
      from = at + 1;
    }
    if (from < chunk.length) this.#rest.push(chunk.subarray(from));
  }

  end(): string[] {
    this.#line();
    return this.#lines;
  }

  #line(): void {
    const line = Buffer.concat(this.#rest).toString("utf8");
    this.#rest = [];
    if (line === "" || this.#keptBytes + line.length > MAX_KEPT_STDERR_BYTES || !this.#keep(line)) return;
    this.#keptBytes += line.length;
    this.#lines.push(line);
  }
}
