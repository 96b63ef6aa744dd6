import type { McpToolStub } from "../model/client-session.ts";
import type { Json } from "../model/json.ts";

/** What the stand-ins print: it shows in an answer that the call ran. */
export const RAN = "nixclaude-ran";

/** The shell of every session: allowed commands come here, and none of them is executed. */
export const SHELL = `#!/bin/sh
echo ${RAN}
`;

/**
 * An MCP server that offers tools and answers each call with one word. Plain sh: it starts in a millisecond, where a
 * session may have many. The request's id is cut out of the line: clients number their requests.
 */
export function mcpServerScript(tools: readonly McpToolStub[]): string {
  const list = tools.map(
    ({ name, description, inputSchema }): Json => ({
      name,
      description: description ?? name,
      inputSchema: inputSchema ?? { type: "object", additionalProperties: true },
    }),
  );
  const quoted = JSON.stringify({ tools: list }).replaceAll("'", `'\\''`);
  return `#!/bin/sh
tools='${quoted}'
while IFS= read -r line; do
  id=\${line#*'"id":'}
  [ "$id" = "$line" ] && continue
  id=\${id%%[,\\}]*}
  case $line in
  *'"method":"initialize"'*)
    result='{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"stand-in","version":"1"}}' ;;
  *'"method":"tools/list"'*) result=$tools ;;
  *'"method":"tools/call"'*) result='{"content":[{"type":"text","text":"${RAN}"}]}' ;;
  *'"method":"ping"'*) result='{}' ;;
  *)
    printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"Method not found"}}\\n' "$id"
    continue ;;
  esac
  printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$result"
done
`;
}
