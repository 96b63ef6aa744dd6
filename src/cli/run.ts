import { NixclaudeError } from "../model/errors.ts";
import type { Io } from "./io.ts";

/** Runs one command line and returns its exit status; nothing is thrown, and the process is not ended. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return report(error, argv, io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [command, name, ...args] = argv;
  // A commit waits for this one: no option parser is loaded.
  if (command === "hook" && name !== undefined && !name.startsWith("-")) {
    return (await import("./commands/hook.ts")).run(name, args, io);
  }
  return (await import("./program.ts")).runProgram(argv, io);
}

async function report(error: unknown, argv: readonly string[], io: Io): Promise<number> {
  const debug = argv.includes("--debug");
  if (error instanceof NixclaudeError) {
    const { renderError } = await import("../render/error.ts");
    io.stderr.write(renderError(error, { columns: io.columns, colour: false, debug }));
    return error.exitCode;
  }
  const { renderUnexpected } = await import("../render/error.ts");
  io.stderr.write(renderUnexpected(error, { columns: io.columns, colour: false, debug }));
  return 4;
}
