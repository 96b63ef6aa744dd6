import { inputNodeAt, type LockFile, referenceOf, revisionOf } from "../../lock/index.ts";
import type { Position } from "../../model/position.ts";
import { inFlake } from "../flake-directory.ts";
import type { Inspected } from "../inspect.ts";
import type { CommitFacts, LineOrigin } from "../ports.ts";

/** Where a value comes from, and since when. */
export interface Trace {
  /** null: the evaluator keeps no place for it. */
  position: Position | null;
  /** The input that the place lies in, as it is locked; null for this repository. */
  input: TracedInput | null;
  /**
   * Who wrote the line at the place; for a place in an input, who locked that revision here. null where there is
   * nothing to ask Git about.
   */
  origin: LineOrigin | null;
  /** Who put the line where it stands, when that is another commit than the one that wrote it. */
  movedBy: CommitFacts | null;
}

export interface TracedInput {
  /** Input path, or `org:REF`. */
  path: string;
  /** Without revision, as flake references are written. */
  reference: string;
  /** Revision or content hash; null where none is locked. */
  revision: string | null;
  /** Of the locked revision, in seconds since 1970-01-01 UTC. */
  lastModified: number | null;
}

/** Traces places of one snapshot, in their order. Git is asked once for all of them (twice with `moves`). */
export async function traceAll(
  { run, directory, lock }: Pick<Inspected, "run" | "directory" | "lock">,
  positions: readonly (Position | null)[],
  { moves }: { moves: boolean },
): Promise<Trace[]> {
  const lockFile = inFlake(directory, "flake.lock");
  const asked = positions.map((position) => askedOf(position, lock, lockFile));
  const ask = async (follow: "text" | "touch") => {
    const places = asked.filter((place) => place !== null);
    const origins =
      places.length === 0 ? [] : await run.repository.blame(run.trees.after, { places, follow });
    const next = origins.values();
    return asked.map((place) => (place === null ? null : next.next().value!));
  };
  const [origins, touches] = await Promise.all([ask("text"), moves ? ask("touch") : null]);
  return positions.map((position, index) => ({
    position,
    input: position?.input === undefined ? null : tracedInput(position.input, lock),
    origin: origins[index]!,
    movedBy: movedBy(origins[index]!, touches?.[index] ?? null),
  }));
}

/** The line that Git can tell something about: the value's own, or the one that locks the input's revision. */
function askedOf(
  position: Position | null,
  lock: LockFile | null,
  lockFile: string,
): { file: string; line: number } | null {
  if (position === null) return null;
  const { file, line, input } = position;
  if (input === undefined) return { file, line };
  const node = lock === null || input.startsWith("org:") ? null : inputNodeAt(lock, input);
  if (node === null) return null;
  return {
    file: lockFile,
    line: node.lines.get("locked.rev") ?? node.lines.get("locked.narHash") ?? node.line,
  };
}

function tracedInput(path: string, lock: LockFile | null): TracedInput {
  if (path.startsWith("org:")) {
    return { path, reference: path.slice("org:".length), revision: null, lastModified: null };
  }
  const locked = lock === null ? null : (inputNodeAt(lock, path)?.locked ?? null);
  if (locked === null) return { path, reference: path, revision: null, lastModified: null };
  const { lastModified } = locked;
  return {
    path,
    reference: referenceOf(locked),
    revision: revisionOf(locked),
    lastModified: typeof lastModified === "number" ? lastModified : null,
  };
}

function movedBy(origin: LineOrigin | null, touch: LineOrigin | null): CommitFacts | null {
  if (origin?.kind !== "commit" || touch?.kind !== "commit" || origin.commit.id === touch.commit.id)
    return null;
  return touch.boundary ? null : touch.commit;
}
