import { RevisionError } from "../model/errors.ts";
import { type Environment, locateRepository } from "./location.ts";
import { type GitResult, runGit } from "./process.ts";
import { gitEnvironment } from "./view.ts";

/** The repository that a CI job has checked out, to whose history single commits are added. */
export interface Checkout {
  /** Any directory in it. */
  directory: string;
  env: Environment;
  /** For a remote that asks who is there, where the checkout has kept no credentials: `https://github.com`. */
  credentials: { server: string; token: string } | null;
}

/**
 * Fetches the commits that are not there, without their history. Only objects are added: no branch moves, and neither
 * index nor work tree is touched. Unlike everything else in this folder it obeys the repository's own configuration,
 * which names the remote and holds the job's credentials: only for checkouts that a CI job has made itself.
 * @throws RevisionError `fetch-failed` when the remote does not give them.
 */
export async function fetchMissingCommits(checkout: Checkout, commits: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const id of commits) if (!(await isThere(checkout, id))) missing.push(id);
  if (missing.length === 0) return;
  const kept = await fetchCommits(checkout, missing, {});
  if (kept.exitCode === 0) return;
  const { credentials } = checkout;
  const again = credentials === null ? kept : await fetchCommits(checkout, missing, withToken(credentials));
  if (again.exitCode === 0) return;
  throw new RevisionError("fetch-failed", `The remote did not give commit ${missing.join(", ")}.`, {
    hint: "It may be gone after a force-push. Check out with `fetch-depth: 0`, or name another base with the input `base`.",
    details: again.stderr.split("\n").filter(Boolean),
  });
}

/**
 * The parents as the commit itself names them, be they there or not: a shallow clone hides the parents of the commits at
 * which it ends.
 * @throws RevisionError when the commit is not there.
 */
export async function parentsOf(checkout: Checkout, commit: string): Promise<string[]> {
  const read = await git(checkout, ["cat-file", "commit", commit], {});
  if (read.exitCode !== 0) {
    throw new RevisionError("unknown-revision", `There is no commit ${commit} in this checkout.`, {
      hint: "Let actions/checkout run before this step.",
      details: read.stderr.split("\n").filter(Boolean),
    });
  }
  const [, lines = ""] =
    /^tree [0-9a-f]+\n((?:parent [0-9a-f]+\n)*)/.exec(read.stdout.toString("latin1")) ?? [];
  return [...lines.matchAll(/[0-9a-f]+$/gm)].map(([id]) => id);
}

async function isThere(checkout: Checkout, id: string): Promise<boolean> {
  return (await git(checkout, ["cat-file", "-e", `${id}^{commit}`], {})).exitCode === 0;
}

function fetchCommits(
  checkout: Checkout,
  ids: readonly string[],
  configuration: Record<string, string>,
): Promise<GitResult> {
  const quiet = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-gc"];
  return git(checkout, ["fetch", ...quiet, "--depth=1", "origin", ...ids], configuration);
}

function withToken({ server, token }: NonNullable<Checkout["credentials"]>): Record<string, string> {
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return { [`http.${server}/.extraheader`]: `AUTHORIZATION: basic ${basic}` };
}

function git(
  { directory, env }: Checkout,
  args: string[],
  configuration: Record<string, string>,
): Promise<GitResult> {
  const { gitDirectory } = locateRepository(directory, env);
  return runGit({
    args: ["--no-pager", ...args],
    cwd: gitDirectory,
    // In the environment, since everybody may read the arguments of a process.
    env: {
      ...gitEnvironment(env, { GIT_DIR: gitDirectory }),
      GIT_ALLOW_PROTOCOL: "https:http:ssh:file:git",
      ...inEnvironment({ ...HARMLESS, ...configuration }),
    },
  });
}

/** The job may run as another user than the one who owns the checkout, as containers do. */
const HARMLESS = { "safe.directory": "*", "core.hooksPath": "/dev/null", "core.fsmonitor": "false" };

function inEnvironment(configuration: Record<string, string>): Record<string, string> {
  const entries = Object.entries(configuration);
  return Object.fromEntries([
    ["GIT_CONFIG_COUNT", String(entries.length)],
    ...entries.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
}
