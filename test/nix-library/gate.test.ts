import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { nixVersions } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { createRepository, type Files, type TestRepository } from "../support/repository.ts";
import { SYSTEM, stubArguments } from "./support.ts";

/** A flake whose context has a server that is built with the library. */
const flake = (given: string, command: string, mcpServers = "[ server ]") => `{
  outputs = { self }:
    let
      pkgs = import ./test/nix-library/stub-pkgs.nix { system = "${SYSTEM}"; ${given} };
      server = (import ./nix/lib).mkMcpServer { inherit pkgs; } {
        name = "nix-tools";
        tools.nix-search = {
          description = "Searches nixpkgs";
          command = ${command};
        };
      };
    in
    {
      claudeContext = {
        version = "2025-01";
        mcpServers = ${mcpServers};
        autoApprove = [ server.rules.nix-search ];
        constraints.pinned = { description = "Servers are pinned."; require.pinned = true; };
      };
    };
}`;

function repositoryWith(text: string, files: Files = {}): TestRepository {
  const repository = createRepository();
  const parts = ["nix", "package-lock.json", "package.json", "schema", "test/nix-library/stub-pkgs.nix"];
  for (const part of parts) cpSync(part, join(repository.root, part), { recursive: true });
  repository.write({ ...files, "flake.nix": text });
  repository.commit("a server");
  return repository;
}

describe.each(nixVersions())("a server of the library, judged on Nix $version", (nix) => {
  const given = stubArguments(nix);
  const check = (repository: TestRepository, ...args: string[]) => {
    const options = { NIXCLAUDE_NIX: nix.binary };
    const { stdout, stderr } = nixclaude(repository.root, ["check", "--format", "json", ...args], options);
    expect(stderr).toBe("");
    return (JSON.parse(stdout) as Report).flakes[0]!;
  };
  const rulesOf = ({ findings }: ReturnType<typeof check>) => findings.map(({ rule }) => rule).sort();

  test("is pinned, and known by its name and the rule of its tool", () => {
    const judged = check(repositoryWith(flake(given, '"nix search nixpkgs"')), "--base", "none");
    expect(judged.changes.map(({ path }) => path)).toContain("mcpServers.nix-tools");
    expect(judged.changes.flatMap(({ witness }) => witness?.call ?? [])).toEqual([
      "mcp__nix-tools__nix-search",
    ]);
    expect(rulesOf(judged)).toEqual(["approval-widened", "mcp-server-added"]);
  });

  test.each([
    ["another command", '"nix run"', ["mcp-server-changed"]],
    ["the same command", `"nix search nixpkgs" `, []],
  ])("with %s", (_, command, rules) => {
    const repository = repositoryWith(flake(given, '"nix search nixpkgs"'));
    repository.write({ "flake.nix": flake(given, command) });
    expect(rulesOf(check(repository))).toEqual(rules);
  });

  test.each([
    ["the script that a tool runs", { "scripts/run.sh": "exit 2\n" }, ["mcp-server-changed"]],
    ["another script", { "scripts/other.sh": "exit 2\n" }, []],
  ])("with another text of %s", (_, edited, rules) => {
    const scripts = { "scripts/run.sh": "exit 0\n", "scripts/other.sh": "exit 0\n" };
    const repository = repositoryWith(flake(given, '"${self}/scripts/run.sh {query}"'), scripts);
    repository.write(edited);
    const judged = check(repository);
    expect(rulesOf(judged)).toEqual(rules);
    expect(judged.changes.flatMap(({ causes }) => causes)).toEqual(
      rules.map(() => ({ kind: "edit", file: "scripts/run.sh" })),
    );
  });

  test("beside a second one with its name is an error that names both", () => {
    const text = flake(given, '"nix"', '[ server (server // { meta.mainProgram = "other"; }) ]');
    const [finding] = check(repositoryWith(text), "--base", "none").findings;
    expect(finding).toMatchObject({ rule: "schema-invalid", severity: "error" });
    expect(finding!.message).toContain('`mcpServers[1]` is a second MCP server named "nix-tools"');
    expect(finding!.message).toContain("the first is mcpServers[0]");
  });
});
