import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { ErrorText, Head } from "./output.ts";

/** How long a program that is to end may take to clean up before it is killed. */
const GRACE_MS = 1_000;
/** How long its output may stay open when it is gone: somebody outside its group holds it. */
const ORPHANED_OUTPUT_MS = 500;
/** Beyond this a program is stopped, however much of it is kept. */
export const MAX_READ_BYTES = 256 * 1024 ** 2;

export interface RunRequest {
  argv: readonly string[];
  environment: NodeJS.ProcessEnv;
  cwd: string | undefined;
  timeoutMs: number;
  /** Of standard output; the first ones are kept. Of standard error the last ones are. */
  keptBytes: number;
  signal: AbortSignal;
  onErrorLine(line: string): void;
}

export type RunEnd =
  | { kind: "exited"; status: number }
  | { kind: "signalled"; signal: string }
  | { kind: "stopped"; why: StopReason }
  | { kind: "not-started"; code: string };

export type StopReason = "timeout" | "cancelled" | "too-much-output";

export interface RunResult {
  end: RunEnd;
  stdout: string;
  /** What it printed in all, and how much of that is kept: less when the rest was cut off. */
  stdoutBytes: { printed: number; kept: number };
  stderr: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** When this process ends, however it does, so do these and their groups. */
const running = new Set<Child>();
process.on("exit", () => {
  for (const child of running) if (!hasEnded(child)) signalGroup(child, "SIGKILL");
});

/**
 * Runs a program in a process group of its own, without standard input, and settles when it and all that it started in
 * that group are gone.
 */
export function run(request: RunRequest): Promise<RunResult> {
  const stdout = new Head(request.keptBytes);
  const stderr = new ErrorText(request.onErrorLine);
  const child = start(request);
  if (typeof child === "string") {
    return Promise.resolve(resultOf({ kind: "not-started", code: child }, stdout, stderr));
  }
  return new Promise((resolve) => {
    const limits = limitsOf(child, request);
    child.stdout.on("data", (chunk: Buffer) => {
      stdout.push(chunk);
      if (stdout.bytes > MAX_READ_BYTES) limits.stop("too-much-output");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr.push(chunk);
      if (stderr.bytes > MAX_READ_BYTES) limits.stop("too-much-output");
    });
    child.once("exit", () => {
      // Nothing that it left behind in its group outlives it.
      signalGroup(child, "SIGKILL");
      const state = () => ({ read: stdout.bytes + stderr.bytes, stopped: limits.stoppedBy() !== null });
      closeWhenSilent(child, state);
    });
    const finish = (end: RunEnd) => {
      limits.lift();
      resolve(resultOf(end, stdout, stderr));
    };
    child.once("error", (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) finish({ kind: "not-started", code: error.code ?? error.message });
    });
    child.once("close", (status, signal) => {
      const why = limits.stoppedBy();
      if (why !== null) finish({ kind: "stopped", why });
      else if (status === null) finish({ kind: "signalled", signal: signal ?? "a signal" });
      else finish({ kind: "exited", status });
    });
  });
}

/** What may end a program before it ends by itself; until they are lifted, its end is also that of this process. */
function limitsOf(child: Child, { timeoutMs, signal }: RunRequest) {
  let why: StopReason | null = null;
  let kill: NodeJS.Timeout | undefined;
  const stop = (reason: StopReason) => {
    if (why !== null) return;
    why = reason;
    // Its id may be another's by now.
    if (hasEnded(child)) return;
    signalGroup(child, "SIGTERM");
    kill = setTimeout(() => {
      if (!hasEnded(child)) signalGroup(child, "SIGKILL");
    }, GRACE_MS);
  };
  const timer = setTimeout(() => stop("timeout"), timeoutMs);
  const cancel = () => stop("cancelled");
  running.add(child);
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    stop,
    stoppedBy: () => why,
    lift: () => {
      clearTimeout(timer);
      clearTimeout(kill);
      signal.removeEventListener("abort", cancel);
      running.delete(child);
    },
  };
}

/**
 * Closes the output of a program that is gone: what it printed before is read to the end, but a process outside its
 * group that goes on printing is listened to only until the limits say otherwise.
 */
function closeWhenSilent(child: Child, state: () => { read: number; stopped: boolean }): void {
  const before = state().read;
  const look = () => {
    const { read, stopped } = state();
    if (read > before && !stopped) return closeWhenSilent(child, state);
    child.stdout.destroy();
    child.stderr.destroy();
  };
  // Behind the timer what has come in is read first, however busy this process is.
  const timer = setTimeout(() => setImmediate(look), ORPHANED_OUTPUT_MS);
  child.once("close", () => clearTimeout(timer));
}

/** Some failures are thrown (too long a command line), others come as an event. */
function start({ argv, environment, cwd }: RunRequest): Child | string {
  const [program = "", ...args] = argv;
  try {
    return spawn(program, args, {
      cwd,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}

function hasEnded({ exitCode, signalCode }: Child): boolean {
  return exitCode !== null || signalCode !== null;
}

function signalGroup({ pid }: Child, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

function resultOf(end: RunEnd, stdout: Head, stderr: ErrorText): RunResult {
  return {
    end,
    stdout: stdout.text(),
    stdoutBytes: { printed: stdout.bytes, kept: stdout.kept },
    stderr: stderr.end(),
  };
}
