import { describe, expect, test } from "vitest";
import { arbitraryCodeBehind } from "../../src/permissions/index.ts";

const CLIENT = { client: "2.1.330" } as const;
const categoryOf = (text: string): string | null =>
  arbitraryCodeBehind(text, "allow", CLIENT)?.category ?? null;

describe("arbitraryCodeBehind", () => {
  test.each([
    ["Bash", "everything"],
    ["Bash(*)", "everything"],
    ["Bash(* --version)", "everything"],
    ["Bash(*git*)", "everything"],
    ["Bash(FOO=1 *)", "everything"],
    ["Monitor", "everything"],
    ["Bash(bash *)", "shell"],
    ["Bash(/bin/sh -c *)", "shell"],
    ["Bash(python3:*)", "interpreter"],
    ["Bash(python3 script.py *)", "interpreter"],
    ["Bash(pyth*)", "interpreter"],
    ["Bash(node -e *)", "interpreter"],
    ["Bash(sed *)", "interpreter"],
    ["Bash(env *)", "wrapper"],
    ["Bash(xargs *)", "wrapper"],
    ["Bash(sudo apt *)", "wrapper"],
    ["Bash(make *)", "build-tool"],
    ["Bash(cargo build *)", "build-tool"],
    ["Bash(npx *)", "package-runner"],
    ["Bash(npm *)", "package-runner"],
    ["Bash(npm run *)", "package-runner"],
    ["Bash(npm ru*)", "package-runner"],
    ["Bash(uv run *)", "package-runner"],
    ["Bash(nix *)", "nix"],
    ["Bash(nix flake *)", "nix"],
    ["Bash(nix eval *)", "nix"],
    ["Bash(nix-shell *)", "nix"],
    ["Bash(git *)", "git"],
    ["Bash(git commit *)", "git"],
    ["Bash(git -c *)", "git"],
    ["Bash(tar *)", "archiver-or-pager"],
    ["Bash(curl *)", "network"],
    ["Bash(ssh host *)", "network"],
    ["Bash(docker run *)", "operations"],
    ["Bash(gh *)", "operations"],
    ["Bash(gh pr *)", "operations"],
    ["Bash(claude *)", "agent"],
    ["PowerShell(iex *)", "shell"],
  ])("%s approves any code: %s", (text, category) => {
    expect(categoryOf(text)).toBe(category);
  });

  test.each([
    "Bash(python3 script.py)",
    "Bash(npm test)",
    "Bash(git status *)",
    "Bash(git log *)",
    "Bash(git diff *)",
    "Bash(find *)",
    "Bash(watch *)",
    "Bash(eval *)",
    "Bash(git push)",
    "Bash(gh pr list *)",
    "Bash(docker ps *)",
    "Bash(kubectl get *)",
    "Bash(npm view *)",
    "Bash(nix flake metadata *)",
    "Bash(eslint *)",
    "Bash(cat *)",
    "Bash(:*)",
    "Read",
    "Edit(**)",
    "WebFetch",
    "mcp__gh",
  ])("%s does not", (text) => {
    expect(categoryOf(text)).toBeNull();
  });

  test("a deny or ask rule approves nothing", () => {
    expect(arbitraryCodeBehind("Bash(python3 *)", "deny", CLIENT)).toBeNull();
    expect(arbitraryCodeBehind("Bash", "ask", CLIENT)).toBeNull();
  });

  test("names the program", () => {
    expect(arbitraryCodeBehind("Bash(/usr/bin/python3 -c *)", "allow", CLIENT)).toEqual({
      program: "python3",
      category: "interpreter",
    });
  });
});
