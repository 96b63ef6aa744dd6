import { renderClientFiles } from "../../artifacts/index.ts";
import { clientServerName } from "../../context/client-server-name.ts";
import type { McpToolStub, SessionRequest } from "../../model/client-session.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Call } from "../../model/permission.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import { harmlessContext } from "./harmless-context.ts";

/** One side of a change as a session of the client, and what of it the client is not given. */
export interface SideSession {
  request: SessionRequest;
  /** The rendered settings file as the client gets it. */
  settings: JsonObject;
  leftOut: string[];
}

const SETTINGS_FILE = ".claude/settings.json";
const MCP_FILE = ".mcp.json";

/** What stands in the project of the session, with stand-ins for every program that the context would start. */
export function sideSession(snapshot: PresentSnapshot, calls: readonly Call[]): SideSession {
  const leftOut = new Set<string>();
  const context = harmlessContext(snapshot, leftOut);
  const rendered = renderClientFiles(context, {
    from: snapshot.from,
    inputs: Object.keys(snapshot.inputs),
  });
  for (const { path } of [...rendered.problems, ...rendered.omitted]) leftOut.add(path);
  const settingsFile = rendered.files.find(({ path }) => path === SETTINGS_FILE);
  return {
    request: {
      files: rendered.files.filter(({ path }) => path !== MCP_FILE),
      mode: null,
      trusted: true,
      mcpServers: standIns(Object.keys(context.mcpServers), calls),
      calls: inAskingOrder(calls),
    },
    settings: settingsFile === undefined ? {} : parsedObject(settingsFile.text),
    leftOut: [...leftOut].sort(),
  };
}

/** Skills last: with one, tools may be granted for all that is asked behind it in the same turn. */
function inAskingOrder(calls: readonly Call[]): Call[] {
  const isSkill = ({ tool }: Call) => tool === "Skill";
  return [...calls.filter((call) => !isSkill(call)), ...calls.filter(isSkill)];
}

function parsedObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  return isJsonObject(value as JsonObject) ? (value as JsonObject) : {};
}

/** A stand-in for each server, with the tools that the calls name. */
function standIns(servers: readonly string[], calls: readonly Call[]): Record<string, McpToolStub[]> {
  return Object.fromEntries(
    servers.map((server) => {
      const prefix = `mcp__${clientServerName(server)}__`;
      const names = calls.flatMap(({ tool }) => (tool.startsWith(prefix) ? [tool.slice(prefix.length)] : []));
      return [server, [...new Set(names)].filter((name) => name !== "").map((name) => ({ name }))];
    }),
  );
}
