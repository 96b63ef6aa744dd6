import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

const BEHIND = new Set(["$files", "$content"]);

/**
 * Digests of the files that a value runs, by the name that it has for each: `./run.sh`, `<tools>/run.sh`. They stand
 * under `$files` and `$content` (`context/program.ts`, `context/plain.ts`).
 */
export function namedFiles(value: Json): Map<string, Json> {
  return new Map(entriesIn(value, null));
}

/** Names of the files that are others after the change, or that only one side names. */
export function differingFiles(before: Json, after: Json): string[] {
  const [old, now] = [namedFiles(before), namedFiles(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(now.get(name)))
    .sort();
}

/** The value but for what is in the files that it names. */
export function withoutNamedFiles(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNamedFiles);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !BEHIND.has(key));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNamedFiles(member)]));
}

type Entry = [name: string, digest: Json];

function entriesIn(value: Json, holder: JsonObject | null): Entry[] {
  if (Array.isArray(value)) return value.flatMap((item) => entriesIn(item, null));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]): Entry[] => {
    if (key === "$files" && isJsonObject(member)) return Object.entries(member);
    if (key === "$content") return isJsonObject(member) ? wordsBehind(member, holder) : pathOf(value, member);
    return entriesIn(member, value);
  });
}

/** A path that stands by itself. */
function pathOf({ $path }: JsonObject, digest: Json): Entry[] {
  return typeof $path === "string" ? [[$path, digest]] : [];
}

/** Paths among the words of what holds them: `command`, `args[0]`, `env.RC`. */
function wordsBehind(digests: JsonObject, holder: JsonObject | null): Entry[] {
  return Object.entries(digests).flatMap(([key, digest]): Entry[] => {
    const [, list, item] = /^(\w+)(?:\[|\.)(.*?)\]?$/s.exec(key) ?? [];
    const members = holder?.[list ?? key] ?? null;
    const word = item === undefined ? members : ((members as JsonObject | null)?.[item] ?? null);
    // Of a hook, whatever runs stands under `command`.
    const name = word ?? holder?.command;
    return typeof name === "string" ? [[name, digest]] : [];
  });
}
