import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { lock, pathInput } from "../nix/path-inputs.ts";
import { nixclaude } from "../support/program.ts";
import { createRepository, type Files, type TestRepository } from "../support/repository.ts";
import { OWN_LIB } from "./module-world.ts";
import { ROOT } from "./support.ts";

const FLAKE = (url: string) =>
  `{
  inputs.nixclaude = { url = "${url}"; flake = false; };
  inputs.standards = { url = "STANDARDS"; flake = false; };
  outputs = { nixclaude, standards, ... }: {
    inherit (
      (import "\${nixclaude}/nix/lib/context.nix").evalClaudeContext {
        lib = import "\${nixclaude}/module-system.nix";
        modules = [ ./claude/team.nix ./claude/own.nix "\${standards}/module.nix" ];
      }
    ) claudeContext claudeContextOptions;
  };
}
`;

const TEAM = `{ lib, ... }: {
  claude.persona = lib.mkDefault "You review.";
  claude.model = "sonnet";
  claude.permissions = {
    allow = [
      "Bash(git status)"
    ];
  };
}
`;
const OWN = `{ lib, ... }: {
  claude.persona = "You sing.";
  claude.permissions.allow = [ "Bash(ls)" ];
  claude.tools.rg = { description = "Searches"; };
  claude.tools.fd = lib.mkMerge [
    { description = "Finds"; }
    (lib.mkIf true {
      alwaysApprove = true;
    })
  ];
}
`;
const STANDARDS = `{
  claude.permissions.deny = [ "Read(.env)" ];
  claude.policies.language = "Write English.";
}
`;

function filesBelow(directory: string): Files {
  const files = readdirSync(join(ROOT, directory), { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(ROOT, path), readFileSync(path)]),
  );
}

/** `nixclaude blame`, as file and line by attribute. */
function placesIn(repository: TestRepository): Record<string, string> {
  const { status, stdout, stderr } = nixclaude(repository.root, ["blame", "--format", "json"]);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const { values } = JSON.parse(stdout) as {
    values: { path: string; position?: { file: string; line: number; input?: string } }[];
  };
  return Object.fromEntries(
    values.map(({ path, position }) => [
      path,
      position === undefined
        ? "?"
        : `${position.input === undefined ? "" : `${position.input}/`}${position.file}:${position.line}`,
    ]),
  );
}

let repository: TestRepository;

beforeAll(() => {
  const ours = pathInput(
    {
      ...filesBelow("nix"),
      ...filesBelow("schema"),
      "module-system.nix": readFileSync(OWN_LIB, "utf8"),
    },
    { flake: false },
  );
  const standards = pathInput({ "module.nix": STANDARDS }, { flake: false });
  repository = createRepository({
    "flake.nix": FLAKE(ours.url).replace("STANDARDS", standards.url),
    "flake.lock": lock(
      { nixclaude: "nixclaude", standards: "standards" },
      { nixclaude: ours.node, standards: standards.node },
    ),
    "claude/team.nix": TEAM,
    "claude/own.nix": OWN,
  });
  repository.commit("Say how Claude behaves here");
});

describe("a context made of modules", () => {
  test("is valid, and judged as any other", () => {
    const { status, stdout, stderr } = nixclaude(repository.root, [
      "check",
      "--base",
      "none",
      "--format",
      "json",
    ]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const { findings } = (JSON.parse(stdout) as Report).flakes[0]!;
    expect(findings.map(({ rule }) => rule)).not.toContain("schema-invalid");
  });

  test("has each value where the module says it that counts", () => {
    expect(placesIn(repository)).toEqual({
      persona: "claude/own.nix:2",
      model: "claude/team.nix:3",
      "permissions.allow[0]": "claude/team.nix:5",
      "permissions.allow[1]": "claude/own.nix:3",
      "permissions.deny[0]": "standards/module.nix:2",
      "policies.language": "standards/module.nix:3",
      "tools.rg": "claude/own.nix:4",
      // Two definitions make it: only its parts stand in one place.
      "tools.fd": "flake.nix:10",
      "tools.fd.alwaysApprove": "claude/own.nix:8",
    });
  });
});
