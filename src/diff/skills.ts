import type { ChangeFact } from "../model/change.ts";
import type { Side, SurfaceOptions } from "./side.ts";
import { diffTextUnits } from "./text-unit.ts";

export function diffSkills(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  return diffTextUnits(
    { surface: "skills", root: "skills", noun: "skill" },
    before.context.skills,
    after.context.skills,
    options,
  );
}
