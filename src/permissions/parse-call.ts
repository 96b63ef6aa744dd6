import { UsageError } from "../model/errors.ts";
import type { Call } from "../model/permission.ts";

const TOOL = /^[A-Za-z][A-Za-z0-9_-]*$/;
const PARAMETER = /, ([A-Za-z_][A-Za-z0-9_]*): ([^,()]*)$/;
/** Parameters that calls are written with; anything else behind a comma belongs to the argument. */
const PARAMETER_NAMES = new Set([
  "run_in_background",
  "dangerouslyDisableSandbox",
  "timeout",
  "model",
  "subagent_type",
  "isolation",
  "replace_all",
]);

/**
 * Reads what `formatCall` writes: `Bash(git push)`, `WebSearch`, `Bash(npm test, run_in_background: true)`.
 * Throws a `UsageError` with code `call-malformed`.
 */
export function parseCall(text: string): Call {
  const trimmed = text.trim();
  const open = trimmed.indexOf("(");
  const tool = open < 0 ? trimmed : trimmed.slice(0, open);
  if (!TOOL.test(tool) || (open >= 0 && !trimmed.endsWith(")"))) {
    throw new UsageError("call-malformed", `"${trimmed}" is not a call of a tool`, {
      hint: "Write the tool and, in parentheses, what it is used on: 'Bash(git push)', 'Read(.env)', 'WebSearch'.",
    });
  }
  if (open < 0) return { tool, argument: "" };
  let argument = trimmed.slice(open + 1, -1);
  const parameters: [string, string | number | boolean][] = [];
  for (let match = parameterAtEnd(argument); match !== null; match = parameterAtEnd(argument)) {
    parameters.unshift([match[1]!, scalar(match[2]!)]);
    argument = argument.slice(0, match.index);
  }
  return parameters.length === 0
    ? { tool, argument }
    : { tool, argument, parameters: Object.fromEntries(parameters) };
}

function parameterAtEnd(argument: string): RegExpExecArray | null {
  const match = PARAMETER.exec(argument);
  return match !== null && PARAMETER_NAMES.has(match[1]!) ? match : null;
}

function scalar(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
