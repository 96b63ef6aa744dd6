import { permissionMode } from "../context/permissions.ts";
import { UsageError } from "../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { didYouMean } from "../model/nearest.ts";
import { type Call, PERMISSION_MODES, type PermissionMode } from "../model/permission.ts";
import { CLIENT_VERSIONS, type ClientVersion } from "../model/semantics.ts";
import type { PermissionSet } from "../permissions/index.ts";

/** One line of `decide`, understood. */
export interface DecideRequest {
  /** null: those of the flake's own context. */
  permissions: PermissionSet | null;
  /** What the line says of permissions, as one text: equal texts mean equal sets. */
  key: string;
  /** In place of the mode that the permissions name. */
  mode: PermissionMode | null;
  client: ClientVersion | null;
  calls: Call[];
  /** Is it asked, too, whether each call runs? */
  runs: boolean;
}

const KEYS = ["permissions", "mode", "client", "calls", "runs"];
const PERMISSION_KEYS = [
  "allow",
  "ask",
  "deny",
  "defaultMode",
  "additionalDirectories",
  "disableBypassPermissionsMode",
  "disableAutoMode",
  "blockReadsOutsideWorkingDirectories",
  "blockWritesOutsideWorkingDirectories",
  "denyInsteadOfPrompting",
];
const EXAMPLE = '{"permissions": {"allow": ["Bash(git *)"]}, "calls": [["Bash", "git push"]]}';

/** Throws a `UsageError` with code `request-malformed` that names the line, the place in it and what belongs there. */
export function parseDecideRequest(text: string, line: number): DecideRequest {
  const where = `line ${line}`;
  const request = objectAt(parseJson(text, where), where);
  knownKeys(request, KEYS, where);
  const { permissions, mode, client, calls, runs = false } = request;
  if (typeof runs !== "boolean") throw malformed(`${where}: runs`, "true or false");
  return {
    permissions: permissions === undefined ? null : permissionSet(permissions, `${where}: permissions`),
    key: permissions === undefined ? "" : JSON.stringify(permissions),
    mode: mode === undefined ? null : modeAt(mode, `${where}: mode`),
    client: client === undefined ? null : clientAt(client, `${where}: client`),
    calls: listAt(calls, `${where}: calls`).map((call, index) => callAt(call, `${where}: calls[${index}]`)),
    runs,
  };
}

function parseJson(text: string, where: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // What the engine says quotes the text, which may be anything.
    throw malformed(where, "JSON");
  }
}

/** The client's own words, read strictly: a mistyped key would decide about other rules than were meant. */
function permissionSet(value: Json, where: string): PermissionSet {
  const permissions = objectAt(value, where);
  knownKeys(permissions, PERMISSION_KEYS, where);
  const {
    allow,
    ask,
    deny,
    defaultMode,
    additionalDirectories,
    disableBypassPermissionsMode: bypass,
    ...other
  } = permissions;
  if (bypass !== undefined) checkSwitch("disableBypassPermissionsMode", bypass, where);
  for (const [key, switched] of Object.entries(other)) checkSwitch(key, switched, where);
  return {
    allow: textsAt(allow, `${where}.allow`),
    ask: textsAt(ask, `${where}.ask`),
    deny: textsAt(deny, `${where}.deny`),
    mode: defaultMode === undefined ? null : modeAt(defaultMode, `${where}.defaultMode`),
    additionalDirectories: textsAt(additionalDirectories, `${where}.additionalDirectories`),
    bypassDisabled: bypass === "disable",
    sandboxApprovesBash: false,
    other,
  };
}

/** Keys that disable something hold that word, the others are on or off. */
function checkSwitch(key: string, value: Json, where: string): void {
  const disables = key.startsWith("disable");
  if (disables ? value !== "disable" : typeof value !== "boolean") {
    throw malformed(`${where}.${key}`, disables ? '"disable"' : "true or false");
  }
}

function callAt(value: Json, where: string): Call {
  const parts = listAt(value, where);
  const [tool, argument, parameters] = parts;
  if (typeof tool !== "string" || tool === "" || typeof argument !== "string" || parts.length > 3) {
    throw malformed(where, '["Tool", "argument"] or ["Tool", "argument", {parameters}]');
  }
  return parameters === undefined
    ? { tool, argument }
    : { tool, argument, parameters: parametersAt(parameters, `${where}[2]`) };
}

function parametersAt(value: Json, where: string): NonNullable<Call["parameters"]> {
  const entries = Object.entries(objectAt(value, where)).map(([name, parameter]) => {
    if (parameter === null || typeof parameter === "object") {
      throw malformed(`${where}.${shown(name)}`, "text, a number, true or false");
    }
    return [name, parameter] as const;
  });
  return Object.fromEntries(entries);
}

function modeAt(value: Json, where: string): PermissionMode {
  const mode = typeof value === "string" ? permissionMode(value) : null;
  if (mode === null) throw malformed(where, `one of ${PERMISSION_MODES.join(", ")}`);
  return mode;
}

function clientAt(value: Json, where: string): ClientVersion {
  const client = CLIENT_VERSIONS.find((version) => version === value);
  if (client === undefined) throw malformed(where, `one of ${CLIENT_VERSIONS.join(", ")}`);
  return client;
}

function textsAt(value: Json | undefined, where: string): string[] {
  if (value === undefined) return [];
  return listAt(value, where).map((text, index) => {
    if (typeof text !== "string") throw malformed(`${where}[${index}]`, "text");
    return text;
  });
}

function listAt(value: Json | undefined, where: string): Json[] {
  if (!Array.isArray(value)) throw malformed(where, "a list");
  return value;
}

function objectAt(value: Json, where: string): JsonObject {
  if (!isJsonObject(value)) throw malformed(where, "an object");
  return value;
}

function knownKeys(value: JsonObject, known: readonly string[], where: string): void {
  const wrong = Object.keys(value).find((key) => !known.includes(key));
  if (wrong === undefined) return;
  const key = shown(wrong);
  throw new UsageError("request-malformed", `${where} has no key "${key}".${didYouMean(key, known)}`, {
    hint: `Keys are ${known.join(", ")}.`,
  });
}

const SHOWN_CHARACTERS = 40;

/** A line may hold a name of any length. */
function shown(name: string): string {
  return name.length <= SHOWN_CHARACTERS ? name : `${name.slice(0, SHOWN_CHARACTERS)}…`;
}

function malformed(where: string, expected: string): UsageError {
  return new UsageError("request-malformed", `${where} is not ${expected}`, {
    hint: `A line looks like this: ${EXAMPLE}`,
  });
}
