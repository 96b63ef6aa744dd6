import { expect, test } from "vitest";
import { factsOf } from "./support.ts";

const servers = (...names: string[]) => ({
  after: { mcpServers: Object.fromEntries(names.map((name) => [name, { command: "x" }])) },
});

test("every server but the first is reported, with all others of its name", () => {
  const facts = factsOf("mcp-server-ambiguous", servers("my_server", "other", "my server", "my.server"));
  expect(facts.map(({ subject }) => subject.path)).toEqual([
    'mcpServers."my.server"',
    "mcpServers.my_server",
  ]);
  expect(facts[1]!.message).toBe(
    "MCP server `my_server` has the same name to the client as `my server`, `my.server`: the tools of all are " +
      "`mcp__my_server__…`, rules for one hold for the others, and which of them answers is not known.",
  );
});

test.each<[what: string, names: string[], reported: number]>([
  ["letters of other alphabets are one `_` each", ["é", "ß"], 1],
  ["as many as there are", ["é", "__"], 0],
  ["the client keeps case apart", ["Notes", "notes"], 0],
])("%s", (_, names, reported) => {
  expect(factsOf("mcp-server-ambiguous", servers(...names))).toHaveLength(reported);
});
