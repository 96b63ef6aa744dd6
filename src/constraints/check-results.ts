import type { SourcedConstraint } from "../model/constraint.ts";
import type { Position } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { type CheckFinding, readFindings } from "./check-findings.ts";
import { keyOf } from "./collect.ts";

/** A call of a constraint's Nix function: whose function, and what it was called with. */
export interface CheckedFunction {
  id: string;
  source: SourcedConstraint["source"];
  /** The end that the function was taken from. */
  side: "before" | "after";
  /** `standing`: as if the change had left everything as it was. */
  data: "change" | "standing";
}

export interface CheckResult extends CheckedFunction {
  value: RawValue;
}

/** The calls that constraints ask for; a function that both ends have is called as each of them has it. */
export function checkedFunctions(
  constraints: readonly SourcedConstraint[],
  hasBefore: boolean,
): CheckedFunction[] {
  return constraints.filter(hasFunction).flatMap((constraint) =>
    sidesOf(constraint).flatMap((side) =>
      (hasBefore ? (["change", "standing"] as const) : (["change"] as const)).map((data) => ({
        id: constraint.id,
        source: constraint.source,
        side,
        data,
      })),
    ),
  );
}

/** An organisation's flake is the same for both ends. */
function sidesOf({ from, source }: SourcedConstraint): ("before" | "after")[] {
  if (source.startsWith("org:")) return ["after"];
  return from === "both" ? ["before", "after"] : [from];
}

function hasFunction({ constraint }: SourcedConstraint): boolean {
  return constraint.demands.some(({ kind }) => kind === "check");
}

/** A function that could not be applied. */
export interface BrokenCheck {
  constraint: SourcedConstraint;
  problem: string;
  position?: Position;
}

export interface JudgedChecks {
  /** What was found, by `standing` and the constraint. */
  findings: Record<CheckedFunction["data"], Map<SourcedConstraint, CheckFinding[]>>;
  /** Nobody can tell whether these hold. */
  undecided: BrokenCheck[];
  /** The base's own, and no worse for the change: it could not be applied before either. */
  brokenBefore: BrokenCheck[];
}

/** Puts together what functions returned, by constraint. */
export function judgeChecks(
  constraints: readonly SourcedConstraint[],
  results: readonly CheckResult[],
): JudgedChecks {
  const judged: JudgedChecks = {
    findings: { change: new Map(), standing: new Map() },
    undecided: [],
    brokenBefore: [],
  };
  const read = new Map(results.map((result) => [nameOf(result), readFindings(result.value)]));
  for (const constraint of constraints.filter(hasFunction)) {
    for (const side of sidesOf(constraint)) {
      const of = (data: CheckedFunction["data"]) => read.get(nameOf({ ...constraint, side, data }));
      const [change, standing] = [of("change"), of("standing")];
      if (standing?.kind === "findings") add(judged.findings.standing, constraint, standing.findings);
      if (change?.kind === "findings") {
        add(judged.findings.change, constraint, change.findings);
        continue;
      }
      const { problem, position } = change ?? { problem: "its function was not called", position: undefined };
      const broken = { constraint, problem, ...(position && { position }) };
      // One that only the change breaks must not be switched off by it.
      const wasBroken = side === "before" && standing?.kind === "broken";
      (wasBroken ? judged.brokenBefore : judged.undecided).push(broken);
    }
  }
  return judged;
}

function add(
  to: Map<SourcedConstraint, CheckFinding[]>,
  constraint: SourcedConstraint,
  findings: readonly CheckFinding[],
): void {
  to.set(constraint, [...(to.get(constraint) ?? []), ...findings]);
}

function nameOf({ side, data, ...constraint }: CheckedFunction): string {
  return `${side} ${data} ${keyOf(constraint)}`;
}
