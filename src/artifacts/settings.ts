import type { ClaudeContext, Permissions } from "../model/context.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import { RULE_LISTS } from "../model/permission.ts";
import { attributePath } from "../model/position.ts";
import { hooksObject } from "./hooks.ts";
import { plainValue, withoutDigests } from "./own-words.ts";
import type { RenderNotes } from "./rendered.ts";
import { PERMISSION_SHAPES, SANDBOX_SHAPE, SETTING_SHAPES } from "./settings-shapes.ts";
import { fitting, record } from "./shapes.ts";
import type { Sources } from "./sources.ts";

/** Keys of the client's settings file that a context says elsewhere. */
const OWN_SURFACES = ["permissions", "env", "hooks", "model", "sandbox"];

/** Whose settings a file is: some keys act only in those that an administrator sets. */
export type SettingsScope = "project" | "managed";

/** The content of a settings file; null when the context says nothing that stands in one. */
export function settingsDocument(
  context: ClaudeContext,
  sources: Sources,
  notes: RenderNotes,
  scope: SettingsScope = "project",
): JsonObject | null {
  if (scope === "project") noteWithoutEffect(context.permissions, notes);
  const hooks = hooksObject(context.hooks, sources, notes);
  const surfaces: Record<string, JsonObject> = {
    permissions: permissionsObject(context.permissions, sources, notes),
    env: envObject(context.env, sources, notes),
    hooks,
    sandbox: objectAt("sandbox", context.sandbox, sources, notes),
  };
  const document = {
    ...Object.fromEntries(Object.entries(surfaces).filter(([, value]) => Object.keys(value).length > 0)),
    ...(context.model === null ? {} : { model: context.model }),
    ...otherSettings(context.settings, sources, notes),
  };
  return Object.keys(document).length === 0 ? null : document;
}

/** Of a project's settings the client takes these from nobody: they are written, and do not act. */
function noteWithoutEffect({ defaultMode, other }: Permissions, notes: RenderNotes): void {
  const passedOver =
    "is passed over in the settings of a project: only a user's or managed settings can say it";
  // `bypassPermissions` did act there before 2.1.257.
  if (defaultMode === "auto" || defaultMode === "bypassPermissions") {
    notes.problem("permissions.defaultMode", `\`${defaultMode}\` ${passedOver}`);
  }
  if (other.denyInsteadOfPrompting === true)
    notes.problem("permissions.denyInsteadOfPrompting", `it ${passedOver}`);
}

function permissionsObject(permissions: Permissions, sources: Sources, notes: RenderNotes): JsonObject {
  const lists = RULE_LISTS.flatMap((list): [string, string[]][] => {
    const texts = permissions.rules
      .filter((rule) => rule.list === list)
      .flatMap((rule) => sources.place(rule.text, {}, rule.path, notes) ?? []);
    return texts.length === 0 ? [] : [[list, [...new Set(texts)]]];
  });
  const directories = permissions.additionalDirectories.flatMap(
    (directory, index) =>
      sources.place(directory, {}, attributePath("permissions.additionalDirectories", index), notes) ?? [],
  );
  const other = plainValue(permissions.other, "permissions", sources, notes) as JsonObject;
  return {
    ...Object.fromEntries(lists),
    ...(permissions.defaultMode === null ? {} : { defaultMode: permissions.defaultMode }),
    ...(directories.length === 0 ? {} : { additionalDirectories: directories }),
    ...(permissions.bypassDisabled ? { disableBypassPermissionsMode: "disable" } : {}),
    ...(fitting(other, record(PERMISSION_SHAPES), "permissions", notes) as JsonObject),
  };
}

/** What the system cannot hold in an environment, the client passes over without a word. */
function envObject(env: Readonly<Record<string, string>>, sources: Sources, notes: RenderNotes): JsonObject {
  const entries = Object.entries(env).flatMap(([name, value]): [string, string][] => {
    const path = attributePath("env", name);
    if (name === "" || /[=\0]/.test(name) || value.includes("\0")) {
      notes.problem(
        path,
        "no environment can hold it: a name is not empty and has no `=`, and nothing has NUL",
      );
      return [];
    }
    const written = sources.place(withoutDigests(value), {}, path, notes);
    return written === undefined ? [] : [[name, written]];
  });
  return Object.fromEntries(entries);
}

function objectAt(path: "sandbox", value: JsonObject, sources: Sources, notes: RenderNotes): JsonObject {
  const plain = plainValue(value, path, sources, notes) as JsonObject;
  return fitting(plain, SANDBOX_SHAPE, path, notes) as JsonObject;
}

/** Ordered by key. What has a surface of its own would be said twice, and judged once. */
function otherSettings(settings: JsonObject, sources: Sources, notes: RenderNotes): JsonObject {
  const others = Object.entries(settings).filter(([key]) => {
    if (!OWN_SURFACES.includes(key)) return true;
    notes.problem(attributePath("settings", key), "it has its own place in a context, beside `settings`");
    return false;
  });
  const sorted = others.sort(([a], [b]) => compareText(a, b));
  const plain = plainValue(Object.fromEntries(sorted) as Json, "settings", sources, notes) as JsonObject;
  return fitting(plain, record(SETTING_SHAPES), "settings", notes) as JsonObject;
}
