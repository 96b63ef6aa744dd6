import type { ChangeFact } from "../model/change.ts";
import { attributePath } from "../model/position.ts";
import { type Effect, INCOMPARABLE, NARROWS, WIDENS } from "./effect.ts";
import { compareNamed } from "./named.ts";
import type { Side, SurfaceOptions } from "./side.ts";
import { textDiffField } from "./text-diff.ts";

/** A policy is an instruction that holds Claude back: without it Claude is freer, with another text nobody can say. */
const EFFECTS: Readonly<Record<ChangeFact["kind"], Effect>> = {
  added: NARROWS,
  removed: WIDENS,
  changed: INCOMPARABLE,
};

export function diffPolicies(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  return compareNamed(before.context.policies, after.context.policies, (text) => text).map(
    ({ kind, name, before: old, after: now }) => ({
      surface: "policies",
      path: attributePath("policies", name),
      kind,
      ...EFFECTS[kind],
      before: old,
      after: now,
      summary: `policy \`${name}\` ${kind}`,
      ...textDiffField(options.textDiff, old, now),
    }),
  );
}
