import type { Constraint } from "../model/constraint.ts";
import { ContextError } from "../model/errors.ts";
import { DEFAULT_LIMITS } from "../model/limits.ts";
import { type Position, type Positions, positionOf } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { withinLimits } from "./bounds.ts";
import { constraintOf } from "./constraint-demands.ts";
import { collectFailures } from "./failures.ts";
import { Notes, type ProblemWithoutPlace } from "./notes.ts";
import { flattenPositions, positionsRecord } from "./positions.ts";
import { entriesOf, entryOf } from "./read.ts";
import { schemaProblems } from "./schema-problems.ts";
import { CONTEXT_VERSION, refuseUnknownVersion } from "./version.ts";
import { inWords } from "./words.ts";

export interface NormalisedConstraints {
  constraints: Record<string, Constraint>;
  /** By attribute path: `constraints.no-force-push.forbid.allow`. */
  positions: Positions;
}

/**
 * The constraints of another flake's `claudeContext`; nothing else of it matters here. `source` names the flake in
 * messages (`input:company-standards`). Throws a `ContextError` when they cannot be told: never "no constraints".
 */
export function normaliseForeignConstraints(evaluated: RawValue, source: string): NormalisedConstraints {
  const raw = withinLimits(evaluated, DEFAULT_LIMITS);
  if (raw.kind !== "set") {
    throw unreadable(source, [`claudeContext is ${whyNot(raw)}, expected an attribute set`]);
  }
  refuseUnknownVersion(raw, source);
  return normaliseConstraints(entryOf(raw, "constraints"), source);
}

/**
 * Throws a `ContextError` (`constraint-unreadable`) for anything in them that is not understood, all of it at once:
 * a typing mistake must never switch a constraint off.
 */
export function normaliseConstraints(raw: RawValue | undefined, source = "self"): NormalisedConstraints {
  if (raw === undefined) return { constraints: {}, positions: {} };
  const positions = positionsRecord(flattenPositions(raw, "constraints"));
  const notes = new Notes();
  collectFailures(raw, "constraints", notes);
  const reasons = [
    ...notes.failures.map((failure) => `${failure.path} does not evaluate: ${failure.message}`),
    ...schemaProblems(contextWith(raw)).map((problem) => problemLine(problem, positions)),
  ];
  if (reasons.length > 0) throw unreadable(source, reasons);
  const constraints = entriesOf(raw).map(([id, value]) => [id, constraintOf(value)] as const);
  return { constraints: Object.fromEntries(constraints), positions };
}

/** A context that holds nothing else, so that the one validator judges them where they stand. */
function contextWith(constraints: RawValue): RawValue {
  const version: RawValue = { kind: "scalar", value: CONTEXT_VERSION };
  return { kind: "set", entries: { version, constraints }, positions: {} };
}

function problemLine(problem: ProblemWithoutPlace, positions: Positions): string {
  const near = problem.nearest === undefined ? "" : ` (did you mean "${problem.nearest}"?)`;
  const position = positionOf(positions, problem.path);
  const place = position === undefined ? "" : ` at ${placeOf(position)}`;
  return `${problem.path} is ${problem.found}${near}, expected ${problem.expected}${place}`;
}

function placeOf(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`;
}

function whyNot(raw: RawValue): string {
  return raw.kind === "failure" ? `a value that does not evaluate (${raw.message})` : inWords(raw);
}

function unreadable(source: string, reasons: string[]): ContextError {
  const whose = source === "self" ? "a constraint of this flake" : `a constraint of ${source}`;
  const more = reasons.length === 1 ? "" : ` (and ${reasons.length - 1} more)`;
  return new ContextError("constraint-unreadable", `${whose} cannot be understood: ${reasons[0]}${more}.`, {
    hint: "Mend the constraint: one that is not understood would not be applied. `nixclaude schema constraints` prints every key.",
    details: reasons,
  });
}
