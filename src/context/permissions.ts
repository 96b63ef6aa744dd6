import type { PermissionRule, Permissions } from "../model/context.ts";
import { PERMISSION_MODES, type PermissionMode, RULE_LISTS, type RuleList } from "../model/permission.ts";
import { attributePath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { plainRest } from "./plain.ts";
import { entryOf, itemsOf, stringOf, stringsOf } from "./read.ts";

/** Keys of `permissions` that have a place of their own in the normal form. */
const KNOWN = [...RULE_LISTS, "defaultMode", "additionalDirectories", "disableBypassPermissionsMode"];

/** `toolRules` are those of always-approved tools; `autoApprove`, `permissions.allow` and they add up. */
export function normalisePermissions(raw: RawValue, toolRules: readonly PermissionRule[]): Permissions {
  const permissions = entryOf(raw, "permissions");
  return {
    rules: [
      ...rulesAt("allow", entryOf(raw, "autoApprove"), "autoApprove"),
      ...RULE_LISTS.flatMap((list) =>
        rulesAt(list, entryOf(permissions, list), attributePath("permissions", list)),
      ),
      ...toolRules,
    ],
    defaultMode: permissionMode(stringOf(entryOf(permissions, "defaultMode"))),
    additionalDirectories: stringsOf(entryOf(permissions, "additionalDirectories")),
    bypassDisabled: stringOf(entryOf(permissions, "disableBypassPermissionsMode")) === "disable",
    other: plainRest(permissions, KNOWN),
  };
}

/** `manual` is the client's other word for `default`. */
export function permissionMode(text: string | undefined): PermissionMode | null {
  if (text === "manual") return "default";
  return PERMISSION_MODES.find((mode) => mode === text) ?? null;
}

function rulesAt(list: RuleList, raw: RawValue | undefined, path: string): PermissionRule[] {
  return itemsOf(raw).flatMap((item, index) => {
    const text = stringOf(item);
    return text === undefined ? [] : [{ list, text, path: attributePath(path, index) }];
  });
}
