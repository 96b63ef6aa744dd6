import { describe, expect, test } from "vitest";
import type { Change } from "../../src/model/change.ts";
import { COMMENT_MAX_CHARACTERS, commentForms, nothingDiffers } from "../../src/render/comment.ts";
import { changesTable } from "../../src/render/markdown-changes.ts";
import { effectsPicture } from "../../src/render/mermaid.ts";
import { tooLarge } from "./sample-bump.ts";
import { BLOCKED, PASSED, PROBED, WARNED } from "./sample-report.ts";

const OPTIONS = {
  runUrl: "https://github.com/acme/shop/actions/runs/7",
  head: "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c",
};
const [FLAKE] = BLOCKED.flakes;

describe("the comment on a pull request", () => {
  test.each([
    ["blocked", BLOCKED],
    ["warned", WARNED],
    ["passed", PASSED],
    ["probed", PROBED],
  ])("of the %s report has forms that grow shorter, all within the limit", (_, report) => {
    const forms = commentForms(report, OPTIONS);
    expect(forms.length).toBeGreaterThan(0);
    const lengths = forms.map((form) => form.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(COMMENT_MAX_CHARACTERS);
  });

  test("with a thousand changes keeps what blocks, and says what was left out", () => {
    const [largest] = commentForms(tooLarge(1000, 20), OPTIONS);
    expect(largest!.length).toBeLessThanOrEqual(COMMENT_MAX_CHARACTERS);
    for (let index = 0; index < 20; index++)
      expect(largest).toContain(`\`tool${index}\`, which company-standards forbids`);
    expect(largest!.match(/^\| \*\*widens\*\*/gm)).toHaveLength(20);
    expect(largest).toContain("These rows block; the job summary has all 1000 changes.");
    expect(largest).toContain("Parts were left out for length; the job summary has them.");
  });

  test("with more blocked changes than there is room for is cut between them, never inside", () => {
    const forms = commentForms(tooLarge(1000, 1000), OPTIONS);
    for (const form of forms) {
      expect(form.length).toBeLessThanOrEqual(COMMENT_MAX_CHARACTERS);
      expect(form.split("```").length % 2).toBe(1);
      expect(form.match(/<details>/g)?.length ?? 0).toBe(form.match(/<\/details>/g)?.length ?? 0);
      expect(form).toContain("## Claude's behavior: blocked");
    }
  });

  test("says in one line that nothing differs", () => {
    expect(nothingDiffers(OPTIONS)).toBe(
      "No change in what Claude is told or may do at 9f8e7d6c5b4a. [The run](https://github.com/acme/shop/actions/runs/7)\n",
    );
  });
});

describe("a row of the comment", () => {
  const row = (change: Partial<Change>) => {
    const one = { ...FLAKE!.changes[0]!, position: undefined, witness: undefined, ...change } as Change;
    return changesTable({ ...FLAKE!, changes: [one] })
      .split("\n")
      .at(-1)!
      .split(" | ");
  };

  test.each<[string, Partial<Change>, string]>([
    ["a rule", { before: null, after: "Bash(git *)" }, "nothing → `Bash(git *)`"],
    ["a list of rules", { before: ["A", "B"], after: null }, "`A`, `B` → nothing"],
    ["anything else as JSON", { before: null, after: { command: "x" } }, 'nothing → `{ "command": "x" }`'],
    ["a hash in short", { before: null, after: `sha256-${"A".repeat(43)}=` }, "nothing → `sha256-AAAAAAAA`"],
    [
      "a long value cut",
      { before: null, after: "x".repeat(130) },
      `nothing → \`${"x".repeat(120)} ... (10 more characters)\``,
    ],
    [
      "of long texts, where they differ",
      {
        before: "not shown",
        after: "not shown",
        textDiff: [
          { kind: "same", text: `${"a ".repeat(100)}be ` },
          { kind: "removed", text: "careful" },
          { kind: "added", text: "quick" },
          { kind: "same", text: `.${" z".repeat(100)}` },
        ],
      },
      "`... a a a a a a a a a a be careful. z z z z z z z z z z z ...`<br>→ `... a a a a a a a a a a be quick. z z z z z z z z z z z ...`",
    ],
  ])("shows %s", (_, change, expected) => {
    expect(row(change)[1]).toBe(expected);
  });

  test("says of a change that is undecided why", () => {
    expect(row({ direction: "undecided", undecidedBecause: "the search gave up" })[1]).toContain(
      "<br>not decided: the search gave up",
    );
  });
});

describe("the picture from inputs to effects", () => {
  test("leads from each input that changed something to what it changed", () => {
    expect(effectsPicture(FLAKE!)).toMatchInlineSnapshot(`
      [
        "flowchart LR",
        "  i0["company-standards<br>0123456 #8594; 89abcde"]",
        "  c0["widens<br>hook npx prettier --write . runs after every Edit"]",
        "  i0 --> c0",
      ]
    `);
  });

  test("is left out where no input changed anything, and where it would show too much", () => {
    expect(effectsPicture({ ...FLAKE!, inputs: [] })).toEqual([]);
    const change = FLAKE!.changes.find(({ causes }) => causes.some(({ kind }) => kind === "input"))!;
    expect(effectsPicture({ ...FLAKE!, changes: Array.from({ length: 21 }, () => ({ ...change })) })).toEqual(
      [],
    );
  });

  test("takes every meaning from hostile text", () => {
    const change = FLAKE!.changes.find(({ causes }) => causes.some(({ kind }) => kind === "input"))!;
    const summary = '"]; click i0 "javascript:alert(1)" %% <script> ``` \u202e';
    const input = { ...FLAKE!.inputs[0]!, name: summary, path: summary };
    const causes = [{ kind: "input" as const, name: summary, from: summary, to: null }];
    const lines = effectsPicture({ ...FLAKE!, inputs: [input], changes: [{ ...change, summary, causes }] });
    expect(lines.length).toBe(4);
    for (const line of lines.slice(1)) {
      expect(line).toMatch(
        /^ {2}[ic]\d+(?:\["[A-Za-z0-9 .,_/#;-]*(?:<br>[A-Za-z0-9 .,_/#;-]*)?"\]| --> c\d+)$/,
      );
    }
  });
});
