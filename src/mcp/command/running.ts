import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";

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
  | { kind: "stopped"; why: "timeout" | "cancelled" | "too-much-output" }
  | { kind: "not-started"; code: string };

export interface RunResult {
  end: RunEnd;
  stdout: string;
  /** What it printed in all, and how much of that is kept: less when the rest was cut off. */
  stdoutBytes: { printed: number; kept: number };
  stderr: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Leaders of groups that run now. When this process ends, however it does, so do they. */
const running = new Set<number>();
process.on("exit", () => {
  for (const pid of running) signalGroup(pid, "SIGKILL");
});

/**
 * Runs a program in a process group of its own, without standard input, and settles when it and all that it started in
 * that group are gone.
 */
export function run(request: RunRequest): Promise<RunResult> {
  const stdout = new Head(request.keptBytes);
  const stderr = new ErrorText(request.onErrorLine);
  const started = start(request);
  if (typeof started === "string") {
    return Promise.resolve(resultOf({ kind: "not-started", code: started }, stdout, stderr));
  }
  return new Promise((resolve) => {
    let why: "timeout" | "cancelled" | "too-much-output" | null = null;
    let kill: NodeJS.Timeout | undefined;
    const { pid } = started;
    if (pid !== undefined) running.add(pid);
    const stop = (reason: "timeout" | "cancelled" | "too-much-output") => {
      if (why !== null || pid === undefined) return;
      why = reason;
      signalGroup(pid, "SIGTERM");
      kill = setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS);
    };
    const timer = setTimeout(() => stop("timeout"), request.timeoutMs);
    const cancel = () => stop("cancelled");
    request.signal.addEventListener("abort", cancel, { once: true });
    started.stdout.on("data", (chunk: Buffer) => {
      stdout.push(chunk);
      if (stdout.bytes > MAX_READ_BYTES) stop("too-much-output");
    });
    started.stderr.on("data", (chunk: Buffer) => {
      stderr.push(chunk);
      if (stderr.bytes > MAX_READ_BYTES) stop("too-much-output");
    });
    let orphaned: NodeJS.Timeout | undefined;
    started.once("exit", () => {
      // Nothing that it left behind in its group outlives it.
      if (pid !== undefined) signalGroup(pid, "SIGKILL");
      closeWhenSilent();
    });
    // What it printed before it went is read to the end, however busy this process is.
    const closeWhenSilent = () => {
      const read = stdout.bytes + stderr.bytes;
      orphaned = setTimeout(
        () =>
          setImmediate(() => {
            if (stdout.bytes + stderr.bytes > read) return closeWhenSilent();
            started.stdout.destroy();
            started.stderr.destroy();
          }),
        ORPHANED_OUTPUT_MS,
      );
    };
    const finish = (end: RunEnd) => {
      for (const each of [timer, kill, orphaned]) clearTimeout(each);
      request.signal.removeEventListener("abort", cancel);
      if (pid !== undefined) running.delete(pid);
      resolve(resultOf(end, stdout, stderr));
    };
    started.once("error", (error: NodeJS.ErrnoException) => {
      if (pid === undefined) finish({ kind: "not-started", code: error.code ?? error.message });
    });
    started.once("close", (status, signal) => {
      if (why !== null) finish({ kind: "stopped", why });
      else if (status === null) finish({ kind: "signalled", signal: signal ?? "a signal" });
      else finish({ kind: "exited", status });
    });
    if (request.signal.aborted) cancel();
  });
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

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
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

/** The first bytes of a stream, and how many there were. */
class Head {
  bytes = 0;
  readonly #limit: number;
  readonly #parts: Buffer[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get kept(): number {
    return Math.min(this.bytes, this.#limit);
  }

  push(chunk: Buffer): void {
    const room = this.#limit - this.bytes;
    // A copy of a part: the rest of the chunk is let go.
    if (room > 0) this.#parts.push(chunk.length <= room ? chunk : Buffer.from(chunk.subarray(0, room)));
    this.bytes += chunk.length;
  }

  /** A character that the limit has cut in two is left out. */
  text(): string {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return decoder.decode(Buffer.concat(this.#parts), { stream: this.bytes > this.#limit });
  }
}

const KEPT_ERROR_BYTES = 16 * 1024;
const MAX_LINE_CHARACTERS = 2_000;
/** A client's log is no place for a flood. */
const MAX_LINES = 1_000;

/** Standard error: its lines as they come, and its end. */
class ErrorText {
  bytes = 0;
  #tail = Buffer.alloc(0);
  #line = "";
  #lines = 0;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-KEPT_ERROR_BYTES);
    if (this.#lines >= MAX_LINES) return;
    const lines = (this.#line + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#line = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    for (const line of lines) this.#tell(line);
  }

  end(): string {
    this.#tell(this.#line);
    this.#line = "";
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.#tail);
    return this.bytes > KEPT_ERROR_BYTES ? `… ${text}` : text;
  }

  #tell(line: string): void {
    if (line.trim() === "" || this.#lines >= MAX_LINES) return;
    this.#lines++;
    this.#onLine(line.slice(0, MAX_LINE_CHARACTERS));
  }
}
