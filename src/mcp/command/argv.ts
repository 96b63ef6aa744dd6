import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { DeclaredTool, Word } from "../tools-file/tools-file.ts";
import { placeholdersIn } from "../tools-file/words.ts";

/** Holds, as one JSON object, the arguments that have no place in the command; `{}` when there are none. */
export const ARGUMENTS_VARIABLE = "MCP_ARGUMENTS";

export interface Invocation {
  /** Program first. */
  argv: string[];
  /** Value of `ARGUMENTS_VARIABLE`. */
  rest: string;
}

/**
 * The words of a command with the arguments in their places. Each argument becomes one word or a part of one, never
 * more; a word that names an argument which was not given is left out.
 * @param args valid by the tool's schema.
 */
export function invocation(tool: DeclaredTool, args: JsonObject): Invocation | { refusal: string } {
  try {
    return invocationOf(tool, args);
  } catch (error) {
    if (error instanceof RangeError) return { refusal: "arguments are nested too deep to be written down" };
    throw error;
  }
}

function invocationOf(tool: DeclaredTool, args: JsonObject): Invocation | { refusal: string } {
  const argv: string[] = [];
  for (const word of tool.words) {
    if (placeholdersIn(word).some((property) => !Object.hasOwn(args, property))) continue;
    const filled = fill(word, args, tool.inputSchema);
    if (typeof filled !== "string") return filled;
    argv.push(filled);
  }
  const placed = new Set(tool.words.flatMap(placeholdersIn));
  const rest = Object.entries(args).filter(([name]) => !placed.has(name));
  // Not an object literal: `__proto__` is a name like any other.
  const members = rest.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return { argv, rest: `{${members.join(",")}}` };
}

function fill(word: Word, args: JsonObject, schema: JsonObject): string | { refusal: string } {
  let text = "";
  for (const part of word) {
    if (part.kind === "literal") {
      text += part.text;
      continue;
    }
    const spelled = spellingOf(args[part.property] as Json);
    if (typeof spelled !== "string") return { refusal: `arguments.${part.property} ${spelled.refusal}` };
    text += spelled;
  }
  const [first] = word;
  if (
    first?.kind === "placeholder" &&
    text.startsWith("-") &&
    !mayBeginWithDash(first.property, args, schema)
  ) {
    return {
      refusal: `the word of arguments.${first.property} begins with a dash, so the program would take it for an option`,
    };
  }
  return text;
}

/** UTF-8 has no spelling for it: the program would be given another text. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Text as it is; everything else as JSON, so a list or object is one word too. */
function spellingOf(value: Json): string | { refusal: string } {
  if (typeof value === "string") {
    if (value.includes("\0"))
      return { refusal: "has the character NUL in it, which no program can be given" };
    return LONE_SURROGATE.test(value) ? { refusal: "has half a character in it (a lone surrogate)" } : value;
  }
  // More digits than a number keeps: the program would be given another one.
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { refusal: "is a whole number too large to be kept exactly" };
  }
  // `1e999`, of which JSON would make `null`.
  if (typeof value === "number" && !Number.isFinite(value))
    return { refusal: "is a number too large to be kept" };
  return JSON.stringify(value);
}

/**
 * Only where the schema has it in mind: the value is one of a list, a pattern that begins with `^-`, or a number with a
 * minimum below zero.
 */
function mayBeginWithDash(property: string, args: JsonObject, { properties }: JsonObject): boolean {
  const schema =
    isJsonObject(properties) && Object.hasOwn(properties, property) ? properties[property] : null;
  const value = args[property];
  // The dash is of what stands behind an empty one.
  if (!isJsonObject(schema) || value === "") return false;
  if ("const" in schema || Array.isArray(schema.enum)) return true;
  if (typeof value === "string") {
    return typeof schema.pattern === "string" && schema.pattern.startsWith("^-");
  }
  return [schema.minimum, schema.exclusiveMinimum].some((least) => typeof least === "number" && least < 0);
}
