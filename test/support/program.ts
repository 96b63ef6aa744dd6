import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { defaultNix } from "./nix.ts";
import { cleanGitEnvironment, createDirectory } from "./repository.ts";

export const PROGRAM = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

export interface ProgramResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** One cache, store and home for all runs of a test file: what a user has between two commits. */
const home = createDirectory("nixclaude-home-");

/** The environment of a user's shell, without anything of the machine that runs the tests. */
export function userEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  return {
    ...cleanGitEnvironment(),
    HOME: home,
    XDG_CACHE_HOME: `${home}/.cache`,
    NIXCLAUDE_NIX: defaultNix().binary,
    NO_COLOR: "1",
    COLUMNS: "100",
    ...extra,
  };
}

/** Runs the built program as a user does. */
export function nixclaude(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
): ProgramResult {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: userEnvironment(env),
    encoding: "utf8",
    maxBuffer: 64 * 1024 ** 2,
    timeout: 110_000,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** The same without waiting for it, for runs at the same time. */
export async function startNixclaude(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ProgramResult> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env: userEnvironment(env) });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr };
}
