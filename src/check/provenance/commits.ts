import type { Cause, Change } from "../../model/change.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { Run } from "../evaluate.ts";
import type { CommitFacts } from "../ports.ts";

type Edit = Extract<Cause, { kind: "edit" }>;
type Place = { file: string; line: number };

/**
 * Names the commit, and its author, of every edit whose line Git knows to have been written since the base. An edit
 * without one is not committed yet, or happened elsewhere than at the value's own line.
 */
export async function withCommits(run: Run, after: Snapshot, changes: Change[]): Promise<Change[]> {
  if (changes.length === 0 || after.kind === "absent" || nothingIsCommitted(run)) return changes;
  // Lines of the base mean nothing in the head: only a place that the head's snapshot itself handed out counts.
  const atHead = new Set(Object.values(after.positions));
  const editsOf = ({ causes, position }: Change): (Edit & Place)[] =>
    position === undefined || !atHead.has(position)
      ? []
      : causes.flatMap(editsIn).filter(({ file, line }) => file === position.file && line === position.line);
  const places = changes.flatMap(editsOf).map(({ file, line }) => ({ file, line }));
  if (places.length === 0) return changes;
  const commits = await commitsOf(run, distinct(places));
  return changes.map((change) => {
    const made = new Map(editsOf(change).map((edit) => [edit as Cause, commits.get(keyOf(edit))]));
    return { ...change, causes: change.causes.map((cause) => withCommit(cause, made)) };
  });
}

/** What is staged or edited on top of the very commit that it is compared with. */
function nothingIsCommitted({ request: { base }, trees }: Run): boolean {
  return trees.after.revision === null && base.kind === "revision" && base.name === "HEAD";
}

function editsIn(cause: Cause): (Edit & Place)[] {
  if (cause.kind === "joint") return cause.of.flatMap(editsIn);
  return cause.kind === "edit" && cause.line !== undefined ? [cause as Edit & Place] : [];
}

/**
 * First whoever wrote the text, which whoever only moved or indented it did not; where the text is older than the
 * base, whoever put it there.
 */
async function commitsOf(
  { repository, trees }: Run,
  places: readonly Place[],
): Promise<ReadonlyMap<string, CommitFacts>> {
  const since = trees.before === null ? {} : { since: trees.before };
  const commits = new Map<string, CommitFacts>();
  let left = places;
  for (const follow of ["text", "touch"] as const) {
    if (left.length === 0) break;
    const origins = await repository.blame(trees.after, { places: left, follow, ...since });
    left = left.filter((place, index) => {
      const origin = origins[index]!;
      if (origin.kind === "commit" && !origin.boundary) commits.set(keyOf(place), origin.commit);
      return origin.kind === "unchanged";
    });
  }
  return commits;
}

function withCommit(cause: Cause, made: ReadonlyMap<Cause, CommitFacts | undefined>): Cause {
  if (cause.kind === "joint") return { ...cause, of: cause.of.map((part) => withCommit(part, made)) };
  const commit = made.get(cause);
  return commit === undefined || cause.kind !== "edit"
    ? cause
    : { ...cause, commit: commit.id, author: commit.author };
}

function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}

function keyOf({ file, line }: Place): string {
  return `${line} ${file}`;
}
