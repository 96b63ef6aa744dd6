import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { compareText } from "../../model/order.ts";
import { attributePath } from "../../model/position.ts";
import { validateToolsFile } from "../generated/validate.js";
import { schemaErrors } from "../schema-errors.ts";
import { placeholderInCode } from "./code-words.ts";
import { schemaMistakes } from "./schema-check.ts";
import {
  DEFAULT_OUTPUT_LIMIT_BYTES,
  DEFAULT_TIMEOUT_MS,
  type DeclaredTool,
  type FileProblem,
  type ToolsFile,
  type Word,
} from "./tools-file.ts";
import { literalOf, partsOf, placeholdersIn, splitCommand } from "./words.ts";

/** What the Messages API takes as the name of a tool; clients put `mcp__SERVER__` in front. */
const API_NAME_MAX_CHARACTERS = 64;
/** Deeper values would exhaust the stack of whoever validates them. */
const MAX_DEPTH = 64;

/** A file as its schema describes it. */
interface RawFile {
  name: string;
  version?: string;
  instructions?: string;
  tools: RawTool[];
}

interface RawTool {
  name: string;
  title?: string;
  description: string;
  inputSchema?: JsonObject & { type: "object" };
  outputSchema?: JsonObject;
  annotations?: JsonObject;
  command: string | string[];
  env?: Record<string, string>;
  cwd?: string;
  timeoutMs?: number;
  outputLimit?: number;
}

const NO_ARGUMENTS = { type: "object", additionalProperties: false } as const;

/** Reads a tools file: the file, or every mistake in it, ordered by path. */
export function readToolsFile(value: Json): { file: ToolsFile } | { problems: FileProblem[] } {
  if (isDeeperThan(value, MAX_DEPTH)) {
    return { problems: [{ path: "", message: `is nested deeper than ${MAX_DEPTH} levels` }] };
  }
  const misfits = validateToolsFile(value) ? [] : schemaErrors(validateToolsFile.errors ?? [], value);
  const problems = [...misfits, ...furtherMistakes(value, new Set(misfits.map(({ path }) => path)))];
  if (problems.length > 0) return { problems: problems.sort((a, b) => compareText(a.path, b.path)) };
  const raw = value as unknown as RawFile;
  return {
    file: {
      name: raw.name,
      version: raw.version ?? "0",
      ...(raw.instructions === undefined ? {} : { instructions: raw.instructions }),
      tools: raw.tools.map(declared),
    },
  };
}

function declared(raw: RawTool): DeclaredTool {
  const { name, title, description, inputSchema = NO_ARGUMENTS, outputSchema, annotations } = raw;
  return {
    name,
    ...(title === undefined ? {} : { title }),
    description,
    inputSchema,
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(annotations === undefined ? {} : { annotations }),
    words: allWords(wordsOf(raw.command) as Word[], inputSchema),
    env: raw.env ?? {},
    cwd: raw.cwd ?? null,
    timeoutMs: raw.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    outputLimitBytes: raw.outputLimit ?? DEFAULT_OUTPUT_LIMIT_BYTES,
  };
}

function wordsOf(command: string | readonly string[]): Word[] | { mistake: string } {
  const words = typeof command === "string" ? splitCommand(command) : command;
  return "mistake" in words ? words : words.map(partsOf);
}

/** With a word for each required property that has none, in the order of `required`: Nix sorts `properties`. */
function allWords(words: readonly Word[], { required }: JsonObject): Word[] {
  const placed = new Set(words.flatMap(placeholdersIn));
  const missing = (Array.isArray(required) ? required : []).filter(
    (name): name is string => typeof name === "string" && !placed.has(name),
  );
  return [...words, ...missing.map((property): Word => [{ kind: "placeholder", property }])];
}

/** What a schema cannot say; looked for in every tool that is a tool, also beside mistakes of shape. */
function furtherMistakes(value: Json, misfits: ReadonlySet<string>): FileProblem[] {
  if (!isJsonObject(value) || !Array.isArray(value.tools)) return [];
  const server = typeof value.name === "string" ? value.name : "";
  const firstWith = new Map<string, number>();
  return value.tools.flatMap((tool, index) => {
    if (!isJsonObject(tool)) return [];
    const path = `tools[${index}]`;
    return [
      ...nameMistakes(tool.name, server, index, firstWith),
      ...["inputSchema", "outputSchema"].flatMap((key) => {
        const schema = tool[key];
        const at = attributePath(path, key);
        return isJsonObject(schema) && ![...misfits].some((misfit) => misfit.startsWith(at))
          ? schemaMistakes(schema, at)
          : [];
      }),
      ...commandMistakes(tool, attributePath(path, "command")),
    ];
  });
}

function nameMistakes(
  name: Json | undefined,
  server: string,
  index: number,
  firstWith: Map<string, number>,
): FileProblem[] {
  if (typeof name !== "string") return [];
  const path = `tools[${index}].name`;
  const first = firstWith.get(name);
  if (first !== undefined) {
    return [{ path, message: `${JSON.stringify(name)} is the name of tools[${first}], too` }];
  }
  firstWith.set(name, index);
  const full = `mcp__${server}__${name}`;
  if (full.length <= API_NAME_MAX_CHARACTERS || name.length > API_NAME_MAX_CHARACTERS) return [];
  const most = API_NAME_MAX_CHARACTERS - (full.length - name.length);
  return [
    { path, message: `has ${name.length} characters; behind mcp__${server}__ there is room for ${most}` },
  ];
}

function commandMistakes({ command, inputSchema }: JsonObject, path: string): FileProblem[] {
  const list = Array.isArray(command) && command.every((word) => typeof word === "string");
  if (typeof command !== "string" && !list) return [];
  const words = wordsOf(command as string | string[]);
  if ("mistake" in words) return [{ path, message: words.mistake }];
  const problem = (message: string): FileProblem[] => [{ path, message }];
  const [program] = words;
  // The schema says that the text or list itself is empty.
  if (program === undefined) return command.length === 0 ? [] : problem("is empty");
  if (literalOf(program) === null) return problem("the program itself cannot be an argument");
  if (literalOf(program) === "") return problem("the program is an empty word");
  if (words.some((word) => word.some((part) => part.kind === "literal" && part.text.includes("\0")))) {
    return problem("a word with the character NUL cannot be handed to a program");
  }
  const code = placeholderInCode(allWords(words, isJsonObject(inputSchema) ? inputSchema : {}));
  if (code !== null) {
    return problem(
      `{${code.property}} would become part of code that ${code.program} reads; hand it over as a word of its own (sh -c 'grep -e "$1" file' sh {${code.property}}) or call a script`,
    );
  }
  const known =
    isJsonObject(inputSchema) && isJsonObject(inputSchema.properties) ? inputSchema.properties : {};
  const strangers = [...new Set(words.flatMap(placeholdersIn))].filter((name) => !Object.hasOwn(known, name));
  return strangers.flatMap((name) =>
    problem(`{${name}} names no property of inputSchema; {{${name}}} stands for the text {${name}}`),
  );
}

/** Without recursion: nobody has looked at the depth yet. */
function isDeeperThan(value: Json, limit: number): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((parent) =>
      typeof parent === "object" && parent !== null ? Object.values(parent) : [],
    );
  }
  return false;
}
