import type { ChangeFact } from "../model/change.ts";
import { type Constraint, demandJson } from "../model/constraint.ts";
import { canonicalJson, type Json } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import { attributePath } from "../model/position.ts";
import { type Effect, NARROWS, undecided, WIDENS } from "./effect.ts";
import { compareNamed } from "./named.ts";
import type { Side } from "./side.ts";

/** What a constraint asks may have become more or less; telling that needs the constraint's own meaning. */
const EFFECTS: Readonly<Record<ChangeFact["kind"], Effect>> = {
  added: NARROWS,
  removed: WIDENS,
  changed: undecided("whether the constraint became looser is decided where constraints are judged"),
};

/** The constraints that this context declares itself; those of its inputs come and go with the inputs. */
export function diffConstraints(before: Side, after: Side): ChangeFact[] {
  return compareNamed(before.context.constraints, after.context.constraints, constraintJson).map(
    ({ kind, name, before: old, after: now }) => ({
      surface: "constraints",
      path: attributePath("constraints", name),
      kind,
      ...EFFECTS[kind],
      before: old === null ? null : constraintJson(old),
      after: now === null ? null : constraintJson(now),
      summary: `constraint \`${name}\` ${kind}`,
    }),
  );
}

/** What the constraint asks; its demands all hold together, so their order says nothing. */
export function constraintJson({ demands, severity, waivable, description, docs }: Constraint): Json {
  const sorted = demands.map(demandJson).sort((a, b) => compareText(canonicalJson(a), canonicalJson(b)));
  return { demands: sorted, severity, waivable, description, docs };
}
