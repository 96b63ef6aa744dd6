import { expect, test } from "vitest";
import type { BisectResult, FoundCommit } from "../../src/check/bisect/result.ts";
import { bisectText, progressLine } from "../../src/cli/bisect-text.ts";

const commit = (digit: string, subject: string): FoundCommit => ({
  id: digit.repeat(40),
  author: "Ada Okafor",
  seconds: Date.UTC(2026, 2, 1) / 1000,
  subject,
  merged: 0,
});

const CHANGE = {
  fingerprint: "0123456789abcdef",
  surface: "persona",
  path: "persona",
  kind: "changed",
  direction: "incomparable",
  before: "a",
  after: "b",
  summary: "persona changed",
} as const;

function resultWith(changes: BisectResult["changes"], more: Partial<BisectResult> = {}): BisectResult {
  return {
    schemaVersion: 1,
    tool: { name: "nixclaude", version: "0.0.0" },
    input: { path: "company", reference: "github:acme/standards", from: "a".repeat(40), to: "f".repeat(40) },
    history: { commits: 9, merges: 1 },
    changes,
    passing: [],
    others: [],
    differentlyLocked: [],
    evaluation: { nix: "2.34.8", evaluations: 1, cached: 2, durationMs: 1234 },
    ...more,
  };
}

test("a row of commits is shown with its ends, its reason and its last commit", () => {
  const first = {
    kind: "range",
    commits: 4,
    from: commit("1", "Break it"),
    to: commit("4", "Mend it"),
    because: "no words today",
  } as const;
  expect(bisectText(resultWith([{ change: CHANGE, first, alone: null }]), 100)).toBe(
    `input company (github:acme/standards): 1 change in 9 commits from aaaaaaa to fffffff, 1 merge among
  them.

one of 4 commits, 1111111 to 4444444; those before the last do not evaluate, as far as they were
  tried: no words today
  last: 4444444 2026-03-01 Ada Okafor: Mend it
  incomparable  persona: persona changed
                whether it takes more than this input could not be told: the base does not evaluate
                with it

1 evaluation, 2 from an earlier run, 1.2 s
`,
  );
});

test("what else was seen stands apart", () => {
  const text = bisectText(
    resultWith([], {
      passing: [{ change: CHANGE, seenAt: "2".repeat(40) }],
      others: [{ ...CHANGE, path: "model", summary: "model changed" }],
      differentlyLocked: ["company/lib"],
    }),
    100,
  );
  expect(text).toContain(
    "gone at the end (there may be more):\n  2222222  incomparable: persona: persona changed\n",
  );
  expect(text).toContain(
    "not this input's doing (nixclaude diff tells whose):\n  incomparable: model: model changed\n",
  );
  expect(text).toContain("flake.lock has input company/lib at another revision than the input's own lock");
});

test("what a commit says of itself can neither move the cursor nor give orders to a runner", () => {
  const hostile = commit("3", "\u001b[2Jgone\n::error::mine \u202e ##vso[task]");
  const text = bisectText(
    resultWith([
      {
        change: { ...CHANGE, summary: "\u001b]8;;x\u0007" },
        first: { kind: "commit", ...hostile, author: "\n::stop", url: "https://x\n::add-mask::" },
        alone: true,
      },
    ]),
    60,
  );
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^\s*::|##vso\[/m);
  expect(text).toContain("\\u{1b}[2Jgone");
});

test.each([
  [{ kind: "changes", changes: 0 }, "nixclaude: no changes\n"],
  [{ kind: "changes", changes: 1 }, "nixclaude: 1 change, looking for the commit of each\n"],
  [
    { kind: "round", evaluations: 1, cached: 2, inQuestion: 3 },
    "nixclaude: 1 evaluation, 2 from an earlier run; at most 3 commits in question\n",
  ],
  [{ kind: "round", evaluations: 4, cached: 0, inQuestion: 0 }, "nixclaude: 4 evaluations; done\n"],
] as const)("progress %j is one line", (progress, line) => {
  expect(progressLine(progress)).toBe(line);
});
