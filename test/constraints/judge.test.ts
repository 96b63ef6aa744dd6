import { describe, expect, test } from "vitest";
import { collectConstraints, describeConstraint } from "../../src/constraints/index.ts";
import { contextOf, snapshotOf, type WritableSet } from "../support/context.ts";
import { judge, messagesOf, NO_BASE, withConstraint, withForeign } from "./support.ts";

const NO_ENV = { forbid: { env: ["*"] } };

describe("which constraints apply", () => {
  test("those of this flake, of every input and of every organisation, from base and head", () => {
    const before = withForeign(snapshotOf({ constraints: { a: NO_ENV } }), "input:standards", {
      a: NO_ENV,
      b: NO_ENV,
    });
    const after = withForeign(
      withForeign(snapshotOf({ constraints: { a: { maxAgeDays: 1 } } }), "input:standards", { a: NO_ENV }),
      "org:github:acme/x",
      { a: NO_ENV },
    );
    expect(
      collectConstraints(before, after).map(({ source, id, from }) => `${source} ${id} ${from}`),
    ).toEqual([
      "input:standards a both",
      "input:standards b before",
      "org:github:acme/x a after",
      "self a before",
      "self a after",
    ]);
  });

  test("one that the head loosens still applies as the base had it", async () => {
    const env = { env: { A: "1" } };
    const findings = await judge(withConstraint(NO_ENV), withConstraint({ forbid: { env: ["LD_*"] } }, env));
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ["c", "error"],
      ["constraint-weakened", "error"],
    ]);
  });

  test("one that the head tightens applies as the head has it", async () => {
    const env = { env: { A: "1" } };
    const findings = await judge(
      withConstraint({ forbid: { env: ["LD_*"] } }, env),
      withConstraint(NO_ENV, env),
    );
    expect(findings).toMatchObject([{ rule: "c", introduced: false }]);
  });

  test.each([
    ["error", "note"],
    ["note", "error"],
  ])(
    "base (%s) and head (%s) report one violation once, as the stricter of them does",
    async (base, head) => {
      const side = (severity: string) => withConstraint({ severity, ...NO_ENV }, { env: { A: "1" } });
      const findings = await judge(side(base), side(head));
      expect(findings.filter(({ rule }) => rule === "c")).toMatchObject([{ severity: "error" }]);
    },
  );

  test("the same id from two sources applies twice", async () => {
    const after = withForeign(
      withConstraint({ severity: "note", ...NO_ENV }, { env: { A: "1" } }),
      "input:standards",
      { c: NO_ENV },
    );
    expect((await judge(NO_BASE, after)).map(({ source, severity }) => [source, severity])).toEqual([
      ["input:standards", "error"],
      ["self", "note"],
    ]);
  });
});

describe("a finding", () => {
  test("says where the constraint stands and where it was violated", async () => {
    const base = withForeign(snapshotOf({ env: { A: "1" } }), "input:standards", {
      c: { docs: "https://acme.example/env", ...NO_ENV },
    });
    const after = { ...base, positions: { "env.A": { file: "flake.nix", line: 5, column: 3 } } };
    expect(await judge(NO_BASE, after)).toMatchObject([
      {
        rule: "c",
        source: "input:standards",
        position: { file: "flake.nix", line: 5, column: 3 },
        constraintPosition: { file: "flake.nix", line: 10, column: 5, input: "standards" },
        help: "Take it out of env. See https://acme.example/env",
        introduced: true,
      },
    ]);
  });

  test("keeps its fingerprint when lists are reordered and when the base has it too", async () => {
    const constraint = { only: { allow: ["Bash(ls *)"] } };
    const allow = ["Bash(git log)", "Bash(make test)"];
    const [one] = await judge(NO_BASE, withConstraint(constraint, { permissions: { allow } }));
    const reordered = withConstraint(constraint, { permissions: { allow: allow.toReversed() } });
    const other = await judge(withConstraint(constraint, { permissions: { allow } }), reordered);
    expect(other.find(({ subject }) => subject.rule === one?.subject.rule)).toMatchObject({
      fingerprint: one?.fingerprint,
      introduced: false,
    });
  });
});

describe("a constraint that cannot be applied as it is written", () => {
  test.each<[WritableSet, string, string]>([
    [{ forbid: { allow: ["bash(git push *)"] } }, "bash(git push *)", "Write `Bash(git push *)` instead."],
    [{ require: { deny: ["Write(secrets/**)"] } }, "Write(secrets/**)", "Write `Edit(secrets/**)` instead."],
    [{ require: { ask: ["Skill(deploy)"] } }, "Skill(deploy)", "Write `Skill(skill:deploy)` instead."],
    [
      { only: { allow: ["Bash(git:* push"] } },
      "Bash(git:* push",
      "Write a rule that the client understands in that list.",
    ],
    [{ forbid: { mcpServers: ["{a,b}".repeat(12)] } }, "{a,b}", "Write a simpler glob."],
  ])("stops the run: %j", async (constraint, named, hint) => {
    await expect(judge(NO_BASE, withConstraint(constraint))).rejects.toMatchObject({
      code: "constraint-unreadable",
      exitCode: 3,
      hint,
      message: expect.stringContaining(named),
    });
  });

  test("names every one of them, with its source and position", async () => {
    const after = withForeign(withConstraint({ forbid: { allow: ["Bash()"] } }), "input:standards", {
      x: { forbid: { allow: ["Read()"] } },
    });
    await expect(judge(NO_BASE, after)).rejects.toMatchObject({
      message: expect.stringMatching(
        /constraint x of the input standards \(<standards>\/flake\.nix:10:5\).*\(and 1 more\)$/,
      ),
      details: [expect.stringContaining("`Read()`"), expect.stringContaining("`Bash()`")],
    });
  });

  test("stops no change that mends it", async () => {
    const findings = await judge(
      withConstraint({ forbid: { allow: ["bash(curl *)"] } }),
      withConstraint({ forbid: { allow: ["Bash(curl *)"] } }),
    );
    expect(findings).toMatchObject([{ rule: "c", severity: "warning", introduced: false }]);
    expect(messagesOf(findings)[0]).toContain("base's version of c could not be applied");
  });

  test("is still missed when the change takes it away", async () => {
    const findings = await judge(withConstraint({ forbid: { allow: ["bash(curl *)"] } }), snapshotOf({}));
    expect(findings.map(({ rule }) => rule)).toEqual(["c", "constraint-weakened"]);
  });
});

test("every demand is described in one sentence", () => {
  const { constraints } = contextOf({
    constraints: {
      all: {
        forbid: { allow: ["Bash(rm *)"], modes: ["bypassPermissions"], env: ["LD_*"], inputs: ["path:*"] },
        only: { allow: ["Read"], mcpServers: [], inputs: ["github:acme/*"] },
        require: {
          deny: ["Read(.env)"],
          ask: ["Bash(git push *)"],
          policies: { commits: "x" },
          persona: ["y"],
          skills: ["z"],
          pinned: true,
          inputs: ["github:acme/standards"],
        },
        maxAgeDays: 30,
        schema: {},
        changes: { widens: "approve" },
      },
    },
  });
  const sentences = describeConstraint(constraints.all!);
  expect(sentences).toHaveLength(constraints.all!.demands.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/s);
});
