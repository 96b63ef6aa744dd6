import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { PROGRAM, type ProgramResult, userEnvironment } from "../support/program.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";
import type { ScriptedApi } from "./scripted-api.ts";

export const KEY = "sk-ant-secret-0123456789";

/** A repository whose flake has this context, in Nix. */
export function repositoryWith(context: string): TestRepository {
  const repository = createRepository();
  repository.write({
    "flake.nix": `{ outputs = _: { claudeContext = { version = "2025-01"; ${context} }; }; }\n`,
  });
  repository.commit();
  return repository;
}

export interface Running {
  args: readonly string[];
  env?: Record<string, string>;
  input?: string | Uint8Array;
}

/** Runs the built program without a terminal, as in a script. */
export async function run(cwd: string, { args, env = {}, input = "" }: Running): Promise<ProgramResult> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: userEnvironment(env),
    // A session of its own has no terminal, wherever these tests are started.
    detached: true,
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { status: status as number | null, stdout, stderr };
}

/** `nixclaude ask` against a scripted API. */
export function ask(
  repository: TestRepository,
  api: ScriptedApi,
  args: readonly string[] = ["Hello"],
  more: Omit<Running, "args"> = {},
): Promise<ProgramResult> {
  return run(repository.root, {
    ...more,
    args: ["ask", "--base-url", api.url, ...args],
    env: { ANTHROPIC_API_KEY: KEY, ...more.env },
  });
}
