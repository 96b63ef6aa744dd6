import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Call } from "../model/permission.ts";
import { absoluteIn, type Place } from "./place.ts";

/** What stands where a tool wants a text that says nothing about permission. */
const FILLER = "nixclaude";

/** Tools whose one argument is in a known place, with what else they need to get as far as the permission check. */
const INPUTS: Readonly<Record<string, (argument: string, path: string) => JsonObject>> = {
  Bash: (command) => ({ command }),
  PowerShell: (command) => ({ command }),
  Monitor: (command) => ({ command, description: FILLER }),
  Read: (_, file_path) => ({ file_path }),
  Write: (_, file_path) => ({ file_path, content: FILLER }),
  // An empty old text makes a new file; another one would need the file to be read before.
  Edit: (_, file_path) => ({ file_path, old_string: "", new_string: FILLER }),
  NotebookEdit: (_, notebook_path) => ({ notebook_path, new_source: FILLER, edit_mode: "insert" }),
  Glob: (_, path) => ({ pattern: "*", path }),
  Grep: (_, path) => ({ pattern: FILLER, path }),
  WebFetch: (url) => ({ url, prompt: FILLER }),
  WebSearch: (query) => ({ query: query.length < 2 ? FILLER : query }),
  Skill: (skill) => ({ skill }),
  Agent: (subagent_type) => ({ subagent_type, description: FILLER, prompt: FILLER }),
  Task: (subagent_type) => ({ subagent_type, description: FILLER, prompt: FILLER }),
  CronCreate: () => ({ cron: "0 9 * * *", prompt: FILLER }),
};

/**
 * The input of one tool use. Tools that are not listed get what their schema requires, filled by type.
 * @param schema as the client offered the tool; null when it did not.
 */
export function toolInput(call: Call, place: Place, schema: Json | null): JsonObject {
  const known = Object.hasOwn(INPUTS, call.tool) ? INPUTS[call.tool]! : null;
  const input =
    known === null ? requiredOf(schema) : known(call.argument, absoluteIn(place, call.argument || "."));
  return { ...input, ...call.parameters };
}

function requiredOf(schema: Json | null): JsonObject {
  if (schema === null || !isJsonObject(schema) || !Array.isArray(schema.required)) return {};
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const names = schema.required.filter((name) => typeof name === "string");
  return Object.fromEntries(names.map((name) => [name, valueFor(properties[name])]));
}

function valueFor(schema: Json | undefined): Json {
  if (!isJsonObject(schema)) return FILLER;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0]!;
  switch (schema.type) {
    case "number":
    case "integer":
      return typeof schema.minimum === "number" ? schema.minimum : 1;
    case "boolean":
      return false;
    case "array":
      return typeof schema.minItems === "number" && schema.minItems > 0 ? [valueFor(schema.items)] : [];
    case "object":
      return requiredOf(schema);
    default:
      return FILLER;
  }
}
