import type { Call } from "../../model/permission.ts";
import { matchesParts } from "../rules/command-pattern.ts";
import type { CompiledList, CompiledRule } from "./rule-set.ts";

/** A rule of the list that speaks about the tool as a whole: its bare name, or a glob over tool names. */
export function wholeToolRule(list: CompiledList, tool: string): CompiledRule | null {
  const whole = list.wholeTools.get(tool);
  if (whole !== undefined && whole.parsed.inside !== true) return whole;
  return list.toolGlobs.find((rule) => matchesParts(rule.parsed.pattern.split("*"), tool)) ?? null;
}

/** `Tool(param:value)`: compared with the literal input; a parameter that is not there never matches. */
export function parameterRule(list: CompiledList, call: Call): CompiledRule | null {
  for (const rule of list.parameters) {
    const { tool, parameter, valuePattern } = rule.parsed;
    if (tool !== call.tool) continue;
    const value = parameterOf(call, parameter);
    if (value !== null && matchesParts(valuePattern.split("*"), value)) return rule;
  }
  return null;
}

function parameterOf(call: Call, parameter: string): string | null {
  const given = call.parameters;
  if (given !== undefined && Object.hasOwn(given, parameter)) return String(given[parameter]);
  // The argument of these tools is itself a parameter.
  if (call.tool === "Agent" && parameter === "subagent_type") return call.argument;
  if (call.tool === "Skill" && parameter === "skill") return call.argument.split(/\s/)[0] ?? "";
  if (call.tool === "WebSearch" && parameter === "query") return call.argument;
  return null;
}

/** A rule nothing is known about that seems to be for this tool. */
export function unknownRule(list: CompiledList, tool: string): CompiledRule | null {
  return (
    list.unknown.find((rule) => {
      const name = rule.text.slice(0, rule.text.indexOf("("));
      return name === tool || (name.includes("*") && matchesParts(name.split("*"), tool));
    }) ?? null
  );
}
