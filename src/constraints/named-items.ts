import { assertNever } from "../model/assert-never.ts";
import type { NamedSurface } from "../model/constraint.ts";
import type { ClaudeContext } from "../model/context.ts";
import { isJsonObject, type Json } from "../model/json.ts";
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
      return [...named(context, surface), ...agentServers(context)];
    case "tools":
    case "skills":
    case "env":
      return named(context, surface);
    case "hooks":
      return [...context.hooks.map(({ command, path }) => ({ name: command, path })), ...ownHooks(context)];
    default:
      return assertNever(surface);
  }
}

function named(context: ClaudeContext, surface: Exclude<NamedSurface, "hooks">): NamedItem[] {
  return Object.keys(context[surface]).map((name) => ({ name, path: attributePath(surface, name) }));
}

/** Servers that agents define for themselves, where nobody pins them. */
export function inlineServers(context: ClaudeContext): NamedItem[] {
  return agentServers(context).filter(({ name }) => !Object.hasOwn(context.mcpServers, name));
}

/** Servers that agents start for themselves, by name or by what stands under it. */
function agentServers({ agents }: ClaudeContext): NamedItem[] {
  return Object.entries(agents).flatMap(([agent, { attributes }]) =>
    serverNames(attributes.mcpServers).map((name) => ({ name, path: attributePath("agents", agent) })),
  );
}

function serverNames(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(serverNames);
  return isJsonObject(value) ? Object.keys(value) : [];
}

/** Hooks that skills, agents and commands bring with them. */
function ownHooks({ skills, agents, commands }: ClaudeContext): NamedItem[] {
  return Object.entries({ skills, agents, commands }).flatMap(([collection, units]) =>
    Object.entries(units).flatMap(([name, { attributes }]) =>
      hookSubjects(attributes.hooks).map((subject) => ({
        name: subject,
        path: attributePath(collection, name),
      })),
    ),
  );
}

/** What runs, wherever in the client's nested object it stands. */
function hookSubjects(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(hookSubjects);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    HOOK_SUBJECTS.has(key) && typeof inner === "string" ? [inner] : hookSubjects(inner),
  );
}

const HOOK_SUBJECTS: ReadonlySet<string> = new Set(["command", "url", "prompt", "tool"]);

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
