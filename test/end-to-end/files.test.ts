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
