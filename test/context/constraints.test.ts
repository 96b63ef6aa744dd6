import { describe, expect, test } from "vitest";
import { normaliseContext, normaliseForeignConstraints } from "../../src/context/index.ts";
import { ContextError } from "../../src/model/errors.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import {
  failureOf,
  functionOf,
  packageOf,
  rawOf,
  type Writable,
  type WritableSet,
} from "../support/context.ts";

const ASKS_NOTHING =
  "a constraint with at least one of forbid, only, require, maxAgeDays, schema, changes or check";

function reasonsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ContextError);
    expect(error).toMatchObject({ code: "constraint-unreadable", exitCode: 3 });
    return (error as ContextError).details;
  }
  return [];
}

describe("a constraint that does not say what it means is never skipped", () => {
  const cases: [name: string, constraint: Writable, reason: string][] = [
    [
      "a misspelled kind",
      { forbids: { allow: ["Bash"] } },
      'constraints.c.forbids is an unknown key (did you mean "forbid"?), expected one of description, severity, docs, waivable, forbid, only, require, maxAgeDays, schema, changes, check',
    ],
    [
      "a misspelled key beside a right one",
      { forbid: { allow: ["Bash"] }, severty: "note" },
      'constraints.c.severty is an unknown key (did you mean "severity"?), expected one of description, severity, docs, waivable, forbid, only, require, maxAgeDays, schema, changes, check',
    ],
    [
      "a misspelled list",
      { forbid: { alow: ["Bash"] } },
      'constraints.c.forbid.alow is an unknown key (did you mean "allow"?), expected one of allow, modes, mcpServers, tools, skills, hooks, env, inputs',
    ],
    [
      "a rule that is no string",
      { forbid: { allow: [1] } },
      'constraints.c.forbid.allow[0] is the number 1, expected a permission rule such as "Bash(git status)"',
    ],
    [
      "a rule outside a list",
      { forbid: { allow: "Bash" } },
      'constraints.c.forbid.allow is a string "Bash", expected a list of permission rules',
    ],
    [
      "negative days",
      { maxAgeDays: -1 },
      "constraints.c.maxAgeDays is the number -1, expected a number of days, 0 or more",
    ],
    [
      "days as text",
      { maxAgeDays: "90" },
      'constraints.c.maxAgeDays is a string "90", expected a number of days, 0 or more',
    ],
    [
      "an unknown mode",
      { forbid: { modes: ["bypass"] } },
      'constraints.c.forbid.modes[0] is a string "bypass", expected one of "dontAsk", "plan", "default", "manual", "acceptEdits", "auto", "bypassPermissions"',
    ],
    [
      "an unknown severity",
      { severity: "fatal", require: { pinned: true } },
      'constraints.c.severity is a string "fatal", expected one of "error", "warning", "note"',
    ],
    [
      "pinned that is not required",
      { require: { pinned: false } },
      "constraints.c.require.pinned is the boolean false, expected true",
    ],
    [
      "a check that is no function",
      { check: "x" },
      'constraints.c.check is a string "x", expected a function { before, after, changes }: [ { message, severity?, path? } ]',
    ],
    [
      "changes of what can be neither a direction, a surface nor an input",
      { changes: { "wid ens": "forbid" } },
      'constraints.c.changes."wid ens" is an unknown key (did you mean "widens"?), expected one of fromInputs, widens, undecided, incomparable, narrows, neutral, permissions, mode, sandbox, hooks, mcp-servers, tools, skills, agents, commands, env, settings, model, policies, persona, system, constraints, waivers, nix-config, context',
    ],
    [
      "an unknown decision",
      { changes: { widens: "deny" } },
      'constraints.c.changes.widens is a string "deny", expected one of "allow", "approve", "forbid"',
    ],
    [
      "no demand at all",
      { description: "x" },
      `constraints.c is an attribute set with none of them, expected ${ASKS_NOTHING}`,
    ],
    [
      "an empty demand",
      { forbid: {} },
      "constraints.c.forbid is an empty attribute set, expected an attribute set of allow, modes, mcpServers, tools, skills, hooks, env or inputs",
    ],
    ["an empty set", {}, `constraints.c is an attribute set with none of them, expected ${ASKS_NOTHING}`],
    ["text", "forbid", `constraints.c is a string "forbid", expected ${ASKS_NOTHING}`],
    ["a package", packageOf("hello-1"), `constraints.c is a package (hello), expected ${ASKS_NOTHING}`],
    ["a function", functionOf("x"), `constraints.c is a function, expected ${ASKS_NOTHING}`],
    [
      "a value that does not evaluate",
      { forbid: { allow: failureOf("boom") } },
      "constraints.c.forbid.allow does not evaluate: boom",
    ],
  ];
  test.each(cases)("%s", (_, constraint, reason) => {
    const context: WritableSet = { version: "2025-01", constraints: { c: constraint } };
    expect(reasonsOf(() => normaliseContext(rawOf(context), { client: DEFAULT_CLIENT }))).toEqual([reason]);
    expect(reasonsOf(() => normaliseForeignConstraints(rawOf(context), "input:standards"))).toEqual([reason]);
  });
});

test("all mistakes are told at once, with the flake and the nearest key", () => {
  const raw = rawOf({ constraints: { a: { forbid: { alow: [] } }, b: { maxAgeDays: -1 } } });
  expect(() => normaliseForeignConstraints(raw, "input:company-standards")).toThrowError(
    'a constraint of input:company-standards cannot be understood: constraints.a.forbid.alow is an unknown key (did you mean "allow"?), expected one of allow, modes, mcpServers, tools, skills, hooks, env, inputs (and 1 more).',
  );
});

test("a mistake says where it stands", () => {
  const raw = rawOf({ constraints: { a: { maxAgeDays: -1 } } });
  const place = { file: "flake.nix", line: 7, column: 9, input: "standards" };
  if (raw.kind === "set" && raw.entries.constraints?.kind === "set")
    raw.entries.constraints.positions.a = place;
  expect(reasonsOf(() => normaliseForeignConstraints(raw, "input:standards"))).toEqual([
    "constraints.a.maxAgeDays is the number -1, expected a number of days, 0 or more at flake.nix:7:9",
  ]);
});

describe("what another flake says beside its constraints does not matter", () => {
  test("mistakes elsewhere", () => {
    const raw = rawOf({ permissions: "x", tools: failureOf("boom"), constraints: { a: { maxAgeDays: 1 } } });
    expect(normaliseForeignConstraints(raw, "input:a").constraints).toEqual({
      a: {
        description: null,
        severity: "error",
        docs: null,
        waivable: true,
        demands: [{ kind: "max-age", days: 1 }],
      },
    });
  });
  test("no constraints", () => {
    expect(normaliseForeignConstraints(rawOf({ version: "2025-01" }), "input:a").constraints).toEqual({});
  });
});

test.each<[name: string, value: Writable]>([
  ["is text", "x"],
  ["is a function", functionOf("pkgs")],
  ["is a package", packageOf("hello-1")],
  ["did not evaluate", failureOf("boom")],
  ["has constraints that did not evaluate", { constraints: failureOf("boom") }],
  ["has constraints that are a list", { constraints: [] }],
  ["has constraints that are a function", { constraints: functionOf() }],
])("another flake whose claudeContext %s is never one without constraints", (_, value) => {
  expect(reasonsOf(() => normaliseForeignConstraints(rawOf(value), "input:a"))).toHaveLength(1);
});

test("another flake of an unknown version is refused", () => {
  expect(() => normaliseForeignConstraints(rawOf({ version: "2030-01" }), "input:a")).toThrowError(
    'claudeContext.version of input:a is a string "2030-01"; this nixclaude knows "2025-01".',
  );
});

test("a check function is a demand that only an evaluator decides", () => {
  const raw = rawOf({ constraints: { a: { check: functionOf("before", "after") } } });
  expect(normaliseForeignConstraints(raw, "org:x").constraints.a?.demands).toEqual([
    { kind: "check", definition: null },
  ]);
});
