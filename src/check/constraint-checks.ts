import { type CheckedFunction, type CheckResult, checkedFunctions } from "../constraints/check-results.ts";
import { constraintPositionIn, sourceInWords } from "../constraints/collect.ts";
import type { Change } from "../model/change.ts";
import { EvaluationError, NixclaudeError } from "../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Run } from "./evaluate.ts";
import type { CheckCall, CheckPlan } from "./ports.ts";
import { formatPosition } from "./side.ts";

export interface ChecksInput {
  before: Snapshot;
  after: Snapshot;
  changes: readonly Change[];
  /** Directory of the flake in the tree, `""` for the root. */
  directory: string;
}

/**
 * Has Nix call the functions of all constraints that apply (`check`), in one process; none starts where there are none.
 * @throws EvaluationError `constraint-check-failed` when the process as a whole gave no answer.
 */
export async function callConstraintChecks(run: Run, input: ChecksInput): Promise<CheckResult[]> {
  const { before, after, changes } = input;
  if (after.kind === "absent") return [];
  const functions = checkedFunctions(before, after);
  if (functions.length === 0) return [];
  const data = {
    change: dataOf(before, after, changes),
    standing: dataOf(before, before, []),
  };
  const calls = functions.map(
    (one): CheckCall => ({
      from: placeOf(one),
      id: one.id,
      data: one.data,
      ...(one.text !== null && { text: one.text }),
    }),
  );
  try {
    const values = await run.ports.evaluator.callChecks(planOf(run, input, calls, data));
    return functions.map((one, index) => ({ ...one, value: values[index]! }));
  } catch (error) {
    if (error instanceof NixclaudeError) throw failed(error, functions, input);
    throw error;
  }
}

function placeOf({ source, side }: CheckedFunction): CheckCall["from"] {
  if (source.startsWith("org:")) return { organisation: source.slice("org:".length) };
  return { side, input: source === "self" ? null : source.slice("input:".length) };
}

/** What a function is called with: the report's own data, in which null stands for what is not there. */
function dataOf(before: Snapshot, after: Snapshot, changes: readonly Change[]): JsonObject {
  const context = (snapshot: Snapshot) => (snapshot.kind === "absent" ? null : snapshot.context);
  const data = { before: context(before), after: context(after), changes };
  // Through JSON, so that what has no value is not there at all, as in the report.
  return nixData(JSON.parse(JSON.stringify(data)) as Json) as JsonObject;
}

/** Nix has no NUL and no half characters in its texts: either would end the call of every function. */
function nixData(value: Json): Json {
  if (typeof value === "string") return nixText(value);
  if (Array.isArray(value)) return value.map(nixData);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [nixText(key), nixData(member)]));
}

function nixText(text: string): string {
  return text
    .replaceAll("\0", "\ufffd")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function planOf(
  { request, repository, trees }: Run,
  { directory }: ChecksInput,
  calls: readonly CheckCall[],
  data: CheckPlan["data"],
): CheckPlan {
  const needed = new Set(calls.flatMap(({ from }) => ("side" in from ? [from.side] : [])));
  return {
    repository,
    flakeDirectory: directory,
    attribute: [...request.attribute],
    sides: (["before", "after"] as const).flatMap((name) => {
      const tree = trees[name];
      return needed.has(name) && tree !== null ? [{ name, tree }] : [];
    }),
    baseTree: trees.before,
    organisations: calls.some(({ from }) => "organisation" in from) ? [...request.organisations] : [],
    trust: request.trust,
    offline: request.offline,
    debug: request.debug,
    limits: request.limits,
    calls,
    data,
  };
}

/** Which of several functions it was is not known: all are named. */
function failed(
  error: NixclaudeError,
  functions: readonly CheckedFunction[],
  input: ChecksInput,
): EvaluationError {
  const names = [...new Set(functions.map((one) => nameOf(one, input)))];
  const which =
    names.length === 1 ? `the check of ${names[0]}` : `one of the checks of ${names.join(" and ")}`;
  return new EvaluationError("constraint-check-failed", `${which} cannot tell: ${error.message}`, {
    hint: "Mend the function where it stands; if only the base's version is at fault, --base none goes on without it.",
    details: [...names, ...error.details],
    cause: error,
  });
}

function nameOf({ source, id, side }: CheckedFunction, { before, after }: ChecksInput): string {
  const position = constraintPositionIn(side === "before" ? before : after, { source, id });
  const place = position === undefined ? "" : ` (${formatPosition(position)})`;
  return `the constraint ${id} of ${sourceInWords(source)}${place}`;
}
