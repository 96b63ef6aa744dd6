import type { Direction } from "../model/change.ts";
import type { PermissionMode } from "../model/permission.ts";

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
