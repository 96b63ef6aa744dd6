import type { ChangeFact } from "../model/change.ts";
import { kindOf, NEUTRAL } from "./effect.ts";
import { quote } from "./quote.ts";
import type { Side } from "./side.ts";

/** Another model costs and knows more or less; what it may do is the same. */
export function diffModel(before: Side, after: Side): ChangeFact[] {
  const [old, now] = [before.context.model, after.context.model];
  if (old === now) return [];
  return [
    {
      surface: "model",
      path: "model",
      kind: kindOf(old !== null, now !== null),
      ...NEUTRAL,
      before: old,
      after: now,
      summary: now === null ? `model ${quote(old)} no longer pinned` : `model set to ${quote(now)}`,
    },
  ];
}
