import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { commitAll, gitIn, lock, makeExample, replaceIn } from "../../scripts/example.mjs";
import type { Report } from "../../src/model/report.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory } from "../support/repository.ts";

const directory = createDirectory();
let repository: string;
let organisation: string;

beforeAll(() => {
  ({ repository, organisation } = makeExample(directory, defaultNix().binary));
});

function check(...args: string[]): { report: Report; status: number | null } {
  const { stdout, stderr, status } = nixclaude(repository, ["check", "--format", "json", ...args]);
  expect(stderr).toBe("");
  return { report: JSON.parse(stdout), status };
}

const git = (...args: string[]) => gitIn(repository, directory, ...args);

test("a repository that follows its organisation's standards passes", () => {
  const { report, status } = check("--base", "HEAD", "--head", "HEAD");
  expect(report.flakes[0]?.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(report.verdict).not.toBe("block");
  expect(status).toBe(0);
});

test("widening `Bash(git status)` to `Bash(git *)` blocks, with a call that proves it and the constraint it violates", () => {
  replaceIn(join(repository, "flake.nix"), '"Bash(git status)"', '"Bash(git *)"');
  git("add", "-A");
  const { report, status } = check("--staged");
  expect(status).toBe(1);
  expect(report.verdict).toBe("block");
  const [flake] = report.flakes;
  const change = flake!.changes.find(({ surface }) => surface === "permissions");
  expect(change).toMatchObject({
    kind: "changed",
    direction: "widens",
    before: "Bash(git status)",
    after: "Bash(git *)",
    witness: { call: "Bash(git push --force origin main)", before: "default", after: "allow" },
    causes: [{ kind: "edit", file: "flake.nix" }],
  });
  const violated = flake!.findings.find(({ rule }) => rule === "no-force-push")!;
  expect(violated).toMatchObject({ source: "input:company-standards", severity: "error", introduced: true });
  expect(violated.witness?.call).toMatch(/^Bash\(git push (--force|-f)/);
  const { file, line, input } = violated.constraintPosition!;
  expect({ file, input }).toEqual({ file: "flake.nix", input: "company-standards" });
  const standards = readFileSync(join(organisation, "flake.nix"), "utf8").split("\n");
  expect(standards[line - 1]).toContain("no-force-push");
  expect(flake!.findings.map(({ rule }) => rule)).toContain("approval-widened");
});

test("every format carries the same digest, and so does every run", () => {
  const digest = check("--staged").report.digest;
  expect(check("--staged", "--no-cache").report.digest).toBe(digest);
  for (const format of ["terminal", "markdown"]) {
    expect(nixclaude(repository, ["check", "--staged", "--format", format]).stdout).toContain(
      digest.slice(0, 12),
    );
  }
});

test("the commit itself, checked later, gets the same changes, and is named as their cause", () => {
  const staged = check("--staged").report.flakes[0]!;
  commitAll(repository, directory, "Widen");
  const committed = check("--head", "HEAD").report.flakes[0]!;
  const commit = git("rev-parse", "HEAD").trim();
  const named = staged.changes.map((change) => ({
    ...change,
    causes: change.causes.map((cause) => ({ ...cause, commit, author: "Ada Example" })),
  }));
  expect(committed.changes).toEqual(named);
  expect(committed.findings).toEqual(staged.findings);
});

test("a waiver with reason, owner and day lets it pass and stays visible", () => {
  replaceIn(
    join(repository, "flake.nix"),
    'version = "2025-01";',
    'version = "2025-01"; waivers.no-force-push = { reason = "migration"; owner = "ada"; expires = "2999-01-01"; };',
  );
  const { report } = check("--base", "HEAD^");
  const finding = report.flakes[0]!.findings.find(({ rule }) => rule === "no-force-push");
  expect(finding?.waived).toEqual({ reason: "migration", owner: "ada", expires: "2999-01-01" });
  expect(report.counts.waived).toBeGreaterThan(0);
  git("checkout", "-q", "--", ".");
});

test("a finding is approved by its fingerprint; one that does not exist approves nothing and is said", () => {
  const { report } = check("--head", "HEAD");
  const errors = report.flakes[0]!.findings.filter(({ severity }) => severity === "error");
  const approved = check(
    "--head",
    "HEAD",
    ...errors.flatMap(({ fingerprint }) => ["--approve", fingerprint]),
  );
  expect(approved.status).toBe(0);
  expect(approved.report.counts.approved).toBe(errors.length);
  const mistyped = nixclaude(repository, ["check", "--head", "HEAD", "--approve", "0000"]);
  expect(mistyped.status).toBe(1);
  expect(mistyped.stderr).toContain("0000");
});

test("an organisation that loosens its own constraint is a warning; the repository that drops the input, an error", () => {
  replaceIn(join(organisation, "flake.nix"), /no-force-push = \{/, "no-force-push-disabled = {");
  commitAll(organisation, directory, "Loosen");
  lock(repository, directory, defaultNix().binary, "--update-input", "company-standards");
  const bumped = check("--staged").report.flakes[0]!;
  expect(bumped.findings.filter(({ rule }) => rule === "constraint-weakened")).toMatchObject([
    { severity: "warning" },
  ]);
  expect(bumped.inputs).toMatchObject([{ name: "company-standards", kind: "moved" }]);
  git("reset", "-q", "--hard");
});

test("why names the rule and where it is set", () => {
  const { stdout, status } = nixclaude(repository, ["why", "Bash(git push --force origin main)"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Bash(git *)");
  expect(stdout).toMatch(/flake\.nix:\d+:\d+/);
  expect(stdout).toContain("no-force-push");
});

test("explain tells what a constraint of the organisation asks, and where it stands", () => {
  const { stdout, status } = nixclaude(repository, ["explain", "no-force-push"]);
  expect(status).toBe(0);
  expect(stdout).toContain("a constraint of the input company-standards");
  expect(stdout).toMatch(/Set in <company-standards>\/flake\.nix:\d+:\d+/);
  expect(nixclaude(repository, ["explain", "no-force-psh"]).stderr).toMatch(/Did you mean\s+"no-force-push"/);
});

test("diff shows the changes and judges nothing", () => {
  const { stdout, status } = nixclaude(repository, ["diff", "--head", "HEAD"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Bash(git *)");
  expect(stdout).not.toMatch(/error|blocked/i);
});
