import { assertNever } from "../../model/assert-never.ts";
import type { Direction } from "../../model/change.ts";
import type { PermissionMode } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";

/** What a mode makes of calls that no deny or ask rule settles. */
export interface ModeEffects {
  /** What runs without a rule: nothing more, file edits in the working directories, everything. */
  grants: "nothing" | "edits" | "everything";
  /** A classifier judges what would ask; what it says is for nobody to know beforehand. */
  classifier: "auto" | "plan" | null;
  /** Edits are held for a person, whatever the allow rules say. */
  plans: boolean;
  refusesPrompts: boolean;
}

const PLAIN: ModeEffects = { grants: "nothing", classifier: null, plans: false, refusesPrompts: false };

/** `autoDisabled`: the settings know no auto mode, neither as a mode of its own nor while planning. */
export function modeEffects(
  mode: PermissionMode,
  client: ClientVersion,
  settings: { bypassDisabled: boolean; autoDisabled: boolean },
): ModeEffects {
  switch (mode) {
    case "default":
      return PLAIN;
    case "acceptEdits":
      return { ...PLAIN, grants: "edits" };
    case "bypassPermissions":
      return settings.bypassDisabled ? PLAIN : { ...PLAIN, grants: "everything" };
    case "dontAsk":
      return { ...PLAIN, refusesPrompts: true };
    case "plan": {
      // Newer clients use the classifier while planning, too (`useAutoModeDuringPlan`, on by default).
      const classifier = client !== "2.1.197" && !settings.autoDisabled ? "plan" : null;
      return { ...PLAIN, classifier, plans: true };
    }
    case "auto":
      return settings.autoDisabled ? PLAIN : { ...PLAIN, grants: "edits", classifier: "auto" };
    default:
      return assertNever(mode);
  }
}

/** Autonomy, from least to most; `dontAsk` and `plan` share a step since neither contains the other. */
const AUTONOMY: Readonly<Record<PermissionMode, number>> = {
  dontAsk: 0,
  plan: 0,
  default: 1,
  acceptEdits: 2,
  auto: 3,
  bypassPermissions: 4,
};

/**
 * Direction of a change of the start mode (reference, section 2.4). null: not pinned, so the client's own start mode
 * applies, which may be as wide as `auto` (interactive sessions since 2.1.283) and as narrow as `default`.
 */
export function compareModes(before: PermissionMode | null, after: PermissionMode | null): Direction {
  if (before === after) return "neutral";
  if (before === null) return NARROWER_THAN_UNPINNED.has(after!) ? "narrows" : "widens";
  if (after === null) return WIDER_THAN_UNPINNED.has(before) ? "narrows" : "widens";
  const difference = AUTONOMY[after] - AUTONOMY[before];
  if (difference === 0) return "incomparable";
  return difference > 0 ? "widens" : "narrows";
}

/** Unpinned is `default` or `auto`. What lies between is wider than one: if unsure whether it widened, it widened. */
const NARROWER_THAN_UNPINNED: ReadonlySet<PermissionMode> = new Set(["default", "plan", "dontAsk"]);
const WIDER_THAN_UNPINNED: ReadonlySet<PermissionMode> = new Set(["auto", "bypassPermissions"]);
