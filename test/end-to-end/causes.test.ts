import { beforeEach, describe, expect, test } from "vitest";
import type { TestRepository } from "../support/repository.ts";
import {
  check,
  flake,
  inWords,
  lock,
  policies,
  rewrite,
  rows,
  startsOfNix,
  version,
} from "./causes-world.ts";

/** Inputs by name, each of which says a number, 1 at first. */
function numbers(...names: string[]): Record<string, TestRepository> {
  return Object.fromEntries(names.map((name) => [name, flake({ outputs: version(1) })]));
}

function move(inputs: Readonly<Record<string, TestRepository>>, ...names: string[]): void {
  for (const name of names.length > 0 ? names : Object.keys(inputs)) {
    rewrite(inputs[name]!, { outputs: version(2) });
  }
}

beforeEach(() => void startsOfNix());

describe("only flake.lock moved", () => {
  test("one input: it is the cause, and nothing else is evaluated", () => {
    const inputs = numbers("a", "b");
    const repository = flake({ inputs, outputs: policies({ one: "i.a.v == 2" }) });
    move(inputs, "a");
    lock(repository, "a");
    const checked = check(repository);
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:a"]);
    expect(rows(checked)).toEqual(["a moved 1"]);
    expect(checked.report.evaluation).toMatchObject({ evaluations: 2, cached: 0 });
    expect(startsOfNix()).toBe(1);
  });

  test("twelve, of which one matters: each is tried, all in the one process", () => {
    const names = Array.from({ length: 12 }, (_, index) => `i${String(index).padStart(2, "0")}`);
    const inputs = numbers(...names);
    const repository = flake({ inputs, outputs: policies({ one: "i.i07.v == 2" }) });
    move(inputs);
    lock(repository, ...names);
    const checked = check(repository);
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:i07"]);
    expect(rows(checked)).toEqual(names.map((name) => `${name} moved ${name === "i07" ? 1 : 0}`));
    expect(checked.report.evaluation).toMatchObject({ evaluations: 2 + 12, cached: 0 });
    expect(startsOfNix()).toBe(1);
  });

  test("several, and nothing comes of it: nothing is tried", () => {
    const inputs = numbers("a", "b", "c");
    const repository = flake({ inputs, outputs: policies({}) });
    move(inputs);
    lock(repository, "a", "b", "c");
    const checked = check(repository);
    expect(checked.flake.changes).toEqual([]);
    expect(rows(checked)).toEqual(["a moved 0", "b moved 0", "c moved 0"]);
    expect(checked.report.evaluation.evaluations).toBe(2);
  });

  test("two that matter only together, two that each suffice, and one alone, told apart", () => {
    const inputs = numbers("a", "b", "c", "d");
    const conditions = {
      both: "i.a.v == 2 && i.b.v == 2",
      either: "i.b.v == 2 || i.c.v == 2",
      one: "i.c.v == 2",
    };
    const repository = flake({ inputs, outputs: policies(conditions) });
    move(inputs);
    lock(repository, "a", "b", "c", "d");
    const checked = check(repository);
    expect(inWords(checked.causes["policies.both"])).toEqual(["input:a + input:b"]);
    expect(inWords(checked.causes["policies.either"])).toEqual(["input:b", "input:c"]);
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:c"]);
    expect(rows(checked)).toEqual(["a moved 1", "b moved 2", "c moved 2", "d moved 0"]);
    // Both sides, four alone; then four left out, the text of the lock file, and the two that are left.
    expect(checked.report.evaluation.evaluations).toBe(2 + 4 + 5 + 1);
    expect(startsOfNix()).toBe(3);
  });

  test("a flake that reads its own flake.lock is told apart from what its inputs do", () => {
    const inputs = numbers("a", "b");
    const repository = flake({
      inputs,
      outputs:
        'claudeContext = { version = "2025-01"; policies.pins = builtins.hashFile "sha256" ./flake.lock; };',
    });
    move(inputs);
    lock(repository, "a", "b");
    const checked = check(repository);
    expect(inWords(checked.causes["policies.pins"])).toEqual(["edit:flake.lock"]);
    expect(rows(checked)).toEqual(["a moved 0", "b moved 0"]);
    expect(checked.report.evaluation.evaluations).toBe(2 + 2 + 1);
  });
});

describe("the source was edited, and an input moved", () => {
  test.each([
    ["only the edit matters", { one: "false" }, { one: "true" }, ["edit:flake.nix"], ["a moved 0"]],
    ["only the input matters", {}, { note: "false" }, ["input:a"], ["a moved 1"]],
    ["only both matter", { one: "false" }, {}, ["edit:flake.nix + input:a"], ["a moved 1"]],
  ])("%s", (_, before, after, causes, table) => {
    const inputs = numbers("a");
    const text = (more: object) => ({ inputs, outputs: policies({ one: "i.a.v == 2", ...more }) });
    const repository = flake(text(before));
    move(inputs);
    rewrite(repository, text(after));
    lock(repository, "a");
    const checked = check(repository, "--base", "HEAD~2", "--head", "HEAD");
    expect(inWords(checked.causes["policies.one"])).toEqual(causes);
    expect(rows(checked)).toEqual(table);
    // The new source with the old input, and the old source with the new one.
    expect(checked.report.evaluation.evaluations).toBe(2 + 2);
    expect(startsOfNix()).toBe(1);
  });

  test("where old and new do not go together, they did it together", () => {
    const input = flake({ outputs: "old = true;" });
    const text = (attribute: string) => ({
      inputs: { input },
      outputs: policies({ renamed: `i.input.${attribute} && "${attribute}" == "new"` }),
    });
    const repository = flake(text("old"));
    rewrite(input, { outputs: "new = true;" });
    rewrite(repository, text("new"));
    lock(repository, "input");
    const checked = check(repository, "--base", "HEAD~2", "--head", "HEAD");
    expect(inWords(checked.causes["policies.renamed"])).toEqual(["edit:flake.nix + input:input"]);
    expect(checked.flake.inputs[0]).not.toHaveProperty("undecidedBecause");
  });
});

describe("three levels deep", () => {
  /** `lib` in `org` in the repository, each with a number. */
  function nested() {
    const lib = flake({ outputs: version(1) });
    const org = (number: number) => ({ inputs: { lib }, outputs: `v = ${number}; lib = i.lib.v;` });
    const organisation = flake(org(1));
    return { lib, organisation, org };
  }

  test("a nested input alone moves: it is named, and nothing else is evaluated", () => {
    const { lib, organisation } = nested();
    const repository = flake({ inputs: { org: organisation }, outputs: policies({ one: "i.org.lib == 2" }) });
    rewrite(lib, { outputs: version(2) });
    lock(repository, "org/lib");
    const checked = check(repository);
    expect(rows(checked)).toEqual(["org/lib moved 1"]);
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:org/lib"]);
    expect(checked.report.evaluation.evaluations).toBe(2);
  });

  test("an input moves with one below it: whichever does it is named", () => {
    const { lib, organisation, org } = nested();
    const conditions = {
      below: "i.org.lib == 2",
      both: "i.org.v == 2 && i.org.lib == 2",
      own: "i.org.v == 2",
    };
    const repository = flake({ inputs: { org: organisation }, outputs: policies(conditions) });
    rewrite(lib, { outputs: version(2) });
    rewrite(organisation, org(2));
    lock(organisation, "lib");
    lock(repository, "org");
    const checked = check(repository);
    expect(inWords(checked.causes["policies.own"])).toEqual(["input:org"]);
    expect(inWords(checked.causes["policies.below"])).toEqual(["input:org/lib"]);
    expect(inWords(checked.causes["policies.both"])).toEqual(["input:org"]);
    expect(rows(checked)).toEqual(["org moved 2", "org/lib moved 1"]);
    // Each of the two rows by itself.
    expect(checked.report.evaluation.evaluations).toBe(2 + 2);
    expect(startsOfNix()).toBe(1);
  });

  test("an input below one follows another than before", () => {
    const { lib, organisation } = nested();
    const mine = flake({ outputs: version(7) });
    const following = (target: string) => ({
      inputs: {
        lib,
        mine,
        org: [organisation, `inputs.lib.follows = "${target}";`] as [TestRepository, string],
      },
      outputs: policies({ one: "i.org.lib == 7" }),
    });
    const repository = flake(following("lib"));
    rewrite(repository, following("mine"));
    lock(repository);
    const checked = check(repository, "--base", "HEAD~2", "--head", "HEAD");
    expect(rows(checked)).toEqual(["org/lib redirected 1"]);
    expect(checked.flake.inputs[0]).toMatchObject({ from: "follows lib", to: "follows mine" });
    expect(inWords(checked.causes["policies.one"])).toEqual(["input:org/lib"]);
    expect(checked.report.evaluation.evaluations).toBe(2 + 2);
  });

  test("an input is redirected to a fork with the same content: no change, and a finding all the same", () => {
    const { lib, organisation } = nested();
    const fork = flake({ outputs: version(1) });
    const repository = flake({ inputs: { org: organisation }, outputs: policies({ one: "i.org.lib == 2" }) });
    const text = repository.git("show", "HEAD:flake.lock");
    repository.write({ "flake.lock": text.replaceAll(`file://${lib.root}`, `file://${fork.root}`) });
    repository.commit("flake.lock: update");
    const checked = check(repository);
    expect(checked.flake.changes).toEqual([]);
    expect(rows(checked)).toEqual(["org/lib redirected 0"]);
    expect(checked.flake.findings.map(({ rule }) => rule)).toContain("lock-source-redirected");
    expect(checked.report.verdict).toBe("block");
    expect(checked.report.evaluation.evaluations).toBe(2);
  });
});
