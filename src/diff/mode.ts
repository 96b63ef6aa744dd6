import type { ChangeFact } from "../model/change.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { compareModes, findNewlyApproved, permissionSetOf } from "../permissions/index.ts";
import { kindOf, NARROWS, undecided, WIDENS } from "./effect.ts";
import { diffKeyed } from "./keyed.ts";
import { quote } from "./quote.ts";
import { compareSets, proof, type RuleEffect } from "./rule-effects.ts";
import type { Side, SurfaceOptions } from "./side.ts";

/** The mode that Claude starts in, and which modes nobody may switch to. */
export function diffMode(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  return [
    ...diffDefaultMode(before, after, options),
    ...diffBypass(before, after),
    ...diffKeyed(
      {
        surface: "mode",
        root: "permissions",
        noun: "permission setting",
        effects: { disableAutoMode: { kind: "switch-off" } },
      },
      onlyAutoMode(before.context.permissions.other),
      onlyAutoMode(after.context.permissions.other),
    ),
  ];
}

function diffDefaultMode(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  const old = before.context.permissions.defaultMode;
  const now = after.context.permissions.defaultMode;
  if (old === now) return [];
  const { witness, call: _, ...direction } = modeEffect(before, after, options);
  return [
    {
      surface: "mode",
      path: "permissions.defaultMode",
      kind: kindOf(old !== null, now !== null),
      ...direction,
      before: old,
      after: now,
      summary:
        now === null
          ? `permission mode ${quote(old)} no longer pinned: the client chooses how to start`
          : old === null
            ? `permission mode set to ${quote(now)}`
            : `permission mode changed from ${quote(old)} to ${quote(now)}`,
      ...(witness && { witness }),
    },
  ];
}

/** How the modes compare, proved by a call that the same rules approve in the one mode and not in the other. */
function modeEffect(before: Side, after: Side, options: SurfaceOptions): RuleEffect {
  const set = permissionSetOf(after.context, { client: options.client });
  const sets = compareSets({ ...set, mode: before.context.permissions.defaultMode }, set, {
    client: options.client,
    steps: options.limits.inclusionSteps,
  });
  const found = findNewlyApproved(sets.before, sets.after, sets.search);
  if (found.kind === "found") return { ...WIDENS, ...proof(found.call, sets) };
  const direction = compareModes(sets.before.mode, sets.after.mode);
  return direction === "undecided" ? undecided("the modes cannot be compared") : { direction };
}

function diffBypass(before: Side, after: Side): ChangeFact[] {
  const had = before.context.permissions.bypassDisabled;
  const has = after.context.permissions.bypassDisabled;
  if (had === has) return [];
  const word = (disabled: boolean): Json => (disabled ? "disable" : null);
  return [
    {
      surface: "mode",
      path: "permissions.disableBypassPermissionsMode",
      kind: kindOf(had, has),
      ...(has ? NARROWS : WIDENS),
      before: word(had),
      after: word(has),
      summary: has
        ? "bypass mode can no longer be switched on"
        : "bypass mode is no longer disabled: it can be switched on",
    },
  ];
}

function onlyAutoMode({ disableAutoMode }: JsonObject): JsonObject {
  return disableAutoMode === undefined ? {} : { disableAutoMode };
}
