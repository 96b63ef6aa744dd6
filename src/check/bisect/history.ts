import { RevisionError } from "../../model/errors.ts";
import type { SideName } from "../evaluate.ts";
import type { HistoryCommit } from "./ports.ts";
import type { Work } from "./work.ts";

const DEEPEN = "Fetch the whole history there: git fetch --unshallow";

/** The clone has to know the commit that is locked; one that does not is not the input's, or was not fetched. */
export async function requireCommit({ input, clone, ends }: Work, side: SideName): Promise<void> {
  const commit = input.locked[side];
  if (await clone.has(commit)) return;
  const what = `commit ${commit}, at which flake.lock in ${ends[side].tree.label} has input "${input.path}"`;
  if (clone.isShallow) {
    throw new RevisionError("shallow-clone", `${clone.directory} is a shallow clone without ${what}`, {
      hint: `${DEEPEN}.`,
    });
  }
  throw new RevisionError("wrong-clone", `${clone.directory} has no ${what}`, {
    hint: `Fetch there what is missing, or name another clone of ${input.reference} with --clone DIR.`,
  });
}

/** The commits that led from one to the other, without the first; throws when there is no such row. */
export async function historyBetween(
  { input, clone }: Work,
  from: string,
  to: string,
): Promise<HistoryCommit[]> {
  const history = await clone.history(from, to);
  if (history !== null) return history;
  const what = `commit ${to} of input "${input.path}" does not descend from ${from}`;
  if (clone.isShallow) {
    throw new RevisionError(
      "shallow-clone",
      `${what}, as far as the shallow clone ${clone.directory} knows`,
      {
        hint: `${DEEPEN}.`,
      },
    );
  }
  const isStepBack = (await clone.history(to, from)) !== null;
  throw new RevisionError("not-a-descendant", what, {
    hint: isStepBack
      ? "The input went back: exchange --base and --head to look through the same commits."
      : "No row of commits leads from one to the other. nixclaude diff tells what they change as a whole.",
  });
}
