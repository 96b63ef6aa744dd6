import type { Cause, Change } from "../model/change.ts";
import type { InputChange } from "../model/lock.ts";
import { type Ask, type Counterfactual, effectOf } from "./counterfactual.ts";
import { editCauses, standsIn } from "./edits.ts";
import { countEffects } from "./effects.ts";
import { type Differences, differencesOf, EDIT, type Element, grouped, THE_EDIT } from "./elements.ts";
import {
  eachAlone,
  eachLeftOut,
  explain,
  explainWithEdit,
  type Found,
  withAndWithoutEdit,
} from "./search.ts";
import { takeApart } from "./take-apart.ts";
import { type Atoms, counterfactualOf, keyOf, type Search, Worlds } from "./worlds.ts";

/** What differs between the two revisions, besides what was evaluated. */
export interface ChangeFacts {
  /** Paths in the repository that differ, in byte order. */
  changedFiles: readonly string[];
  /** Inputs that `flake.lock` resolves to something else. */
  inputs: readonly InputChange[];
  /** Path of this flake's lock file in the repository: `flake.lock`, `services/api/flake.lock`. */
  lockFile: string;
  worlds: WorldsAtHand;
}

/** Whether what did not happen can be looked at. */
export type WorldsAtHand =
  | { kind: "asked"; ask: Ask }
  /** There are no two evaluated sides between which anything could lie. */
  | { kind: "none" }
  /** The difference of the two locks cannot be made out of its rows. */
  | { kind: "inexpressible"; because: string };

export interface Attributed {
  changes: Change[];
  /** With the number of changes that each had a part in, and why that is in doubt where it is. */
  inputs: InputChange[];
}

/** Whether anything but the lock file differs. */
export function isSourceEdited({
  changedFiles,
  lockFile,
}: Pick<ChangeFacts, "changedFiles" | "lockFile">): boolean {
  return changedFiles.some((file) => file !== lockFile);
}

/** What will be asked first whatever changed, so that it can be found out along with the sides themselves. */
export function firstQuestions(facts: Omit<ChangeFacts, "worlds">): Counterfactual[] {
  const { edit, units } = differencesOf(facts.inputs, isSourceEdited(facts));
  return firstSets(edit, units).map(counterfactualOf);
}

function firstSets(edit: Element | null, units: readonly Element[]): Atoms[] {
  if (units.length === 0) return [];
  const whole = keyOf([...(edit?.atoms ?? []), ...units.flatMap(({ atoms }) => atoms)]);
  const elements = grouped(units);
  const sets =
    edit !== null
      ? withAndWithoutEdit(edit, elements)
      : eachAlone(elements.length === 1 ? elements[0]!.parts : elements, []);
  return sets.filter((atoms) => keyOf(atoms) !== whole);
}

/** Gives every change at least one cause. With several causes, each would have done it without the others. */
export async function attributeCauses(changes: readonly Change[], facts: ChangeFacts): Promise<Attributed> {
  const differences = differencesOf(facts.inputs, isSourceEdited(facts));
  const explanations = await explanationsOf(changes, differences, facts.worlds);
  const attributed = changes.map((change, index) => ({
    ...change,
    causes: explanations[index]!.sets.flatMap((set) => causesOf(set, change, differences, facts)),
  }));
  const unsure = new Map(explanations.flatMap((found) => [...found.unsure]));
  return { changes: attributed, inputs: withDoubts(countEffects(facts.inputs, attributed), unsure) };
}

async function explanationsOf(
  changes: readonly Change[],
  { edit, units }: Differences,
  worlds: WorldsAtHand,
): Promise<Found[]> {
  const elements = edit === null ? units : [edit, ...units];
  const same = (found: Found) => changes.map(() => found);
  if (units.length === 0 || worlds.kind === "none") return same(certain([THE_EDIT]));
  if (worlds.kind === "inexpressible") {
    const isAlone = elements.length === 1;
    return same(isAlone ? certain(elements) : allInDoubt(elements, worlds.because));
  }
  const memory = new Worlds(worlds.ask, [
    { atoms: [], answer: { kind: "known", effects: new Set() } },
    {
      atoms: elements.flatMap(({ atoms }) => atoms),
      answer: { kind: "known", effects: new Set(changes.map(effectOf)) },
    },
  ]);
  return memory.conduct(changes.map((change) => search(memory, effectOf(change), edit, grouped(units))));
}

function* search(
  worlds: Worlds,
  effect: string,
  edit: Element | null,
  elements: readonly Element[],
): Search<Found> {
  const sight = { worlds, effect };
  const scene = { ...sight, elements, context: [] };
  if (edit !== null) return yield* takeApart(sight, yield* explainWithEdit(scene, edit));
  if (elements.length === 1) return yield* takeApart(sight, certain(elements));
  yield eachAlone(elements, []);
  if (elements.every(({ atoms }) => worlds.truth(atoms, effect) !== "yes")) {
    // A flake can read the text of its own `flake.lock`, which differs whatever the inputs are.
    yield [[EDIT], ...eachLeftOut(elements, [])];
    if (worlds.truth([EDIT], effect) === "yes") return certain([THE_EDIT]);
  }
  return yield* takeApart(sight, yield* explain(scene));
}

function certain(set: readonly Element[]): Found {
  return { sets: [set], unsure: new Map() };
}

function allInDoubt(set: readonly Element[], because: string): Found {
  return { sets: [set], unsure: new Map(set.map((element) => [element, because])) };
}

function causesOf(
  set: readonly Element[],
  change: Change,
  { structural }: Differences,
  facts: ChangeFacts,
): Cause[] {
  const inputs = set.flatMap((element) => rowsOf(element, facts.inputs));
  if (!set.some(({ kind }) => kind === "edit")) return [joint(inputs.map(inputCause))];
  const holders = structural.filter(({ path }) => !path.includes("/") && standsIn(change.position, path));
  const edits = editsOf(change, facts);
  const others = [...inputs, ...holders];
  return others.length === 0 ? edits : [joint([...edits, ...others.map(inputCause)])];
}

function editsOf(change: Change, { changedFiles, lockFile }: ChangeFacts): Cause[] {
  const edited = changedFiles.filter((file) => file !== lockFile);
  return editCauses(
    change,
    edited.length > 0 ? edited : changedFiles,
    lockFile.replace(/[^/]*$/, "flake.nix"),
  );
}

/** The row that an element is named by; where a direct input has no row of its own, those below it. */
function rowsOf({ kind, name, atoms, parts }: Element, rows: readonly InputChange[]): InputChange[] {
  if (kind === "group") return parts.flatMap((part) => rowsOf(part, rows));
  const own = rows.filter(({ path }) => path === name);
  return own.length > 0 ? own : rows.filter(({ path }) => atoms.includes(path));
}

function inputCause({ path, from, to, url }: InputChange): Cause {
  return { kind: "input", name: path, from, to, ...(url !== undefined && { url }) };
}

function joint(causes: Cause[]): Cause {
  return causes.length === 1 ? causes[0]! : { kind: "joint", of: causes };
}

function withDoubts(rows: readonly InputChange[], unsure: ReadonlyMap<Element, string>): InputChange[] {
  const because = new Map(
    [...unsure].flatMap(([element, reason]) => rowsOf(element, rows).map(({ path }) => [path, reason])),
  );
  return rows.map((row) => {
    const reason = because.get(row.path);
    return reason === undefined ? row : { ...row, undecidedBecause: reason };
  });
}
