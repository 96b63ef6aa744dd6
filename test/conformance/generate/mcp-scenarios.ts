import { projectRules } from "../scenario.ts";
import { MCP_SERVERS, MCP_TOOLS } from "../world.ts";
import type { Drawn } from "./command-scenarios.ts";
import type { Random } from "./random.ts";
import { mixedLists } from "./rule-mix.ts";

export function mcpRule(random: Random): string {
  const tool = random.pick(MCP_TOOLS);
  const server = random.pick([...Object.keys(MCP_SERVERS), "gitx", "g", "db"]);
  const name = tool.split("__").at(-1)!;
  return random.weighted(
    [6, () => tool],
    [4, () => `mcp__${server}`],
    [3, () => `mcp__${server}__*`],
    [3, () => `mcp__${server}__${name.slice(0, random.integer(1, name.length))}*`],
    [2, () => `mcp__${server}__*${name.slice(-random.integer(1, name.length))}`],
    [1, () => `mcp__${server}__*_*`],
    [1, () => `mcp__${server}__${name.charAt(0)}*${name.at(-1)}`],
    [
      1,
      () =>
        random.pick([
          "mcp__*",
          "mcp__g*",
          "mcp__*__search",
          "mcp__*__get_*",
          "mcp__",
          "mcp__gh*",
          "mcp*",
          "*__search",
          "*",
        ]),
    ],
    [1, () => `${tool}(${random.pick(["*", "x", "", "query:x"])})`],
    [1, () => `mcp__${server}(*)`],
    [
      1,
      () =>
        random.pick([
          tool.toUpperCase(),
          tool.replace("__", "_"),
          `mcp__${server}__`,
          `mcp__${server}_*`,
          `mcp__${server}__**`,
          `mcp_${server}`,
        ]),
    ],
  );
}

export function drawMcp(random: Random, calls: number): Drawn {
  const lists = mixedLists(
    random,
    () => mcpRule(random),
    () => random.pick(["mcp__gh", "mcp__gh__*", "mcp__*", "mcp__db_x"]),
  );
  return {
    rules: projectRules(lists),
    // There are only so many tools: a scenario asks for each of them.
    calls: random.sample(MCP_TOOLS, calls).map((tool) => ({ tool, argument: "" })),
  };
}
