import * as core from "@actions/core";
import { visible } from "../render/escape.ts";
import { type RunContext, type Runner, runContext } from "./runner.ts";

const INTERNAL_ERROR = 4;

const runner: Runner = {
  input: (name) => core.getInput(name),
  output: (name, value) => core.setOutput(name, value),
  summary: async (markdown) => {
    // Outside of a runner there is no file for it.
    if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(markdown, true).write();
  },
  notice: (message) => core.notice(visible(message), { title: "nixclaude" }),
  fail: (message) => core.error(visible(message), { title: "nixclaude could not tell" }),
  print: (text) => process.stdout.write(text),
};

/** Runs a step in this process, and sets its exit status. */
export async function runStep(step: (context: RunContext, runner: Runner) => Promise<number>): Promise<void> {
  // Node would end with 1 ("blocked") on errors nobody catches.
  process.exitCode = INTERNAL_ERROR;
  try {
    process.exitCode = await step(runContext(process.env), runner);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    core.error(visible(`nixclaude itself failed: ${text}`));
  }
}
