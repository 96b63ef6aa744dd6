import { NixclaudeError, SystemError } from "../model/errors.ts";
import { renderError, renderUnexpected } from "../render/error.ts";
import { run as check } from "./commands/check.ts";
import { run as hook } from "./commands/hook.ts";
import type { Io } from "./io.ts";
import { CHECK_OPTIONS } from "./option-lists.ts";
import { parseOptions } from "./parse-options.ts";
import { plainOptions } from "./plain-options.ts";

/** Runs one command line and returns its exit status; nothing is thrown, and the process is not ended. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  try {
    requireDirectory(io);
    return await dispatch(argv, io);
  } catch (error) {
    return reportFailure(error, argv, io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [command, name, ...args] = argv;
  // A commit waits for this one: no option parser is loaded.
  if (command === "hook" && name !== undefined && !name.startsWith("-")) {
    return hook(name, args, io);
  }
  // Nor for this one, where it is plainly written.
  const plain = command === "check" ? plainOptions(argv.slice(1), CHECK_OPTIONS) : null;
  if (plain !== null) return check(parseOptions(plain), io);
  return (await import("./program.ts")).runProgram(argv, io);
}

/** Says on standard error what went wrong and returns the exit status for it. */
export async function reportFailure(error: unknown, argv: readonly string[], io: Io): Promise<number> {
  const options = { columns: io.columns, colour: false, debug: argv.includes("--debug") };
  if (error instanceof NixclaudeError) {
    io.stderr.write(renderError(error, options));
    return error.exitCode;
  }
  io.stderr.write(renderUnexpected(error, options));
  return 4;
}

function requireDirectory(io: Io): void {
  try {
    // Asking the system for it fails when it was removed under a running shell.
    void io.cwd;
  } catch (cause) {
    throw new SystemError("no-directory", "the working directory does not exist any more", {
      hint: "Change into a directory that exists.",
      cause,
    });
  }
}
