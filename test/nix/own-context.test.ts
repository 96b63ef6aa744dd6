import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { nixVersions } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  createRepository,
  type TestRepository,
} from "../support/repository.ts";

const own = readFileSync("flake.nix", "utf8");
const ATTRIBUTE = ["--attribute", "development.claudeContext"];
let repository: TestRepository;

beforeAll(() => {
  repository = createRepository({ "flake.nix": own, "flake.lock": readFileSync("flake.lock") });
  repository.commit("flake");
});

function check(args: readonly string[], nix: string): { report: Report; status: number | null } {
  const run = nixclaude(repository.root, ["check", ...ATTRIBUTE, "--format", "json", ...args], {
    NIXCLAUDE_NIX: nix,
  });
  expect(run.stderr).toBe("");
  return { report: JSON.parse(run.stdout) as Report, status: run.status };
}

const versions = nixVersions();
const newest = versions.at(-1)!.binary;

test("this project's own context passes its own gate, on every Nix with the same report", () => {
  const checked = versions.map(({ binary }) => check(["--base", "none"], binary));
  for (const { report, status } of checked) {
    expect(status).toBe(0);
    expect(report.counts).toMatchObject({ error: 0 });
  }
  expect(new Set(checked.map(({ report }) => report.digest)).size).toBe(1);
});

test("a nixpkgs that moved is judged without fetching it", () => {
  const lock = readFileSync("flake.lock", "utf8");
  repository.write({ "flake.lock": lock.replace(/"rev": "......../, '"rev": "00000000') });
  const { report, status } = check(["--worktree"], newest);
  repository.write({ "flake.lock": lock });
  expect(report.flakes[0]!.inputs).toMatchObject([{ name: "nixpkgs", kind: "moved", effects: 0 }]);
  expect(status).toBe(0);
});

test("those who have the flake as an input are not bound by its own constraints", () => {
  const url = `git+file://${repository.root}?rev=${repository.head()}`;
  const user = createRepository({
    "flake.nix": `{
      inputs.nixclaude.url = "${url}";
      outputs = _: { claudeContext = { version = "2025-01"; autoApprove = [ "Bash(gh pr list)" ]; }; };
    }`,
  });
  const locked = spawnSync(newest, ["--extra-experimental-features", "nix-command flakes", "flake", "lock"], {
    cwd: user.root,
    env: { ...cleanGitEnvironment(), HOME: user.root, NIX_REMOTE: createDirectory() },
    encoding: "utf8",
  });
  expect(locked.status, locked.stderr).toBe(0);
  user.commit("locked");
  const run = nixclaude(user.root, ["check", "--base", "none", "--format", "json"]);
  const [judged] = (JSON.parse(run.stdout) as Report).flakes;
  expect(judged!.findings.map(({ rule }) => rule).sort()).toEqual(["approval-widened", "lock-input-local"]);
});

describe("its own constraints stop", () => {
  test.each([
    ["nothing-leaves", '"Bash(git status)"', '"Bash(npm *)"'],
    [
      "secrets-denied",
      '            "Read(.env.*)"\n            "Read(~/.ssh/**)"\n            "Edit',
      '            "Edit',
    ],
    ["a-person-decides", 'defaultMode = "default"', 'defaultMode = "acceptEdits"'],
    [
      "workflows-asked",
      '            "Edit(/.github/**)"\n            "Edit(/flake.nix)"\n          ];\n          #',
      "          ];\n          #",
    ],
    ["pinned-servers", "constraints = {", 'mcpServers.x.command = "x-mcp";\n      constraints = {'],
  ])("%s, when %j becomes %j", (constraint, before, after) => {
    expect(own.split(before)).toHaveLength(2);
    repository.write({ "flake.nix": own.replace(before, after) });
    const { report, status } = check(["--worktree"], newest);
    const blocking = report.flakes[0]!.findings.filter(({ severity }) => severity === "error");
    expect(blocking.map(({ rule }) => rule)).toContain(constraint);
    expect(status).toBe(1);
  });
});
