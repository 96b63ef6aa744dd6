import { describe, expect, test } from "vitest";
import { ClientError } from "../../src/model/errors.ts";
import { CLIENT_FACTS } from "../../src/permissions/client-facts/index.ts";
import { askAll } from "./ask.ts";
import { groupByCause, joinEqualExamples } from "./causes.ts";
import { engineFor } from "./engine.ts";
import { askFacts } from "./facts.ts";
import { askPairs } from "./pairs.ts";
import { compareScenarios } from "./run.ts";
import { projectRules, type RuleSet, type SettingsFile, sessionRequest } from "./scenario.ts";
import { agreement, formatTable, percent, tableOf } from "./table.ts";
import { toyAnswer, toyCompared, toyOracle } from "./toy.ts";

const bash = (argument: string) => ({ tool: "Bash", argument });

describe("a session", () => {
  test("holds the settings files in their places, and the project's even when it says nothing", () => {
    const rules: RuleSet = {
      files: [
        { scope: "managed", settings: { permissions: { deny: ["Bash(x)"] } } },
        { scope: "user", settings: {} },
      ],
      mode: "plan",
      trusted: false,
    };
    const request = sessionRequest(rules, [bash("ls")]);
    expect(request.files.map(({ path }) => path)).toEqual([
      "/etc/claude-code/managed-settings.json",
      "~/.claude/settings.json",
      ".claude/settings.json",
    ]);
    expect(request.files[0]!.text).toBe('{"permissions":{"deny":["Bash(x)"]}}');
    expect(request).toMatchObject({ mode: "plan", trusted: false, mcpServers: {} });
  });

  test("has servers, skills, agents and notebooks only where calls use them", () => {
    const paths = (tool: string) =>
      sessionRequest(projectRules({}), [{ tool, argument: "/home/u/proj/a" }])
        .files.map(({ path }) => path)
        .join(" ");
    expect(paths("Bash")).not.toMatch(/skills|agents/);
    expect(paths("Skill")).toMatch(/skills\/deploy/);
    expect(paths("Agent")).toMatch(/agents\/reviewer/);
    expect(paths("NotebookEdit")).toMatch(/proj\/a$/);
    const { mcpServers } = sessionRequest(projectRules({}), [{ tool: "mcp__gh__search", argument: "" }]);
    expect(Object.keys(mcpServers)).toContain("gh");
  });

  test("has a stand-in for every server and tool that a call names", () => {
    const call = { tool: "mcp__other__get__all", argument: "" };
    const { mcpServers } = sessionRequest(projectRules({}), [call, { ...call, tool: "mcp__gh__new" }]);
    expect(mcpServers.other).toEqual([{ name: "get__all" }]);
    expect(mcpServers.gh).toContainEqual({ name: "new" });
  });

  test("has skills that bring a rule of their own where it is asked to", () => {
    const text = (kind: "plain" | "granting") =>
      sessionRequest(projectRules({}), [{ tool: "Skill", argument: "test" }], kind)
        .files.map((file) => file.text)
        .join();
    expect(text("plain")).not.toContain("allowed-tools");
    expect(text("granting")).toContain("allowed-tools: Bash(true)");
  });
});

describe("asking", () => {
  test("answers stand where their questions stood", async () => {
    const { oracle } = toyOracle((_, line) => line.startsWith("r"));
    const questions = [["ra", "b"], [], ["c", "rd"]].map((lines) => ({
      rules: projectRules({}),
      calls: lines.map(bash),
    }));
    const answers = await askAll(questions, oracle, { jobs: 2 });
    expect(answers.map((list) => list.map(({ kind }) => kind))).toEqual([
      ["runs", "prompts"],
      [],
      ["prompts", "runs"],
    ]);
  });

  test("a call that ends the client is unclear, and its neighbours are answered", async () => {
    const { oracle } = toyOracle(() => true);
    const calls = ["a", "b", "fatal", "c", "d"].map(bash);
    const [answers] = await askAll(
      [{ rules: projectRules({}), calls }],
      async (request) => {
        if (request.calls.some(({ argument }) => argument === "fatal")) {
          throw new ClientError("client-crashed", "It ended with status 7.", { hint: "Look at its output." });
        }
        return oracle(request);
      },
      { jobs: 1 },
    );
    expect(answers!.map(({ kind }) => kind)).toEqual(["runs", "runs", "unclear", "runs", "runs"]);
  });

  test("rules that the client does not survive cost three sessions, not one for each call", async () => {
    let sessions = 0;
    const failing = async () => {
      sessions++;
      throw new ClientError("client-crashed", "It ended with status 7.", { hint: "Look at its output." });
    };
    const calls = "abcdefgh".split("").map(bash);
    const [answers] = await askAll([{ rules: projectRules({}), calls }], failing, { jobs: 1 });
    expect(answers!.map(({ kind }) => kind)).toEqual(calls.map(() => "unclear"));
    expect(sessions).toBe(3);
  });

  test("a client that cannot be asked at all ends the run", async () => {
    const failing = async () => {
      throw new ClientError("client-no-box", "There is no box.", { hint: "Use another machine." });
    };
    const asked = askAll([{ rules: projectRules({}), calls: [bash("a"), bash("b")] }], failing, { jobs: 1 });
    await expect(asked).rejects.toMatchObject({ code: "client-no-box" });
  });

  test("after that no further session begins", async () => {
    let sessions = 0;
    const failing = async () => {
      sessions++;
      throw new ClientError("client-no-box", "There is no box.", { hint: "Use another machine." });
    };
    const questions = Array.from({ length: 9 }, () => ({ rules: projectRules({}), calls: [bash("a")] }));
    await expect(askAll(questions, failing, { jobs: 2 })).rejects.toThrow();
    expect(sessions).toBe(2);
  });
});

test("scenarios are compared call by call with what the engine says", async () => {
  const { oracle } = toyOracle((_, line) => line !== "zz");
  const scenario = {
    category: "quoting",
    ...projectRules({ allow: ["Bash(git *)"] }),
    calls: ["git x", "zz", "npm i"].map(bash),
  };
  const compared = await compareScenarios([scenario], "2.1.330", oracle, { jobs: 1 });
  expect(compared.map(({ verdict }) => verdict)).toEqual(["agree", "agree", "unsound"]);
});

test("the engine is asked with all settings files, the mode and the trust of the rule set", () => {
  const files: SettingsFile[] = [
    { scope: "managed", settings: { permissions: { deny: ["Bash(git push *)"] } } },
    { scope: "project", settings: { permissions: { allow: ["Bash(git *)"] } } },
  ];
  const decisions = (rules: Parameters<typeof engineFor>[0]) =>
    ["git push x", "git x", "npm x"].map((line) => engineFor(rules, "2.1.330")(bash(line)).decision);
  expect(decisions({ files, mode: null, trusted: true })).toEqual(["deny", "allow", "default"]);
  expect(decisions({ files, mode: null, trusted: false })).toEqual(["deny", "default", "default"]);
  expect(decisions({ files, mode: "dontAsk", trusted: true })).toEqual(["deny", "allow", "deny"]);
});

describe("the table", () => {
  const some = [
    toyCompared(projectRules({}), "a", true, true),
    toyCompared(projectRules({}), "b", true, false),
    toyCompared(projectRules({}), "c", false, true),
    { ...toyCompared(projectRules({}), "d", true, true), verdict: "unclear" as const },
  ];

  test("counts by category and overall, without what is unclear", () => {
    const [row, overall] = tableOf(some);
    expect(row).toEqual({
      category: "compounds",
      client: "2.1.330",
      decisions: 3,
      agree: 1,
      unsound: 1,
      wrongApproval: 1,
      undecided: 0,
      askOrDeny: 0,
      unclear: 1,
    });
    expect(overall).toEqual({ ...row, category: "overall" });
    expect(agreement(overall!)).toBeCloseTo(1 / 3);
  });

  test("says 100 % only of all", () => {
    expect([1, 0.99999, 0.995, 0].map(percent)).toEqual(["100.00 %", "99.99 %", "99.50 %", "0.00 %"]);
  });

  test("lines up", () => {
    const lines = formatTable(tableOf(some)).trimEnd().split("\n");
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines).toHaveLength(4);
  });
});

describe("causes", () => {
  test("what both sides explain in the same way is one cause, the worst first", () => {
    const rules = projectRules({});
    const causes = groupByCause([
      toyCompared(rules, "a b", false, true),
      toyCompared(rules, "a", false, true),
      toyCompared(rules, "c", true, false),
    ]);
    expect(
      causes.map(({ cases, examples }) => [cases, examples[0]!.verdict, examples[0]!.call.argument]),
    ).toEqual([
      [1, "unsound", "c"],
      [2, "wrong approval", "a"],
    ]);
  });

  test("causes with the same smallest example are one", () => {
    const example = toyCompared(projectRules({}), "a", true, false);
    const joined = joinEqualExamples([
      { shape: "one", cases: 3, examples: [example] },
      { shape: "two", cases: 2, examples: [{ ...example }] },
    ]);
    expect(joined).toEqual([{ shape: "one", cases: 5, examples: [example] }]);
  });
});

describe("facts", () => {
  test("each fact of the client is asked once, and those that do not hold are named", async () => {
    const facts = CLIENT_FACTS.filter(({ clients }) => clients.includes("2.1.330"));
    const outcome = new Map(
      facts.map((fact) => [JSON.stringify([fact.permissions, fact.call]), fact.outcome]),
    );
    const wrong = facts.find((fact) => fact.outcome === "runs")!;
    const asked: string[] = [];
    const report = await askFacts(
      "2.1.330",
      async (request) => {
        const { permissions } = JSON.parse(request.files[0]!.text);
        return request.calls.map((call) => {
          const fact = facts.find(
            (one) =>
              one.call === call &&
              JSON.stringify(projectRules(one.permissions ?? {}).files[0]!.settings.permissions) ===
                JSON.stringify(permissions),
          )!;
          asked.push(fact.id);
          const said = outcome.get(JSON.stringify([fact.permissions, call]))!;
          if (fact === wrong) return toyAnswer(false);
          return said === "refused"
            ? { kind: "refused", message: "", reason: null }
            : toyAnswer(said === "runs");
        });
      },
      { jobs: 1 },
    );
    expect(asked.sort()).toEqual(facts.map(({ id }) => id).sort());
    expect(report).toMatchObject({ client: "2.1.330", asked: facts.length, confirmed: facts.length - 1 });
    expect(report.refuted.map(({ fact }) => fact.id)).toEqual([wrong.id]);
  });
});

describe("pairs of rule sets", () => {
  const narrower = {
    before: { allow: ["Bash(git *)"] },
    after: { allow: ["Bash(git status)"] },
    calls: ["git status", "git x"].map(bash),
  };
  const wider = { before: narrower.after, after: narrower.before, calls: narrower.calls };

  test("a client that agrees: nothing is missed, and the witness is confirmed", async () => {
    const { oracle } = toyOracle((rules, line) => rules.includes("git *") || line === "git status");
    const report = await askPairs([narrower, wider], "2.1.330", oracle, { jobs: 1 });
    expect(report).toMatchObject({
      pairs: 2,
      notWider: 1,
      wider: 1,
      undecided: 0,
      calls: 2,
      missed: [],
      unconfirmed: [],
    });
  });

  test("a call that runs after and not before is missed", async () => {
    const { oracle } = toyOracle((rules, line) => rules.includes("git status") && line === "git x");
    const { missed, unconfirmed } = await askPairs([narrower, wider], "2.1.330", oracle, { jobs: 1 });
    expect(missed.map(({ call }) => call)).toEqual(["Bash(git x)"]);
    expect(unconfirmed).toHaveLength(1);
  });
});
