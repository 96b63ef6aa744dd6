import type { ChangeFact } from "../model/change.ts";
import { diffKeyed } from "./keyed.ts";
import { SETTING_EFFECTS } from "./setting-effects.ts";
import type { Side } from "./side.ts";

export function diffSettings(before: Side, after: Side): ChangeFact[] {
  return diffKeyed(
    { surface: "settings", root: "settings", noun: "setting", effects: SETTING_EFFECTS },
    before.context.settings,
    after.context.settings,
  );
}
