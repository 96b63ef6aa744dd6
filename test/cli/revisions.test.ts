import { expect, test } from "vitest";
import { endsOf } from "../../src/cli/revisions.ts";

const nothing = { staged: false, worktree: false, includeUntracked: false };
const HEAD = { kind: "revision", name: "HEAD" };

test.each([
  ["nothing, outside CI", nothing, false, HEAD, { kind: "worktree", includeUntracked: false }],
  ["nothing, in CI", nothing, true, { kind: "first-parent", of: "HEAD" }, HEAD],
  ["--staged", { ...nothing, staged: true }, false, HEAD, { kind: "index" }],
  [
    "--worktree in CI",
    { ...nothing, worktree: true },
    true,
    HEAD,
    { kind: "worktree", includeUntracked: false },
  ],
  [
    "--include-untracked",
    { ...nothing, includeUntracked: true },
    false,
    HEAD,
    { kind: "worktree", includeUntracked: true },
  ],
  [
    "--head x",
    { ...nothing, head: "x" },
    false,
    { kind: "first-parent", of: "x" },
    { kind: "revision", name: "x" },
  ],
  [
    "--base x",
    { ...nothing, base: "x" },
    false,
    { kind: "revision", name: "x" },
    { kind: "worktree", includeUntracked: false },
  ],
  [
    "--base none",
    { ...nothing, base: "none" },
    false,
    { kind: "none" },
    { kind: "worktree", includeUntracked: false },
  ],
])("%s", (_, asked, inCi, base, head) => {
  expect(endsOf(asked, inCi)).toEqual({ base, head });
});

test("two heads at once are refused", () => {
  expect(() => endsOf({ ...nothing, head: "x", staged: true }, false)).toThrow("--head and --staged");
});
