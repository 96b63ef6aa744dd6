import type { ChangeFact } from "../model/change.ts";
import type { Side, SurfaceOptions } from "./side.ts";
import { diffTextUnits } from "./text-unit.ts";

export function diffAgents(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  return diffTextUnits(
    { surface: "agents", root: "agents", noun: "agent" },
    before.context.agents,
    after.context.agents,
    options,
  );
}
