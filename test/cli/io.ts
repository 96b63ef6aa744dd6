import type { Io } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/run.ts";

export interface CliResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs one command line in this process, away from its environment. */
export async function cli(argv: readonly string[], settings: Partial<Io> = {}): Promise<CliResult> {
  const result = { stdout: "", stderr: "" };
  const status = await runCli(argv, {
    stdin: noInput(),
    stdout: {
      write: (text) => {
        result.stdout += text;
      },
    },
    stderr: {
      write: (text) => {
        result.stderr += text;
      },
    },
    env: {},
    cwd: "/",
    isTty: false,
    columns: 80,
    ...settings,
  });
  return { status, ...result };
}

async function* noInput(): AsyncGenerator<Uint8Array, void> {}
