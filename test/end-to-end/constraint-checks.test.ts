import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lock } from "../../scripts/example.mjs";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";

const home = createDirectory();

function flake(context: string, inputs: Record<string, TestRepository> = {}): string {
  const urls = Object.entries(inputs).map(([name, { root }]) => `inputs.${name}.url = "git+file://${root}";`);
  return `{\n  ${urls.join("\n  ")}\n  outputs = { self, ... }@inputs: {\n    claudeContext = {\n      version = "2025-01";\n${context}\n    };\n  };\n}\n`;
}

/** A repository whose base has one context and whose work tree another; what it imports is locked. */
function changed(before: string, after: string, inputs: Record<string, TestRepository> = {}): TestRepository {
  const repository = createRepository({ "flake.nix": flake(before, inputs) });
  if (Object.keys(inputs).length > 0) relock(repository);
  repository.commit("base");
  repository.write({ "flake.nix": flake(after, inputs) });
  return repository;
}

function relock(repository: TestRepository, ...args: string[]): void {
  lock(repository.root, home, defaultNix().binary, ...args);
}

function findings(repository: TestRepository, ...args: string[]): Finding[] {
  const { stdout, stderr } = nixclaude(repository.root, ["check", "--format", "json", ...args]);
  expect(stderr).toBe("");
  return (JSON.parse(stdout) as Report).flakes[0]!.findings;
}

const named = (found: readonly Finding[], rule: string) => found.filter((finding) => finding.rule === rule);

test("the example of the page finds what the page says", () => {
  const page = readFileSync("docs/constraints.md", "utf8");
  const [, nix, quoted] = /```nix check\n([\s\S]*?)```\n\n((?:>.*\n)+)/.exec(page)!;
  const [constraint] = /^constraints[\s\S]*?\n {4}added;\n/.exec(nix!)!;
  const found = named(findings(changed(constraint, nix!)), "one-server-at-a-time");
  expect(found.map(({ message }) => message)).toEqual(
    quoted!
      .split("\n")
      .map((line) => line.replace(/^> ?/, ""))
      .filter((line) => line !== ""),
  );
  expect(found).toMatchObject([
    { severity: "warning", introduced: true, position: { file: "flake.nix" } },
    { severity: "warning", introduced: true },
  ]);
});

const GUESSES = `{ after, ... }: if after.persona == "You guess." then [ { message = "The persona guesses."; path = "persona"; } ] else [ ]`;

test("the functions of an input, of an organisation and of the flake itself apply, trusted or not", () => {
  const standards = createRepository({ "flake.nix": flake(`constraints.theirs.check = ${GUESSES};`) });
  const own = `constraints.own.check = ${GUESSES};\npersona = `;
  const repository = changed(`${own}"You know.";`, `${own}"You guess.";`, { standards });
  for (const trust of [[], ["--untrusted"]]) {
    const found = findings(repository, "--org", standards.root, ...trust);
    const persona = found.filter(({ message }) => message === "The persona guesses.");
    expect(persona.map(({ rule, source }) => [rule, source])).toEqual([
      ["own", "self"],
      ["theirs", "input:standards"],
      ["theirs", `org:${standards.root}`],
    ]);
    expect(persona.map(({ introduced }) => introduced)).toEqual([true, true, true]);
  }
});

test("a change that makes its own judge lax is judged by the one before, and that it did so is said", () => {
  const repository = changed(
    `constraints.own.check = ${GUESSES};\npersona = "You know.";`,
    `constraints.own.check = _: [ ];\npersona = "You guess.";`,
  );
  const found = findings(repository);
  expect(named(found, "own")).toMatchObject([{ message: "The persona guesses." }]);
  expect(named(found, "constraint-weakened")).toMatchObject([{ severity: "error" }]);
});

test.each<[string, (context: string) => string]>([
  ["a name that Nix itself gives", (context) => `let map = _: _: [ ]; in ${context}`],
  ["an operator", (context) => `let __lessThan = _: _: false; in ${context}`],
  ["all of a file", () => "builtins.scopedImport { map = _: _: [ ]; } ./context.nix"],
])("a function that reads as before finds what it says, whatever %s means around it", (_, around) => {
  const check =
    "{ changes, ... }: if 0 < builtins.length changes then map (c: { message = c.path; }) changes else [ ]";
  const context = (persona: string) =>
    `{ version = "2025-01"; persona = "${persona}"; constraints.own.check = ${check}; }`;
  const files = (value: string, persona: string) => ({
    "flake.nix": `{ outputs = _: { claudeContext = ${value}; }; }\n`,
    "context.nix": `${context(persona)}\n`,
  });
  const repository = createRepository(files(around(context("You know.")), "You know."));
  repository.commit("swapped");
  repository.write(files(around(context("You guess.")), "You guess."));
  expect(named(findings(repository), "own")).toMatchObject([{ message: "Persona.", introduced: true }]);
});

test("a function that did not change is not said to have, whatever changes around it", () => {
  const own = `constraints.own.check = ${GUESSES};\npersona = `;
  expect(
    named(findings(changed(`${own}"You know.";`, `\n\n${own}"You ask.";`)), "constraint-weakened"),
  ).toEqual([]);
});

test.each<[string, string, RegExp]>([
  ["throws", '_: throw "no\\n::error::words"', /did not evaluate: .*no.* at flake\.nix:\d+:\d+/s],
  ["returns something else", "_: true", /is a boolean, expected a list of findings/],
  ["wants other arguments", "{ before, after }: [ ]", /changes/],
  [
    "has no end",
    "_: let f = n: if n == 0 then [ ] else f (n - 1) ++ f (n - 1); in f 60",
    /did not end within 3 s/,
  ],
])("a function that %s is no pass: the run says which it was", (_, check, words) => {
  const repository = changed('persona = "You know.";', `constraints.own.check = ${check};`);
  const { status, stdout, stderr } = nixclaude(repository.root, ["check", "--limit", "evaluation-time=3s"]);
  expect([status, stdout]).toEqual([3, ""]);
  const said = stderr.replace(/\n +/g, " ");
  expect(said).toMatch(
    /^error\[constraint-check-failed\]: the check of the constraint own of this flake \(flake\.nix:/,
  );
  expect(said).toMatch(words);
  expect(stderr).not.toMatch(/^::/m);
});

test("what a function says is hostile text", () => {
  const check = '_: [ { message = builtins.fromJSON ("\\"" + "\\\\u001b[31mred\\\\n::error::x" + "\\""); } ]';
  const repository = changed('persona = "You know.";', `constraints.own.check = ${check};`);
  const { status, stdout } = nixclaude(repository.root, ["check"]);
  expect(status).toBe(1);
  expect(stdout).toContain("red");
  expect(stdout).not.toMatch(/\u001b|^::/m);
});

test("a report with functions in it comes from the cache like any other", () => {
  const repository = changed(
    'persona = "You know.";',
    `constraints.own.check = ${GUESSES};\npersona = "You guess.";`,
  );
  const { digest } = report(repository);
  const again = report(repository);
  expect(again.digest).toBe(digest);
  expect(again.evaluation.evaluations).toBe(0);
});

function report(repository: TestRepository): Report {
  return JSON.parse(nixclaude(repository.root, ["check", "--format", "json"]).stdout) as Report;
}

test("an input that moves and widens is named, needs what `changes` says, and hands its cause to functions", () => {
  const context = (rule: string) => `permissions.allow = [ "${rule}" ];`;
  const standards = createRepository({ "flake.nix": flake(context("Bash(git status)")) });
  const own = `
    inherit (inputs.standards.claudeContext) permissions;
    constraints.bumps.changes = { fromInputs = "approve"; standards = "forbid"; };
    constraints.told.check = { changes, ... }: map (change: { message = (builtins.head change.causes).name; }) changes;`;
  const repository = changed(own, own, { standards });
  standards.write({ "flake.nix": flake(context("Bash(git *)")) });
  standards.commit("more");
  relock(repository, "--update-input", "standards");
  const found = findings(repository);
  const bumps = named(found, "bumps").map(({ message }) => message.replace(/^.*: a change/, "A change"));
  expect(bumps.sort()).toEqual([
    "A change that comes from the input `standards` is forbidden by bumps (`changes.standards`).",
    "A change that comes from the input `standards` needs an approval under bumps (`changes.fromInputs`).",
  ]);
  expect(named(found, "told")).toMatchObject([{ message: "Standards." }]);
  expect(named(found, "behavior-changed-by-lock")).toMatchObject([
    { severity: "warning", message: expect.stringContaining("it comes from the input `standards` (") },
  ]);
});
