import { createHash } from "node:crypto";
import { RENDERED_NOTE as NOTE } from "../model/artifact-drift.ts";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../model/json.ts";

/** The client passes over a key that it does not know, whatever stands there; JSON has no comments. */
export const SIGNATURE_KEY = "$nixclaude";

/**
 * One of the client's JSON files, in two parts: members that are written, each whole, and all else, which belongs to
 * whoever put it there. In `.mcp.json` the members are servers, elsewhere keys of the file.
 */
export interface JsonParts {
  /** Members that the header names as written; null without a header. */
  written: { members: JsonObject; intact: boolean } | null;
  /** Members that the header does not name. */
  others: JsonObject;
  /** Keys beside the members: those of `.mcp.json` that are no servers. */
  around: JsonObject;
}

/** Where in the file the members stand; null: it is the file itself. */
function holderOf(path: string): string | null {
  return path === ".mcp.json" ? "mcpServers" : null;
}

/** Takes apart what stands in a file, which is hostile; null when it is none of the client's JSON files. */
export function jsonParts(path: string, text: string): JsonParts | null {
  const document = parsedObject(text);
  if (document === null) return null;
  const holder = holderOf(path);
  const { [SIGNATURE_KEY]: signature, ...rest } = document;
  if (holder === null) return { ...split(rest, signature), around: {} };
  const { [holder]: members = {}, ...around } = rest;
  return isJsonObject(members) ? { ...split(members, signature), around } : null;
}

/** The members of a document that is to be written. */
export function membersOf(path: string, document: JsonObject): JsonObject {
  const holder = holderOf(path);
  const members = holder === null ? document : document[holder];
  return isJsonObject(members) ? members : {};
}

/** The file with these members written, and everything else kept behind them; null when nothing is left. */
export function joinedJson(
  path: string,
  members: JsonObject,
  kept: Pick<JsonParts, "others" | "around">,
): string | null {
  const names = Object.keys(members);
  const holder = holderOf(path);
  const all = { ...members, ...without(kept.others, names) };
  const inside = holder === null ? all : Object.keys(all).length === 0 ? {} : { [holder]: all };
  const signature = names.length === 0 ? {} : { [SIGNATURE_KEY]: signatureFor(members) };
  const document = { ...signature, ...inside, ...kept.around };
  return Object.keys(document).length === 0 ? null : `${JSON.stringify(document, null, 2)}\n`;
}

/** Members that both have, with other values. */
export function differing(wanted: JsonObject, found: JsonObject): string[] {
  return Object.keys(wanted).filter(
    (name) =>
      Object.hasOwn(found, name) &&
      canonicalJson(wanted[name] as Json) !== canonicalJson(found[name] as Json),
  );
}

export function sameMembers(one: JsonObject, other: JsonObject): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** Is this the value under `SIGNATURE_KEY` that was written, and nothing that only has its name? */
export function isSignature(
  value: Json | undefined,
): value is JsonObject & { keys: string[]; digest: string } {
  return (
    isJsonObject(value) &&
    Object.keys(value).sort().join() === "digest,keys,note" &&
    value.note === NOTE &&
    typeof value.digest === "string" &&
    /^sha256:[0-9a-f]{64}$/.test(value.digest) &&
    Array.isArray(value.keys) &&
    value.keys.every((key) => typeof key === "string")
  );
}

function split(all: JsonObject, signature: Json | undefined): Pick<JsonParts, "written" | "others"> {
  if (signature === undefined) return { written: null, others: all };
  // A header that someone has changed names nothing for certain.
  if (!isSignature(signature)) return { written: { members: {}, intact: false }, others: all };
  const names = new Set(signature.keys);
  const members = Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
  return {
    written: { members, intact: signatureFor(members).digest === signature.digest },
    others: without(all, signature.keys),
  };
}

function signatureFor(members: JsonObject) {
  const digest = createHash("sha256").update(canonicalJson(members)).digest("hex");
  return { note: NOTE, keys: Object.keys(members), digest: `sha256:${digest}` };
}

function parsedObject(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function without(values: JsonObject, names: readonly string[]): JsonObject {
  const taken = new Set(names);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !taken.has(name)));
}
