import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { PERMISSION_MODES, type PermissionMode } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import type { Surroundings } from "../types.ts";

/** One settings file of the client, as it stands there. */
export interface SettingsLayer {
  scope: Surroundings["scope"];
  settings: JsonObject;
}

/** What one settings file says about permissions, after the client has checked it. */
export interface ReadLayer {
  scope: Surroundings["scope"];
  allow: readonly string[];
  ask: readonly string[];
  deny: readonly string[];
  /** null: the file names none. */
  mode: PermissionMode | null;
  additionalDirectories: readonly string[];
  bypassDisabled: boolean;
  autoDisabled: boolean;
  blockReadsOutside: boolean;
  blockWritesOutside: boolean;
  denyInsteadOfPrompting: boolean;
  managedRulesOnly: boolean;
  /** undefined: the file leaves it to files below. */
  sandboxEnabled: boolean | undefined;
  sandboxApproves: boolean | undefined;
}

type Shape = (value: Json) => boolean;

const isBoolean: Shape = (value) => typeof value === "boolean";
const isText: Shape = (value) => typeof value === "string";
const isTexts: Shape = (value) => Array.isArray(value) && value.every(isText);
const isDisable: Shape = (value) => value === "disable";
const isMap: Shape = (value) => isJsonObject(value);

/** Members that are no texts are skipped one by one in lists of rules, and reject the file in all other lists. */
const PERMISSION_KEYS: Readonly<Record<string, Shape>> = {
  allow: Array.isArray,
  ask: Array.isArray,
  deny: Array.isArray,
  additionalDirectories: isTexts,
  disableBypassPermissionsMode: isDisable,
  disableAutoMode: isDisable,
};

/** Keys that the older client does not know, and so does not check. */
const NEWER_PERMISSION_KEYS: Readonly<Record<string, Shape>> = {
  blockReadsOutsideWorkingDirectories: isBoolean,
  blockWritesOutsideWorkingDirectories: isBoolean,
  denyInsteadOfPrompting: isBoolean,
};

/** Other keys that were seen to reject the file; keys that the client does not know it ignores. */
const TOP_LEVEL_KEYS: Readonly<Record<string, Shape>> = {
  env: isMap,
  model: isText,
  sandbox: isMap,
  enabledPlugins: isMap,
  statusLine: isMap,
  includeCoAuthoredBy: isBoolean,
  enableAllProjectMcpServers: isBoolean,
  disableAutoMode: isDisable,
};

const SANDBOX_KEYS: Readonly<Record<string, Shape>> = {
  enabled: isBoolean,
  autoAllowBashIfSandboxed: isBoolean,
};

/**
 * null: one wrong type and the client drops the whole file, deny rules and all (measured; without a word in `-p`).
 * Of managed settings only what is wrong goes: for 2.1.197 the key at the top, all permissions with it; for 2.1.330 the
 * key alone, and a broken restriction is taken for the restriction.
 */
export function readLayer(layer: SettingsLayer, client: ClientVersion): ReadLayer | null {
  const { scope } = layer;
  const managed = scope === "managed";
  const lenient = managed && client !== "2.1.197";
  const settings = managed && !lenient ? acceptedKeys(layer.settings, client) : layer.settings;
  if (!lenient && !isAccepted(settings, client)) return null;
  const permissions = objectAt(settings, "permissions");
  const sandbox = objectAt(settings, "sandbox");
  const broken = lenient && Array.isArray(settings.permissions);
  const restricts = (key: string): boolean => broken || restriction(permissions[key], lenient);
  const unreadable = [permissions.ask, permissions.deny].some(holdsNoRule);
  return {
    scope,
    // Where an organisation's refusal cannot be read, nothing is approved in its name (measured on 2.1.330).
    allow: lenient && (unreadable || !hasLists(permissions)) ? [] : textsAt(permissions, "allow"),
    ask: textsAt(permissions, "ask"),
    deny: textsAt(permissions, "deny"),
    mode: modeOf(permissions.defaultMode, client),
    additionalDirectories: textsAt(permissions, "additionalDirectories"),
    bypassDisabled: permissions.disableBypassPermissionsMode === "disable",
    autoDisabled: permissions.disableAutoMode === "disable" || settings.disableAutoMode === "disable",
    blockReadsOutside: restricts("blockReadsOutsideWorkingDirectories"),
    blockWritesOutside: restricts("blockWritesOutsideWorkingDirectories"),
    denyInsteadOfPrompting: restricts("denyInsteadOfPrompting"),
    managedRulesOnly: scope === "managed" && settings.allowManagedPermissionRulesOnly === true,
    sandboxEnabled: booleanAt(sandbox, "enabled"),
    sandboxApproves: booleanAt(sandbox, "autoAllowBashIfSandboxed"),
  };
}

/** No rule of the list is left: its members are no texts, name no tool (`b*`, `read(x)`), or do not close. */
function holdsNoRule(list: Json | undefined): boolean {
  return Array.isArray(list) && list.length > 0 && !list.some(isRule);
}

function isRule(rule: Json): boolean {
  if (typeof rule !== "string" || rule === "" || isUnclosed(rule)) return false;
  return !(rule.endsWith("()") || /^[a-z][^_(]*(?:\(|$)/.test(rule) || /^mcp__[^(]*\(/.test(rule));
}

function acceptedKeys(settings: JsonObject, client: ClientVersion): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => isAccepted({ [key]: value }, client)),
  );
}

function hasLists(permissions: JsonObject): boolean {
  return [permissions.ask, permissions.deny].every((list) => list === undefined || Array.isArray(list));
}

function isAccepted(settings: JsonObject, client: ClientVersion): boolean {
  const { permissions = {}, sandbox = {} } = settings;
  if (!isJsonObject(permissions) || !isJsonObject(sandbox)) return false;
  const mode = permissions.defaultMode;
  return (
    fits(settings, TOP_LEVEL_KEYS) &&
    fits(sandbox, SANDBOX_KEYS) &&
    fits(permissions, PERMISSION_KEYS) &&
    (client === "2.1.197" || fits(permissions, NEWER_PERMISSION_KEYS)) &&
    (mode === undefined || modeOf(mode, client) !== null)
  );
}

function fits(value: JsonObject, shapes: Readonly<Record<string, Shape>>): boolean {
  return Object.entries(shapes).every(([key, shape]) => {
    const member = Object.hasOwn(value, key) ? value[key] : undefined;
    return member === undefined || shape(member);
  });
}

/** `manual` is the newer client's other word for `default`. */
function modeOf(value: Json | undefined, client: ClientVersion): PermissionMode | null {
  if (value === "manual") return client === "2.1.197" ? null : "default";
  return PERMISSION_MODES.find((mode) => mode === value) ?? null;
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const member = value[key];
  return isJsonObject(member) ? member : {};
}

function textsAt(value: JsonObject, key: string): string[] {
  const member = value[key];
  return Array.isArray(member) ? member.filter((item) => typeof item === "string") : [];
}

function isUnclosed(rule: string): boolean {
  return rule.includes("(") !== rule.endsWith(")");
}

function booleanAt(value: JsonObject, key: string): boolean | undefined {
  const member = value[key];
  return typeof member === "boolean" ? member : undefined;
}

function restriction(value: Json | undefined, lenient: boolean): boolean {
  return value === true || (lenient && value !== undefined && typeof value !== "boolean");
}
