import { expect, test } from "vitest";
import { normaliseContext } from "../../src/context/index.ts";
import type { Position } from "../../src/model/position.ts";
import type { RawSet, RawValue } from "../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { packageOf } from "../support/context.ts";

const at = (line: number, column = 5): Position => ({ file: "flake.nix", line, column });
const text = (value: string): RawValue => ({ kind: "scalar", value });

/** A set whose attributes stand on the given lines. */
function set(entries: Record<string, [line: number, value: RawValue]>): RawSet {
  return {
    kind: "set",
    entries: Object.fromEntries(Object.entries(entries).map(([key, [, value]]) => [key, value])),
    positions: Object.fromEntries(Object.entries(entries).map(([key, [line]]) => [key, at(line)])),
  };
}

function normalised(entries: Record<string, [number, RawValue]>) {
  return normaliseContext(set({ version: [1, text("2025-01")], ...entries }), { client: DEFAULT_CLIENT });
}

test("every attribute is found under its path as written", () => {
  const { positions } = normalised({
    policies: [2, set({ commits: [3, text("x")], "no push": [4, text("y")] })],
    mcpServers: [5, set({ gh: [6, set({ command: [7, text("gh-mcp")] })] })],
    constraints: [
      8,
      set({ "no-force-push": [9, set({ forbid: [10, set({ allow: [11, { kind: "list", items: [] }] })] })] }),
    ],
  });
  expect(positions).toEqual({
    version: at(1),
    policies: at(2),
    "policies.commits": at(3),
    'policies."no push"': at(4),
    mcpServers: at(5),
    "mcpServers.gh": at(6),
    "mcpServers.gh.command": at(7),
    constraints: at(8),
    "constraints.no-force-push": at(9),
    "constraints.no-force-push.forbid": at(10),
    "constraints.no-force-push.forbid.allow": at(11),
  });
});

test("items of a list have places where the evaluator knows them", () => {
  const { positions, context } = normalised({
    autoApprove: [
      2,
      { kind: "list", items: [text("Bash(ls)"), text("Bash(pwd)")], itemPositions: [at(3), null] },
    ],
  });
  expect(positions).toEqual({ version: at(1), autoApprove: at(2), "autoApprove[0]": at(3) });
  expect(context.permissions.rules.map((rule) => rule.path)).toEqual(["autoApprove[0]", "autoApprove[1]"]);
});

test("a listed tool is found by its index and by its name, and a set in a list stands where it begins", () => {
  const { positions } = normalised({
    tools: [
      2,
      {
        kind: "list",
        items: [set({ name: [4, text("rg")], alwaysApprove: [3, { kind: "scalar", value: true }] })],
      },
    ],
  });
  expect(positions).toEqual({
    version: at(1),
    tools: at(2),
    "tools[0]": at(3),
    "tools[0].name": at(4),
    "tools[0].alwaysApprove": at(3),
    "tools.rg": at(3),
    "tools.rg.name": at(4),
    "tools.rg.alwaysApprove": at(3),
  });
});

test("servers of a list of packages are found by name", () => {
  const { positions } = normalised({
    mcpServers: [2, { kind: "list", items: [packageOf("gh-mcp-1.2").raw], itemPositions: [at(3)] }],
  });
  expect(positions).toMatchObject({ "mcpServers[0]": at(3), "mcpServers.gh-mcp": at(3) });
});

test("a problem stands where its attribute does, or where the nearest one around it does", () => {
  const { problems } = normalised({
    persona: [2, { kind: "scalar", value: 1 }],
    mcpServers: [3, set({ gh: [4, set({ args: [5, { kind: "list", items: [] }] })] })],
  });
  expect(problems.map(({ path, position }) => [path, position])).toEqual([
    ["mcpServers.gh.command", at(4)],
    ["persona", at(2)],
  ]);
});
