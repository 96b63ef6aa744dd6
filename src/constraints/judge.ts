import { withoutListIndex } from "../diff/index.ts";
import type { SourcedConstraint } from "../model/constraint.ts";
import { type Finding, SEVERITIES } from "../model/finding.ts";
import { fingerprintOf } from "../model/fingerprint.ts";
import { inputAttribute } from "../model/lock.ts";
import { attributePath, type Position, positionOf } from "../model/position.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";
import { type CheckResult, type JudgedChecks, judgeChecks } from "./check-results.ts";
import { collectConstraints, constraintPositionIn } from "./collect.ts";
import { kindOf } from "./kinds/index.ts";
import type { DemandFact, DemandInput } from "./kinds/kind.ts";
import { lockPosition } from "./lock-position.ts";
import { checkError, type UnreadableDemand, unreadableDemands, unreadableError } from "./readable.ts";
import { sentence } from "./sentence.ts";
import { findWeakenings } from "./weakening.ts";

export interface JudgeInput extends Omit<DemandInput, "constraint" | "after" | "checkFindings"> {
  after: DemandInput["before"];
  /** As `WeakeningInput` has it. */
  codeChanged: boolean;
  /** What the calls returned that `checkedFunctions` asks for. */
  checkResults: readonly CheckResult[];
  /** Directory of the flake in the tree, `""` for the root. */
  flakeDirectory: string;
}

/**
 * Holds the head against every constraint of base and head, and the head's constraints against the base's.
 * @throws ContextError `constraint-unreadable` when one that is in force cannot be applied as it is written,
 * `constraint-check-failed` when its Nix function could not be applied to the change.
 */
export async function judgeConstraints(input: JudgeInput): Promise<Finding[]> {
  const constraints = collectConstraints(input.before, input.after);
  const unreadable = await unreadableDemands(constraints, input);
  const inForce = unreadable.filter(({ constraint }) => constraint.from !== "before");
  if (inForce.length > 0) throw unreadableError(inForce, (constraint) => whereIs(constraint, input));
  const weakenings = findWeakenings(input);
  const { after } = input;
  if (after.kind === "absent") return weakenings;
  const checks = judgeChecks(constraints, input.checkResults);
  if (checks.undecided.length > 0)
    throw checkError(checks.undecided, (constraint) => whereIs(constraint, input));
  const skipped = new Set(unreadable.map(({ demand }) => demand));
  const notApplied = [...unreadable, ...checks.brokenBefore];
  const findings: Finding[] = notApplied.map((one) => unreadableFinding(one, input));
  for (const constraint of constraints) {
    findings.push(...(await violationsOf(constraint, { ...input, after }, checks, skipped)));
  }
  return [...strictestOfEach(findings), ...weakenings];
}

async function violationsOf(
  constraint: SourcedConstraint,
  input: JudgeInput & { after: PresentSnapshot },
  checks: JudgedChecks,
  skipped: ReadonlySet<unknown>,
): Promise<Finding[]> {
  const demands = constraint.constraint.demands.filter((demand) => !skipped.has(demand));
  const judged: DemandInput = { ...input, constraint, checkFindings: checks.findings.change };
  const findings: Finding[] = [];
  for (const demand of demands) {
    const { kind, check } = kindOf(demand);
    const facts = await check(demand, judged);
    if (facts.length === 0) continue;
    const { before } = input;
    const standing =
      before.kind === "present" ? await check(demand, { ...judged, ...asItWas(before, checks) }) : [];
    const known = new Set(standing.map((fact) => fingerprint(constraint, kind, fact)));
    for (const fact of facts) {
      const found = fingerprint(constraint, kind, fact);
      findings.push(
        findingOf(fact, constraint, input, { fingerprint: found, introduced: !known.has(found) }),
      );
    }
  }
  return findings;
}

function asItWas(before: PresentSnapshot, checks: JudgedChecks) {
  return { after: before, changes: [], checkFindings: checks.findings.standing };
}

/** What it is about, without the call that proves it: the same violation keeps its name when the proof changes. */
function fingerprint({ id, source }: SourcedConstraint, kind: string, { subject, key }: DemandFact): string {
  return fingerprintOf(id, source, kind, withoutListIndex(subject.path), subject.rule ?? null, key ?? null);
}

function findingOf(
  { key: _, subject, severity, message, help, ...rest }: DemandFact,
  constraint: SourcedConstraint,
  input: JudgeInput & { after: PresentSnapshot },
  added: Pick<Finding, "fingerprint" | "introduced">,
): Finding {
  const { docs } = constraint.constraint;
  const position = rest.position ?? subjectPosition(subject.path, input);
  const constraintPosition = whereIs(constraint, input);
  return {
    ...rest,
    ...added,
    rule: constraint.id,
    source: constraint.source,
    severity: severity ?? constraint.constraint.severity,
    message: sentence(message),
    help: docs === null ? help : `${help} See ${docs}`,
    subject: { ...subject, path: withoutListIndex(subject.path) },
    ...(position === undefined ? {} : { position }),
    ...(constraintPosition === undefined ? {} : { constraintPosition }),
  };
}

function subjectPosition(path: string, input: JudgeInput & { after: PresentSnapshot }): Position | undefined {
  const locked = Object.values(input.after.placedInputs).find((one) => inputAttribute(one.path) === path);
  return locked === undefined
    ? positionOf(input.after.positions, path)
    : lockPosition(locked, input.flakeDirectory);
}

function whereIs(constraint: SourcedConstraint, { before, after }: JudgeInput): Position | undefined {
  return constraintPositionIn(constraint.from === "before" ? before : after, constraint);
}

/** The base's version could not be applied and is gone or mended: said, so that nobody takes it for a pass. */
function unreadableFinding(
  { constraint, problem }: Pick<UnreadableDemand, "constraint" | "problem">,
  input: JudgeInput,
): Finding {
  const constraintPosition = whereIs(constraint, input);
  return {
    fingerprint: fingerprintOf(constraint.id, constraint.source, "unreadable", problem),
    rule: constraint.id,
    source: constraint.source,
    severity: "warning",
    message: sentence(`the base's version of ${constraint.id} could not be applied: ${problem}`),
    help: "Nothing to do when this change mends it; otherwise look at what the constraint was meant to say.",
    subject: { path: attributePath("constraints", constraint.id) },
    introduced: false,
    ...(constraintPosition === undefined ? {} : { constraintPosition }),
  };
}

/** Base's and head's version of one constraint report the same violation once, as the stricter of them does. */
function strictestOfEach(findings: readonly Finding[]): Finding[] {
  const byFingerprint = new Map<string, Finding>();
  for (const finding of findings) {
    const known = byFingerprint.get(finding.fingerprint);
    if (known === undefined || isStricter(finding, known)) byFingerprint.set(finding.fingerprint, finding);
  }
  return [...byFingerprint.values()];
}

function isStricter(a: Finding, b: Finding): boolean {
  return SEVERITIES.indexOf(a.severity) < SEVERITIES.indexOf(b.severity);
}
