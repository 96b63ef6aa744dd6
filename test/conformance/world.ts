import type { McpToolStub, SessionFile } from "../../src/model/client-session.ts";

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

/** Plain skills: they ask for no tools and have no hooks. */
export const SKILL_NAMES = ["deploy", "review", "review-pr", "test", "x"] as const;

export const SKILLS: readonly SessionFile[] = SKILL_NAMES.map((name) => ({
  path: `.claude/skills/${name}/SKILL.md`,
  text: `---\nname: ${name}\ndescription: Says one word.\n---\nSay ok.\n`,
}));

const OWN_AGENTS = ["reviewer", "runner"] as const;
export const AGENT_NAMES = [...OWN_AGENTS, "Explore", "general-purpose", "Plan"] as const;

export const AGENTS: readonly SessionFile[] = OWN_AGENTS.map((name) => ({
  path: `.claude/agents/${name}.md`,
  text: `---\nname: ${name}\ndescription: Says one word.\n---\nSay ok.\n`,
}));
