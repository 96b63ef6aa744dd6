import type { ChangeFact } from "../model/change.ts";
import type { McpServer } from "../model/context.ts";
import { canonicalJson, type Json, type JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import { type Effect, gravest, INCOMPARABLE, NARROWS, NEUTRAL, undecided, WIDENS } from "./effect.ts";
import { asJson, compareNamed } from "./named.ts";
import { differingFiles } from "./named-files.ts";
import { quote } from "./quote.ts";
import type { Side } from "./side.ts";

/** Keys whose change makes another program or peer answer under the same name; existing approvals carry over to it. */
const CODE_OR_PEER = new Set([
  "kind",
  "command",
  "args",
  "env",
  "package",
  "url",
  "headers",
  "headersHelper",
  "cwd",
  // What is behind a command or argument that is a path, a package, or a text that names files.
  "$content",
  "$package",
  "$files",
]);
/** Their content has words of its own. */
const FILES = new Set(["$content", "$files"]);
const FILES_NAMED_MAX = 3;
const NEUTRAL_KEYS = new Set(["timeout", "alwaysLoad"]);

export function diffMcpServers(before: Side, after: Side): ChangeFact[] {
  return compareNamed(before.context.mcpServers, after.context.mcpServers, asJson).map(
    ({ kind, name, before: old, after: now }): ChangeFact => ({
      surface: "mcp-servers",
      path: attributePath("mcpServers", name),
      kind,
      ...effectOf(old, now),
      before: asJson(old),
      after: asJson(now),
      summary: summaryOf(name, old, now),
    }),
  );
}

function effectOf(before: McpServer | null, after: McpServer | null): Effect {
  if (before === null) return WIDENS;
  if (after === null) return NARROWS;
  return gravest(changedKeys(before, after).map((key) => keyEffect(key)));
}

function keyEffect(key: string): Effect {
  if (CODE_OR_PEER.has(key)) return WIDENS;
  if (NEUTRAL_KEYS.has(key)) return NEUTRAL;
  if (key === "description") return INCOMPARABLE;
  return undecided(`the server's key \`${key}\` is not classified`);
}

function summaryOf(name: string, before: McpServer | null, after: McpServer | null): string {
  const server = `MCP server \`${name}\``;
  if (before === null) return `${server} added: ${whatAnswers(after!)}`;
  if (after === null) return `${server} removed`;
  return `${server} changed (${changedWords(before, after).join(", ")}): ${whatAnswers(after)}`;
}

/** What is another one, in words: keys by their names, and files that the server runs. */
function changedWords(before: McpServer, after: McpServer): string[] {
  const files = differingFiles(asJson(before), asJson(after));
  const named = files.slice(0, FILES_NAMED_MAX).map((name) => `content of ${quote(name)}`);
  const more = files.length > FILES_NAMED_MAX ? [`${files.length - FILES_NAMED_MAX} more files`] : [];
  const keys = changedKeys(before, after).filter((key) => files.length === 0 || !FILES.has(key));
  return [...keys, ...named, ...more];
}

function whatAnswers(server: McpServer): string {
  return server.kind === "stdio"
    ? `runs ${quote([server.command, ...server.args].join(" "))}`
    : `asks ${quote(server.url)}`;
}

function changedKeys(before: McpServer, after: McpServer): string[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => text(old[key]) !== text(now[key]))
    .sort();
}

/** The known keys and the further ones of a server, side by side. */
function flat({ other, ...known }: McpServer): JsonObject {
  return { ...other, ...(asJson(known) as JsonObject) };
}

function text(value: Json | undefined): string {
  return value === undefined ? "" : canonicalJson(value);
}
