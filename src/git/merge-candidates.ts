import type { MergedFile } from "../check/ports.ts";
import type { Environment } from "./location.ts";
import type { View } from "./view.ts";

/** Two ends of a merge. */
export type MergeEnds =
  /** Their merge bases are those of their history. */
  | { kind: "commits"; ours: string; theirs: string }
  /** Trees with the base that a cherry-pick, rebase or revert takes. */
  | { kind: "trees"; base: string; ours: string; theirs: string };

/**
 * What Git may be merging, found out from one file of it: Git tells its drivers of contents and a path, and of no commit.
 * `git merge` names the other commit in the environment; any other command takes the change of one commit, which is
 * found by that change. None when the index does not have the file as `ours`.
 * @param index tree of the index.
 */
export async function mergeCandidates(
  view: View,
  env: Environment,
  file: MergedFile,
  index: string,
): Promise<MergeEnds[]> {
  const blobs = {
    base: file.base === null || file.base.length === 0 ? null : view.store.idOf("blob", file.base),
    ours: view.store.idOf("blob", file.ours),
    theirs: view.store.idOf("blob", file.theirs),
  };
  if ((await idsOf(view, [`${index}:${file.path}`]))[0] !== blobs.ours) return [];
  const merged = await mergedCommit(view, env, file.path, index, blobs.theirs);
  if (merged !== null) return [merged];
  const picked = takenChanges(await changesOf(view, file.path), blobs, env.GIT_REFLOG_ACTION ?? "");
  const trees = await idsOf(
    view,
    picked.flatMap(([base, theirs]) => [`${base}^{tree}`, `${theirs}^{tree}`]),
  );
  const ends = picked.flatMap((_, at): MergeEnds[] => {
    const [base, theirs] = [trees[2 * at], trees[2 * at + 1]];
    return base == null || theirs == null ? [] : [{ kind: "trees", base, ours: index, theirs }];
  });
  return [...new Map(ends.map((one) => [JSON.stringify(one), one])).values()];
}

/** The commit that `git merge` (and `git pull`) name in `GITHEAD_<id>`, if it has the file as `theirs`. */
async function mergedCommit(
  view: View,
  env: Environment,
  path: string,
  index: string,
  theirs: string,
): Promise<MergeEnds | null> {
  const named = Object.keys(env).flatMap((name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1] ?? []);
  for (const commit of named) {
    const [head, tree, file] = await idsOf(view, ["HEAD", "HEAD^{tree}", `${commit}:${path}`]);
    // With something else staged, Git itself refuses to merge.
    if (file === theirs && tree === index && head != null)
      return { kind: "commits", ours: head, theirs: commit };
  }
  return null;
}

interface FileChange {
  parent: string;
  commit: string;
  /** Blobs; null where the file is not there. */
  before: string | null;
  after: string | null;
}

/** Base and other side, as commits, of each change that may be what is taken: forwards, or backwards by a revert. */
function takenChanges(
  changes: readonly FileChange[],
  { base, theirs }: { base: string | null; theirs: string },
  action: string,
): [base: string, theirs: string][] {
  return changes.flatMap(({ parent, commit, before, after }): [string, string][] => [
    ...(before === base && after === theirs && action !== "revert"
      ? [[parent, commit] as [string, string]]
      : []),
    ...(before === theirs && after === base && !action.startsWith("rebase")
      ? [[commit, parent] as [string, string]]
      : []),
  ]);
}

/** What each commit that can be reached did to the file, against its first parent. */
async function changesOf(view: View, path: string): Promise<FileChange[]> {
  const result = await view.git([
    "log",
    "--all",
    "--full-history",
    "--diff-merges=first-parent",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-color",
    "--format=commit %H %P",
    "--",
    path,
  ]);
  if (result.exitCode !== 0) return [];
  const changes: FileChange[] = [];
  let [commit, parent] = ["", ""];
  for (const line of result.stdout.toString("latin1").split("\n")) {
    if (line.startsWith("commit ")) [, commit = "", parent = ""] = line.split(" ");
    const [, before, after] = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) /.exec(line) ?? [];
    if (before === undefined || after === undefined || parent === "") continue;
    changes.push({ parent, commit, before: blobOf(before), after: blobOf(after) });
  }
  return changes;
}

/** A file that is not there has an id of zeros. */
function blobOf(id: string): string | null {
  return /^0+$/.test(id) ? null : id;
}

/** Ids of objects by name; null for what there is not. */
async function idsOf(view: View, names: readonly string[]): Promise<(string | null)[]> {
  if (names.length === 0) return [];
  const result = await view.git(["cat-file", "--batch-check=%(objectname)"], {
    input: Buffer.from(names.map((name) => `${name}\n`).join("")),
  });
  const lines = result.stdout.toString("latin1").split("\n");
  return names.map((_, at) => (/^[0-9a-f]{40,64}$/.test(lines[at] ?? "") ? lines[at]! : null));
}
