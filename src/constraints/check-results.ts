import type { SourcedConstraint } from "../model/constraint.ts";
import type { Position } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { type CheckFinding, readFindings } from "./check-findings.ts";
import { collectConstraints, constraintsOf, keyOf, type Located } from "./collect.ts";

/** A call of a constraint's Nix function: whose function, and what it was called with. */
export interface CheckedFunction {
  id: string;
  source: SourcedConstraint["source"];
  /** The end that the function was taken from. */
  side: "before" | "after";
  /** `standing`: as if the change had left everything as it was. */
  data: "change" | "standing";
  /** The function as it is written out where it stands, when that is one by itself; null: the value. */
  text: string | null;
}

export interface CheckResult extends CheckedFunction {
  value: RawValue;
}

/**
 * The calls that constraints ask for; a function that both ends have is called as each of them has it. What is written
 * out as a function by itself is called as such, too: what everybody reads there applies, whatever was made of it.
 */
export function checkedFunctions(before: Snapshot, after: Snapshot): CheckedFunction[] {
  const present = { before: constraintsOf(before), after: constraintsOf(after) };
  const all = before.kind === "present" ? (["change", "standing"] as const) : (["change"] as const);
  return collectConstraints(before, after)
    .filter(hasFunction)
    .flatMap((constraint) =>
      sidesOf(constraint).flatMap((side) => {
        const text = textOf(present[side].get(keyOf(constraint)));
        const { id, source } = constraint;
        return [null, ...(text === null ? [] : [text])].flatMap((one) =>
          all.map((data) => ({ id, source, side, data, text: one })),
        );
      }),
    );
}

function textOf(constraint: Located | undefined): string | null {
  const check = constraint?.constraint.demands.find((demand) => demand.kind === "check");
  return check?.definition?.closed ?? null;
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
  const read = new Map(
    results.map((result) => [
      nameOf(result, result.text === null ? "value" : "text"),
      readFindings(result.value),
    ]),
  );
  for (const constraint of constraints.filter(hasFunction)) {
    for (const side of sidesOf(constraint)) {
      for (const as of ["value", "text"] as const) {
        const of = (data: CheckedFunction["data"]) => read.get(nameOf({ ...constraint, side, data }, as));
        const [change, standing] = [of("change"), of("standing")];
        if (as === "text" && change === undefined) continue;
        if (standing?.kind === "findings") add(judged.findings.standing, constraint, standing.findings);
        if (change?.kind === "findings") {
          add(judged.findings.change, constraint, change.findings);
          continue;
        }
        const { problem, position } = change ?? {
          problem: "its function was not called",
          position: undefined,
        };
        const broken = { constraint, problem, ...(position && { position }) };
        // One that only the change breaks must not be switched off by it.
        const wasBroken = side === "before" && standing?.kind === "broken";
        (wasBroken ? judged.brokenBefore : judged.undecided).push(broken);
      }
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

function nameOf({ side, data, ...constraint }: Omit<CheckedFunction, "text">, as: "value" | "text"): string {
  return `${as} ${side} ${data} ${keyOf(constraint)}`;
}
