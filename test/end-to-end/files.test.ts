import { symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { nixclaude } from "../support/program.ts";
import { createRepository } from "../support/repository.ts";

const settings = (permissions: object) => JSON.stringify({ permissions }, null, 2);

test("without a flake, the client's own files are judged by the same rules", () => {
  const repository = createRepository({ ".claude/settings.json": settings({ allow: ["Bash(git status)"] }) });
  repository.write({ ".claude/settings.json": settings({ allow: ["Bash(git *)"] }) });
  const { stdout } = nixclaude(repository.root, ["check", "--format", "json"], {
    NIXCLAUDE_NIX: "/nonexistent",
  });
  const [flake] = JSON.parse(stdout).flakes;
  expect(flake.changes[0]).toMatchObject({ direction: "widens", witness: { after: "allow" } });
  expect(flake.changes[0].position).toMatchObject({ file: ".claude/settings.json", line: 4 });
});

test("a type error that makes the client drop the file is an error, since the deny list goes with it", () => {
  const repository = createRepository({ ".claude/settings.json": settings({ deny: ["Bash(rm *)"] }) });
  repository.write({ ".claude/settings.json": settings({ deny: "Bash(rm *)" }) });
  const { stdout, status } = nixclaude(repository.root, ["check"]);
  expect(stdout).toContain("list-dropped");
  expect(status).toBe(1);
});

const FLAKE = `{ outputs = _: { claudeContext = {
  version = "2025-01";
  permissions.allow = [ "Bash(git status)" ];
  policies.commits = "Ask first.";
  constraints.no-push.forbid.allow = [ "Bash(git push *)" ];
  constraints.commit-policy.require.policies.commits = null;
}; }; }
`;

test("client files beside a flake are held against each other under the flake's constraints", () => {
  const repository = createRepository({
    "flake.nix": FLAKE,
    ".claude/settings.json": settings({ allow: ["Bash(git status)"] }),
  });
  repository.write({ ".claude/settings.json": settings({ allow: ["Bash(git *)"] }) });
  const { stdout, status } = nixclaude(repository.root, ["check", "--format", "json"]);
  expect(status).toBe(1);
  const [flake, beside] = JSON.parse(stdout).flakes;
  expect(flake).toMatchObject({ attribute: "claudeContext", changes: [], findings: [] });
  expect(beside).toMatchObject({ attribute: "client-files", changes: [{ direction: "widens" }] });
  expect(beside.findings.map(({ rule }: { rule: string }) => rule)).toEqual(
    expect.arrayContaining(["no-push", "approval-widened"]),
  );
  expect(beside.findings.map(({ rule }: { rule: string }) => rule)).not.toContain("commit-policy");
});

test("client files beside a flake that did not change are not looked at, and removing them is no removed context", () => {
  const repository = createRepository({
    "flake.nix": FLAKE,
    ".claude/settings.json": settings({ allow: ["Bash(git *)"] }),
  });
  repository.write({ "README.md": "text" });
  repository.git("add", "-A");
  const unchanged = JSON.parse(nixclaude(repository.root, ["check", "--format", "json"]).stdout);
  expect(unchanged.flakes).toHaveLength(1);
  repository.git("rm", "-q", "--cached", "-r", ".claude");
  const removed = nixclaude(repository.root, ["check", "--staged", "--format", "json"]);
  expect(removed.status).toBe(0);
  expect(JSON.parse(removed.stdout).flakes[1].changes).toMatchObject([{ direction: "narrows" }]);
});

test("a flake.nix that is a symbolic link is not passed over for the client's files", () => {
  const repository = createRepository({ "flake.nix": FLAKE, "CLAUDE.md": "text" });
  repository.git("mv", "flake.nix", "real.nix");
  symlinkSync("real.nix", `${repository.root}/flake.nix`);
  repository.git("add", "-A");
  const { stderr, status } = nixclaude(repository.root, ["check", "--staged"]);
  expect(stderr).toContain("error[flake-not-a-file]: flake.nix in staged is a symbolic link");
  expect(status).toBe(3);
});

test("a flake.nix that is a directory is not passed over either", () => {
  const repository = createRepository({ "flake.nix/default.nix": FLAKE, "CLAUDE.md": "text" });
  const { stderr, status } = nixclaude(repository.root, ["check", "--base", "none"]);
  expect(stderr).toContain("is a directory, not a file");
  expect(status).toBe(3);
});
