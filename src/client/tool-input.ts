import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Call } from "../model/permission.ts";
import { absoluteIn, type Place } from "./place.ts";

/** What stands where a tool wants a text that says nothing about permission. */
const FILLER = "nixclaude";

/**
 * Tools whose one argument is in a known place, with what else they need to get as far as the permission check.
 * `text`: what stands in the file at that path, null when none does. A file that exists is changed by a line's end
 * only, since the client looks at what becomes of its own settings.
 */
const INPUTS: Readonly<Record<string, (argument: string, path: string, text: string | null) => JsonObject>> =
  {
    Bash: (command) => ({ command }),
    PowerShell: (command) => ({ command }),
    Monitor: (command) => ({ command, description: FILLER }),
    Read: (_, file_path) => ({ file_path }),
    Write: (_, file_path, text) => ({ file_path, content: text === null ? FILLER : `${text}\n` }),
    // An empty old text makes a new file.
    Edit: (_, file_path, text) => ({
      file_path,
      old_string: text ?? "",
      new_string: text === null ? FILLER : `${text}\n`,
    }),
    NotebookEdit: (_, notebook_path) => ({
      notebook_path,
      new_source: FILLER,
      edit_mode: "insert",
      cell_type: "code",
    }),
    Glob: (_, path) => ({ pattern: "*", path }),
    Grep: (_, path) => ({ pattern: FILLER, path }),
    WebFetch: (url) => ({ url, prompt: FILLER }),
    WebSearch: (query) => ({ query: query.length < 2 ? FILLER : query }),
    Skill: (skill) => ({ skill }),
    Agent: (subagent_type) => ({ subagent_type, description: FILLER, prompt: FILLER }),
    Task: (subagent_type) => ({ subagent_type, description: FILLER, prompt: FILLER }),
    CronCreate: () => ({ cron: "0 9 * * *", prompt: FILLER }),
  };

/** Tools that write to a file only after it was read, with the parameter that names it. */
const WRITERS: Readonly<Record<string, string>> = {
  Write: "file_path",
  Edit: "file_path",
  NotebookEdit: "notebook_path",
};

/**
 * The input of one tool use. Tools that are not listed get what their schema requires, filled by type.
 * @param schema as the client offered the tool; null when it did not.
 * @param files what stands in the session's files, by absolute path.
 */
export function toolInput(
  call: Call,
  place: Place,
  schema: Json | null,
  files: ReadonlyMap<string, string> = new Map(),
): JsonObject {
  const known = Object.hasOwn(INPUTS, call.tool) ? INPUTS[call.tool]! : null;
  if (known === null) return { ...requiredOf(schema, MAX_DEPTH), ...call.parameters };
  const path = absoluteIn(place, call.argument || ".");
  return { ...known(call.argument, path, files.get(path) ?? null), ...call.parameters };
}

/** The file of the session that this call writes to; null when it writes to none, or to one that is not there. */
export function existingFileOf(call: Call, place: Place, files: ReadonlyMap<string, string>): string | null {
  const parameter = Object.hasOwn(WRITERS, call.tool) ? WRITERS[call.tool]! : null;
  if (parameter === null) return null;
  const named = call.parameters?.[parameter];
  const path = absoluteIn(place, typeof named === "string" ? named : call.argument || ".");
  return files.has(path) ? path : null;
}

/** Schemas come from the client, and those of its servers from anywhere. */
const MAX_DEPTH = 20;

function requiredOf(schema: Json | null, depth: number): JsonObject {
  if (depth === 0 || schema === null || !isJsonObject(schema) || !Array.isArray(schema.required)) return {};
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const names = schema.required.filter((name) => typeof name === "string");
  return Object.fromEntries(names.map((name) => [name, valueFor(properties[name], depth - 1)]));
}

function valueFor(schema: Json | undefined, depth: number): Json {
  if (depth <= 0 || !isJsonObject(schema)) return FILLER;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0]!;
  switch (schema.type) {
    case "number":
    case "integer":
      return typeof schema.minimum === "number" ? schema.minimum : 1;
    case "boolean":
      return false;
    case "array":
      return typeof schema.minItems === "number" && schema.minItems > 0
        ? [valueFor(schema.items, depth - 1)]
        : [];
    case "object":
      return requiredOf(schema, depth);
    default:
      return FILLER;
  }
}
