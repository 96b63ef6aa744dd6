import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { type AgreementReport, type Disagreement, measureAgreement } from "./agreement.ts";
import { type Recordings, readRecordings } from "./recordings.ts";

/** One place of the engine, and what a careless change would make of it. */
interface Breakage {
  file: string;
  found: string;
  instead: string;
}

const SWAPPED_LISTS: Breakage = {
  file: "src/permissions/sets/compiled-set.ts",
  found: "source[list]",
  instead: 'source[list === "allow" ? list : list === "ask" ? "deny" : "ask"]',
};
const NO_WORD_BOUNDARY: Breakage = {
  file: "src/permissions/rules/command-pattern.ts",
  found: 'return { kind: "glob", parts, bareForm };',
  instead: 'return { kind: "glob", parts: bareForm ? [parts[0]!.trimEnd(), ""] : parts, bareForm: false };',
};
const FIRST_COMMAND_ONLY: Breakage = {
  file: "src/permissions/bash/line-facts.ts",
  found: "return line.commands.map(",
  instead: "return line.commands.slice(0, 1).map(",
};

/** As many calls as a broken engine needs to stand out: agreement.test.ts replays them all. */
const EVERY_NTH_CALL = 7;
const sample = everyNthCall(readRecordings("test/recorded"));
const intact = measureAgreement(sample);

describe("the replay of what the client decided", () => {
  test("finds nothing wrong with the engine as it is", () => {
    const { table } = intact;
    const cases = table.reduce((sum, row) => sum + row.cases, 0);
    expect(cases).toBeGreaterThan(5000);
    expect(decided(intact)).toEqual([]);
  });

  test("fails when ask and deny are swapped: refused calls ask, and asked ones are refused", async () => {
    const wrong = await wrongAnswers(SWAPPED_LISTS);
    expect(between(wrong, "deny", "prompt")).toBeGreaterThan(500);
    expect(between(wrong, "prompt", "deny")).toBeGreaterThan(100);
  });

  test("fails when the word boundary is dropped: `Bash(git *)` runs `gitzz` and refuses it", async () => {
    const wrong = await wrongAnswers(NO_WORD_BOUNDARY);
    expect(between(wrong, "prompt", "allow")).toBeGreaterThan(3);
    expect(between(wrong, "allow", "deny")).toBeGreaterThan(3);
  });

  test("fails when compounds are forgotten: what stands behind the first command runs along", async () => {
    const wrong = await wrongAnswers(FIRST_COMMAND_ONLY);
    expect(between(wrong, "deny", "allow")).toBeGreaterThan(50);
    expect(between(wrong, "prompt", "allow")).toBeGreaterThan(50);
  });
});

async function wrongAnswers(breakage: Breakage): Promise<Disagreement[]> {
  return decided((await replayWith(breakage))(sample));
}

/** Without those where the engine says that it does not know. */
function decided({ disagreements }: AgreementReport): Disagreement[] {
  return disagreements.filter(({ actual }) => actual !== "undecided");
}

/** The replay over an engine that is bundled from its sources, one place of them changed. */
async function replayWith({ file, found, instead }: Breakage): Promise<typeof measureAgreement> {
  const { outputFiles } = await build({
    entryPoints: ["test/permissions/agreement.ts"],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    logLevel: "error",
    plugins: [
      {
        name: "breakage",
        setup(bundle) {
          bundle.onLoad({ filter: new RegExp(`/${file}$`) }, () => {
            const source = readFileSync(file, "utf8");
            expect(source.split(found), `"${found}" stands once in ${file}`).toHaveLength(2);
            return { contents: source.replace(found, () => instead), loader: "ts" };
          });
        },
      },
    ],
  });
  const code = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)).measureAgreement;
}

function between(wrong: readonly Disagreement[], client: string, engine: string): number {
  return wrong.filter(({ expected, actual }) => expected === client && actual === engine).length;
}

/** Counted through all sets: many of them hold the same calls in the same order. */
function everyNthCall({ vectors, decisions }: Recordings): Recordings {
  let count = 0;
  const sampled = [...decisions].map(([source, recording]) => {
    const sets = recording.sets.map((set) => ({
      ...set,
      calls: set.calls.filter(() => count++ % EVERY_NTH_CALL === 0),
    }));
    return [source, { ...recording, sets }] as const;
  });
  return { vectors, decisions: new Map(sampled) };
}
