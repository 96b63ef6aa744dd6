import { type Change, inputCauses } from "../model/change.ts";
import type { InputChange } from "../model/lock.ts";
import type { FlakeReport } from "../model/report.ts";

/** A picture of more arrows than this says less than a table. */
export const MAX_PICTURED_EFFECTS = 20;

/** What inputs that moved have changed, alone or with others. */
export interface Effects {
  /** Inputs that changed something, in the order of what they changed, so that few arrows cross. */
  inputs: InputChange[];
  /** What they changed, in the report's order. */
  changes: Change[];
  arrows: { input: InputChange; change: Change }[];
}

/** An input that no row of the report's inputs names has no arrow. */
export function effectsOf({ inputs, changes }: FlakeReport): Effects {
  const arrows = changes.flatMap((change) =>
    inputCauses(change.causes).flatMap(({ name }) => {
      const input = inputs.find(({ path }) => path === name);
      return input === undefined ? [] : [{ input, change }];
    }),
  );
  return {
    inputs: [...new Set(arrows.map(({ input }) => input))],
    changes: changes.filter((change) => arrows.some((arrow) => arrow.change === change)),
    arrows,
  };
}
