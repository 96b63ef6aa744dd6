#!/usr/bin/env node
import { constants } from "node:os";
import { runCli } from "./run.ts";
import { standardStream } from "./standard-stream.ts";

/** For logs, which have no width of their own: wide enough for paths, narrow enough for a browser. */
const LOG_COLUMNS = 100;

// What the doors have made goes in their `exit` handlers, which `process.exit` runs.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: standardStream(process.stdout, "standard output"),
  stderr: standardStream(process.stderr, "standard error"),
  env: process.env,
  cwd: process.cwd(),
  isTty: process.stdout.isTTY === true,
  columns: process.stdout.columns ?? LOG_COLUMNS,
});
