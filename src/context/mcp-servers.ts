import type { McpServer } from "../model/context.ts";
import type { JsonObject } from "../model/json.ts";
import type { RawDerivation, RawSet, RawValue } from "../model/raw-value.ts";
import { byName, membersOf, type NamedMember } from "./named.ts";
import type { Notes } from "./notes.ts";
import { plainRest } from "./plain.ts";
import { behindWords, variableOf, type Word, wordOf } from "./program.ts";
import { entriesOf, entryOf, itemsOf, packageName, packageProgram, stringOf } from "./read.ts";

const STDIO_KEYS = ["type", "command", "args", "env", "name"];
const REMOTE_KEYS = ["type", "url", "headers", "name"];

export interface NormalServers {
  servers: Record<string, McpServer>;
  members: NamedMember<McpServer>[];
}

export function normaliseMcpServers(raw: RawValue | undefined, notes: Notes): NormalServers {
  const members = membersOf(raw, "mcpServers").flatMap(
    ({ raw: item, path, key }): NamedMember<McpServer>[] => {
      const value = serverOf(item);
      const name = key ?? listName(item);
      return value === undefined || name === undefined ? [] : [{ name, path, value }];
    },
  );
  return { servers: byName(members, "MCP server", notes), members };
}

function listName(raw: RawValue): string | undefined {
  return raw.kind === "derivation" ? packageName(raw) : stringOf(entryOf(raw, "name"));
}

function serverOf(raw: RawValue): McpServer | undefined {
  if (raw.kind === "derivation") return serverOfPackage(raw);
  if (raw.kind !== "set") return undefined;
  const type = stringOf(entryOf(raw, "type"));
  return type === "http" || type === "sse" || type === "ws" ? remoteServer(raw, type) : stdioServer(raw);
}

function serverOfPackage(raw: RawDerivation): McpServer {
  return { kind: "stdio", command: packageProgram(raw), args: [], env: {}, package: raw.name, other: {} };
}

function stdioServer(raw: RawSet): McpServer | undefined {
  const command = wordOf(entryOf(raw, "command"));
  if (command === undefined) return undefined;
  const args = itemsOf(entryOf(raw, "args")).flatMap((item, index): [string, Word][] => {
    const word = wordOf(item);
    return word === undefined ? [] : [[`args[${index}]`, word]];
  });
  const env = variables(entryOf(raw, "env"));
  return {
    kind: "stdio",
    command: command.text,
    args: args.map(([, word]) => word.text),
    env: texts(env),
    package: command.package,
    other: {
      ...plainRest(raw, STDIO_KEYS),
      ...behindWords([
        // The command's own package has its own place.
        ["command", { ...command, package: null }],
        ...args,
        ...prefixed("env", env),
      ]),
    },
  };
}

function remoteServer(raw: RawSet, kind: "http" | "sse" | "ws"): McpServer | undefined {
  const url = stringOf(entryOf(raw, "url"));
  if (url === undefined) return undefined;
  const headers = variables(entryOf(raw, "headers"));
  const other: JsonObject = { ...plainRest(raw, REMOTE_KEYS), ...behindWords(prefixed("headers", headers)) };
  return { kind, url, headers: texts(headers), other };
}

function variables(raw: RawValue | undefined): [string, Word][] {
  return entriesOf(raw).flatMap(([name, value]): [string, Word][] => {
    const word = variableOf(value);
    return word === undefined ? [] : [[name, word]];
  });
}

function texts(words: [string, Word][]): Record<string, string> {
  return Object.fromEntries(words.map(([name, word]) => [name, word.text]));
}

function prefixed(prefix: string, words: [string, Word][]): [string, Word][] {
  return words.map(([name, word]) => [`${prefix}.${name}`, word]);
}
