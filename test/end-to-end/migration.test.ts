import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { nixclaude } from "../support/program.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

const page = readFileSync("docs/migration.md", "utf8");
/** The flakes of the page, without the standards, which are on the network. */
const [flake = "", said = ""] = [...page.matchAll(/```nix\n([\s\S]*?)```/g)].map(([, text]) =>
  text!.replace(/^ *inputs\.standards.*\n/m, ""),
);

const FILES = {
  ".claude/settings.json": JSON.stringify({
    permissions: { allow: ["Bash(git status)", "Bash(npm test)"], deny: ["Read(.env)"] },
    env: { DISABLE_TELEMETRY: "1" },
    hooks: { PreToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: "./guard.sh" }] }] },
    includeGitInstructions: true,
  }),
  ".mcp.json": JSON.stringify({ mcpServers: { notes: { command: "npx", args: ["-y", "notes-mcp@1.2.3"] } } }),
  "CLAUDE.md": "Never push.\n",
  "guard.sh": "#!/bin/sh\n",
};

function checkStaged({ root, git }: TestRepository): { report: Report; status: number | null } {
  git("add", "--all");
  const { stdout, stderr, status } = nixclaude(root, ["check", "--staged", "--format", "json"]);
  expect(stderr).toBe("");
  return { report: JSON.parse(stdout) as Report, status };
}

describe("the page on migration", () => {
  test("the flake that it shows says what the files say: one neutral change", () => {
    const repository = createRepository(FILES);
    repository.write({ "flake.nix": flake });
    const { report, status } = checkStaged(repository);
    expect(report.flakes.flatMap(({ changes }) => changes)).toMatchObject([
      {
        direction: "neutral",
        summary: expect.stringContaining("context now read from the flake instead of the client's own files"),
      },
    ]);
    expect(report.counts).toMatchObject({ error: 0, warning: 0 });
    expect(status).toBe(0);
  });

  test("the way back is an error", () => {
    const repository = createRepository({ ...FILES, "flake.nix": flake });
    repository.git("rm", "--quiet", "flake.nix");
    const { report, status } = checkStaged(repository);
    expect(report.flakes.flatMap(({ findings }) => findings).map(({ rule }) => rule)).toContain(
      "context-removed",
    );
    expect(status).toBe(1);
  });

  test("a wider file is reported for the flake that reads it, and for itself", () => {
    const repository = createRepository({ ...FILES, "flake.nix": flake });
    const wider = FILES[".claude/settings.json"].replace("Bash(npm test)", "Bash(npm *)");
    repository.write({ ".claude/settings.json": wider });
    const { report } = checkStaged(repository);
    const widened = report.flakes.filter(({ changes }) =>
      changes.some(({ direction }) => direction === "widens"),
    );
    expect(widened.map(({ attribute }) => attribute).sort()).toEqual(["claudeContext", "client-files"]);
  });

  describe("files that are written from the flake", () => {
    const HAND_WRITTEN = {
      ".claude/settings.json": JSON.stringify({
        permissions: { allow: ["Bash(git status)", "Bash(npm test)"], deny: ["Read(.env)"] },
      }),
      "CLAUDE.md": "Never push.\n",
    };
    /** Step 2 for these two files. */
    const reading = `{ outputs = _: { claudeContext = { version = "2025-01"; permissions = (builtins.fromJSON (builtins.readFile ./.claude/settings.json)).permissions; policies."CLAUDE.md" = builtins.readFile ./CLAUDE.md; }; }; }`;

    function moved(): TestRepository {
      const repository = createRepository({ ...HAND_WRITTEN, "flake.nix": reading });
      repository.write({ "flake.nix": said });
      return repository;
    }

    test("replace what was written by hand only when that is asked for", () => {
      const { root } = moved();
      const { status, stderr } = nixclaude(root, ["render"]);
      expect(status).toBe(1);
      expect(stderr).toContain("CLAUDE.md was written by hand.");
      expect(nixclaude(root, ["render", "--force"]).status).toBe(0);
    });

    test("change nothing in the context, and pass", () => {
      const repository = moved();
      nixclaude(repository.root, ["render", "--force"]);
      const { report, status } = checkStaged(repository);
      expect(
        report.flakes.map(({ attribute, changes }) => [attribute, changes.map(({ path }) => path)]),
      ).toEqual([
        ["claudeContext", []],
        ["client-files", ['policies."CLAUDE.md"']],
      ]);
      expect(report.counts.error).toBe(0);
      expect(status).toBe(0);
      expect(nixclaude(repository.root, ["render", "--check"]).status).toBe(0);
    });

    test.each([
      ["the flake", "flake.nix"],
      ["the file", ".claude/settings.json"],
    ])("block when %s is edited alone", (_, file) => {
      const repository = moved();
      nixclaude(repository.root, ["render", "--force"]);
      repository.commit();
      const text = readFileSync(join(repository.root, file), "utf8");
      repository.write({ [file]: text.replace("Read(.env)", "Read(.envrc)") });
      const { report, status } = checkStaged(repository);
      expect(report.flakes.flatMap(({ findings }) => findings).map(({ rule }) => rule)).toContain(
        "artifact-drift",
      );
      expect(status).toBe(1);
    });
  });
});
