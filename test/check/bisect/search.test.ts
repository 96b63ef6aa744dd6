import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  comesAndGoes,
  firstStep,
  lastStep,
  MOST_UNKNOWN,
  nextProbes,
  type Seen,
  type Track,
  widestStep,
} from "../../../src/check/bisect/search.ts";

/** What is to be seen of each change at each commit. */
type History = readonly (readonly Seen[])[];

/** Looks where the search wants to, until it wants no more. */
function search(history: History): { tracks: Track[]; looks: number; rounds: number } {
  const tracks = history.map((seen) => new Map([0, seen.length - 1].map((index) => [index, seen[index]!])));
  let looks = 0;
  let rounds = 0;
  for (let probes = nextProbes(tracks); probes.length > 0; probes = nextProbes(tracks)) {
    rounds++;
    looks += probes.length;
    for (const index of probes) {
      expect(tracks[0]!.has(index)).toBe(false);
      tracks.forEach((track, change) => {
        track.set(index, history[change]![index]!);
      });
    }
  }
  return { tracks, looks, rounds };
}

/** `..X..` is a change that is there at the third commit only, `?` cannot be told. */
function historyOf(...lines: string[]): History {
  const words: Record<string, Seen> = { ".": "not", X: "there", "?": "unknown" };
  return lines.map((line) => [...line].map((letter) => words[letter]!));
}

test.each([
  [".X", { without: 0, there: 1 }],
  ["...XXXX", { without: 2, there: 3 }],
  [".......X", { without: 6, there: 7 }],
  [".XXXXXXX", { without: 0, there: 1 }],
  ["..??XX", { without: 1, there: 4 }],
  ["..?.XX", { without: 3, there: 4 }],
  ["..X?XX", { without: 1, there: 2 }],
  [".????X", { without: 0, there: 5 }],
])("finds in %s the step to the change", (line, step) => {
  const { tracks } = search(historyOf(line));
  expect(firstStep(tracks[0]!)).toEqual(step);
  expect(comesAndGoes(tracks[0]!)).toBe(false);
});

test("says of a change that was seen to go that it comes and goes, with both steps", () => {
  // The second change makes it look at commits that the first alone would not need.
  const { tracks } = search(historyOf("..XXX...XXXX", "...XXXXXXXXX"));
  expect(comesAndGoes(tracks[0]!)).toBe(true);
  expect(firstStep(tracks[0]!)).toEqual({ without: 1, there: 2 });
  expect(lastStep(tracks[0]!)).toEqual({ without: 7, there: 8 });
});

test("gives up on a row of commits that cannot be evaluated, however long", () => {
  const { tracks, looks } = search([["not", ...Array<Seen>(1000).fill("unknown"), "there"]]);
  expect(looks).toBeLessThanOrEqual(MOST_UNKNOWN + 2 * 10);
  expect(firstStep(tracks[0]!)).toEqual({ without: 0, there: 1001 });
  expect(widestStep(tracks)).toBe(0);
});

test("finds both ends of a row of commits that cannot be evaluated", () => {
  const { tracks, looks } = search(historyOf(`.${"..".repeat(50)}${"?".repeat(100)}XX${"X".repeat(100)}`));
  expect(firstStep(tracks[0]!)).toEqual({ without: 100, there: 201 });
  expect(looks).toBeLessThanOrEqual(35);
});

const commits = fc.integer({ min: 1, max: 400 });
/** One that comes once and stays. */
const monotone = commits.chain((last) =>
  fc.array(fc.integer({ min: 1, max: last }), { minLength: 1, maxLength: 5 }).map((firsts) => ({
    firsts,
    history: firsts.map((first) =>
      Array.from({ length: last + 1 }, (_, index): Seen => (index < first ? "not" : "there")),
    ),
  })),
);
/** Anything between an old commit without and a new commit with the change; what cannot be told is so for all. */
const anything = fc
  .tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 1, max: 4 }))
  .chain(([between, changes]) =>
    fc.record({
      unknown: fc.array(fc.boolean(), { minLength: between, maxLength: between }),
      seen: fc.array(fc.array(fc.boolean(), { minLength: between, maxLength: between }), {
        minLength: changes,
        maxLength: changes,
      }),
    }),
  )
  .map(({ unknown, seen }) =>
    seen.map((there): Seen[] => [
      "not",
      ...there.map((here, index): Seen => (unknown[index] ? "unknown" : here ? "there" : "not")),
      "there",
    ]),
  );

describe("for any history", () => {
  test("in which changes come once, it finds each of them in logarithmic time", () => {
    fc.assert(
      fc.property(monotone, ({ firsts, history }) => {
        const { tracks, looks, rounds } = search(history);
        tracks.forEach((track, change) => {
          const first = firsts[change]!;
          expect(firstStep(track)).toEqual({ without: first - 1, there: first });
          expect(lastStep(track)).toEqual({ without: first - 1, there: first });
        });
        const halvings = Math.ceil(Math.log2(history[0]!.length));
        expect(looks).toBeLessThanOrEqual(Math.max(1.5, new Set(firsts).size) * (halvings + 1));
        expect(rounds).toBeLessThanOrEqual(halvings + 1);
      }),
    );
  });

  test("what it says has been seen: without, with, and nothing that can be told between", () => {
    fc.assert(
      fc.property(anything, (history) => {
        const { tracks } = search(history);
        tracks.forEach((track, change) => {
          const seen = history[change]!;
          for (const { without, there } of [firstStep(track), lastStep(track)]) {
            expect([seen[without], seen[there]]).toEqual(["not", "there"]);
            const between = seen.slice(without + 1, there);
            const looked = between.filter((_, index) => track.has(without + 1 + index));
            expect(looked.every((one) => one === "unknown")).toBe(true);
            if (looked.length < MOST_UNKNOWN) expect(looked).toEqual(between);
            for (const end of between.length === 0 ? [] : [without + 1, there - 1])
              expect(track.get(end)).toBe("unknown");
          }
          for (const index of track.keys())
            if (index > lastStep(track).there) expect(seen[index]).not.toBe("not");
        });
        expect(widestStep(tracks)).toBe(0);
      }),
    );
  });
});
