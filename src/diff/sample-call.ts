import type { Call } from "../model/permission.ts";
import { type ParsedRule, USUAL_SURROUNDINGS } from "../permissions/index.ts";

/**
 * The first call that comes to mind for a rule, cheaper than any search: wildcards become an `x`. Whether the rule
 * covers it is for the matcher to say. null: none comes to mind.
 */
export function sampleCall(rule: ParsedRule): Call | null {
  switch (rule.kind) {
    case "command":
      return {
        tool: rule.tool,
        argument: rule.pattern.kind === "exact" ? rule.pattern.text : rule.pattern.parts.join("x"),
      };
    case "domain":
      return { tool: "WebFetch", argument: `https://${rule.pattern.replaceAll("*", "x")}/` };
    case "mcp":
      return { tool: `mcp__${rule.server}__${rule.toolPattern.replaceAll("*", "x")}`, argument: "" };
    case "path":
      return { tool: rule.action === "read" ? "Read" : "Edit", argument: samplePath(rule.pattern.trim()) };
    case "name":
      return { tool: rule.tool, argument: rule.name };
    default:
      return null;
  }
}

/** `//p` is absolute, `~/p` in the home directory, everything else in the project. */
function samplePath(pattern: string): string {
  const path = pattern.replace(/\*+/g, "x").replaceAll("?", "x");
  if (path.startsWith("//")) return path.slice(1);
  if (path.startsWith("~/")) return path;
  return `${USUAL_SURROUNDINGS.project}/${path.replace(/^\.?\//, "")}`;
}
