#!/usr/bin/env node
import { constants } from "node:os";
import { NixclaudeError } from "../model/errors.ts";
import { serveFile } from "./serve-file.ts";

/*
 * `nixclaude mcp serve FILE` without the command line around it, which would take longer to load than to serve. Also
 * called by the command line itself, whose words then stand before the file.
 */

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    process.exitCode = 128 + constants.signals[signal];
    stop.abort();
  });
}

const INTERNAL_ERROR = 4;
process.on("uncaughtException", (error) => {
  say(error.stack ?? error.message);
  process.exit(INTERNAL_ERROR);
});

const say = (text: string) => process.stderr.write(`${text}\n`);
// A client that does not read what is logged is no reason to end.
process.stderr.on("error", () => {});

const words = process.argv.slice(2);
const [file, ...others] = words.length === 3 && words[0] === "mcp" ? words.slice(2) : words;
if (file === undefined || others.length > 0) {
  say("error[usage]: name one file that describes the tools: nixclaude mcp serve tools.json");
  process.exitCode = 2;
} else {
  try {
    await serveFile(file, { input: process.stdin, output: process.stdout, stop: stop.signal }, (line) =>
      say(`warning: ${line}`),
    );
  } catch (error) {
    if (error instanceof NixclaudeError)
      say(`error[${error.code}]: ${error.message}\n  = help: ${error.hint}`);
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = error instanceof NixclaudeError ? error.exitCode : INTERNAL_ERROR;
  }
}
