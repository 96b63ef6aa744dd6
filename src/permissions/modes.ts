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
  if (before === null && after === null) return "neutral";
  if (before === null) return fromUnpinned(after!);
  if (after === null) return opposite(fromUnpinned(before));
  const difference = AUTONOMY[after] - AUTONOMY[before];
  if (difference === 0) return "incomparable";
  return difference > 0 ? "widens" : "narrows";
}

/** Pinning a mode where the client chose between `default` and `auto`. */
function fromUnpinned(after: PermissionMode): Direction {
  switch (after) {
    case "bypassPermissions":
      return "widens";
    case "auto":
    case "acceptEdits":
      // Wider than `default`, not wider than `auto`: if unsure whether it widened, it widened.
      return "widens";
    case "default":
    case "plan":
    case "dontAsk":
      return "narrows";
  }
}

function opposite(direction: Direction): Direction {
  return direction === "widens" ? "narrows" : direction === "narrows" ? "widens" : direction;
}
