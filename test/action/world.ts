import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Json } from "../../src/model/json.ts";
import { userEnvironment } from "../support/program.ts";
import {
  createDirectory,
  createRepository,
  type Files,
  openRepository,
  type TestRepository,
} from "../support/repository.ts";

/** Both bundles, by the name of what they do. */
const PROGRAMS = {
  action: fileURLToPath(new URL("../../dist/action.js", import.meta.url)),
  comment: fileURLToPath(new URL("../../dist/comment.js", import.meta.url)),
};

/** A repository on a server with one pull request, and what a job has checked out of it. */
export interface World {
  origin: TestRepository;
  /** As actions/checkout leaves it: the merge commit alone, without history. */
  checkout: string;
  base: string;
  head: string;
  merge: string;
}

/** @param before files on main; `after` on the pull request, which was made from it. */
export function createWorld(before: Files, after: Files): World {
  const origin = createRepository(before);
  return worldOf(origin, () => origin.write(after));
}

/** @param change of the work tree, made on the pull request. */
export function worldOf(origin: TestRepository, change: () => void): World {
  // As GitHub's own server has it.
  origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
  const base = origin.head();
  origin.git("checkout", "-q", "-b", "feature");
  change();
  const head = origin.commit("the change");
  origin.git("checkout", "-q", "main");
  origin.git("merge", "-q", "--no-ff", "-m", "merge", "feature");
  const merge = origin.head();
  origin.git("update-ref", "refs/pull/7/merge", merge);
  origin.git("reset", "-q", "--hard", base);
  return { origin, checkout: checkOut(origin, "refs/pull/7/merge"), base, head, merge };
}

export function checkOut(origin: TestRepository, ref: string): string {
  const root = join(createDirectory("nixclaude-checkout-"), "shop");
  mkdirSync(root);
  const repository = openRepository(root);
  repository.git("init", "-q");
  repository.git("remote", "add", "origin", `file://${origin.root}`);
  repository.git("fetch", "-q", "--no-tags", "--depth=1", "origin", `+${ref}:refs/remotes/pull`);
  repository.git("checkout", "-q", "--detach", "refs/remotes/pull");
  return root;
}

export interface Step {
  event: string;
  payload: Json;
  sha: string;
  ref: string;
  workspace: string;
  apiUrl?: string;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
  /** Default: the Action itself. */
  bundle?: keyof typeof PROGRAMS;
  /** Program that runs the Action; default: the Node of the tests. */
  node?: string;
}

export interface StepResult {
  status: number | null;
  stdout: string;
  stderr: string;
  summary: string;
  outputs: Record<string, string>;
}

/** Runs the Action as a runner does: a process of its own, with its files and variables. */
export async function runStep(step: Step): Promise<StepResult> {
  const temporary = createDirectory("nixclaude-runner-");
  const file = (name: string, content = "") => {
    const path = join(temporary, name);
    writeFileSync(path, content);
    return path;
  };
  const summary = file("summary.md");
  const output = file("output.txt");
  const inputs = { "github-token": "t0k3n", ...step.inputs };
  const env = userEnvironment({
    GITHUB_ACTIONS: "true",
    CI: "true",
    GITHUB_EVENT_NAME: step.event,
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(step.payload)),
    GITHUB_SHA: step.sha,
    GITHUB_REF: step.ref,
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_WORKFLOW_REF: "acme/shop/.github/workflows/claude.yml@refs/pull/7/merge",
    GITHUB_RUN_ID: "10",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_API_URL: step.apiUrl ?? "http://127.0.0.1:9",
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: output,
    RUNNER_TEMP: temporary,
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...step.env,
  });
  const child = spawn(step.node ?? process.execPath, [PROGRAMS[step.bundle ?? "action"]], {
    cwd: step.workspace,
    env,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    status: await ended,
    stdout,
    stderr,
    summary: readFileSync(summary, "utf8"),
    outputs: readOutputs(readFileSync(output, "utf8")),
  };
}

/** `name<<DELIMITER`, the value, the delimiter again. */
function readOutputs(written: string): Record<string, string> {
  return Object.fromEntries(
    [...written.matchAll(/^([^\n<]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map((match) => [match[1]!, match[3]!]),
  );
}
