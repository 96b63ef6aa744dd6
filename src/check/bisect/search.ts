/** What is known of one change at one commit. `unknown`: with that commit, nothing could be evaluated. */
export type Seen = "there" | "not" | "unknown";

/**
 * What was seen of one change, by index of the commit. Index 0 is the old commit, without the change; the last index
 * is the new commit, with it. Commits that nobody looked at yet are missing.
 */
export type Track = ReadonlyMap<number, Seen>;

/** Between `without` and `there` lie only commits that nobody looked at, or at which nothing could be told. */
export interface Step {
  without: number;
  there: number;
}

/** So many commits of a row that does not evaluate are tried before it is taken for one. */
export const MOST_UNKNOWN = 8;
/** A step alone is cut into four by one process; several share theirs and are halved. */
const PROBES_FOR_ONE_STEP = 3;
/** Commits evaluated by one process: what an interruption can lose, and what shares one time limit. */
const MOST_PROBES = 6;

/** The earliest step to the change that is known of. */
export function firstStep(track: Track): Step {
  const there = Math.min(...indices(track, "there"));
  return { without: Math.max(...indices(track, "not").filter((index) => index < there)), there };
}

/** The step since which the change has been there in every commit that was looked at. */
export function lastStep(track: Track): Step {
  const without = Math.max(...indices(track, "not"));
  return { without, there: Math.min(...indices(track, "there").filter((index) => index > without)) };
}

/** True when the change was seen, and then not, and then again. */
export function comesAndGoes(track: Track): boolean {
  return firstStep(track).there < lastStep(track).without;
}

/**
 * Commits to be looked at next, in order; empty when every step is as narrow as it gets. A commit that is looked at
 * tells about all changes, so what is asked for here serves them all.
 */
export function nextProbes(tracks: readonly Track[]): number[] {
  const open = openSteps(tracks);
  const each = open.length === 1 ? PROBES_FOR_ONE_STEP : 1;
  const probes = open.flatMap(({ unseen }) => spread(unseen, each));
  return [...new Set(probes)].slice(0, MOST_PROBES).sort((a, b) => a - b);
}

/** How many commits are in question for the change that is known least of; 0 at the end. */
export function widestStep(tracks: readonly Track[]): number {
  return Math.max(0, ...openSteps(tracks).map(({ step }) => step.there - step.without - 1));
}

interface OpenStep {
  step: Step;
  /** Stretches of commits that nobody looked at. */
  unseen: Stretch[];
}

/** Steps that can still be narrowed, widest first, each once. */
function openSteps(tracks: readonly Track[]): OpenStep[] {
  const steps = new Map<string, OpenStep>();
  for (const track of tracks) {
    for (const step of [firstStep(track), lastStep(track)]) {
      const unseen = unseenWithin(track, step);
      if (unseen.length > 0) steps.set(`${step.without} ${step.there}`, { step, unseen });
    }
  }
  const width = ({ step }: OpenStep) => step.there - step.without;
  return [...steps.values()].sort((a, b) => width(b) - width(a) || a.step.without - b.step.without);
}

/** First and last index. */
type Stretch = readonly [number, number];

/**
 * Where a row of commits does not evaluate, its two ends are looked for all the same; what lies within it is not
 * worth the time after a while.
 */
function unseenWithin(track: Track, { without, there }: Step): Stretch[] {
  const unknown = [...track.keys()].filter((index) => index > without && index < there).sort((a, b) => a - b);
  const borders = [without, ...unknown, there];
  return borders
    .slice(1)
    .map((border, index): Stretch => [borders[index]! + 1, border - 1])
    .filter((_, index) => unknown.length < MOST_UNKNOWN || index === 0 || index === unknown.length)
    .filter(([first, last]) => first <= last);
}

/**
 * The middle of the longest stretch, again and again. Beside commits that do not evaluate stand others that do not
 * either: going on next to them would try one after the other.
 */
function spread(stretches: readonly Stretch[], count: number): number[] {
  const left = [...stretches];
  const chosen: number[] = [];
  while (chosen.length < count && left.length > 0) {
    left.sort(([a, b], [c, d]) => d - c - (b - a) || a - c);
    const [first, last] = left.shift()!;
    const middle = Math.floor((first + last) / 2);
    chosen.push(middle);
    if (first < middle) left.push([first, middle - 1]);
    if (middle < last) left.push([middle + 1, last]);
  }
  return chosen;
}

function indices(track: Track, wanted: Seen): number[] {
  return [...track].flatMap(([index, seen]) => (seen === wanted ? [index] : []));
}
