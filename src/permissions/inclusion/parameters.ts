import type { Call } from "../../model/permission.ts";
import { toolFacts } from "../rules/tool-catalogue.ts";
import type { ParsedRule } from "../types.ts";
import type { ListedRule } from "./rule-language.ts";

export type ParameterRule = Extract<ParsedRule, { kind: "parameter" }>;

/** Parameters that the matcher finds in a call's argument. */
const IN_ARGUMENT = new Set(["subagent_type", "skill", "query"]);

/** The call, changed so that the parameter rule matches it. */
export function callWithParameter({ parameter, valuePattern }: ParameterRule, call: Call): Call {
  const text = valuePattern.replaceAll("*", "x");
  if (IN_ARGUMENT.has(parameter)) return { tool: call.tool, argument: text };
  return {
    ...call,
    parameters: { [parameter]: valuePattern.replaceAll("*", "") === "" ? true : scalar(text) },
  };
}

function scalar(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Does the rule, in ask or deny, match every call that the parameter rule matches? Only for certain. */
export function coversParameter({ parsed }: ListedRule, rule: ParameterRule): boolean {
  if (parsed.kind === "whole-tool") return parsed.tool === rule.tool;
  if (parsed.kind !== "parameter" || parsed.tool !== rule.tool || parsed.parameter !== rule.parameter)
    return false;
  // A command of that text is another matter: `Bash(timeout:*)` is not about the text `timeout:5`.
  const any = parsed.valuePattern === "*" && toolFacts(rule.tool)?.family.kind !== "command";
  return any || parsed.valuePattern === rule.valuePattern;
}
