import { composeMarkdown, parseFrontMatter } from "../../context/front-matter.ts";
import type { ClaudeContext, TextUnit } from "../../model/context.ts";
import type { JsonObject } from "../../model/json.ts";
import { attributePath } from "../../model/position.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";

/**
 * Keys of the settings file under which the client starts programs by itself, or takes code from elsewhere: all of it
 * would be the repository's own. (Reference, section 2.4.)
 */
const SETTINGS = new Set([
  "apiKeyHelper",
  "awsAuthRefresh",
  "awsCredentialExport",
  "enabledPlugins",
  "extraKnownMarketplaces",
  "fileSuggestion",
  "gcpAuthRefresh",
  "otelHeadersHelper",
  "policyHelper",
  "processWrapper",
  "statusLine",
  "subagentStatusLine",
]);

/** The same in the front matter of skills, commands and agents. */
const FRONT_MATTER = new Set(["hooks", "mcpServers"]);

/**
 * The context without what would start a program in the session, lead the client away from its scripted model, or
 * cannot work in the closed box; `leftOut` gets the attribute path of each.
 *
 * - Variables are left out altogether: `ANTHROPIC_BASE_URL` and `PATH` steer the client, so do dozens of others
 *   (`API_TIMEOUT_MS` alone makes every call go unanswered), and each version knows more.
 * - A sandbox does not start in the box, and the client then asks where it would not have to.
 */
export function harmlessContext(
  { context, from }: Pick<PresentSnapshot, "context" | "from">,
  leftOut: Set<string>,
): ClaudeContext {
  for (const surface of ["hooks", "env", "sandbox"] as const)
    if (Object.keys(context[surface]).length > 0) leftOut.add(surface);
  const { skills, agents, commands, outputStyles } = context;
  return {
    ...context,
    hooks: [],
    env: {},
    sandbox: {},
    settings: without(context.settings, SETTINGS, "settings", leftOut),
    skills: harmlessUnits(skills, "skills", leftOut),
    agents: harmlessUnits(agents, "agents", leftOut),
    commands: harmlessUnits(commands, "commands", leftOut),
    outputStyles: harmlessUnits(outputStyles, "outputStyles", leftOut),
    policies: from === "files" ? memoryFiles(context.policies, leftOut) : context.policies,
  };
}

function without(
  values: JsonObject,
  keys: ReadonlySet<string>,
  path: string,
  leftOut: Set<string>,
): JsonObject {
  const kept = Object.entries(values).filter(([key]) => {
    if (keys.has(key)) leftOut.add(attributePath(path, key));
    return !keys.has(key);
  });
  return Object.fromEntries(kept);
}

function harmlessUnits(
  units: Readonly<Record<string, TextUnit>>,
  kind: string,
  leftOut: Set<string>,
): Record<string, TextUnit> {
  const kept = Object.entries(units).flatMap(([name, unit]): [string, TextUnit][] => {
    const path = attributePath(kind, name);
    const text = unit.text === null ? null : harmlessText(unit.text, path, leftOut);
    if (text === undefined) return [];
    return [[name, { ...unit, text, attributes: without(unit.attributes, FRONT_MATTER, path, leftOut) }]];
  });
  return Object.fromEntries(kept);
}

/**
 * Memory files are given by their own names, and `@path` makes any file of a repository one of them: settings of
 * another scope, a plugin, what the client's runtime loads when it starts. Only Markdown is nothing but text, and its
 * front matter may be that of a skill.
 */
function memoryFiles(
  policies: Readonly<Record<string, string>>,
  leftOut: Set<string>,
): Record<string, string> {
  const kept = Object.entries(policies).flatMap(([id, text]): [string, string][] => {
    const path = attributePath("policies", id);
    const harmless = id.endsWith(".md") ? harmlessText(text, path, leftOut) : undefined;
    if (harmless !== undefined) return [[id, harmless]];
    leftOut.add(path);
    return [];
  });
  return Object.fromEntries(kept);
}

/**
 * The text, its front matter written anew as we read it: a client that reads YAML otherwise finds no other keys.
 * Undefined where it is not clear what a client would take for front matter.
 */
function harmlessText(text: string, path: string, leftOut: Set<string>): string | undefined {
  const { attributes, body, error } = parseFrontMatter(text);
  const kept = without(attributes, FRONT_MATTER, path, leftOut);
  const written = body === text ? text : composeMarkdown(kept, body.replace(/^\n/, ""));
  if (error === null && (Object.keys(kept).length > 0 || !/^\s*---/.test(written))) return written;
  leftOut.add(path);
  return undefined;
}
