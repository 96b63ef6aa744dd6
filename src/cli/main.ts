#!/usr/bin/env node
import { constants } from "node:os";
import { reportFailure, runCli } from "./run.ts";
import { standardStream } from "./standard-stream.ts";

/** For logs, which have no width of their own: wide enough for paths, narrow enough for a browser. */
const LOG_COLUMNS = 100;
const INTERNAL_ERROR = 4;

const stdout = standardStream(process.stdout);
const io = {
  stdout,
  stderr: standardStream(process.stderr),
  env: process.env,
  get cwd() {
    return process.cwd();
  },
  isTty: process.stdout.isTTY === true,
  columns: process.stdout.columns || Number.parseInt(process.env.COLUMNS ?? "", 10) || LOG_COLUMNS,
};

// Node itself would end with 1 ("blocked") on errors nobody catches, and with 13 when nothing is left to wait for.
process.exitCode = INTERNAL_ERROR;
process.on("uncaughtException", (error) => {
  void reportFailure(error, process.argv, io).then((status) => process.exit(status));
});
// What the doors have made goes in their `exit` handlers, which `process.exit` runs.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

process.exitCode = stdout.statusOr(await runCli(process.argv.slice(2), io));
