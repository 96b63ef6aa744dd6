import { expect, test } from "vitest";
import { commandsForbiddenIn } from "../../src/rules/forbidden-commands.ts";

test.each<[string, string[]]>([
  ["Never use --no-verify without asking", ["--no-verify"]],
  ["Never run `git push --force` on shared branches.", ["git push --force"]],
  ['Do not run "terraform apply".', ["terraform apply"]],
  ["Don't use sudo.", ["sudo"]],
  ["Ask before running terraform apply in production.", ["terraform apply"]],
  ["You must not call kubectl delete without approval.", ["kubectl delete"]],
  ["Never use --force, --amend or --no-verify.", ["--force", "--amend", "--no-verify"]],
  ["Never use `npm`, use `pnpm`.", ["npm"]],
  ["Use `pnpm`. Never use `npm`.", ["npm"]],
  ["`git rebase` needs a person: ask first.", ["git rebase"]],
  ["- Be terse.\n- Never run `npm publish`.\n- Use `rg`.", ["npm publish"]],
  ["Avoid rm -rf; prefer `trash`.", ["rm -rf"]],
  ["Never push to main.", []],
  ["Prefer `rg` over `grep`.", []],
  ["Never make changes without tests; time is no excuse.", []],
  ['Never say "I am done" before the tests pass.', []],
  ["Run `npm test` before you commit.", []],
  ["Never use --frobnicate.", []],
  ["Never pass --yes to gh.", ["gh", "--yes"]],
])("%j names %j", (policy, commands) => {
  expect(commandsForbiddenIn(policy).map(({ text }) => text)).toEqual(commands);
});

test("a flag is looked for behind the programs that are known to have it", () => {
  const [named] = commandsForbiddenIn("Never use --no-verify");
  expect(named?.rules).toContain("Bash(git commit --no-verify *)");
  expect(named?.rules).toContain("Bash(git commit * --no-verify)");
});
