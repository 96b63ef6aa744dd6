import type { Call } from "../../../src/model/permission.ts";
import { MCP_TOOLS } from "../world.ts";
import { bashCalls, linesAround } from "./command-scenarios.ts";
import { fileRule } from "./file-commands.ts";
import { mcpRule } from "./mcp-scenarios.ts";
import { nameRule } from "./name-scenarios.ts";
import { pathsNear } from "./path-scenarios.ts";
import { pathPattern } from "./paths.ts";
import type { Random } from "./random.ts";
import { toolCall, toolRule } from "./tool-scenarios.ts";
import { HOSTS, webRule } from "./web-scenarios.ts";

/** Calls of all families around a set's rules. */
export function mixedCalls(
  random: Random,
  rules: readonly string[],
  commands: readonly string[],
  count: number,
): Call[] {
  const lines = linesAround(random, rules, commands);
  const path = pathsNear(
    random,
    rules.filter((rule) => /^(?:Read|Edit|Write)\(/.test(rule)),
  );
  return Array.from({ length: count }, () =>
    random.weighted<Call>(
      [6, () => bashCalls(1, () => (random.chance(0.7) ? lines.near() : lines.any()))[0]!],
      [2, () => ({ tool: "Read", argument: path() })],
      [3, () => ({ tool: random.pick(["Write", "Edit"]), argument: path() })],
      [0.6, () => ({ tool: "WebFetch", argument: `https://${random.pick(HOSTS)}/` })],
      [0.6, () => ({ tool: random.pick(MCP_TOOLS), argument: "" })],
      [0.8, () => toolCall(random)],
    ),
  );
}

export function anyRule(random: Random, command: () => string): string {
  return random.weighted(
    [5, command],
    [3, () => fileRule(random)],
    [1, () => webRule(random)],
    [1, () => mcpRule(random)],
    [0.7, () => toolRule(random)],
    [0.5, () => nameRule(random)],
    [0.5, () => `Edit(${pathPattern(random)})`],
  );
}
