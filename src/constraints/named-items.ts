import { assertNever } from "../model/assert-never.ts";
import type { NamedSurface } from "../model/constraint.ts";
import type { ClaudeContext } from "../model/context.ts";
import { attributePath } from "../model/position.ts";

/** One member of a collection, by the text that globs are held against. */
export interface NamedItem {
  name: string;
  path: string;
}

/** Hooks have no names: their commands are compared. */
export function namedItems(context: ClaudeContext, surface: NamedSurface): NamedItem[] {
  switch (surface) {
    case "mcpServers":
    case "tools":
    case "skills":
    case "env":
      return Object.keys(context[surface]).map((name) => ({ name, path: attributePath(surface, name) }));
    case "hooks":
      return context.hooks.map(({ command, path }) => ({ name: command, path }));
    default:
      return assertNever(surface);
  }
}

const NOUNS: Record<NamedSurface, string> = {
  mcpServers: "MCP server",
  tools: "tool",
  skills: "skill",
  hooks: "hook command",
  env: "environment variable",
};

export function nounOf(surface: NamedSurface): string {
  return NOUNS[surface];
}
