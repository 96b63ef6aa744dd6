import { PLAIN_TOOLS, TOOL_ALIASES, TOOLS, type ToolFacts } from "../client-facts/tools.ts";

export type { SpecifierFamily, ToolFacts } from "../client-facts/tools.ts";

export function canonicalToolName(name: string): string {
  return Object.hasOwn(TOOL_ALIASES, name) ? TOOL_ALIASES[name]! : name;
}

/** null for tools without a specifier language, known or not. */
export function toolFacts(name: string): ToolFacts | null {
  return Object.hasOwn(TOOLS, name) ? TOOLS[name]! : null;
}

export function isKnownTool(name: string): boolean {
  return Object.hasOwn(TOOLS, name) || Object.hasOwn(TOOL_ALIASES, name) || PLAIN_TOOLS.includes(name);
}

/** The known tool that differs from `name` only in case: such a rule is inert. */
export function knownToolIgnoringCase(name: string): string | null {
  const tool = BY_LOWER_CASE.get(name.toLowerCase());
  return tool === undefined || tool === name ? null : tool;
}

const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  [...Object.keys(TOOLS), ...Object.keys(TOOL_ALIASES), ...PLAIN_TOOLS].map((tool) => [
    tool.toLowerCase(),
    tool,
  ]),
);
