import { globProblem, globsCover } from "./glob.ts";
import type { Loosening, Unreadable } from "./kinds/kind.ts";

export function unreadableGlob({ globs }: { globs: readonly string[] }): Unreadable | null {
  for (const glob of globs) {
    const problem = globProblem(glob);
    if (problem !== null) {
      return { problem: `the glob \`${glob}\` cannot be used: ${problem}`, hint: "Write a simpler glob." };
    }
  }
  return null;
}

/** Forbidden globs: what was forbidden must still be, by all demands together. */
export function lostForbidden(
  before: readonly string[],
  now: readonly (readonly string[])[],
): Loosening | null {
  const all = now.flat();
  const lost = before.find((glob) => !globsCover(all, glob));
  return lost === undefined ? null : { what: `it no longer forbids \`${lost}\`` };
}

/** Permitted globs: one of the demands must permit nothing new. */
export function gainedPermitted(
  before: readonly string[],
  now: readonly (readonly string[])[],
  isCovered = globsCover,
): Loosening | null {
  if (now.length === 0) return { what: "it no longer limits what may be there" };
  const gained = now.map((globs) => globs.find((glob) => !isCovered(before, glob)));
  return gained.includes(undefined) ? null : { what: `it now permits \`${gained[0]}\`` };
}

/** Required globs: what satisfies a present one must satisfy the former one. */
export function lostRequired(
  before: readonly string[],
  now: readonly (readonly string[])[],
  isCovered = globsCover,
): Loosening | null {
  const all = now.flat();
  const lost = before.find((glob) => !all.some((present) => isCovered([glob], present)));
  return lost === undefined ? null : { what: `it no longer requires \`${lost}\`` };
}
