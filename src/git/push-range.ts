import type { Environment } from "./location.ts";
import { locateRepository } from "./location.ts";
import { createView, type View } from "./view.ts";

/** What a push does to one ref of the remote. */
export interface RefUpdate {
  localId: string;
  /** Only zeros for a ref that is new there. */
  remoteId: string;
}

export interface PushedRange {
  /** The pushed commit. */
  head: string;
  /** What the remote has of it; null when nothing of the remote is known. */
  base: string | null;
  /** The remote has the ref at a commit that is not here: the base is a guess at the nearest one. */
  remoteIsElsewhere: boolean;
}

/**
 * What each update brings to the remote, by what is known of the remote here; null for an update that brings no commit
 * (a tag of a file). Nothing is fetched.
 */
export async function findPushedRanges(
  directory: string,
  env: Environment,
  remote: string,
  updates: readonly RefUpdate[],
): Promise<(PushedRange | null)[]> {
  const view = createView(locateRepository(directory, env), env);
  try {
    const ranges = [];
    for (const update of updates) ranges.push(await rangeOf(view, remote, update));
    return ranges;
  } finally {
    view.close();
  }
}

async function rangeOf(view: View, remote: string, update: RefUpdate): Promise<PushedRange | null> {
  const head = await commitOf(view, update.localId);
  if (head === null) return null;
  const isNew = /^0+$/.test(update.remoteId);
  const there = isNew ? null : await commitOf(view, update.remoteId);
  const base = there ?? (await nearestOnRemote(view, remote, head));
  return { head, base, remoteIsElsewhere: !isNew && there === null };
}

async function commitOf(view: View, id: string): Promise<string | null> {
  return firstId(view, ["rev-parse", "--verify", "--quiet", `${id}^{commit}`]);
}

/** Where the commit left the remote's default branch, or else the newest of its ancestors that the remote has. */
async function nearestOnRemote(view: View, remote: string, commit: string): Promise<string | null> {
  const tips = await remoteTips(view, remote);
  const main = tips.get(`refs/remotes/${remote}/HEAD`);
  const fork = main === undefined ? null : await firstId(view, ["merge-base", commit, main]);
  if (fork !== null || tips.size === 0) return fork;
  const ids = [...new Set(tips.values())];
  const { stdout } = await view.git(["rev-list", "--boundary", "--stdin"], {
    input: Buffer.from([commit, ...ids.map((id) => `^${id}`), ""].join("\n")),
  });
  const lines = stdout.toString("latin1").split("\n").filter(Boolean);
  if (lines.length === 0) return commit;
  const boundary = lines.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
  if (boundary.length < 2) return boundary[0] ?? null;
  return firstId(view, ["rev-list", "--no-walk=sorted", "--max-count=1", ...boundary.slice(0, MOST_MERGED)]);
}

/** Arguments of one command; a history that was merged from more places is rare. */
const MOST_MERGED = 1000;

/** What was last seen of the remote; empty for a remote without a name. Tags of commits count as the commits. */
async function remoteTips(view: View, remote: string): Promise<Map<string, string>> {
  const { stdout } = await view.git(["for-each-ref", "--format=%(objectname) %(refname)", "refs/remotes/"]);
  const prefix = `refs/remotes/${remote}/`;
  const lines = stdout.toString("utf8").split("\n");
  const refs = lines.map((line) => ({ id: line.split(" ", 1)[0]!, name: line.slice(line.indexOf(" ") + 1) }));
  return new Map(refs.filter(({ name }) => name.startsWith(prefix)).map(({ id, name }) => [name, id]));
}

async function firstId(view: View, args: string[]): Promise<string | null> {
  const { exitCode, stdout } = await view.git(args);
  const id = stdout.toString("latin1").split("\n", 1)[0]!;
  return exitCode === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : null;
}
