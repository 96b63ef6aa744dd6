import { renderClientFiles } from "../../artifacts/index.ts";
import type { McpToolStub, SessionRequest } from "../../model/client-session.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Call } from "../../model/permission.ts";
import { attributePath } from "../../model/position.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";

/** One side of a change as a session of the client, and what of it the client is not given. */
export interface SideSession {
  request: SessionRequest;
  /** The rendered settings file as the client gets it. */
  settings: JsonObject;
  leftOut: string[];
}

/**
 * Keys of the settings file under which the client starts programs by itself: they would be the repository's own code.
 * (Reference, section 2.4.)
 */
const STARTS_PROGRAMS = [
  "apiKeyHelper",
  "awsAuthRefresh",
  "awsCredentialExport",
  "fileSuggestion",
  "gcpAuthRefresh",
  "hooks",
  "otelHeadersHelper",
  "policyHelper",
  "processWrapper",
  "statusLine",
  "subagentStatusLine",
] as const;

/** Variables with which the client would talk to somebody else than the scripted model, or load foreign code. */
const STEERS_THE_CLIENT =
  /^(?:ANTHROPIC_|CLAUDE_|NODE_|BUN_|LD_|DYLD_|SSL_|AWS_|GOOGLE_|VERTEX_|CLOUD_ML_|(?:HTTPS?|ALL|NO)_PROXY$|PATH$|HOME$|SHELL$|TMPDIR$|BASH_ENV$|ENV$)/i;

const SETTINGS_FILE = ".claude/settings.json";
const MCP_FILE = ".mcp.json";

/** What stands in the project of the session, with stand-ins for every program that the context would start. */
export function sideSession(snapshot: PresentSnapshot, calls: readonly Call[]): SideSession {
  const { context } = snapshot;
  const rendered = renderClientFiles(context, {
    from: snapshot.from,
    inputs: Object.keys(snapshot.inputs),
  });
  const leftOut = new Set([...rendered.problems, ...rendered.omitted].map(({ path }) => path));
  const settingsFile = rendered.files.find(({ path }) => path === SETTINGS_FILE);
  const settings = harmless(settingsFile === undefined ? {} : parsedObject(settingsFile.text), leftOut);
  const others = rendered.files.filter(({ path }) => path !== SETTINGS_FILE && path !== MCP_FILE);
  return {
    request: {
      files: [...others, { path: SETTINGS_FILE, text: JSON.stringify(settings, null, 2) }],
      mode: null,
      trusted: true,
      mcpServers: standIns(Object.keys(context.mcpServers), calls),
      calls,
    },
    settings,
    leftOut: [...leftOut].sort(),
  };
}

function parsedObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  return isJsonObject(value as JsonObject) ? (value as JsonObject) : {};
}

function harmless(settings: JsonObject, leftOut: Set<string>): JsonObject {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(settings)) {
    if ((STARTS_PROGRAMS as readonly string[]).includes(key)) {
      leftOut.add(key === "hooks" ? "hooks" : attributePath("settings", key));
    } else if (key === "env" && isJsonObject(value)) {
      kept.env = harmlessVariables(value, leftOut);
    } else {
      kept[key] = value;
    }
  }
  return kept;
}

function harmlessVariables(env: JsonObject, leftOut: Set<string>): JsonObject {
  const entries = Object.entries(env).filter(([name]) => {
    if (!STEERS_THE_CLIENT.test(name)) return true;
    leftOut.add(attributePath("env", name));
    return false;
  });
  return Object.fromEntries(entries);
}

/** A stand-in for each server, with the tools that the calls name. */
function standIns(servers: readonly string[], calls: readonly Call[]): Record<string, McpToolStub[]> {
  return Object.fromEntries(
    servers.map((server) => {
      const prefix = `mcp__${normalName(server)}__`;
      const names = calls.flatMap(({ tool }) => (tool.startsWith(prefix) ? [tool.slice(prefix.length)] : []));
      return [server, [...new Set(names)].filter((name) => name !== "").map((name) => ({ name }))];
    }),
  );
}

/** As the client writes server names in tool names (reference, section 1.9). */
export function normalName(server: string): string {
  return server.replace(/[^A-Za-z0-9_-]/g, "_");
}
