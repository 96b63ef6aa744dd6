// Not loaded on demand: whoever loads this file runs Git next, and a load of its own would take one wait more.
import { simpleGit } from "simple-git";
import { SystemError } from "../model/errors.ts";

export interface GitCall {
  args: string[];
  /** The whole environment: nothing is inherited. */
  env: Record<string, string>;
  /** Directory from which `git` is started: never one that somebody else fills. */
  cwd: string;
  input?: Uint8Array;
  /** After that long Git is ended, and the result says so. */
  timeoutMs?: number;
}

export interface GitResult {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
  timedOut?: true;
}

/** What a shell says of a process that SIGTERM ended. */
const ENDED = 143;

/**
 * The only place that starts Git. Any exit status is returned: what it means depends on the command.
 * @throws SystemError `git-missing` when the program cannot be started.
 */
export async function runGit(call: GitCall): Promise<GitResult> {
  let result: GitResult | undefined;
  const input = call.input;
  const abort = call.timeoutMs === undefined ? undefined : AbortSignal.timeout(call.timeoutMs);
  const git = simpleGit({
    baseDir: call.cwd,
    // simple-git strips Git's variables unless each is named; these are all set by us, none is inherited.
    allowEnvironment: Object.keys(call.env),
    // Our own GIT_CONFIG_GLOBAL=/dev/null counts as unsafe there, and so does -C.
    // What stands in the environment is ours as well, where it stands lest others read it among the arguments.
    unsafe: {
      allowUnsafeConfigPaths: true,
      ...(call.env.GIT_CONFIG_COUNT !== undefined && {
        allowUnsafeConfigEnvCount: true,
        allowUnsafeHooksPath: true,
        allowUnsafeFsMonitor: true,
      }),
    },
    completion: { onClose: true, onExit: false },
    ...(abort && { abort }),
    // Empty input would leave the pipe open, and Git waiting.
    ...(input === undefined || input.length === 0 ? {} : { input: () => Buffer.from(input) }),
    errors: (error, { exitCode, stdOut, stdErr }) => {
      result = { exitCode, stdout: Buffer.concat(stdOut), stderr: Buffer.concat(stdErr).toString("utf8") };
      // An error that was there before Git ran (a blocked option, an abort) is ours to see.
      return result.exitCode === 9901 ? error : undefined;
    },
  })
    .env(call.env)
    .outputHandler((_command, stdout) => {
      // simple-git waits 50 ms more for a command that has printed nothing, lest it misses something. After
      // `close` there is nothing to miss; an empty chunk says so.
      queueMicrotask(() => stdout.emit("data", Buffer.alloc(0)));
    });
  await git.raw(call.args).catch((error: unknown) => {
    // Before Git was started at all.
    if (abort?.aborted !== true) throw error;
  });
  if (abort?.aborted === true)
    return { exitCode: ENDED, stdout: Buffer.alloc(0), stderr: "", timedOut: true };
  if (result === undefined || result.exitCode < 0) {
    throw new SystemError("git-missing", "Git could not be started.", {
      hint: "Install Git 2.30 or newer and make sure that `git` is on the PATH.",
      details: result === undefined ? [] : [result.stderr.trim()],
    });
  }
  return result;
}
