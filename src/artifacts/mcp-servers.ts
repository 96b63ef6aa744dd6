import { clientServerName } from "../context/client-server-name.ts";
import type { McpServer } from "../model/context.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import { filesBehind, plainKeys } from "./own-words.ts";
import type { RenderNotes } from "./rendered.ts";
import { filledText, fitting, flag, integerFrom, listOf, mapOf, record, type Shape, text } from "./shapes.ts";
import type { Sources } from "./sources.ts";

/** The client keeps these names for servers of its own, and passes over others that have them. */
const RESERVED_NAMES = new Set(["workspace", "claude-in-chrome", "computer-use"]);

const COMMON = { timeout: integerFrom(1), alwaysLoad: flag };
const STDIO = record({ command: filledText, args: listOf(text), env: mapOf(text), ...COMMON }, "command");
const REMOTE = record(
  {
    url: filledText,
    headers: mapOf(text),
    headersHelper: text,
    oauth: record({
      clientId: text,
      callbackPort: integerFrom(1),
      authServerMetadataUrl: text,
      scopes: text,
    }),
    ...COMMON,
  },
  "url",
);

/**
 * The content of `.mcp.json`; null when there is no server to write. Of this file the client drops one entry for a
 * type error, not the whole.
 */
export function mcpDocument(
  servers: Readonly<Record<string, McpServer>>,
  sources: Sources,
  notes: RenderNotes,
): JsonObject | null {
  const names = new Map<string, string>();
  const entries = Object.entries(servers).flatMap(([name, server]): [string, Json][] => {
    const path = attributePath("mcpServers", name);
    if (RESERVED_NAMES.has(name)) {
      notes.problem(
        path,
        `the client keeps the name \`${name}\` for itself, and would not start this server`,
      );
      return [];
    }
    const known = clientServerName(name);
    const other = names.get(known);
    if (other !== undefined) {
      notes.problem(
        path,
        `the client knows its tools by the same name as those of ${other}: mcp__${known}__…`,
      );
      return [];
    }
    names.set(known, path);
    const entry = serverEntry(server, path, sources, notes);
    return entry === undefined ? [] : [[name, entry]];
  });
  return entries.length === 0 ? null : { mcpServers: Object.fromEntries(entries) };
}

function serverEntry(
  server: McpServer,
  path: string,
  sources: Sources,
  notes: RenderNotes,
): Json | undefined {
  const [shape, own] = ownKeys(server);
  const omissions = notes.omitted.length;
  const foreign = Object.keys(filesBehind(server.other)).find((file) => file.startsWith("<"));
  const files: JsonObject = foreign === undefined ? {} : { [foreign]: null };
  // A server without one of its words is another server: it is written whole or not at all.
  sources.place(JSON.stringify(own), files, path, notes);
  const others = plainKeys(server.other, path, sources, notes);
  return notes.omitted.length > omissions ? undefined : fitting({ ...own, ...others }, shape, path, notes);
}

function ownKeys(server: McpServer): [shape: Shape, own: JsonObject] {
  if (server.kind !== "stdio") {
    const { kind, url, headers } = server;
    return [REMOTE, { type: kind, url, ...(isEmpty(headers) ? {} : { headers }) }];
  }
  const { command, args, env } = server;
  return [STDIO, { command, ...(args.length === 0 ? {} : { args }), ...(isEmpty(env) ? {} : { env }) }];
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}
