import type { ChangeFact } from "../model/change.ts";
import { INCOMPARABLE, kindOf } from "./effect.ts";
import type { Side, SurfaceOptions } from "./side.ts";
import { textDiffField } from "./text-diff.ts";

export function diffPersona(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  const [old, now] = [before.context.persona, after.context.persona];
  if (old === now) return [];
  const kind = kindOf(old !== null, now !== null);
  return [
    {
      surface: "persona",
      path: "persona",
      kind,
      ...INCOMPARABLE,
      before: old,
      after: now,
      summary: `persona ${kind}`,
      ...textDiffField(options.textDiff, old, now),
    },
  ];
}
