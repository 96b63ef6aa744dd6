import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { commitAll, gitIn, lock, makeExample, replaceIn } from "../../scripts/example.mjs";
import type { ProbeReport } from "../../src/model/probe.ts";
import type { FlakeReport, Report } from "../../src/model/report.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory } from "../support/repository.ts";

function clientOf(version: ClientVersion): string {
  return join(process.cwd(), `test/conformance/node_modules/claude-code-${version}/bin/claude.exe`);
}

function reported(
  cwd: string,
  ...args: string[]
): { flake: FlakeReport; probe: ProbeReport; status: number | null } {
  const { stdout, stderr, status } = nixclaude(cwd, [...args, "--format", "json"]);
  expect(stderr).toBe("");
  const flake = (JSON.parse(stdout) as Report).flakes[0]!;
  return { flake, probe: flake.probe!, status };
}

const rulesOf = (flake: FlakeReport) => flake.findings.map(({ rule }) => rule);

describe("the example, with one rule made wider", () => {
  let repository: string;
  beforeAll(() => {
    ({ repository } = makeExample(createDirectory(), defaultNix().binary));
    replaceIn(join(repository, "flake.nix"), '"Bash(git status)"', '"Bash(git *)"');
  });

  test("the client runs on the one side what it asked about on the other, and nixclaude says the same", () => {
    const { flake, probe, status } = reported(repository, "probe", "--with", clientOf("2.1.330"));
    expect(status).toBe(0);
    expect(probe.clients).toEqual({ before: "2.1.330", after: "2.1.330" });
    expect(probe.asked).toBeGreaterThan(200);
    expect(probe.calls[0]).toMatchObject({
      call: "Bash(git push --force origin main)",
      severity: "critical",
      before: { client: "asks" },
      after: { client: "runs" },
    });
    expect(rulesOf(flake)).toEqual(["client-widened"]);
  });

  test("`check --verify-with` judges as ever, and says what the client does beside it", () => {
    const { flake, probe, status } = reported(repository, "check", "--verify-with", clientOf("2.1.330"));
    expect(status).toBe(1);
    expect(rulesOf(flake)).toEqual(
      expect.arrayContaining(["no-force-push", "approval-widened", "client-widened"]),
    );
    expect(rulesOf(flake)).not.toContain("client-disagrees");
    expect(probe.calls[0]?.after?.client).toBe("runs");
  });

  test("a smaller change prints as the documentation shows", async () => {
    replaceIn(join(repository, "flake.nix"), '"Bash(git *)"', '"Bash(git fetch *)"');
    const { stdout } = nixclaude(repository, ["probe", "--with", clientOf("2.1.330")]);
    const steady = stdout
      .replace(/: [0-9a-f]{7} -> tree [0-9a-f]{7}/, ": 1a2b3c4 -> tree 5d6e7f8")
      .replace(
        /\([\d.]+ s, \d evaluations?, digest [0-9a-f]+\)/,
        "(9.3 s, 2 evaluations, digest 9f8e7d6c5b4a)",
      );
    await expect(steady).toMatchFileSnapshot("golden/probe.txt");
  });

  test("a path to something else is no answer, and no pass", () => {
    const { status, stdout, stderr } = nixclaude(repository, ["probe", "--with", "/bin/true"]);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toContain("client-");
  });
});

describe("a lock bump that moves the client itself", () => {
  const directory = createDirectory();
  const agents = join(directory, "agents");
  const repository = join(directory, "repository");

  beforeAll(() => {
    for (const path of [agents, repository]) {
      mkdirSync(path, { recursive: true });
      gitIn(path, directory, "init", "-q", "-b", "main");
    }
    packageClient("2.1.197");
    writeFileSync(
      join(repository, "flake.nix"),
      `{
        inputs.agents.url = "git+file://${agents}";
        outputs = { self, agents }: {
          claudeContext = {
            version = "2025-01";
            tools.claude.pkg = agents.claude-code;
            permissions.allow = [ "Bash(npm test *)" ];
            permissions.deny = [ "Bash(git push *)" ];
          };
        };
      }`,
    );
    gitIn(repository, directory, "add", "-A");
    lock(repository, directory, defaultNix().binary);
    commitAll(repository, directory, "Say how Claude behaves here");
    packageClient("2.1.330");
    lock(repository, directory, defaultNix().binary, "--update-input", "agents");
    commitAll(repository, directory, "flake.lock: update");
  });

  function packageClient(version: ClientVersion): void {
    writeFileSync(
      join(agents, "flake.nix"),
      `{ outputs = _: { claude-code = { type = "derivation"; name = "claude-code-${version}"; pname = "claude-code"; version = "${version}"; meta.mainProgram = "claude"; }; }; }`,
    );
    commitAll(agents, directory, `Claude Code ${version}`);
  }

  test("each side is asked with its own binary, and the bump is named as the cause", () => {
    const { flake, probe } = reported(
      repository,
      ...["probe", "--base", "HEAD~1", "--head", "HEAD"],
      ...["--with", clientOf("2.1.330"), "--with", clientOf("2.1.197")],
    );
    expect(probe.clients).toEqual({ before: "2.1.197", after: "2.1.330" });
    const moved = flake.findings.find(({ rule }) => rule === "client-changed")!;
    expect(moved.message).toContain("Claude Code moves from 2.1.197 to 2.1.330");
    const change = flake.changes.find(({ id }) => id === moved.change)!;
    expect(change.causes).toMatchObject([{ kind: "input", name: "agents" }]);
    expect(probe.told.map(({ kind }) => kind)).toContain("tool-added");
  });

  test("one client for two versions could not tell", () => {
    const { status, stderr } = nixclaude(repository, [
      ...["probe", "--base", "HEAD~1", "--head", "HEAD"],
      ...["--with", clientOf("2.1.330")],
    ]);
    expect(status).toBe(3);
    expect(stderr).toContain("error[client-missing]");
    expect(stderr).toContain("2.1.197");
  });
});
