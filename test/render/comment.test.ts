import { describe, expect, test } from "vitest";
import type { Change } from "../../src/model/change.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { COMMENT_MAX_CHARACTERS, commentForms, nothingDiffers } from "../../src/render/comment.ts";
import { effectsPicture } from "../../src/render/mermaid.ts";
import { BLOCKED, PASSED, PROBED, WARNED } from "./sample-report.ts";

const OPTIONS = {
  runUrl: "https://github.com/acme/shop/actions/runs/7",
  head: "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c",
};
const [FLAKE] = BLOCKED.flakes;

function withChanges(count: number, findings: number): Report {
  const change = FLAKE!.changes[0]!;
  const finding = FLAKE!.findings[0]!;
  const changes = Array.from(
    { length: count },
    (_, index): Change => ({
      ...change,
      id: `c${index}`,
      summary: `allow rule \`Bash(tool${index} *)\` added`,
    }),
  );
  const found = Array.from(
    { length: findings },
    (_, index): Finding => ({
      ...finding,
      fingerprint: `f${index}`,
      change: `c${index}`,
      message: `blocked ${index}`,
    }),
  );
  return { ...BLOCKED, flakes: [{ ...FLAKE!, changes, findings: found }] };
}

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
    const [largest] = commentForms(withChanges(1000, 20), OPTIONS);
    expect(largest!.length).toBeLessThanOrEqual(COMMENT_MAX_CHARACTERS);
    for (let index = 0; index < 20; index++) expect(largest).toContain(`blocked ${index}\n`);
    expect(largest).toContain("Parts were left out for length; the job summary has them.");
  });

  test("with more blocked changes than there is room for is cut between them, never inside", () => {
    const forms = commentForms(withChanges(1000, 1000), OPTIONS);
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

describe("the picture from inputs to effects", () => {
  test("leads from each input that changed something to what it changed", () => {
    expect(effectsPicture(FLAKE!)).toMatchInlineSnapshot(`
      [
        "flowchart LR",
        "  i0["company-standards<br>0123456 -#62; 89abcde"]",
        "  c0["widens#58; hook #96;npx prettier --write .#96; runs after every #96;Edit..."]",
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
