import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asPlainText } from "../../../src/artifacts/memory-markdown.ts";
import type { SessionFile } from "../../../src/model/client-session.ts";
import { DOUBTFUL, markdown } from "../markdown.ts";
import { CLIENT_VERSIONS, session, told } from "./session.ts";

const TEXTS = 2000;
/** Rules are memory files like `CLAUDE.md`, and one session reads any number of them. */
const samples = [
  ...DOUBTFUL.map(([, text]) => text),
  ...fc.sample(markdown(), { seed: Number(process.env.FC_SEED ?? 1), numRuns: TEXTS }),
];

/** Each text with imports and comments of its own, and the files that it would import. */
function memory(write: (text: string) => string): SessionFile[] {
  return samples.flatMap((sample, index) => {
    const text = sample
      .replaceAll("@x.md", `@held/${index}.txt`)
      .replaceAll("<!-- ", `<!-- comment-${index}-end `);
    return [
      { path: `.claude/rules/${index}.md`, text: write(`# Rule\n\n${text}\n\nlast\n`) },
      { path: `.claude/rules/held/${index}.txt`, text: `imported-${index}-end` },
    ];
  });
}

const indices = (pattern: RegExp, text: string) => [
  ...new Set([...text.matchAll(pattern)].map(([, index]) => Number(index))),
];
const imported = (text: string) => indices(/imported-(\d+)-end/g, text);

describe.each(CLIENT_VERSIONS)("%s", (version) => {
  test("acts on imports and comments in texts that are not escaped", async () => {
    const text = told(await session(version, { files: memory((sample) => sample) }));
    expect(imported(text).length).toBeGreaterThan(TEXTS / 10);
    const commented = samples.filter((sample) => sample.includes("<!-- ")).length;
    expect(indices(/comment-(\d+)-end/g, text).length).toBeLessThan(commented);
  });

  test("acts on none when they are", async () => {
    const text = told(await session(version, { files: memory(asPlainText) }));
    expect(imported(text).map((index) => samples[index])).toEqual([]);
    const commented = samples.flatMap((sample, index) => (sample.includes("<!-- ") ? [index] : []));
    const seen = new Set(indices(/comment-(\d+)-end/g, text));
    expect(commented.filter((index) => !seen.has(index)).map((index) => samples[index])).toEqual([]);
  });
});
