#!/usr/bin/env node
import { constants } from "node:os";
import type { Io } from "./io.ts";
import { standardStream } from "./standard-stream.ts";

/** For logs, which have no width of their own: wide enough for paths, narrow enough for a browser. */
const LOG_COLUMNS = 100;
const INTERNAL_ERROR = 4;

const argv = process.argv.slice(2);
const [command, what, file] = argv;
// A client waits for this one, which is a program by itself: nothing of the rest is set up for it.
if (command === "mcp" && what === "serve" && argv.length === 3 && !file?.startsWith("-")) {
  await import("../mcp/main.ts");
} else {
  await runCommand();
}

async function runCommand(): Promise<void> {
  const stdout = standardStream("stdout");
  const io = {
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr: standardStream("stderr"),
    env: process.env,
    get cwd() {
      return process.cwd();
    },
    get isTty() {
      return process.stdout.isTTY === true;
    },
    get columns() {
      return process.stdout.columns || Number.parseInt(process.env.COLUMNS ?? "", 10) || LOG_COLUMNS;
    },
  };

  // Node itself would end with 1 ("blocked") on errors nobody catches, and with 13 when nothing is left to wait for.
  process.exitCode = INTERNAL_ERROR;
  process.on("uncaughtException", (error) => {
    void wholeProgram()
      .then(({ reportFailure }) => reportFailure(error, process.argv, io))
      .then((status) => process.exit(status));
  });
  // What the doors have made goes in their `exit` handlers, which `process.exit` runs.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }

  process.exitCode =
    (await knownAnswer(argv, io)) ?? stdout.statusOr(await (await wholeProgram()).runCli(argv, io));
}

/** Stands in the entry file itself, but is not set up for other commands. */
async function knownAnswer(argv: readonly string[], io: Io): Promise<number | null> {
  return argv[0] === "hook" ? (await import("./known-answer.ts")).knownAnswer(argv, io) : null;
}

/** In a file of its own, and loaded only when it is needed. */
function wholeProgram() {
  return import("./run.ts");
}
