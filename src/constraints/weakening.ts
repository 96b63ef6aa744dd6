import type { Change } from "../model/change.ts";
import type { Constraint } from "../model/constraint.ts";
import { type Finding, SEVERITIES } from "../model/finding.ts";
import { fingerprintOf } from "../model/fingerprint.ts";
import type { PlacedInput } from "../model/lock.ts";
import { formatCall } from "../model/permission.ts";
import { attributePath } from "../model/position.ts";
import { isWithin } from "./changed-inputs.ts";
import {
  constraintPositionIn,
  constraintsOf,
  judgement,
  keyOf,
  type Located,
  sourceInWords,
} from "./collect.ts";
import { kindOf } from "./kinds/index.ts";
import type { Loosening, Semantics } from "./kinds/kind.ts";
import { findRedirectedSources } from "./redirected-sources.ts";
import { sentence } from "./sentence.ts";
import { responsibilityFor, type SourceComparison } from "./weakening-cause.ts";
import { CONSTRAINT_WEAKENED } from "./weakening-docs.ts";

export interface WeakeningInput extends Semantics, SourceComparison {
  changes: readonly Change[];
  /** Something in this repository differs that Nix code may depend on. */
  codeChanged: boolean;
}

/**
 * Constraints that the base had and the head lacks or loosens, decided by what they ask, not by how they are
 * written; what cannot be shown to ask as much has been loosened.
 */
export function findWeakenings(input: WeakeningInput): Finding[] {
  const now = constraintsOf(input.after);
  const before = [...constraintsOf(input.before).values()];
  const weakenings = new Map(
    before.flatMap((old): [Located, Finding][] => {
      const present = now.get(keyOf(old));
      if (present === undefined) return [[old, weakened(old, null, [{ what: "it is gone" }], input)]];
      const isWorded = judgement(present.constraint) === judgement(old.constraint);
      if (isWorded && (!hasFunction(old.constraint) || isUntouched(old, input))) return [];
      const loosenings = looseningsOf(old.constraint, present.constraint, input);
      return loosenings.length === 0 ? [] : [[old, weakened(old, present, loosenings, input)]];
    }),
  );
  // Where a constraint got weaker because its source was redirected, that is said there.
  const said = new Set([...weakenings.keys()].map(({ source }) => source));
  const unsaid = before.filter(({ source }) => !said.has(source));
  return [...weakenings.values(), ...findRedirectedSources(unsaid, input)];
}

function hasFunction({ demands }: Constraint): boolean {
  return demands.some(({ kind }) => kind === "check");
}

/** Nothing moved that a function of the constraint could depend on. */
function isUntouched({ source }: Located, { before, after, codeChanged }: WeakeningInput): boolean {
  if (before.kind === "absent" || after.kind === "absent") return false;
  // An organisation's flake is the same for both ends.
  if (source.startsWith("org:") || !codeChanged) return true;
  if (source === "self") return false;
  const name = source.slice("input:".length);
  const [from, to] = [before, after].map(({ inputs }) =>
    Object.hasOwn(inputs, name) ? inputs[name] : undefined,
  );
  const isOwnTree = ({ path, lies }: PlacedInput) => lies === "in-this-tree" && isWithin(path, name);
  if (Object.values(after.placedInputs).some(isOwnTree)) return false;
  return from !== undefined && from.nodeId === to?.nodeId;
}

function looseningsOf(before: Constraint, now: Constraint, semantics: Semantics): Loosening[] {
  const loosenings: Loosening[] = [];
  if (SEVERITIES.indexOf(now.severity) > SEVERITIES.indexOf(before.severity)) {
    loosenings.push({ what: `its severity fell from ${before.severity} to ${now.severity}` });
  }
  if (now.waivable && !before.waivable) loosenings.push({ what: "it can now be waived" });
  for (const demand of before.demands) {
    const loosening = kindOf(demand).loosened(demand, now.demands, semantics);
    if (loosening !== null) loosenings.push(loosening);
  }
  return loosenings;
}

function weakened(
  old: Located,
  present: Located | null,
  loosenings: readonly Loosening[],
  input: WeakeningInput,
): Finding {
  const isSure = loosenings.some(({ uncertain }) => uncertain === undefined);
  const { severity, because, position } = responsibilityFor(old, present, input, isSure);
  const path = attributePath("constraints", old.id);
  const change =
    old.source === "self"
      ? input.changes.find((one) => one.surface === "constraints" && one.path === path)
      : undefined;
  const constraintPosition = constraintPositionIn(input.before, old);
  const what = loosenings.map(({ what, call }) =>
    call === undefined ? what : `${what} \`${formatCall(call)}\``,
  );
  return {
    fingerprint: fingerprintOf(
      CONSTRAINT_WEAKENED.id,
      old.source,
      old.id,
      judgement(old.constraint),
      present === null ? null : judgement(present.constraint),
    ),
    rule: CONSTRAINT_WEAKENED.id,
    source: "builtin",
    severity,
    message: sentence(
      `the constraint ${old.id} of ${sourceInWords(old.source)} got weaker: ${what.join("; ")}, because ${because}`,
    ),
    help:
      severity === "error"
        ? "Take the edit back, or have the weaker constraint approved by those who own it."
        : "Read what changed in the organisation's flake before you accept its new revision.",
    subject: { path },
    ...(change === undefined ? {} : { change: change.id }),
    ...(position === undefined ? {} : { position }),
    ...(constraintPosition === undefined ? {} : { constraintPosition }),
    introduced: true,
  };
}
