import type { Cause, Change } from "../model/change.ts";
import type { InputChange } from "../model/lock.ts";
import { compareText } from "../model/order.ts";
import type { Position } from "../model/position.ts";

/** What differs between the two revisions, besides what was evaluated. */
export interface ChangeFacts {
  /** Paths in the repository that differ, in byte order. */
  changedFiles: readonly string[];
  /** Inputs that `flake.lock` resolves to something else. */
  inputs: readonly InputChange[];
  /** Path of this flake's lock file in the repository: `flake.lock`, `services/api/flake.lock`. */
  lockFile: string;
}

/** More edits than this are not named one by one: the person is pointed at the likeliest. */
const EDITS_NAMED_MAX = 3;

/**
 * Gives every change at least one cause, from what differs and where the value stands. Where an edit and a moved
 * input could both have done it, and only an evaluation of what did not happen could tell, both are named as `joint`.
 */
export function attributeCauses(changes: readonly Change[], facts: ChangeFacts): Change[] {
  const edited = facts.changedFiles.filter((file) => file !== facts.lockFile);
  return changes.map((change) => ({ ...change, causes: causesOf(change, edited, facts) }));
}

function causesOf(change: Change, edited: readonly string[], facts: ChangeFacts): Cause[] {
  const { inputs, lockFile } = facts;
  if (inputs.length === 0)
    return editCauses(change, edited.length > 0 ? edited : facts.changedFiles, lockFile);
  if (edited.length === 0) return [inputCause(change.position, inputs)];
  if (standsInEditedFile(change.position, edited)) return editCauses(change, edited, lockFile);
  if (standsInMovedInput(change.position, inputs) && !edited.some((file) => file.endsWith(".nix"))) {
    return [inputCause(change.position, inputs)];
  }
  return [joint([...editCauses(change, edited, lockFile), ...parts(inputCause(change.position, inputs))])];
}

function standsInEditedFile(position: Position | undefined, edited: readonly string[]): boolean {
  return position !== undefined && position.input === undefined && edited.includes(position.file);
}

/** A value that another flake's code holds changes with that code, or with Nix code here that hands something to it. */
function standsInMovedInput(position: Position | undefined, inputs: readonly InputChange[]): boolean {
  return inputs.some(({ path }) => path === position?.input);
}

/** The edit at the value's position; else the changed files that most likely did it. */
function editCauses(change: Change, edited: readonly string[], lockFile: string): Cause[] {
  const { position } = change;
  if (position !== undefined && standsInEditedFile(position, edited)) {
    return [{ kind: "edit", file: position.file, line: position.line }];
  }
  if (edited.length > 0) {
    return likeliest(change, edited).map((file) => ({ kind: "edit", file }));
  }
  // Nothing differs in this repository, so what was asked for differs: the flake itself is what was read.
  if (position !== undefined && position.input === undefined) {
    return [{ kind: "edit", file: position.file, line: position.line }];
  }
  return [{ kind: "edit", file: lockFile.replace(/[^/]*$/, "flake.nix") }];
}

/** Files that carry the changed thing's name come first, then Nix code, then everything else. */
function likeliest(change: Change, edited: readonly string[]): string[] {
  const name = lastStep(change.path).toLowerCase();
  const rank = (file: string) =>
    name !== "" && file.toLowerCase().split(/[/.]/).includes(name) ? 0 : file.endsWith(".nix") ? 1 : 2;
  const ranked = [...edited].sort((a, b) => rank(a) - rank(b) || compareText(a, b));
  const best = rank(ranked[0]!);
  return ranked.filter((file) => rank(file) === best).slice(0, EDITS_NAMED_MAX);
}

/** `skills.review` → `review`; `policies."no force"` → `no force`. */
function lastStep(path: string): string {
  const step = /(?:"((?:[^"\\]|\\.)*)"|([^."[\]]+))(?:\[\d+\])*$/.exec(path);
  return step?.[1] ?? step?.[2] ?? "";
}

/** The moved input: the only one, else the one whose tree holds the value, else all of them together. */
function inputCause(position: Position | undefined, inputs: readonly InputChange[]): Cause {
  const holder = position?.input;
  const holding =
    holder === undefined ? [] : inputs.filter(({ path }) => path === holder || path.startsWith(`${holder}/`));
  const own = holding.filter(({ path }) => path === holder);
  return joint((own.length > 0 ? own : holding.length > 0 ? holding : inputs).map(causeOf));
}

function causeOf({ path, from, to, url }: InputChange): Cause {
  return { kind: "input", name: path, from, to, ...(url !== undefined && { url }) };
}

function joint(causes: Cause[]): Cause {
  return causes.length === 1 ? causes[0]! : { kind: "joint", of: causes };
}

function parts(cause: Cause): Cause[] {
  return cause.kind === "joint" ? cause.of : [cause];
}
