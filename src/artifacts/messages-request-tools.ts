import type { Tool } from "../model/context.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import { plainValue, standsForFile, withoutDigests } from "./own-words.ts";
import type { RenderNotes } from "./rendered.ts";
import type { Sources } from "./sources.ts";

export const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
/** What the API takes as a name of a property at the top of a tool's schema. */
export const PROPERTY_NAME = /^[a-zA-Z0-9_.-]{1,64}$/;
/** Keywords that the API refuses at the top of a tool's schema. */
export const COMBINATORS = ["oneOf", "anyOf", "allOf"] as const;

/** A tool of the context that a model can call: it has a command of its own. */
export interface CallableTool {
  name: string;
  description: string;
  inputSchema: JsonObject;
  /** One text is a command line that who runs it splits into words; a list is the words. */
  command: string | string[];
}

/**
 * A tool with a command or an input schema can be called; without a command its program is the command. All others are
 * programs that the instructions speak of.
 */
export function isCallable({ command, inputSchema }: Tool): boolean {
  return command !== null || inputSchema !== null;
}

/** Those that can be called, by name as the context has them; what the API would not take is a problem. */
export function callableTools(
  tools: Readonly<Record<string, Tool>>,
  sources: Sources,
  notes: RenderNotes,
): CallableTool[] {
  return Object.entries(tools).flatMap(([name, tool]): CallableTool[] => {
    if (!isCallable(tool)) return [];
    const path = attributePath("tools", name);
    if (!TOOL_NAME.test(name)) {
      notes.problem(path, "the API takes 1 to 64 letters, digits, - and _ as the name of a tool");
      return [];
    }
    const command = commandOf(tool, attributePath(path, "command"), sources, notes);
    const inputSchema = schemaOf(tool.inputSchema, attributePath(path, "inputSchema"), sources, notes);
    if (command === null || inputSchema === null) return [];
    return [{ name, description: descriptionOf(tool, command, path, notes), inputSchema, command }];
  });
}

function commandOf(
  { command, program }: Tool,
  path: string,
  sources: Sources,
  notes: RenderNotes,
): string | string[] | null {
  const words = (command ?? [program]).map(withoutDigests);
  const placed = words.map((word) => sources.place(word, {}, path, notes));
  if (placed.some((word) => word === undefined)) return null;
  // A command line stays one element in the normal form.
  return placed.length === 1 && command !== null ? placed[0]! : (placed as string[]);
}

function schemaOf(
  schema: JsonObject | null,
  path: string,
  sources: Sources,
  notes: RenderNotes,
): JsonObject | null {
  if (schema === null) return { type: "object", properties: {}, additionalProperties: false };
  const written = plainValue(schema, path, sources, notes);
  if (!isJsonObject(written)) return null;
  // Arguments are always an object: the API wants it said.
  const said: JsonObject = { ...(Object.hasOwn(written, "type") ? {} : { type: "object" }), ...written };
  const wrong = schemaProblem(said);
  if (wrong === null) return said;
  notes.problem(path, wrong);
  return null;
}

/** Why the API would refuse it as the schema of a tool's input; null when it would not. */
export function schemaProblem(schema: JsonObject): string | null {
  if (schema.type !== "object") return 'the API wants type = "object" here: arguments are an object';
  const combinator = COMBINATORS.find((keyword) => Object.hasOwn(schema, keyword));
  if (combinator !== undefined) return `the API takes no ${combinator} at the top of a tool's schema`;
  const properties: Json | undefined = Object.hasOwn(schema, "properties") ? schema.properties : {};
  if (!isJsonObject(properties)) return "properties has to be an attribute set of schemas";
  const name = Object.keys(properties).find((property) => !PROPERTY_NAME.test(property));
  return name === undefined
    ? null
    : `the API takes 1 to 64 letters, digits, -, _ and . as the name of a property, not ${JSON.stringify(name)}`;
}

function descriptionOf(
  { description }: Tool,
  command: string | string[],
  path: string,
  notes: RenderNotes,
): string {
  const said = description?.trim() ?? "";
  if (said !== "" && !standsForFile(said)) return said;
  if (said !== "") {
    notes.omit(
      attributePath(path, "description"),
      "its file is too large, or is no text: only a hash of it is part of the context",
    );
  }
  return `Runs: ${[command].flat().join(" ")}`;
}
