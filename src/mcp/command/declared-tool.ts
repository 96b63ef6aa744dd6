import { resolve } from "node:path";
import type { Json, JsonObject } from "../../model/json.ts";
import { type CallContext, failed, type ServedTool, type ToolResult } from "../protocol/served.ts";
import type { DeclaredTool } from "../tools-file/tools-file.ts";
import { ARGUMENTS_VARIABLE, invocation } from "./argv.ts";
import { notStarted } from "./programs.ts";
import { type RunResult, run } from "./running.ts";

/** A command as a tool that can be served: arguments are validated, the command runs, its end becomes a result. */
export function declaredTool(tool: DeclaredTool): ServedTool {
  const { name, title, description, inputSchema, outputSchema, annotations } = tool;
  return {
    definition: {
      name,
      ...(title === undefined ? {} : { title }),
      description,
      inputSchema,
      ...(outputSchema === undefined ? {} : { outputSchema }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    call: (args, context) => call(tool, args, context),
  };
}

async function call(tool: DeclaredTool, args: JsonObject, context: CallContext): Promise<ToolResult> {
  const { mistakesIn } = await import("./validator.ts");
  const mistakes = mistakesIn(args, tool.inputSchema, "arguments");
  if (mistakes.length > 0) {
    return failed(["Nothing was run: the arguments do not fit.", ...mistakes].join("\n"));
  }
  const invoked = invocation(tool, args);
  if ("refusal" in invoked) return failed(`Nothing was run: ${invoked.refusal}.`);
  const result = await run({
    argv: invoked.argv,
    environment: { ...process.env, ...tool.env, [ARGUMENTS_VARIABLE]: invoked.rest },
    cwd: tool.cwd === null ? undefined : resolve(tool.cwd),
    timeoutMs: tool.timeoutMs,
    keptBytes: tool.outputLimitBytes,
    signal: context.signal,
    onErrorLine: (line) => {
      context.log("info", line);
      context.progress(line);
    },
  });
  return resultOf(tool, result, mistakesIn);
}

type Validate = typeof import("./validator.ts").mistakesIn;

function resultOf(tool: DeclaredTool, result: RunResult, mistakesIn: Validate): ToolResult {
  const sentence = failureOf(tool, result);
  if (sentence !== null) return failed(paragraphs(sentence, result));
  if (tool.outputSchema !== undefined) return structured(tool.outputSchema, result, mistakesIn);
  return { content: [{ type: "text", text: shown(result) || "(no output)" }] };
}

/** What went wrong, in one sentence; null for a program that ended well. */
function failureOf(tool: DeclaredTool, { end }: RunResult): string | null {
  switch (end.kind) {
    case "exited":
      return end.status === 0 ? null : `${tool.name} ended with status ${end.status}.`;
    case "signalled":
      return `${tool.name} was ended by ${end.signal}.`;
    case "not-started":
      return notStarted(tool, end.code);
    case "stopped":
      return STOPPED[end.why](tool);
  }
}

const STOPPED = {
  timeout: ({ name, timeoutMs }: DeclaredTool) =>
    `${name} was stopped: it ran longer than ${timeoutMs / 1000} s.`,
  cancelled: ({ name }: DeclaredTool) => `${name} was stopped: the call was cancelled.`,
  "too-much-output": ({ name }: DeclaredTool) => `${name} was stopped: it printed without end.`,
};

function paragraphs(sentence: string, result: RunResult): string {
  const stdout = shown(result);
  return [
    sentence,
    ...(result.stderr.trim() === "" ? [] : [`Standard error:\n${result.stderr.trimEnd()}`]),
    ...(stdout === "" ? [] : [`Standard output:\n${stdout}`]),
  ].join("\n\n");
}

function shown({ stdout, stdoutBytes: { printed, kept } }: RunResult): string {
  if (printed === kept) return stdout;
  return `${stdout}\n\n(cut off: these are the first ${kept} of ${printed} bytes of output)`;
}

/** With an outputSchema, what is printed is JSON that fits it; anything else is the tool's mistake. */
function structured(schema: JsonObject, result: RunResult, mistakesIn: Validate): ToolResult {
  if (result.stdoutBytes.printed > result.stdoutBytes.kept) {
    return failed(paragraphs("The output is too long to be read as JSON.", result));
  }
  let value: Json;
  try {
    value = JSON.parse(result.stdout) as Json;
  } catch (cause) {
    return failed(paragraphs(`The output is not JSON: ${(cause as Error).message}.`, result));
  }
  const mistakes = mistakesIn(value, schema, "output");
  if (mistakes.length > 0) {
    return failed(paragraphs(["The output does not fit its schema.", ...mistakes].join("\n"), result));
  }
  return { content: [{ type: "text", text: result.stdout.trim() }], structuredContent: value };
}
