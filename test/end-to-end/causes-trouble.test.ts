import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";
import {
  check,
  checkAs,
  flake,
  forgetFetched,
  inWords,
  lock,
  policies,
  rewrite,
  rows,
  startsOfNix,
  version,
} from "./causes-world.ts";

beforeEach(() => void startsOfNix());

/** A repository with inputs of number 1, which all move to 2. */
function allMoved(outputs: string, ...names: string[]) {
  // Equal trees would be one and the same to Nix.
  const inputs = Object.fromEntries(
    names.map((name) => [name, flake({ outputs: `${version(1)} name = "${name}";` })]),
  );
  const repository = flake({ inputs, outputs });
  return { repository, inputs, moveAll: () => moveAll(repository, inputs) };
}

function moveAll(repository: TestRepository, inputs: Readonly<Record<string, TestRepository>>): void {
  for (const input of Object.values(inputs)) rewrite(input, { outputs: version(2) });
  lock(repository, ...Object.keys(inputs));
}

test("a lock that looks for the directory of one input in another: that input is named, and the lock is wrong", () => {
  const a = flake({ outputs: version(1) });
  a.write({
    "flake.nix": '{ inputs.sub.url = "path:./sub"; outputs = i: { inherit (i.sub) v; }; }\n',
    "sub/flake.nix": "{ outputs = i: { v = 1; }; }\n",
  });
  a.commit("sub");
  lock(a);
  const b = createRepository({ "flake.nix": "{ outputs = i: { }; }\n" });
  b.write({ "sub/flake.nix": "{ outputs = i: { v = 2; }; }\n" });
  b.commit("sub");
  const careful = 'claudeContext = { constraints.c.changes.fromInputs = "forbid";';
  const outputs = policies({ one: "i.a.v == 2" }).replace("claudeContext = {", careful);
  const repository = flake({ inputs: { a, b }, outputs });
  const text = readFileSync(join(repository.root, "flake.lock"), "utf8");
  repository.write({ "flake.lock": text.replace(/"parent": \[\s*"a"\s*\]/, '"parent": [ "b" ]') });
  repository.commit("parent");
  const checked = check(repository);
  expect(inWords(checked.causes["policies.one"])).toEqual(["input:a/sub"]);
  expect(checked.flake.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
    expect.arrayContaining(["c error", "lock-original-mismatch error"]),
  );
  expect(checked.status).toBe(1);
});

describe("the organisation and the repository", () => {
  const constraint = (rule: string) =>
    `claudeContext = { version = "2025-01"; constraints.calm = { description = "Calm."; forbid.allow = [ "${rule}" ]; }; policies.calm = "Be calm."; };`;

  test("the organisation loosens a constraint by its own commit: a warning, and its input is named", () => {
    const org = flake({ outputs: constraint("Bash(git push *)") });
    const repository = flake({
      inputs: { org },
      outputs: 'claudeContext = { version = "2025-01"; inherit (i.org.claudeContext) policies; };',
    });
    rewrite(org, { outputs: constraint("Bash(git push --force *)").replace("Be calm.", "Be quick.") });
    lock(repository, "org");
    const checked = check(repository);
    expect(inWords(checked.causes["policies.calm"])).toEqual(["input:org"]);
    expect(rows(checked)).toEqual(["org moved 1"]);
    const weakened = checked.flake.findings.filter(({ rule }) => rule === "constraint-weakened");
    expect(weakened.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(checked.report.evaluation.evaluations).toBe(2);
  });

  test("the repository drops the organisation: the edit and the input that is gone, together", () => {
    const org = flake({ outputs: constraint("Bash(git push *)") });
    const other = flake({ outputs: version(1) });
    const repository = flake({
      inputs: { org, other },
      outputs: 'claudeContext = { version = "2025-01"; inherit (i.org.claudeContext) policies; };',
    });
    rewrite(repository, { inputs: { other }, outputs: 'claudeContext.version = "2025-01";' });
    lock(repository);
    const checked = check(repository, "--base", "HEAD~2", "--head", "HEAD");
    expect(inWords(checked.causes["policies.calm"])).toEqual(["edit:flake.nix + input:org"]);
    expect(rows(checked)).toEqual(["org removed 1"]);
    const weakened = checked.flake.findings.filter(({ rule }) => rule === "constraint-weakened");
    expect(weakened.map(({ severity }) => severity)).toEqual(["error"]);
    // There is nothing that could be tried: the new source has no use for it, and the old one needs it.
    expect(checked.report.evaluation.evaluations).toBe(2);
  });

  test("an input is added while another moves: each for its own part", () => {
    const inputs = { a: flake({ outputs: version(1) }) };
    const org = flake({ outputs: constraint("Bash(git push *)") });
    const repository = flake({ inputs, outputs: policies({ one: "i.a.v == 2" }) });
    rewrite(inputs.a, { outputs: version(2) });
    rewrite(repository, {
      inputs: { ...inputs, org },
      outputs: policies({ one: "i.a.v == 2", calm: "i.org.claudeContext.policies.calm != null" }),
    });
    lock(repository, "a");
    const checked = check(repository, "--base", "HEAD~2", "--head", "HEAD");
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:a"]);
    expect(inWords(checked.causes["policies.calm"])).toEqual(["edit:flake.nix"]);
    expect(rows(checked)).toEqual(["a moved 1", "org added 0"]);
    expect(checked.report.evaluation.evaluations).toBe(2 + 2);
  });
});

describe("what cannot be told", () => {
  test("an old revision can no longer be fetched: it is named with the reason, the rest is told apart, and it warns", () => {
    const home = createDirectory();
    const { repository, inputs, moveAll } = allMoved(
      policies({ one: "i.b.v == 2", both: "i.gone.v == 2" }),
      "a",
      "b",
      "gone",
    );
    checkAs(home, repository, "--base", "none", "--head", "HEAD");
    moveAll();
    // Somebody rewrote the history of the input; the base was checked before that.
    const { gone } = inputs;
    gone!.git("checkout", "-q", "--orphan", "fresh");
    gone!.commit("rewritten");
    gone!.git("branch", "-q", "-D", "main");
    gone!.git("branch", "-q", "-m", "main");
    gone!.git("reflog", "expire", "--expire=now", "--all");
    gone!.git("gc", "-q", "--prune=now");
    lock(repository, "gone");
    forgetFetched(home);
    startsOfNix();
    const checked = checkAs(home, repository, "--base", "HEAD~2", "--head", "HEAD");
    expect(inWords(checked.causes["policies.both"])).toEqual(["input:gone"]);
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:b + input:gone"]);
    expect(checked.flake.inputs.map(({ path, undecidedBecause }) => [path, undecidedBecause])).toEqual([
      ["a", undefined],
      ["b", undefined],
      ["gone", expect.stringMatching(/gone|fetch|rev/i)],
    ]);
    expect(checked.flake.findings.map(({ rule }) => rule)).toContain("cause-undecided");
    expect(checked.report.verdict).not.toBe("pass");
    // The new side; each alone; each left out, and the text of the lock file.
    expect(checked.report.evaluation).toMatchObject({ evaluations: 1 + 3 + 4, cached: 1 });
  });

  test("an input explodes with the others as they were: nobody knows whether it suffices, and it warns", () => {
    const explosion =
      'builtins.foldl\' (text: _: text + text) "0123456789abcdef" (builtins.genList (n: n) 20)';
    const { repository, moveAll } = allMoved(
      `claudeContext = {
        version = "2025-01";
        policies = (if i.a.v == 2 then { one = "It is so."; } else { }) // (if i.c.v == 2 then { other = "It is so."; } else { });
        persona = if i.a.v == 2 && i.b.v == 1 then ${explosion} else "calm";
      };`,
      "a",
      "b",
      "c",
    );
    moveAll();
    const checked = check(repository, "--limit", "evaluator-output=1MiB");
    expect(inWords(checked.causes["policies.other"])).toEqual(["input:c"]);
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:a + input:b"]);
    expect(
      checked.flake.inputs.map(({ path, undecidedBecause }) => [path, undecidedBecause !== undefined]),
    ).toEqual([
      ["a", false],
      ["b", true],
      ["c", false],
    ]);
    expect(checked.flake.findings.map(({ rule }) => rule)).toContain("cause-undecided");
    expect(checked.report.verdict).not.toBe("pass");
    // The same, but what ends its process takes others with it, which are then tried one by one.
    expect(checked.report.evaluation.evaluations).toBe(2 + 2 * 3 + 2 * 4);
  });

  test("an input that throws with the others as they were needs them: nothing is left open", () => {
    const { repository, moveAll } = allMoved(
      policies({ one: 'if i.a.v == 2 && i.b.v == 1 then throw "not together" else i.a.v == 2' }),
      "a",
      "b",
      "c",
    );
    moveAll();
    const checked = check(repository);
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:a + input:b"]);
    expect(checked.flake.inputs.every(({ undecidedBecause }) => undecidedBecause === undefined)).toBe(true);
    expect(checked.report.verdict).toBe("pass");
    expect(checked.report.evaluation.evaluations).toBe(2 + 3 + 4);
  });
});

describe("what was found out is kept", () => {
  test("the same comparison in other words starts no Nix", () => {
    const { repository, moveAll } = allMoved(policies({ both: "i.a.v == 2 && i.b.v == 2" }), "a", "b", "c");
    moveAll();
    const first = check(repository);
    const { evaluations } = first.report.evaluation;
    expect(startsOfNix()).toBeGreaterThan(1);
    // Another threshold is another report, made of the same evaluations.
    const again = check(repository, "--fail-on", "never");
    expect(again.causes).toEqual(first.causes);
    expect(again.report.evaluation).toMatchObject({ evaluations: 0, cached: evaluations });
    expect(startsOfNix()).toBe(0);
    expect(check(repository).report.evaluation).toMatchObject({ evaluations: 0, cached: evaluations });
    expect(startsOfNix()).toBe(0);
  });

  test("where one side is known already, what is left to explain is tried on its own", () => {
    const { repository, moveAll } = allMoved(policies({ one: "i.a.v == 2" }), "a", "b", "c");
    check(repository, "--base", "none", "--head", "HEAD");
    moveAll();
    startsOfNix();
    const checked = check(repository);
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:a"]);
    expect(checked.report.evaluation).toMatchObject({ evaluations: 1 + 3, cached: 1 });
    expect(startsOfNix()).toBe(2);
  });

  test("--no-cache finds the same, with the same number of evaluations", () => {
    const { repository, moveAll } = allMoved(policies({ one: "i.a.v == 2" }), "a", "b");
    moveAll();
    const first = check(repository);
    const again = check(repository, "--no-cache");
    expect(again.causes).toEqual(first.causes);
    expect(again.report.evaluation).toMatchObject({
      evaluations: first.report.evaluation.evaluations,
      cached: 0,
    });
  });
});
