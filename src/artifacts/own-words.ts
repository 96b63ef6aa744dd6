import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import type { RenderNotes } from "./rendered.ts";
import type { Sources } from "./sources.ts";

/** What the normal form says beside a user's own keys; theirs of these names have one more `$`. */
const OWN_WORD = /^\$+(?:package|program|path|content|text|files)$/;

/** A digest as the normal form puts it behind a text that can hold nothing else. */
const DIGEST = "(?:sha256|commit|tree|store):[0-9A-Za-z+._?=-]+";
const DIGESTS = new RegExp(` \\(${DIGEST}(?:, ${DIGEST})*\\)$`);
const HASHED_FILE = /^\S.* \(sha256:[0-9a-f]{64}\)$/s;

/**
 * A value of free form out of the normal form, as the client is to read it: packages become their programs, paths
 * and texts that name files what they are written as. Undefined, with a note, for what lies where the context does
 * not say.
 */
export function plainValue(
  value: Json,
  path: string,
  sources: Sources,
  notes: RenderNotes,
): Json | undefined {
  if (typeof value === "string") return sources.place(value, {}, path, notes);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const plain = plainValue(item, attributePath(path, index), sources, notes);
      return plain === undefined ? [] : [plain];
    });
  }
  if (!isJsonObject(value)) return value;
  const own = ownValue(value);
  if (own !== null) return sources.place(own.text, own.files, path, notes);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, Json][] => {
      const written = userKey(key);
      const plain = plainValue(item, attributePath(path, written), sources, notes);
      return plain === undefined ? [] : [[written, plain]];
    }),
  );
}

/** Keys beside those that stand in an object of the client's, without what the normal form adds to them. */
export function plainKeys(other: JsonObject, path: string, sources: Sources, notes: RenderNotes): JsonObject {
  const users = Object.entries(other).filter(([key]) => !/^\$(?:package|content|files)$/.test(key));
  return plainValue(Object.fromEntries(users), path, sources, notes) as JsonObject;
}

/** Files that the texts of such an object name, by symbolic path. */
export function filesBehind(other: JsonObject): JsonObject {
  const files = Object.hasOwn(other, "$files") ? other.$files : undefined;
  return isJsonObject(files) ? files : {};
}

/** Does any value in it have a spelling of the normal form's own? */
export function hasOwnWords(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasOwnWords);
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(([key, item]) => OWN_WORD.test(key) || hasOwnWords(item));
}

/** The text of a variable, without the digests of the files it names. */
export function withoutDigests(text: string): string {
  return text.replace(DIGESTS, "");
}

/** Is this what stands for a file that is too large to be compared as text, or is no text? */
export function standsForFile(text: string): boolean {
  return HASHED_FILE.test(text);
}

function ownValue(value: JsonObject): { text: string; files: JsonObject } | null {
  const { $package, $program, $path, $text, $files } = value;
  if (Object.keys(value).length !== 2) return null;
  if (typeof $package === "string" && typeof $program === "string") return { text: $program, files: {} };
  if (typeof $path === "string" && Object.hasOwn(value, "$content")) {
    return { text: $path, files: $path.startsWith("<") ? { [$path]: null } : {} };
  }
  return typeof $text === "string" && isJsonObject($files) ? { text: $text, files: $files } : null;
}

function userKey(key: string): string {
  return key.startsWith("$$") && OWN_WORD.test(key) ? key.slice(1) : key;
}
