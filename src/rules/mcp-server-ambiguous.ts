import { clientServerName } from "../context/client-server-name.ts";
import { attributePath } from "../model/position.ts";
import type { Rule } from "./rule.ts";
import { standing } from "./snapshot-finding.ts";

export const mcpServerAmbiguous: Rule = {
  id: "mcp-server-ambiguous",
  severity: "warning",
  docs: {
    what: "Reports MCP servers whose names are one and the same to the client.",
    why: "The client writes `_` for every character of a server's name that is none of A-Z, a-z, 0-9, `_` and `-`: the tools of `my server` and of `my_server` are both called `mcp__my_server__…`. Rules and approvals that are meant for one hold for the other as well, and which of the two answers a call is not known.",
    example: 'mcpServers = { my_server.command = "a"; "my server".command = "b"; };',
    instead: "Give one of them a name that differs in more than such characters, or remove it.",
  },
  examples: {
    fires: [
      { after: { mcpServers: { "my server": { command: "a" }, my_server: { command: "b" } } } },
      {
        after: {
          mcpServers: { "a.b": { command: "a" }, "a:b": { type: "http", url: "https://b.example" } },
        },
      },
    ],
    silent: [
      { after: { mcpServers: { "my-server": { command: "a" }, my_server: { command: "b" } } } },
      { after: { mcpServers: { "my server": { command: "a" }, My_server: { command: "b" } } } },
    ],
  },
  check: ({ after }) => {
    if (after.kind !== "present") return [];
    return groups(Object.keys(after.context.mcpServers)).flatMap(([known, names]) =>
      names.slice(1).map((name) => {
        const others = names.filter((other) => other !== name).map((other) => `\`${other}\``);
        return standing(after, attributePath("mcpServers", name), {
          message: `MCP server \`${name}\` has the same name to the client as ${others.join(", ")}: the tools of all are \`mcp__${known}__…\`, rules for one hold for the others, and which of them answers is not known.`,
          help: "Give it another name, or remove it.",
        });
      }),
    );
  },
};

/** Names that the client does not tell apart, by what it makes of them. */
function groups(names: readonly string[]): [known: string, names: string[]][] {
  const byKnown = new Map<string, string[]>();
  for (const name of [...names].sort()) {
    const known = clientServerName(name);
    byKnown.set(known, [...(byKnown.get(known) ?? []), name]);
  }
  return [...byKnown].filter(([, same]) => same.length > 1);
}
