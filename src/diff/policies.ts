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
  return compareNamed(
    withWords(before.context.policies),
    withWords(after.context.policies),
    (text) => text,
  ).map(({ kind, name, before: old, after: now }) => ({
    surface: "policies",
    path: attributePath("policies", name),
    kind,
    ...EFFECTS[kind],
    before: old,
    after: now,
    summary: `policy \`${name}\` ${kind}`,
    ...textDiffField(options.textDiff, old, now),
  }));
}

/** A policy without a word holds nobody back, so that emptying one takes it away. */
export function withWords(policies: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(policies).filter(([, text]) => text.trim() !== ""));
}
