import type { McpToolStub, SessionFile } from "../../src/model/client-session.ts";
import type { Call } from "../../src/model/permission.ts";

/** What stands beside the rules in every session that has a use for it. */

export const MCP_SERVERS: Readonly<Record<string, readonly McpToolStub[]>> = {
  gh: [
    { name: "search" },
    { name: "write" },
    { name: "get_issue" },
    { name: "get_pr" },
    { name: "delete_repo" },
  ],
  github: [{ name: "search" }, { name: "get_issue" }],
  "my-server": [{ name: "read" }, { name: "read_all" }, { name: "Write" }],
  db_x: [{ name: "query" }, { name: "query__raw" }, { name: "get" }],
};

export const MCP_TOOLS: readonly string[] = Object.entries(MCP_SERVERS).flatMap(([server, tools]) =>
  tools.map(({ name }) => `mcp__${server}__${name}`),
);

/** The servers that these calls need: those above, and stand-ins for any other that is named. */
export function serversFor(calls: readonly Call[]): Readonly<Record<string, readonly McpToolStub[]>> {
  const named = calls.flatMap(({ tool }) => /^mcp__(.+?)__(.+)$/.exec(tool)?.slice(1) ?? []);
  if (named.length === 0) return {};
  const servers: Record<string, McpToolStub[]> = {};
  for (const [server, tools] of Object.entries(MCP_SERVERS)) servers[server] = [...tools];
  for (let at = 0; at < named.length; at += 2) {
    const [server, name] = [named[at]!, named[at + 1]!];
    servers[server] ??= [];
    if (servers[server].every((tool) => tool.name !== name)) servers[server].push({ name });
  }
  return servers;
}

export const SKILL_NAMES = ["deploy", "review", "review-pr", "test", "x"] as const;

/** `plain`: they ask for no tools and have no hooks. `granting`: each brings a rule, and so may ask before its first use. */
export type SkillKind = "plain" | "granting";

export function skillFiles(kind: SkillKind): SessionFile[] {
  const grant = kind === "granting" ? "allowed-tools: Bash(true)\n" : "";
  return SKILL_NAMES.map((name) => ({
    path: `.claude/skills/${name}/SKILL.md`,
    text: `---\nname: ${name}\ndescription: Says one word.\n${grant}---\nSay ok.\n`,
  }));
}

const OWN_AGENTS = ["reviewer", "runner"] as const;
export const AGENT_NAMES = [...OWN_AGENTS, "Explore", "general-purpose", "Plan"] as const;

export const AGENTS: readonly SessionFile[] = OWN_AGENTS.map((name) => ({
  path: `.claude/agents/${name}.md`,
  text: `---\nname: ${name}\ndescription: Says one word.\n---\nSay ok.\n`,
}));
