import { UsageError } from "../model/errors.ts";
import type { Call } from "../model/permission.ts";

const TOOL = /^[A-Za-z][A-Za-z0-9_-]*$/;
const PARAMETER = /, ([A-Za-z_][A-Za-z0-9_]*): ([^,()]*)$/;
const FLAG = /^(?:true|false)$/;
const WORD = /^[A-Za-z0-9_.:-]+$/;
/**
 * Parameters that calls are written with, and what their values look like. Anything else behind a comma belongs to the
 * argument: a command may hold nearly any text, also one that looks like a parameter of another tool.
 */
const SHELL_PARAMETERS: Readonly<Record<string, RegExp>> = {
  run_in_background: FLAG,
  dangerouslyDisableSandbox: FLAG,
  timeout: /^\d+$/,
};
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  Bash: SHELL_PARAMETERS,
  PowerShell: SHELL_PARAMETERS,
  Agent: { model: WORD, subagent_type: WORD, isolation: WORD, run_in_background: FLAG },
  Task: { model: WORD, subagent_type: WORD, isolation: WORD, run_in_background: FLAG },
  Edit: { replace_all: FLAG },
};

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
  for (let match = parameterAtEnd(tool, argument); match !== null; match = parameterAtEnd(tool, argument)) {
    parameters.unshift([match[1]!, scalar(match[2]!)]);
    argument = argument.slice(0, match.index);
  }
  return parameters.length === 0
    ? { tool, argument }
    : { tool, argument, parameters: Object.fromEntries(parameters) };
}

function parameterAtEnd(tool: string, argument: string): RegExpExecArray | null {
  const match = PARAMETER.exec(argument);
  if (match === null) return null;
  const known = Object.hasOwn(PARAMETERS, tool) ? PARAMETERS[tool]! : {};
  return Object.hasOwn(known, match[1]!) && known[match[1]!]!.test(match[2]!) ? match : null;
}

function scalar(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
