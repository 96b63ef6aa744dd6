import { diffSnapshots } from "../../diff/index.ts";
import { compareFollows, compareInputs } from "../../lock/index.ts";
import type { Change } from "../../model/change.ts";
import { EvaluationError } from "../../model/errors.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { SideName } from "../evaluate.ts";
import { inFlake } from "../flake-directory.ts";
import { noContext } from "../no-context.ts";
import { factsOf, has } from "./changes.ts";
import type { EvaluatedSpot, Onto } from "./evaluate-commits.ts";
import { lockAt, overridesOf } from "./lock-at.ts";
import type { ChangeFacts } from "./result.ts";
import type { Work } from "./work.ts";

/** What is to be seen at one commit: the changes since the old one, or why that cannot be told. */
export type SeenAtCommit =
  | { kind: "changes"; changes: readonly Change[] }
  | { kind: "unknown"; because: string };

/** The two ends of the input's history on the flake as it is at the head, and what the flake at the base adds. */
export interface Ends {
  /** What the input changes from its old commit to its new one. */
  changes: Change[];
  /** The same for other commits. */
  changesAt(commits: readonly string[]): Promise<SeenAtCommit[]>;
  /** Would the input alone have made it at the base? null: could not be told. */
  isAlone(change: Change): boolean | null;
  others: ChangeFacts[];
  differentlyLocked: string[];
}

/** Evaluates all ends in one process. */
export async function evaluateEnds(work: Work, from: string, to: string): Promise<Ends> {
  const head = await ontoOf(work, "after");
  const base = (await onlyInputMoved(work)) ? null : await ontoOf(work, "before");
  const spots = [head, ...(base === null ? [] : [base])].flatMap((onto) =>
    [from, to].map((commit) => ({ onto, commit })),
  );
  const [old, now, baseOld, baseNow] = await work.evaluator.evaluate(spots);
  const oldSnapshot = required(work, old!, from);
  const newSnapshot = required(work, now!, to);
  if (oldSnapshot.kind === "absent" && newSnapshot.kind === "absent")
    throw noContext(newSnapshot, work.directory);
  const { client, limits } = work.run.request;
  const diff = (before: Snapshot, after: Snapshot) => diffSnapshots(before, after, { client, limits });
  const changes = diff(oldSnapshot, newSnapshot);
  const atBase =
    baseOld?.kind === "evaluated" && baseNow?.kind === "evaluated"
      ? diff(baseOld.snapshot, baseNow.snapshot)
      : null;
  const all = baseOld?.kind === "evaluated" ? diff(baseOld.snapshot, newSnapshot) : [];
  return {
    changes,
    changesAt: async (commits) => {
      const evaluated = await work.evaluator.evaluate(commits.map((commit) => ({ onto: head, commit })));
      return evaluated.map((spot) =>
        spot.kind === "unknown"
          ? { kind: "unknown", because: spot.because }
          : { kind: "changes", changes: diff(oldSnapshot, spot.snapshot) },
      );
    },
    isAlone: (change) => {
      if (base === null) return true;
      return atBase === null ? null : has(atBase, change);
    },
    others: all.filter((change) => !has(changes, change)).map(factsOf),
    differentlyLocked: await differentlyLocked(work, head),
  };
}

async function ontoOf({ input, ends, evaluator }: Work, side: SideName): Promise<Onto> {
  const { tree, lock } = ends[side];
  const own = await evaluator.ownLock(input.locked[side]);
  return { tree, lock, overrides: overridesOf(lock, input.path, own) };
}

/** Then what it does at the head is what it does at the base. */
async function onlyInputMoved({ run, input, ends, directory }: Work): Promise<boolean> {
  const { before, after } = ends;
  const files = await run.repository.changedFiles(before.tree, after.tree);
  if (files.some((file) => file !== inFlake(directory, "flake.lock"))) return false;
  const moved = [...compareInputs(before.lock, after.lock), ...compareFollows(before.lock, after.lock)];
  return moved.every(({ path }) => path === input.path || path.startsWith(`${input.path}/`));
}

const LOCK_ANEW = "Run `nix flake lock` first, or name another revision of this repository.";
const BOTH_ENDS =
  "Both ends have to evaluate. Where the flake was edited for the new commit, name ends between which only flake.lock differs, with --base and --head.";

function required({ input, ends }: Work, spot: EvaluatedSpot, commit: string): Snapshot {
  if (spot.kind === "evaluated") return spot.snapshot;
  const where = `the flake in ${ends.after.tree.label} with input "${input.path}" at ${commit}`;
  throw new EvaluationError(spot.code, `${where}: ${spot.because}`, {
    hint: spot.code === "lock-stale" ? LOCK_ANEW : BOTH_ENDS,
  });
}

/** Below the input, where somebody updated an input of it by itself. */
async function differentlyLocked({ input, ends, evaluator }: Work, head: Onto): Promise<string[]> {
  const own = await evaluator.ownLock(input.locked.after);
  const updated = lockAt(ends.after.lock, input.path, { locked: input.node.locked!, own }, head.overrides);
  if (updated.kind === "refused") return [];
  return compareInputs(ends.after.lock, updated.lock).map(({ path }) => path);
}
